import type { Alarm, WatchedTiers } from "../alarms/index.ts";
import type { AtMs } from "../ids/index.ts";
import type { Session } from "../session/index.ts";
import type { AlarmOff, AudioPause, Bay } from "./bay.ts";

/** All that goes with a session to another bay: plain data that survives JSON. */
export interface Carried {
  readonly session: Session;
  /** When the patient was last heard of by a monitor; the next bay's own has said nothing yet. */
  readonly lastMessageAt: AtMs | null;
  readonly vitals: Bay["vitals"];
  readonly limits: Bay["limits"];
  readonly relative: Bay["relative"];
  /** How far each limit's delays have run. */
  readonly watches: readonly WatchedTiers[];
  readonly alarms: readonly Alarm[];
  readonly audioPause: AudioPause | null;
  readonly alarmsOff: readonly AlarmOff[];
}
