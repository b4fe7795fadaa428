/**
 * An alarm is four independent facts, never one enum (alarms.md): condition, acknowledgement, annunciation, delivery.
 * Condition and acknowledgement are kept here; annunciation is computed from them and the bay's audio pause (annunciation.ts).
 */
import type { AtMs, PersonId } from "../ids/index.ts";
import type { Direction, Priority, Tier } from "../protocol/index.ts";
import type { CONTINUOUS_VITALS, Vital } from "../vitals/index.ts";

export type AlarmKind = "physiological" | "technical" | "procedural";

/** Identity is bay + source + direction: high and low of one vital are two alarms; silencing one leaves the other. */
export type LimitAlarmId = `${Vital}.${Direction}`;
export type SignalLostId = `signal-lost.${(typeof CONTINUOUS_VITALS)[number]}`;
export type TechnicalAlarmId = SignalLostId | "monitor-silent" | "pressure-overdue" | "clock-skew";
export type ProceduralAlarmId = "plan-elapsed" | "recovery-minimum-reached";
export type AlarmId = LimitAlarmId | TechnicalAlarmId | ProceduralAlarmId;

/** `unknown`: it was present when the data stopped. Losing data never resolves an alarm. `gone`: over, but latched. */
export type Condition = "present" | "unknown" | "gone";

export interface Acknowledgement {
  readonly by: PersonId;
  readonly name: string;
  readonly at: AtMs;
}

/** One alarm that stands now: its condition holds, or it latched and nobody has seen it. */
export interface Alarm {
  readonly id: AlarmId;
  readonly kind: AlarmKind;
  readonly condition: Condition;
  /** The highest active tier; `null` for technical and procedural alarms, and when gone. */
  readonly tier: Tier | null;
  readonly priority: Priority;
  /** Start of this episode. */
  readonly raisedAt: AtMs;
  /** The value that raised or escalated it, the worst since, and the limit it crossed; `null` where there is none. */
  readonly value: number | null;
  readonly extreme: number | null;
  readonly limit: number | null;
  readonly acknowledgement: Acknowledgement | null;
  /** The latching priority it reached without anyone seeing it: with that it stays when its condition is gone. */
  readonly unseen: Priority | null;
}

/** What happened to an alarm in one step: at most one for each alarm, the net change. */
export type AlarmChange = "raised" | "escalated" | "deescalated" | "cleared" | "unknown" | "present" | "acknowledged";

/** Why an alarm was cleared other than by its own condition. */
export type ClearReason = "session-ended" | "alarm-off" | "limits-changed" | "inhibited";

export interface AlarmEvent {
  readonly type: "alarm";
  readonly at: AtMs;
  readonly change: AlarmChange;
  readonly alarm: AlarmId;
  readonly kind: AlarmKind;
  /** After the change; `null` when cleared, and for technical and procedural alarms. */
  readonly tier: Tier | null;
  /** After the change; with `cleared`, the one it had. */
  readonly priority: Priority;
  readonly value: number | null;
  readonly limit: number | null;
  /** With `cleared`: it stays, "cleared, not seen", until acknowledged. */
  readonly latched?: true;
  readonly reason?: ClearReason;
  /** With `acknowledged`: by whom. */
  readonly by?: PersonId;
}
