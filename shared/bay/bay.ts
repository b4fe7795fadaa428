/**
 * Everything the engine knows of one bay. Immutable; nothing in it that cannot be rebuilt from the bay's inputs.
 */
import type { Alarm, LimitWatch, SoundPause, WatchedTiers } from "../alarms/index.ts";
import type { AtMs, BayId, CommandId, DurationMs, PersonId } from "../ids/index.ts";
import type { Limits, Protocol, RelativeRule } from "../protocol/index.ts";
import type { Session, Signature } from "../session/index.ts";
import { CUFF_VITALS, type Vital } from "../vitals/index.ts";
import type { Cuffs } from "./cuffs.ts";

/** A value that a person charted: valid until the next observation is due, or a cuff pressure as long as any. */
export interface HandEntry {
  readonly act: CommandId;
  readonly validForMs: DurationMs;
  /** What the monitor told before; left out where an earlier version did not keep it. */
  readonly base?: HandBase | undefined;
}

/** What a monitor alone told of a vital, and how far the delays of its limits had run by that. */
export interface HandBase {
  readonly state: VitalState;
  readonly watches: readonly WatchedTiers[];
}

export interface VitalState {
  /** The last valid value and when it came; `null` when there was none in this session. */
  readonly value: number | null;
  readonly validAt: AtMs | null;
  /** When the monitor first named this vital, valid or not: from then on it owes values. */
  readonly namedAt: AtMs | null;
  /** No valid value for longer than `staleAfterMs`. */
  readonly stale: boolean;
  /** Of a cuff pressure, the last measurements. */
  readonly cuffs?: Cuffs | undefined;
  /** The value was charted by hand; left out, a monitor measured it. */
  readonly hand?: HandEntry | undefined;
}

/** Device clock minus ours by a message that came at `at`, or the greatest by several that came together. */
export interface ClockOffset {
  readonly at: AtMs;
  readonly offsetMs: DurationMs;
}

export interface MonitorState {
  /** `null`: nothing was ever heard. */
  readonly lastMessageAt: AtMs | null;
  /** Seconds between readings of the continuous vitals, as declared; 1 until it says otherwise. */
  readonly cadenceS: number;
  /** What its last messages said of its clock; oldest first. */
  readonly clock: readonly ClockOffset[];
}

export interface AudioPause extends SoundPause {
  readonly by: PersonId;
  readonly name: string;
  /** Why, in that person's words; left out when they gave none. */
  readonly reason?: string | undefined;
}

export interface AlarmOff {
  readonly vital: Vital;
  readonly by: PersonId;
  readonly name: string;
  readonly reason: string;
}

/** A patient was taken to another bay. */
export interface Departure extends Signature {
  readonly to: BayId;
  readonly initials: string;
}

export interface Bay {
  readonly id: BayId;
  /** For sessions that bring no protocol of their own. */
  readonly protocol: Protocol;
  /** Every deadline up to here is settled. */
  readonly at: AtMs;
  /** The open session; `null`: the bay is free. */
  readonly session: Session | null;
  /** The last session that ended here, until the next one is opened; `null` when there is none. */
  readonly ended: Session | null;
  /** Where the patient went who was here last, until the next one is; `null` when nobody was moved. */
  readonly departed: Departure | null;
  readonly monitor: MonitorState;
  readonly vitals: { readonly [V in Vital]: VitalState };
  readonly staleAfterMs: { readonly [V in Vital]: DurationMs };
  /** Empty without a session: an empty bay is quiet. */
  readonly watches: readonly LimitWatch[];
  /** The limits in force in this session, a nurse's edits included. */
  readonly limits: Limits;
  /** The rises over the baseline in force in this session, a nurse's edits included. */
  readonly relative: readonly RelativeRule[];
  readonly alarms: readonly Alarm[];
  readonly audioPause: AudioPause | null;
  readonly alarmsOff: readonly AlarmOff[];
  /** Nothing falls due before this but what each reading moves on, so that most readings need not look for what does. */
  readonly fixedUntil: AtMs;
}

/** What falls due next is not known: look. */
export const NOT_QUIET: AtMs = Number.NEGATIVE_INFINITY;

/** Nothing heard yet: readings come once a second until the monitor says otherwise. */
export const NO_MONITOR: MonitorState = { lastMessageAt: null, cadenceS: 1, clock: [] };

export const UNKNOWN_VITAL: VitalState = { value: null, validAt: null, namedAt: null, stale: false };

export const NO_VITALS: Bay["vitals"] = {
  hr: UNKNOWN_VITAL,
  spo2: UNKNOWN_VITAL,
  rr: UNKNOWN_VITAL,
  sbp: UNKNOWN_VITAL,
  dbp: UNKNOWN_VITAL,
  map: UNKNOWN_VITAL,
};

/** When the last cuff measurement of this session came; `null` when there was none. */
export function lastCuffAt(bay: Bay): AtMs | null {
  let last: AtMs | null = null;
  for (const vital of CUFF_VITALS) {
    const at = bay.vitals[vital].validAt;
    if (at !== null && (last === null || at > last)) last = at;
  }
  return last;
}

/** How long its last valid value counts. */
export const validForMs = (bay: Bay, vital: Vital): DurationMs =>
  bay.vitals[vital].hand?.validForMs ?? bay.staleAfterMs[vital];

/** The instant from which a vital's staleness counts: its last valid value, or when the monitor first named it. */
export const freshnessReference = (state: VitalState): AtMs | null => state.validAt ?? state.namedAt;
