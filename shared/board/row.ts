/**
 * What a wall needs of a bay: one flat, small row. No more of a patient than initials. Times are instants of the server's
 * clock; ages, elapsed and countdown are computed from them by whoever shows the row, for the second being shown.
 */
import type { AlarmId, AlarmKind, Annunciation, Condition, DeliveryState } from "../alarms/index.ts";
import type { AtMs, BayId, DurationMs, SessionId } from "../ids/index.ts";
import type { Priority, Tier } from "../protocol/index.ts";
import type { Phase } from "../session/index.ts";
import type { Vital } from "../vitals/index.ts";

/** The last valid value of a vital, when it came, and after how long it is no longer to be shown as live. */
export interface BoardVital {
  /** `null`: no valid value in this session. */
  readonly value: number | null;
  readonly at: AtMs | null;
  readonly staleAfterMs: DurationMs;
  /** The warning limits of this session, for the trend: of several, the one that is reached first; `null` where off. */
  readonly low: number | null;
  readonly high: number | null;
  /** A person charted it; left out, a monitor measured it. */
  readonly byHand?: true;
}

export interface BoardAlarm {
  readonly id: AlarmId;
  readonly kind: AlarmKind;
  readonly condition: Condition;
  readonly tier: Tier | null;
  readonly priority: Priority;
  readonly raisedAt: AtMs;
  readonly value: number | null;
  readonly extreme: number | null;
  readonly limit: number | null;
  readonly acknowledged: boolean;
  /** Whether it is to be heard now. */
  readonly annunciation: Annunciation;
  /** When it was last raised or escalated: a new burst is due from there. */
  readonly callsSince: AtMs;
  /** When the person who acknowledged it was reminded that it still holds: one burst; `null` when not, or answered since. */
  readonly remindedAt: AtMs | null;
  /** To whom it was taken because nobody acknowledged it; the last rung. */
  readonly escalatedTo: { readonly target: string; readonly state: DeliveryState } | null;
}

export interface BoardRow {
  readonly bay: BayId;
  /** `null`: no session, the bay is free. */
  readonly sessionId: SessionId | null;
  readonly phase: Phase | null;
  readonly initials: string | null;
  /** Infusion clock: elapsed = ranMs + (runningSince === null ? 0 : now − runningSince). `plannedMs` is the plan. */
  readonly infusionStartedAt: AtMs | null;
  readonly ranMs: DurationMs;
  readonly runningSince: AtMs | null;
  readonly plannedMs: DurationMs | null;
  /** Recovery countdown: from `recoveryStartedAt` to `recoveryMinimumAt`, then "over". */
  readonly recoveryStartedAt: AtMs | null;
  readonly recoveryMinimumAt: AtMs | null;
  readonly baselineTaken: boolean;
  /** `never`: no message yet; `silent`: nothing for longer than the monitor's promise. */
  readonly monitor: "never" | "talking" | "silent";
  readonly lastMessageAt: AtMs | null;
  /** When the next cuff measurement is due; `null` outside infusion and recovery. */
  readonly cuffDueAt: AtMs | null;
  /** When the next observation by a nurse is due; `null` outside infusion and recovery. */
  readonly observationDueAt: AtMs | null;
  readonly vitals: { readonly [V in Vital]: BoardVital };
  /** Standing alarms, highest priority first, then newest first. */
  readonly alarms: readonly BoardAlarm[];
  /** Alarm sound of this bay is paused until then; `null` when not. */
  readonly audioPausedUntil: AtMs | null;
  /** Vitals whose alarms a person has switched off for this session. */
  readonly alarmsOff: readonly Vital[];
}
