/**
 * What people do to a session and its alarms. The same shapes travel over the wire, stand in the journal and in the
 * `command` lines of a feed, so that a whole session replays.
 */
import * as z from "zod";
import { personIdSchema, sessionIdSchema } from "../ids/index.ts";
import { BASELINE_VITALS, protocolSchema, riseRuleSchema, vitalRulesSchema } from "../protocol/index.ts";
import { VITALS } from "../vitals/index.ts";

/** A short text a person wrote: what is shown to colleagues and kept. */
const reason = z.string().trim().min(1, "a reason is needed").max(500);

export const patientSchema = z.object({
  initials: z.string().trim().min(1).max(8),
  name: z.string().trim().min(1).max(120).optional(),
  recordNumber: z.string().trim().min(1).max(40).optional(),
  birthDate: z.iso.date().optional(),
  weightKg: z.number().min(20).max(400).optional(),
});
export type Patient = z.infer<typeof patientSchema>;

/** What is to be given: the drug, the dose for each kilogram, and the planned length of the infusion. */
export const planSchema = z.object({
  drug: z.string().trim().min(1).max(60),
  doseMgPerKg: z.number().gt(0).max(20),
  plannedMin: z
    .number()
    .min(1)
    .max(24 * 60),
});
export type Plan = z.infer<typeof planSchema>;

/** Vital signs before the drug: what discharge and the relative rules compare with. */
export const baselineValuesSchema = z.object({
  hr: z.number().min(20).max(250),
  spo2: z.number().min(50).max(100),
  sbp: z.number().min(50).max(260),
  dbp: z.number().min(20).max(180),
});
export type BaselineValues = z.infer<typeof baselineValuesSchema>;

/** What a nurse saw and asked (clinical.md, "Scales"); what was not looked at is left out. */
export const observationSchema = z
  .object({
    /** 0 none … 10 strongest, as the patient says. */
    dissociation: z.int().min(0).max(10),
    /** MOAA/S: 5 alert … 0 unresponsive. */
    sedation: z.int().min(0).max(5),
    nausea: z.int().min(0).max(10),
    pain: z.int().min(0).max(10),
    oriented: z.boolean(),
    note: z.string().trim().min(1).max(500),
  })
  .partial()
  .refine((observation) => Object.keys(observation).length > 0, "an observation must say something");
export type Observation = z.infer<typeof observationSchema>;

/** Who acts. Roles are those of product.md. */
export const actorSchema = z.object({
  id: personIdSchema,
  name: z.string().min(1).max(120),
  role: z.enum(["nurse", "supervisor", "engineer", "administrator"]),
});
export type Actor = z.infer<typeof actorSchema>;

const alarmIdText = z.string().min(1).max(60);

export const commandSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("open-session"),
    sessionId: sessionIdSchema,
    patient: patientSchema,
    /** The protocol the session keeps to its end; left out, the bay's own. */
    protocol: protocolSchema.optional(),
    plan: planSchema.optional(),
  }),
  z.object({ type: z.literal("set-plan"), plan: planSchema }),
  z.object({ type: z.literal("confirm-check"), check: z.string().min(1).max(80) }),
  /** Values left out are taken from the monitor's fresh ones. */
  z.object({ type: z.literal("record-baseline"), values: baselineValuesSchema.optional() }),
  z.object({ type: z.literal("start-infusion") }),
  z.object({ type: z.literal("pause-infusion"), reason }),
  z.object({ type: z.literal("resume-infusion") }),
  z.object({ type: z.literal("end-infusion"), reason: reason.optional() }),
  z.object({ type: z.literal("record-observation"), observation: observationSchema }),
  z.object({ type: z.literal("declare-ready") }),
  z.object({ type: z.literal("return-to-recovery"), reason }),
  /** `override` discharges although a criterion does not hold; a supervisor's, with the reason. */
  z.object({ type: z.literal("discharge"), override: reason.optional() }),
  z.object({ type: z.literal("abandon-session"), reason }),
  z.object({ type: z.literal("acknowledge-alarm"), alarm: alarmIdText }),
  /** At most 120 s (alarms.md, "Audio pause"). */
  z.object({ type: z.literal("pause-audio"), seconds: z.number().min(1).max(120), reason: reason.optional() }),
  z.object({ type: z.literal("resume-audio") }),
  /**
   * The whole truth for one vital until the session ends: its limits, and in `relative` its rises over the baseline (of
   * vitals that a baseline has). As in a protocol that gives limits, what is left out is off.
   */
  z
    .object({
      type: z.literal("set-limits"),
      vital: z.enum(VITALS),
      limits: vitalRulesSchema,
      relative: z.array(riseRuleSchema).max(4).default([]),
    })
    .refine(({ vital, relative }) => relative.length === 0 || BASELINE_VITALS.some((each) => each === vital), {
      path: ["relative"],
      message: `only ${BASELINE_VITALS.join(", ")} have a baseline to rise over`,
    }),
  z.object({ type: z.literal("alarm-off"), vital: z.enum(VITALS), reason }),
  z.object({ type: z.literal("alarm-on"), vital: z.enum(VITALS) }),
]);
/** A command with every default filled in. */
export type Command = z.infer<typeof commandSchema>;
export type CommandType = Command["type"];
