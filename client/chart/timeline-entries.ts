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
}

export function timelineEntries({ acts, alarms }: SessionChart): TimelineEntry[] {
  const told: TimelineEntry[] = acts.map((act) => ({
    at: act.at,
    what: actText(act),
    who: act.by.name,
    priority: null,
  }));
  for (const alarm of alarms) {
    const text = episodeText(alarm);
    const { raisedAt, clearedAt, priority } = alarm;
    const lasted = clearedAt === null ? "still standing" : `for ${lastedText(clearedAt - raisedAt)}`;
    told.push({ at: raisedAt, what: `${text}, ${lasted}`, who: null, priority });
  }
  return told.sort((a, b) => a.at - b.at);
}

/** "40 s", "12 min", "1 h 05". */
export const lastedText = (ms: number): string =>
  ms < 60_000 ? `${Math.max(1, Math.round(ms / 1000))} s` : minutesText(ms);
