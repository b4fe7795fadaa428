/** The form of a scenario's file. README.md of simulators/scenarios explains it to whoever writes one. */
import { PRIORITIES } from "@vigil/shared/protocol";
import { commandSchema, type Plan } from "@vigil/shared/session";
import * as z from "zod";
import { FAULTS, USUAL_MONITOR } from "../monitor/index.ts";
import { KINETICS } from "../patient/index.ts";
import type { Range } from "../random/index.ts";
import { ALARM_IDS } from "./alarms.ts";
import { MARKS } from "./scenario.ts";

/** A number, or the lowest and highest of what is drawn evenly. */
const range = (min: number, max: number) => {
  const error = `must be a number from ${min} to ${max}, or two of them as [lowest, highest]`;
  const one = z.number().min(min).max(max);
  return z
    .union([one.transform((value): Range => [value, value]), z.tuple([one, one]).readonly()], { error })
    .refine(([from, to]) => from <= to, "has its lowest above its highest");
};

const keysOf = <K extends string>(record: Readonly<Record<K, unknown>>): z.ZodType<K> =>
  z.custom<K>((value) => typeof value === "string" && Object.hasOwn(record, value), {
    error: `must be one of ${Object.keys(record).join(", ")}`,
  });

const among = <T extends string>(words: readonly T[]): z.ZodType<T> =>
  z.custom<T>((value) => words.some((word) => word === value), { error: `must be one of ${words.join(", ")}` });

const deviations = range(-4, 4);
const minutes = range(-120, 24 * 60);
const seconds = range(0, 24 * 3600);
/** A line that is slower than an hour is no line any more. */
const LONGEST_DELAY_S = 3600;
const NONE: Range = [0, 0];
const change = (most: number) => range(-most, most).optional();

const constitutionSchema = z.strictObject({
  age: range(18, 85).optional(),
  sex: among(["female", "male"]).optional(),
  weightKg: range(40, 180).optional(),
  hypertension: z.boolean().optional(),
  pressure: deviations.optional(),
  diastolic: deviations.optional(),
  heartRate: deviations.optional(),
  spo2: range(85, 100).optional(),
  pressorResponse: deviations.optional(),
  heartResponse: deviations.optional(),
  sensitivity: deviations.optional(),
});

/** The usual plan for depression (clinical.md, "Doses and courses"). */
export const USUAL_PLAN: Plan = { drug: "ketamine", doseMgPerKg: 0.5, plannedMin: 40 };

const planSchema = z.strictObject({
  drug: z.string().trim().min(1).max(60).default(USUAL_PLAN.drug),
  doseMgPerKg: z.number().gt(0).max(20).default(USUAL_PLAN.doseMgPerKg),
  plannedMin: z
    .number()
    .min(1)
    .max(24 * 60)
    .default(USUAL_PLAN.plannedMin),
});

const episodeSchema = z.strictObject({
  since: among(MARKS).default("infusion"),
  fromMin: minutes,
  again: z.strictObject({ everyMin: range(0.1, 24 * 60), untilMin: z.number().max(24 * 60) }).optional(),
  riseS: seconds.default(NONE),
  holdS: seconds,
  fallS: seconds.default(NONE),
  changes: z
    .strictObject({ hr: change(150), spo2: change(50), rr: change(60), sbp: change(150), dbp: change(100) })
    .optional(),
  apnoea: z.strictObject({ depth: range(0, 1), obstructed: z.boolean().default(false) }).optional(),
  fault: keysOf(FAULTS).optional(),
  delayS: range(0, LONGEST_DELAY_S).optional(),
  clock: z
    .strictObject({ stepS: range(-86_400, 86_400).default(NONE), driftSPerMin: range(-60, 60).default(NONE) })
    .optional(),
});

const scriptedActSchema = z.strictObject({
  since: among(MARKS).default("infusion"),
  atMin: minutes,
  command: commandSchema.refine(
    ({ type }) => type !== "open-session" && type !== "start-infusion",
    "is what the simulated nurse does herself: leave it out",
  ),
});

const expectedAlarmSchema = z.strictObject({
  alarm: among(ALARM_IDS),
  priority: z.union([among(PRIORITIES).transform((one) => [one]), z.array(among(PRIORITIES)).min(1).readonly()], {
    error: `must be one of ${PRIORITIES.join(", ")}, or a list of them`,
  }),
  always: z.boolean().default(true),
  firstMin: minutes.optional(),
  times: range(1, 200).optional(),
});

export const scenarioSchema = z.strictObject({
  says: z.string().trim().min(1).max(120),
  patient: constitutionSchema.default({}),
  kinetics: keysOf(KINETICS).default("domino"),
  plan: planSchema.default(USUAL_PLAN),
  monitor: z
    .strictObject({
      cadenceS: z.int().min(1).max(300).default(USUAL_MONITOR.cadenceS),
      averagingS: z.int().min(1).max(60).default(USUAL_MONITOR.averagingS),
      cuffOnProbeArm: z.boolean().default(USUAL_MONITOR.cuffOnProbeArm),
    })
    .default(USUAL_MONITOR),
  episodes: z.array(episodeSchema).max(60).readonly().default([]),
  acts: z.array(scriptedActSchema).max(60).readonly().default([]),
  expect: z.array(expectedAlarmSchema).max(30).readonly().default([]),
});
