/** Who did what when, alarms included: one list in the order of time. */
import type { SessionChart } from "@vigil/shared/chart";
import type { AtMs } from "@vigil/shared/ids";
import type { Priority } from "@vigil/shared/protocol";
import { minutesText } from "../ui/clock-text.ts";
import { actText, episodeText } from "./words.ts";

export interface TimelineEntry {
  readonly at: AtMs;
  readonly what: string;
  /** `null`: nobody; the engine. */
  readonly who: string | null;
  /** Of an alarm. */
  readonly priority: Priority | null;
  /** When it was entered, if that was later than its time. */
  readonly enteredAt: AtMs | null;
  /** Who took it back, and when; it does not count. */
  readonly undone: { readonly name: string; readonly at: AtMs } | null;
}

export function timelineEntries({ acts, alarms }: SessionChart): TimelineEntry[] {
  const told = acts.flatMap((act): TimelineEntry[] => {
    // It stands with the act that it took back.
    if (act.command.type === "undo-act") return [];
    const { at, by, late, enteredAt, undone } = act;
    return [{ at, what: actText(act), who: by.name, priority: null, enteredAt: late ? enteredAt : null, undone }];
  });
  for (const alarm of alarms) {
    const text = episodeText(alarm);
    const { raisedAt, clearedAt, priority } = alarm;
    const lasted = clearedAt === null ? "still standing" : `for ${lastedText(clearedAt - raisedAt)}`;
    told.push({ at: raisedAt, what: `${text}, ${lasted}`, who: null, priority, enteredAt: null, undone: null });
  }
  return told.sort((a, b) => a.at - b.at);
}

/** "40 s", "12 min", "1 h 05". */
export const lastedText = (ms: number): string =>
  ms < 60_000 ? `${Math.max(1, Math.round(ms / 1000))} s` : minutesText(ms);
