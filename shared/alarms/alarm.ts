/**
 * An alarm is four independent facts, never one enum (alarms.md): condition, acknowledgement, annunciation, delivery.
 * Annunciation is computed from the others and the bay's audio pause (annunciation.ts); delivery is ladder.ts.
 */
import type { AtMs, PersonId } from "../ids/index.ts";
import type { Direction, Priority, Tier } from "../protocol/index.ts";
import type { CONTINUOUS_VITALS, Vital } from "../vitals/index.ts";

export type AlarmKind = "physiological" | "technical" | "procedural";

/** Identity is bay + source + direction: high and low of one vital are two alarms; silencing one leaves the other. */
export type LimitAlarmId = `${Vital}.${Direction}`;
export type SignalLostId = `signal-lost.${(typeof CONTINUOUS_VITALS)[number]}`;
export type TechnicalAlarmId = SignalLostId | "monitor-silent" | "pressure-overdue" | "clock-skew";
export type ProceduralAlarmId =
  | "plan-elapsed"
  | "recovery-minimum-reached"
  | "dissociation-prolonged"
  | "observation-overdue"
  | "ready-for-discharge";
export type AlarmId = LimitAlarmId | TechnicalAlarmId | ProceduralAlarmId;

/** `unknown`: it was present when the data stopped. Losing data never resolves an alarm. `gone`: over, but latched. */
export type Condition = "present" | "unknown" | "gone";

export interface Acknowledgement {
  readonly by: PersonId;
  readonly name: string;
  readonly at: AtMs;
}

/** `queued`: due, not on its way yet; `sent`: handed to the target; `confirmed`: the target has it; `cancelled`: not needed any more. */
export type DeliveryState = "queued" | "sent" | "confirmed" | "failed" | "cancelled";

export interface Delivery {
  /** Place on the protocol's escalation ladder, from 0. */
  readonly rung: number;
  readonly target: string;
  readonly state: DeliveryState;
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
  /** The value that raised or escalated it, the worst since, and its tier's limit in force now; `null` where there is none. */
  readonly value: number | null;
  readonly extreme: number | null;
  readonly limit: number | null;
  readonly acknowledgement: Acknowledgement | null;
  /** When it was last raised or escalated: from then on it calls for somebody. */
  readonly callsSince: AtMs;
  /** When a person who acknowledged it is reminded that it still holds; `null` when nobody is. */
  readonly remindAt: AtMs | null;
  /** When that person was reminded; `null` until then, and again from the next acknowledgement on. */
  readonly remindedAt: AtMs | null;
  /** To whom it was taken while nobody acknowledged it, rung by rung. */
  readonly deliveries: readonly Delivery[];
  /** The latching priority it reached without anyone seeing it: with that it stays when its condition is gone. */
  readonly unseen: Priority | null;
}

/** What happened to an alarm in one step: at most one for each alarm, the net change. */
export type AlarmChange =
  | "raised"
  | "escalated"
  | "deescalated"
  | "cleared"
  | "unknown"
  | "present"
  | "acknowledged"
  | "reminded";

/**
 * Why an alarm changed other than by its own condition. `limits-changed` and `alarm-on`: not the patient changed but what
 * is asked of the last value.
 */
export type ChangeReason = "session-ended" | "transferred" | "alarm-off" | "alarm-on" | "limits-changed" | "inhibited";

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
  readonly reason?: ChangeReason;
  /** With `acknowledged`: by whom. */
  readonly by?: PersonId;
}

/** What became of taking an alarm to a target of the escalation ladder. */
export interface DeliveryEvent {
  readonly type: "delivery";
  readonly at: AtMs;
  readonly alarm: AlarmId;
  readonly priority: Priority;
  readonly rung: number;
  readonly target: string;
  readonly state: DeliveryState;
  /** Why it failed; with `confirmed`, on whose screen it is seen; `null` otherwise, or where that is not known. */
  readonly reason: string | null;
}
