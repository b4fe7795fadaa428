/** What the measures are made of: episodes of alarms, the care they happened in, and what people changed meanwhile. */
import type { AlarmKind } from "../alarms/index.ts";
import type { AtMs, BayId, DurationMs } from "../ids/index.ts";
import type { Priority } from "../protocol/index.ts";

/** Whether the alarm asked for something that a person then did, as somebody judged it. */
export const MARKS = ["yes", "no"] as const;
export type Marked = (typeof MARKS)[number];

/** One alarm from its raising to its end, as far as measures look at it. */
export interface MeasuredEpisode {
  readonly raisedAt: AtMs;
  /** Its condition was over; `null` while it holds. */
  readonly clearedAt: AtMs | null;
  readonly bay: BayId;
  /** Who looked after the patient. */
  readonly nurse: string;
  readonly protocol: string;
  /** Vital and direction, or the condition: `spo2.low`, `signal-lost.spo2`, `plan-elapsed`. */
  readonly alarm: string;
  readonly kind: AlarmKind;
  /** The gravest it reached. */
  readonly priority: Priority;
  /** From its last raising or escalation to the acknowledgement; `null` when nobody acknowledged it. */
  readonly acknowledgedAfterMs: DurationMs | null;
  /** How long it called before somebody acknowledged it, or for how long nobody did, whatever came of it. */
  readonly unansweredMs: DurationMs;
  /** Its condition ended by itself before anyone had acknowledged it. */
  readonly selfCleared: boolean;
  readonly mark: Marked | null;
}

/** A stretch of one session at one bay under one nurse: what burdens are divided by. */
export interface CareSpan {
  readonly bay: BayId;
  readonly nurse: string;
  readonly protocol: string;
  readonly from: AtMs;
  /** Or up to when it is known. */
  readonly to: AtMs;
}

/** The sound of a bay was paused from `at` to `until`, or its limits were edited, or the alarms of a vital switched off, at `at`. */
export interface MeasuredNote {
  readonly what: "pause" | "limits" | "alarm-off";
  readonly at: AtMs;
  readonly until: AtMs;
}
