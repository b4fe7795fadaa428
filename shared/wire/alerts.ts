/**
 * The alarm log over HTTP.
 *
 * - `GET /api/alerts` (query below): a page of episodes; `GET /api/alerts/:id`: one with its story.
 * - `POST /api/alerts/:id/mark` (body below): whether it was actionable.
 * - `GET /api/alerts/measures?from&to&bay&nurse&protocol`: the measures of a period and of the one before.
 * - `GET /api/alerts.csv`, `GET /api/alerts.ndjson` (query below): everything that matches, streamed.
 * - `GET /api/alerts/exports/:id`: how far such an export is.
 * - `GET /api/alerts/shift?from&to`: what a shift hands on.
 * - `POST /api/reports/printed` (body below): a report goes to paper, for the audit.
 *
 * 404 `unknown-alert`, `unknown-export`; 422 `malformed`; 503 `journal-failed`, `log-failed`.
 */
import * as z from "zod";
import { type AtMs, type BayId, bayIdSchema, type DurationMs, type SessionId } from "../ids/index.ts";
import { MARKS, type Measures } from "../measures/index.ts";
import { type Limits, PRIORITIES, type Priority } from "../protocol/index.ts";
import type { Actor, Phase } from "../session/index.ts";
import { VITALS, type Vital } from "../vitals/index.ts";

const instant = z.coerce.number().int().min(0).max(8.64e15);

/**
 * A time on the clinic's wall, "2026-03-29" (its first minute) or "2026-03-29T18:30": what people mean by a day or a shift,
 * whatever the zone of their screen.
 */
const wallTime = z.string().regex(/^\d{4}-\d\d-\d\d(T\d\d:\d\d)?$/, "not a date or a date with a time");
const when = z.union([wallTime, instant]);

/** Hours of the clinic's day from the first until before the second, over midnight when the second is not greater: "19-7". */
const hours = z
  .string()
  .regex(/^([01]?\d|2[0-3])-([01]?\d|2[0-4])$/, "not hours of a day, as in 19-7")
  .transform((text) => {
    const [from = 0, to = 24] = text.split("-").map(Number);
    return { from, to };
  });

/** `standing`: its condition holds; `unseen`: over, latched, nobody has seen it; `over`. */
export const ALERT_STATES = ["standing", "unseen", "over"] as const;
export type AlertState = (typeof ALERT_STATES)[number];

/** The last three: the longest first; what still goes on by how long it does, in the first of them when it was answered. */
export const ALERT_SORTS = ["newest", "oldest", "slowest-answered", "longest-unanswered", "longest"] as const;
export type AlertSort = (typeof ALERT_SORTS)[number];

export const ALERT_PAGE = 50;

/** All that is given must hold. */
export const alertFilterSchema = z.object({
  /** Raised from then on, and before then. */
  from: when.optional(),
  to: when.optional(),
  bay: bayIdSchema.optional(),
  /** In the name, the initials or the record number, case aside. */
  patient: z.string().trim().min(1).max(80).optional(),
  /** The name of who looked after the patient. */
  nurse: z.string().min(1).max(120).optional(),
  /** About its value or its signal. */
  vital: z.enum(VITALS).optional(),
  /** The gravest it reached. */
  priority: z.enum(PRIORITIES).optional(),
  kind: z.enum(["physiological", "technical", "procedural"]).optional(),
  state: z.enum(ALERT_STATES).optional(),
  /** Called unacknowledged for longer than so many seconds since it was raised or last escalated, whatever came of it. */
  over: z.coerce.number().min(0).max(86_400).optional(),
  mark: z.enum([...MARKS, "none"]).optional(),
  sort: z.enum(ALERT_SORTS).default("newest"),
});
export type AlertQuery = z.infer<typeof alertFilterSchema>;
/** The question with its times as instants. */
export type AlertFilter = Omit<AlertQuery, "from" | "to"> & {
  readonly from?: AtMs | undefined;
  readonly to?: AtMs | undefined;
};

export const alertQuerySchema = alertFilterSchema.extend({
  /** From 0. */
  page: z.coerce.number().int().min(0).max(1_000_000).default(0),
});

export const alertExportQuerySchema = alertFilterSchema.extend({
  /** A name that the asker makes up, to ask how far it is. */
  export: z
    .string()
    .regex(/^[\w-]{8,60}$/)
    .optional(),
});

/** `GET /api/alerts/exports/:id`: how far an export is; known for some time after its end. */
export interface AlertExport {
  readonly rows: number;
  readonly total: number;
  readonly state: "running" | "done" | "failed";
}

export const alertMarkSchema = z.object({
  actionable: z.enum(MARKS),
  why: z.string().trim().min(1).max(500).optional(),
});
export type AlertMarkRequest = z.input<typeof alertMarkSchema>;

export const measuresQuerySchema = z.object({
  from: when,
  to: when,
  bay: bayIdSchema.optional(),
  nurse: z.string().min(1).max(120).optional(),
  protocol: z.string().min(1).max(120).optional(),
  hours: hours.optional(),
});

/** Of a shift; at most SHIFT_MOST_MS long. */
export const shiftQuerySchema = measuresQuerySchema.pick({ from: true, to: true });
export const SHIFT_MOST_MS: DurationMs = 48 * 3_600_000;

/** What is measured; `from` before `to`. */
export type MeasuresScope = Omit<z.infer<typeof measuresQuerySchema>, "from" | "to"> & {
  readonly from: AtMs;
  readonly to: AtMs;
};

/** A rung of the ladder that was called. */
export interface AlertRung {
  readonly rung: number;
  readonly target: string;
  readonly state: "queued" | "sent" | "confirmed" | "failed" | "cancelled";
  readonly at: AtMs;
  readonly reason: string | null;
}

/** One episode of an alarm, from raised to over. Instants in ms since the epoch by the server's clock. */
export interface Alert {
  readonly id: number;
  readonly bay: BayId;
  readonly session: SessionId;
  readonly patient: { readonly initials: string; readonly name: string | null; readonly recordNumber: string | null };
  /** When it was raised. */
  readonly phase: Phase;
  readonly nurse: string;
  readonly protocol: string;
  readonly alarm: string;
  readonly vital: Vital | null;
  readonly kind: "physiological" | "technical" | "procedural";
  readonly onsetPriority: Priority;
  /** The gravest it reached. */
  readonly priority: Priority;
  /** At onset; the worst value while it stood. In the vital's unit. */
  readonly value: number | null;
  readonly limit: number | null;
  readonly extreme: number | null;
  /** To the raising, from the first reading beyond the limit or a silent monitor's last message; `null`: neither raised it. */
  readonly delayMs: DurationMs | null;
  readonly raisedAt: AtMs;
  /** After its last raising or escalation, by that long. */
  readonly acknowledged: { readonly at: AtMs; readonly by: string | null; readonly afterMs: DurationMs } | null;
  readonly pausedMs: DurationMs;
  readonly rungs: readonly AlertRung[];
  readonly clearedAt: AtMs | null;
  readonly durationMs: DurationMs | null;
  readonly over: { readonly at: AtMs; readonly why: string } | null;
  readonly state: AlertState;
  readonly selfCleared: boolean;
  readonly latched: boolean;
  /** The last one holds. */
  readonly mark: { readonly actionable: "yes" | "no"; readonly by: string; readonly why: string | null } | null;
}

/** `GET /api/alerts` */
export interface AlertPage {
  readonly at: AtMs;
  /** The clinic's own zone (IANA). */
  readonly zone: string;
  readonly alerts: readonly Alert[];
  readonly page: number;
  /** How many match. */
  readonly total: number;
  readonly nurses: readonly string[];
  readonly bays: readonly { readonly id: BayId; readonly name: string }[];
}

/** One thing that happened to the alarm, or to the bay while it stood. */
export interface AlertStep {
  readonly at: AtMs;
  /** Plain words: "raised", "escalated to high", "acknowledged", "supervisor: confirmed". */
  readonly what: string;
  readonly who: string | null;
  readonly value: number | null;
}

/** `GET /api/alerts/:id` */
export interface AlertStory {
  readonly zone: string;
  readonly alert: Alert;
  readonly steps: readonly AlertStep[];
  /** Oldest first; the last one holds. */
  readonly marks: readonly {
    readonly at: AtMs;
    readonly by: Pick<Actor, "name" | "role">;
    readonly actionable: "yes" | "no";
    readonly why: string | null;
  }[];
  /** Of the alarm's vital, from 5 min before to 5 min after; at most 2,000. Empty for alarms without a value. */
  readonly readings: readonly { readonly at: AtMs; readonly value: number | null }[];
  /** The limit at onset, and each that was in force from some instant on while the alarm stood. */
  readonly limits: readonly { readonly at: AtMs; readonly limit: number }[];
}

/** `GET /api/alerts/measures` */
export interface AlertMeasures {
  readonly zone: string;
  /** Whom one can ask for. */
  readonly nurses: readonly string[];
  readonly protocols: readonly string[];
  readonly bays: readonly { readonly id: BayId; readonly name: string }[];
  readonly now: Measures;
  readonly before: Measures;
}

const wallText = z.string().min(1).max(40);
/** Which report, and of what: a session's, or of a time on the clinic's wall. */
export const printedReportSchema = z.discriminatedUnion("report", [
  z.object({ report: z.literal("session"), session: z.string().min(1).max(120) }),
  z.object({ report: z.literal("shift"), from: wallText, to: wallText }),
  z.object({ report: z.literal("month"), month: wallText }),
]);
export type PrintedReport = z.infer<typeof printedReportSchema>;

/** A session that was open during a shift. */
export interface ShiftSession {
  readonly id: SessionId;
  readonly bay: BayId;
  readonly patient: Alert["patient"];
  readonly openedAt: AtMs;
  readonly endedAt: AtMs | null;
  /** As it is now, or was last. */
  readonly phase: Phase;
  readonly drug: string | null;
  readonly doseMgPerKg: number | null;
  /** Who looked after the patient during the shift. */
  readonly nurses: readonly string[];
  /** Raised during the shift. */
  readonly alarms: { readonly [P in Priority]: number };
}

/** Limits or alarms of a session that are, or were, not as its protocol has them. */
export interface ShiftChange {
  readonly bay: BayId;
  readonly session: SessionId;
  readonly at: AtMs;
  readonly by: string;
  readonly vital: Vital;
  readonly what:
    | { readonly type: "limits"; readonly limits: NonNullable<Limits[Vital]> }
    | { readonly type: "alarm-off"; readonly reason: string };
  /** At the end of the shift; otherwise it was made, and taken back, during it. */
  readonly stands: boolean;
}

/** `GET /api/alerts/shift` */
export interface ShiftReport {
  readonly zone: string;
  /** When it was asked for: a shift that goes on is told up to here. */
  readonly at: AtMs;
  readonly from: AtMs;
  readonly to: AtMs;
  readonly measures: Measures;
  /** In the order of their opening. */
  readonly sessions: readonly ShiftSession[];
  /** High and medium ones in the order of raising, the high ones first to be taken where there are too many. */
  readonly alarms: readonly Alert[];
  /** How many are in the log only. */
  readonly leftOut: { readonly [P in Priority]: number };
  readonly changes: readonly ShiftChange[];
}
