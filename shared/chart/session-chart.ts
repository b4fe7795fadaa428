/**
 * A session as a chart, a table and a report need it: plain data, the same for a session that runs, one that is over and
 * one that is replayed. Instants are ms since the epoch by the server's clock; a missing value is `null`, never 0.
 */
import * as z from "zod";
import type { AlarmId } from "../alarms/index.ts";
import { bayIdSchema, sessionIdSchema } from "../ids/index.ts";
import { DIRECTIONS, PRIORITIES, TIERS } from "../protocol/index.ts";
import {
  actorSchema,
  baselineValuesSchema,
  commandSchema,
  observationSchema,
  PHASES,
  patientSchema,
  planSchema,
} from "../session/index.ts";
import { VITALS } from "../vitals/index.ts";

const at = z.number();
/** From–to; `to` is `null` while it lasts. */
const span = { from: at, to: at.nullable() };

const isNumber = (value: unknown): boolean => typeof value === "number" && Number.isFinite(value);
const isNumberOrNull = (value: unknown): boolean => value === null || isNumber(value);
/** A column of thousands of values is looked at in one go: one check each by the schema took longer than to draw them. */
function column<T>(holds: (value: unknown) => boolean) {
  return z.custom<T[]>((value) => Array.isArray(value) && value.every(holds), "a column of values was expected");
}

/** See decimate.ts: two columns; `null` says that data ended there. */
const seriesSchema = z.object({ at: column<number>(isNumber), value: column<number | null>(isNumberOrNull) });

/** One cuff measurement, mmHg. */
const cuffSchema = z.object({
  at,
  sbp: z.number().nullable(),
  dbp: z.number().nullable(),
  map: z.number().nullable(),
  /** Entered by a person, not measured by the monitor. */
  manual: z.boolean(),
});
export type Cuff = z.infer<typeof cuffSchema>;

/** One limit while it was in force, edits and relative rules included; in the vital's unit. */
const limitSpanSchema = z.object({
  ...span,
  vital: z.enum(VITALS),
  direction: z.enum(DIRECTIONS),
  tier: z.enum(TIERS),
  limit: z.number(),
  priority: z.enum(PRIORITIES),
});
export type LimitSpan = z.infer<typeof limitSpanSchema>;

const phaseSpanSchema = z.object({ ...span, phase: z.enum(PHASES) });
export type PhaseSpan = z.infer<typeof phaseSpanSchema>;

/** One episode of an alarm, from raised to cleared. */
const alarmEpisodeSchema = z.object({
  id: z.custom<AlarmId>((value) => typeof value === "string"),
  kind: z.enum(["physiological", "technical", "procedural"]),
  /** The gravest it reached. */
  priority: z.enum(PRIORITIES),
  raisedAt: at,
  clearedAt: at.nullable(),
  /** The worst value of the episode and the limit it crossed; `null` where there is none. */
  extreme: z.number().nullable(),
  limit: z.number().nullable(),
  acknowledged: z.object({ at, name: z.string() }).nullable(),
});
export type AlarmEpisode = z.infer<typeof alarmEpisodeSchema>;

/** Heart rate, SpO₂ and breathing that a person read off at one instant. */
const handSignsSchema = z.object({
  at,
  hr: z.number().nullable(),
  spo2: z.number().nullable(),
  rr: z.number().nullable(),
});
export type HandSigns = z.infer<typeof handSignsSchema>;

/** `late`: entered after its time. */
const recordedObservationSchema = z.object({
  at,
  late: z.boolean(),
  name: z.string(),
  observation: observationSchema,
});
export type RecordedObservation = z.infer<typeof recordedObservationSchema>;

/** A bolus of the plan's drug or another drug: in words, with who gave it. */
const medicationSchema = z.object({ at, name: z.string(), what: z.string() });
export type RecordedMedication = z.infer<typeof medicationSchema>;

/** A command that was carried out, at the time for which it counts. */
const actSchema = z.object({
  at,
  enteredAt: at,
  late: z.boolean(),
  by: actorSchema,
  command: commandSchema,
  /** Who took it back, and when; `null` when it counts. */
  undone: z.object({ name: z.string(), at }).nullable(),
  /** Its time was put right: what it was before, by whom, when and why; oldest first. */
  corrections: z.array(z.object({ was: at, name: z.string(), at, reason: z.string() })).default([]),
});
export type RecordedAct = z.infer<typeof actSchema>;

/** What a person must confirm, with who did; the second signature is owed where the protocol asks for one. */
const checkSchema = z.object({
  part: z.enum(["start", "discharge"]),
  check: z.string(),
  first: z.object({ at, name: z.string() }).nullable(),
  second: z.object({ at, name: z.string() }).nullable(),
  holds: z.boolean(),
});
export type RecordedCheck = z.infer<typeof checkSchema>;

const criterionSchema = z.object({
  id: z.string(),
  kind: z.enum(["fact", "confirmation"]),
  holds: z.boolean(),
  reason: z.string(),
  value: z.string().nullable(),
});

/** See shared/session/dose.ts. */
const doseCourseSchema = z.object({
  plannedMg: z.number().nullable(),
  boundMg: z.number().nullable(),
  concentrationMgPerMl: z.number().nullable(),
  deliveries: z.array(z.object({ ...span, mgPerMin: z.number() })),
  boluses: z.array(z.object({ at, mg: z.number() })),
  unknownFrom: at.nullable(),
});

const cellSchema = z.object({ value: z.number(), at, manual: z.boolean() }).nullable();
export type GridCell = z.infer<typeof cellSchema>;
/** The readings nearest to one instant of the protocol's grid. */
const gridRowSchema = z.object({
  at,
  phase: z.enum(PHASES),
  cells: z.object({
    hr: cellSchema,
    spo2: cellSchema,
    rr: cellSchema,
    sbp: cellSchema,
    dbp: cellSchema,
    map: cellSchema,
  }),
});
export type GridRow = z.infer<typeof gridRowSchema>;

export const sessionChartSchema = z.object({
  id: sessionIdSchema,
  /** Up to when it tells, by the server's clock. */
  at,
  /** Where the patient was from when on, the first bay first. */
  stays: z.array(z.object({ bay: bayIdSchema, from: at })),
  patient: patientSchema,
  protocol: z.object({ name: z.string(), recoveryMinimumMin: z.number() }),
  plan: planSchema.nullable(),
  baseline: baselineValuesSchema.extend({ at }).nullable(),
  phase: z.enum(PHASES),
  openedAt: at,
  /** `null` while the session is open. */
  endedAt: at.nullable(),
  infusion: z
    .object({
      startedAt: at,
      endedAt: at.nullable(),
      ranMs: z.number(),
      pausedMs: z.number(),
      /** By the end or by now; `null` when it cannot be told. */
      given: z.object({ mg: z.number(), mL: z.number().nullable(), ofPlan: z.number().nullable() }).nullable(),
    })
    .nullable(),
  /** The dose at any instant (`doseAt`); `null` without a plan. */
  dose: doseCourseSchema.nullable(),
  recoveryMinimumAt: at.nullable(),
  escort: z.object({ name: z.string(), phone: z.string() }).nullable(),
  /** Who looks after the patient, or did at the end. */
  responsible: z.string().nullable(),
  noDrivingHours: z.number(),
  /** No driving or machinery before; `null` until the patient has gone, and when no drug was given. */
  noDrivingUntil: at.nullable(),
  /** What `vitals` and `cuffs` cover; everything else is whole. */
  from: at,
  to: at,
  /** `null`: never measured. */
  vitals: z.object({ hr: seriesSchema.nullable(), spo2: seriesSchema.nullable(), rr: seriesSchema.nullable() }),
  cuffs: z.array(cuffSchema),
  signs: z.array(handSignsSchema),
  limits: z.array(limitSpanSchema),
  phases: z.array(phaseSpanSchema),
  /** What the pump gave, for the modelled concentration; nothing where dose or weight is not known. */
  given: z.object({
    runs: z.array(z.object({ ...span, rateMgPerKgPerMin: z.number() })),
    boluses: z.array(z.object({ at, mgPerKg: z.number() })),
  }),
  alarms: z.array(alarmEpisodeSchema),
  observations: z.array(recordedObservationSchema),
  /** Slots of the schedule that nobody kept (`doneAt` is `null`), or kept late; `null` where that was not looked at. */
  missedObservations: z
    .array(z.object({ dueAt: at, doneAt: at.nullable() }))
    .nullable()
    .default(null),
  medication: z.array(medicationSchema),
  acts: z.array(actSchema),
  /** As the session had them at its end, or has them; empty in a chart that was kept before they were told. */
  checks: z.array(checkSchema).default([]),
  /** As they stood when the session ended, abandoned or not, or stand; none before the drug was started. */
  criteria: z.array(criterionSchema),
  grid: z.array(gridRowSchema),
});
export type SessionChart = z.infer<typeof sessionChartSchema>;
