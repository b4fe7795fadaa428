import type { AtMs } from "../ids/index.ts";
import type { Alarm } from "./alarm.ts";

/** Whether an alarm is to be heard now. `paused`: only the bay's audio pause keeps it quiet. */
export type Annunciation = "sounding" | "paused" | "silent";

export interface SoundPause {
  readonly since: AtMs;
  readonly until: AtMs;
}

/**
 * Acknowledgement and the end of its condition silence an alarm; an audio pause silences what called before the pause
 * began, and nothing that is raised or escalated during it (alarms.md, "Audio pause"; ISO 7396-1).
 */
export function annunciation(alarm: Alarm, pause: SoundPause | null): Annunciation {
  if (alarm.acknowledgement !== null || alarm.condition === "gone") return "silent";
  return pause !== null && alarm.callsSince <= pause.since ? "paused" : "sounding";
}
