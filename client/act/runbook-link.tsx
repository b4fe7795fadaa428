import { Link, useLocation } from "@tanstack/react-router";
import type { ReactNode } from "react";

interface RunbookLinkProps {
  /** Alarm id, or what a display finds by itself ("server-lost"). */
  readonly alarm: string;
  readonly children: ReactNode;
}

/** To what is written of an alarm; the page told where one came from leads back there. */
export function RunbookLink({ alarm, children }: RunbookLinkProps) {
  const from = useLocation({ select: ({ pathname }) => pathname });
  return (
    <Link className="act" to="/runbook/$alarm" params={{ alarm }} search={{ from }}>
      {children}
    </Link>
  );
}
