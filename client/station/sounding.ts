import type { Summary } from "../live/index.ts";
import type { SoundingAlarm } from "../sound/index.ts";

/** The alarms of all bays that are to be heard now. */
export const soundingOf = ({ alarms }: Summary): readonly SoundingAlarm[] =>
  alarms.flatMap(({ bay, alarm: { id, priority, callsSince, annunciation } }) =>
    annunciation === "sounding" ? [{ bay: bay.id, id, priority, callsSince }] : [],
  );
