import type { Phase } from "@vigil/shared/session";
import type { ReactNode } from "react";

interface IconProps {
  /** What it says; without one it stands beside words that say it. */
  readonly label?: string | undefined;
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
      role={label === undefined ? "presentation" : "img"}
      aria-label={label}
    >
      {label !== undefined && <title>{label}</title>}
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
export const BellOff = ({ label }: { readonly label?: string }) => (
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
export const Check = ({ label }: { readonly label?: string }) => (
  <Icon label={label}>
    <path d="M3 8.6l3.3 3.3L13 4.6" />
  </Icon>
);

/** Somebody was called and could not be reached: a person, crossed out. */
export const NotReached = ({ label }: { readonly label: string }) => (
  <Icon label={label}>
    <path d="M8 8a2.6 2.6 0 1 0 0-5.2A2.6 2.6 0 0 0 8 8zM2.8 14c.4-2.8 2.4-4.2 5.2-4.2s4.8 1.4 5.2 4.2" />
    <path d="M2 2l12 12M14 2L2 14" />
  </Icon>
);

const PHASE_SHAPES: { readonly [P in Phase]: ReactNode } = {
  preparation: <path d="M4 3.5h8v10H4zM6.5 2.2h3v2.3h-3zM6.3 9l1.3 1.3L10 7.8" />,
  infusing: <path d="M8 2.2c2.3 3 3.7 4.8 3.7 7a3.7 3.7 0 0 1-7.4 0c0-2.2 1.4-4 3.7-7z" fill="currentColor" />,
  paused: <path d="M5.5 3.5v9M10.5 3.5v9" strokeWidth="2.6" />,
  recovery: (
    <path d="M4.5 2.5h7M4.5 13.5h7M5.3 2.5c0 3 2.7 3.6 2.7 5.5s-2.7 2.5-2.7 5.5M10.7 2.5c0 3-2.7 3.6-2.7 5.5s2.7 2.5 2.7 5.5" />
  ),
  ready: <path d="M3 8.5l3.5 3.5L13 4.5" strokeWidth="2.2" />,
  discharged: <path d="M3 8h9M9 4.5L12.5 8 9 11.5" />,
  abandoned: <path d="M4 4l8 8M12 4l-8 8" />,
};

export const PhaseIcon = ({ phase }: { readonly phase: Phase }) => <Icon>{PHASE_SHAPES[phase]}</Icon>;
