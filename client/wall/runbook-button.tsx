import type { AlarmId } from "@vigil/shared/alarms";
import type { CSSProperties, ReactNode } from "react";
import type { DisplayAlarmId } from "../ui/display-alarms.ts";
import { runbookHref } from "../ui/runbook-href.ts";
import "./runbook-button.css";

interface RunbookButtonProps {
  readonly alarm: AlarmId | DisplayAlarmId;
  readonly bay?: string;
  readonly className?: string;
  readonly style?: CSSProperties;
  readonly children: ReactNode;
}

/**
 * A link to a runbook, where it may stand on a wall for hours. Not an `a`: Chromium foresees where one may go next by
 * watching some of those it draws, and the wall's thread then takes up nine pictures more each second.
 */
export function RunbookButton({ alarm, bay, className = "", style, children }: RunbookButtonProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: what is said above.
    <button
      type="button"
      role="link"
      className={`runbook-button ${className}`}
      data-href={runbookHref(alarm, bay)}
      style={style}
    >
      {children}
    </button>
  );
}
