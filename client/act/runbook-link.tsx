import { Link, useLocation } from "@tanstack/react-router";
import type { ReactNode } from "react";

interface RunbookLinkProps {
  /** Alarm id, or what a display finds by itself ("server-lost"). */
  readonly alarm: string;
  /** How it looks; left out, a button. */
  readonly className?: string;
  readonly children: ReactNode;
}

/** To what is written of an alarm; the page told where one came from leads back there. */
export function RunbookLink({ alarm, className = "act", children }: RunbookLinkProps) {
  const from = useLocation({ select: ({ pathname }) => pathname });
  return (
    <Link className={className} to="/runbook/$alarm" params={{ alarm }} search={{ from }}>
      {children}
    </Link>
  );
}
