/** What the ring says: how long the infusion has run against the plan, or how long the recovery still lasts. */
import type { BoardRow } from "@vigil/shared/board";
import type { AtMs } from "@vigil/shared/ids";
import { countdownText, elapsedText } from "../ui/clock-text.ts";

export interface RingView {
  readonly time: string;
  readonly caption: string;
  /** How much of the ring is drawn, 0 to 1. */
  readonly share: number;
}

/** `estimated`: the link is lost, the time rests on the last facts and is marked. */
export function ringView(row: BoardRow, now: AtMs, estimated: boolean): RingView {
  const mark = estimated ? "≈" : "";
  switch (row.phase) {
    case "infusing":
    case "paused": {
      const elapsed = row.ranMs + (row.runningSince === null ? 0 : Math.max(0, now - row.runningSince));
      const planned = row.plannedMs;
      return {
        time: (row.runningSince === null ? "" : mark) + elapsedText(elapsed),
        caption: planned === null ? "no plan" : `of ${elapsedText(planned)}`,
        share: planned === null ? 0 : Math.min(1, elapsed / planned),
      };
    }
    case "recovery":
    case "ready": {
      const { recoveryStartedAt: from, recoveryMinimumAt: to } = row;
      if (from === null || to === null) return { time: "–", caption: "no minimum", share: 0 };
      const left = to - now;
      return {
        time: mark + countdownText(left),
        caption: left >= 0 ? "to go" : "over",
        share: left >= 0 ? Math.min(1, left / Math.max(1, to - from)) : 1,
      };
    }
    default:
      return { time: "–", caption: row.baselineTaken ? "baseline set" : "no baseline", share: 0 };
  }
}
