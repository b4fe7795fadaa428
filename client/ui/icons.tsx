import type { ReactNode } from "react";

interface IconProps {
  readonly label: string;
  readonly children: ReactNode;
}

function Icon({ label, children }: IconProps) {
  return (
    <svg
      className="icon"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.7"
      strokeLinecap="round"
      strokeLinejoin="round"
      role="img"
      aria-label={label}
    >
      <title>{label}</title>
      {children}
    </svg>
  );
}

const BELL = "M3.6 11.4c1-1 1.2-2 1.2-4.3a3.2 3.2 0 0 1 6.4 0c0 2.3.2 3.3 1.2 4.3zM6.8 13.7h2.4";

/** A person was reminded that an acknowledged alarm still holds. */
export const BellRings = ({ label }: { readonly label: string }) => (
  <Icon label={label}>
    <path d={BELL} />
    <path d="M2 5.4c.2-1.4.8-2.5 1.9-3.4M14 5.4c-.2-1.4-.8-2.5-1.9-3.4" />
  </Icon>
);

/** The alarms of one vital are switched off. */
export const BellOff = ({ label }: { readonly label: string }) => (
  <Icon label={label}>
    <path d={BELL} />
    <path d="M2 2l12 12M14 2L2 14" />
  </Icon>
);

/** The sound of a bay is paused for a while. */
export const BellPaused = ({ label }: { readonly label: string }) => (
  <Icon label={label}>
    <path d={BELL} />
    <path d="M2 2l12 12" strokeDasharray="2.4 2.6" />
  </Icon>
);

/** A person has acknowledged the alarm. Drawn, because not every typeface has the mark. */
export const Check = ({ label }: { readonly label: string }) => (
  <Icon label={label}>
    <path d="M3 8.6l3.3 3.3L13 4.6" />
  </Icon>
);
