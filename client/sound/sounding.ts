import type { AtMs } from "@vigil/shared/ids";
import type { BayAlarm } from "../live/index.ts";
import type { SoundingAlarm } from "./queue.ts";

/** A screen that was away when somebody was reminded still says it, but not long after. */
export const REMINDER_LASTS_MS = 60_000;

/** What is to be heard of these alarms: those that sound, and once those of which somebody was reminded just now. */
export function soundingOf(alarms: readonly BayAlarm[], now: AtMs): readonly SoundingAlarm[] {
  return alarms.flatMap(({ bay, alarm: { id, priority, callsSince, remindedAt, annunciation } }) => {
    if (annunciation === "sounding") return [{ bay: bay.id, id, priority, callsSince }];
    if (remindedAt === null || now - remindedAt >= REMINDER_LASTS_MS) return [];
    return [{ bay: bay.id, id, priority, callsSince: remindedAt, once: true as const }];
  });
}
