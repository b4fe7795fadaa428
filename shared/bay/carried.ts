import type { Alarm, WatchedTiers } from "../alarms/index.ts";
import type { AtMs } from "../ids/index.ts";
import type { Session } from "../session/index.ts";
import type { Vital } from "../vitals/index.ts";
import type { AlarmOff, AudioPause, Bay, VitalState } from "./bay.ts";

/** What earlier versions kept differently is still understood. */
export interface CarriedVital extends VitalState {
  /** Of a cuff pressure, the measurement before the last one, without its time. */
  readonly previous?: number | undefined;
}

/** All that goes with a session to another bay: plain data that survives JSON. */
export interface Carried {
  readonly session: Session;
  /** When the patient was last heard of by a monitor; the next bay's own has said nothing yet. */
  readonly lastMessageAt: AtMs | null;
  readonly vitals: { readonly [V in Vital]: CarriedVital };
  readonly limits: Bay["limits"];
  readonly relative: Bay["relative"];
  /** How far each limit's delays have run. */
  readonly watches: readonly WatchedTiers[];
  readonly alarms: readonly Alarm[];
  readonly audioPause: AudioPause | null;
  readonly alarmsOff: readonly AlarmOff[];
}
