import type { BoardAlarm } from "@vigil/shared/board";
import { BellRings, Check } from "../ui/icons.tsx";
import { PRIORITY_SYMBOL } from "../ui/priority.ts";

/** The sign of its priority, and whether somebody has seen it: neither is told by colour alone. */
export function AlarmSign({ alarm }: { readonly alarm: BoardAlarm }) {
  return (
    <b className="symbol">
      {PRIORITY_SYMBOL[alarm.priority]}
      {alarm.acknowledged && <Check label="acknowledged" />}
      {alarm.remindedAt !== null && <BellRings label="reminder" />}
    </b>
  );
}
