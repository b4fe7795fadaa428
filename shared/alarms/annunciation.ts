import type { AtMs } from "../ids/index.ts";
import type { Alarm, AlarmEvent, AlarmId, DeliveryEvent } from "./alarm.ts";

/** Whether an alarm is to be heard now. `paused`: only the bay's audio pause keeps it quiet. */
export type Annunciation = "sounding" | "paused" | "silent";

export interface SoundPause {
  readonly since: AtMs;
  readonly until: AtMs;
  /** What stood when it began and has not called anew since. Pauses kept by earlier versions left it out: then `since` tells. */
  readonly covers?: readonly AlarmId[] | undefined;
}

/**
 * Acknowledgement and the end of its condition silence an alarm; an audio pause silences what called before the pause
 * began, and nothing that is raised or escalated during it (alarms.md, "Audio pause"; ISO 7396-1).
 */
export function annunciation(alarm: Alarm, pause: SoundPause | null): Annunciation {
  if (alarm.acknowledgement !== null || alarm.condition === "gone") return "silent";
  if (pause === null) return "sounding";
  const isCovered = pause.covers === undefined ? alarm.callsSince <= pause.since : pause.covers.includes(alarm.id);
  return isCovered ? "paused" : "sounding";
}

/** A pause after a step: what was raised or escalated in it sounds, though it were in the pause's own millisecond. */
export function pauseAfter<P extends SoundPause>(
  pause: P | null,
  events: readonly (AlarmEvent | DeliveryEvent)[],
): P | null {
  const callsAnew = (id: AlarmId): boolean =>
    events.some(
      (event) =>
        event.type === "alarm" && event.alarm === id && (event.change === "raised" || event.change === "escalated"),
    );
  if (pause?.covers === undefined || !pause.covers.some(callsAnew)) return pause;
  return { ...pause, covers: pause.covers.filter((id) => !callsAnew(id)) };
}
