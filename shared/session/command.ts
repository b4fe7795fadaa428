/**
 * What people do to a session and its alarms. The same shapes travel over the wire, stand in the journal and in the
 * `command` lines of a feed, so that a whole session replays.
 */
import * as z from "zod";
import { bayIdSchema, commandIdSchema, personIdSchema, sessionIdSchema } from "../ids/index.ts";
import { BASELINE_VITALS, protocolSchema, riseRuleSchema, vitalRulesSchema } from "../protocol/index.ts";
import { VITALS } from "../vitals/index.ts";
import { EDITION } from "./edition.ts";
import { observationSchema } from "./observation.ts";
import { planSchema } from "./plan.ts";

/** A short text a person wrote: what is shown to colleagues and kept. */
const reason = z.string().trim().min(1, "a reason is needed").max(500);

export const patientSchema = z.object({
  initials: z.string().trim().min(1).max(8),
  name: z.string().trim().min(1).max(120).optional(),
  recordNumber: z.string().trim().min(1).max(40).optional(),
  birthDate: z.iso.date().optional(),
  /** Whether it is plausible is the protocol's word: an implausible one is refused with the reason. */
  weightKg: z.number().gt(0).max(700).optional(),
});
export type Patient = z.infer<typeof patientSchema>;

/** Who the patient is: all but the weight, which the dose rests on. */
const identitySchema = patientSchema.omit({ weightKg: true });
export type Identity = z.infer<typeof identitySchema>;

/** Vital signs before the drug: what discharge and the relative rules compare with. */
export const baselineValuesSchema = z.object({
  hr: z.number().min(20).max(250),
  spo2: z.number().min(50).max(100),
  sbp: z.number().min(50).max(260),
  dbp: z.number().min(20).max(180),
});
export type BaselineValues = z.infer<typeof baselineValuesSchema>;

/** A bolus of the plan's drug counts into the dose given; other medication is recorded as the nurse writes it. */
const medicationSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("bolus"), mg: z.number().gt(0).max(1_000) }),
  z.object({
    kind: z.literal("other"),
    name: z.string().trim().min(1).max(80),
    dose: z.number().gt(0).max(100_000),
    unit: z.string().trim().min(1).max(20),
    route: z.string().trim().min(1).max(40),
  }),
]);
export type Medication = z.infer<typeof medicationSchema>;

/** Who acts. Roles are those of product.md. */
export const actorSchema = z.object({
  id: personIdSchema,
  name: z.string().min(1).max(120),
  role: z.enum(["nurse", "supervisor", "engineer", "administrator"]),
});
export type Actor = z.infer<typeof actorSchema>;

/** How a patient who has had the drug can be gone without having been discharged. */
const LEFT = ["against-advice", "transferred-out"] as const;
export type Left = (typeof LEFT)[number];

const alarmIdText = z.string().min(1).max(60);

/**
 * When it was really done, by the clock that dates the inputs; left out, now. An earlier time makes a late entry: it takes
 * its place among the other acts, and everything is derived anew.
 */
const late = { effectiveAt: z.int().optional() };

export const commandSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("open-session"),
    sessionId: sessionIdSchema,
    patient: patientSchema,
    /** The protocol the session keeps to its end; left out, the bay's own. */
    protocol: protocolSchema.optional(),
    plan: planSchema.optional(),
    /** Of the rules that judge it to its end (edition.ts); left out, the newest. */
    edition: z.int().min(1).max(EDITION).optional(),
  }),
  /** The patient as they should stand in the record, whole: a slip put right, the weight measured on arrival. */
  z.object({ type: z.literal("set-patient"), patient: patientSchema }),
  /** Who the patient is, put right at any time, whole; what was said before is kept. */
  z.object({ type: z.literal("correct-patient"), patient: identitySchema, reason }),
  /** A late one, for a time before the start, puts right the plan that the infusion runs by. */
  z.object({ type: z.literal("set-plan"), plan: planSchema, reason: reason.optional(), ...late }),
  z.object({ type: z.literal("confirm-check"), check: z.string().min(1).max(80), ...late }),
  /** Values left out are taken from the monitor's fresh ones; a late entry must bring its own. */
  z.object({ type: z.literal("record-baseline"), values: baselineValuesSchema.optional(), ...late }),
  z.object({ type: z.literal("start-infusion"), ...late }),
  z.object({ type: z.literal("pause-infusion"), reason, ...late }),
  z.object({ type: z.literal("resume-infusion"), ...late }),
  /** While paused: what the pump is to run at when it is resumed. */
  z.object({ type: z.literal("change-rate"), rateMlPerH: z.number().gt(0).max(2_000), ...late }),
  z.object({ type: z.literal("give-medication"), medication: medicationSchema, ...late }),
  /** More time, more drug, or both: the only way beyond the plan. */
  z.object({
    type: z.literal("extend-infusion"),
    minutes: z
      .number()
      .gt(0)
      .max(24 * 60)
      .optional(),
    mg: z.number().gt(0).max(1_000).optional(),
    /** Another bag is hung, as full as the plan's. */
    newBag: z.boolean().optional(),
    ...late,
  }),
  /** Before planned time and dose are reached, a reason is owed where the protocol says so. */
  z.object({ type: z.literal("end-infusion"), reason: reason.optional(), ...late }),
  z.object({ type: z.literal("record-observation"), observation: observationSchema, ...late }),
  /** The responsible adult who takes the patient home. */
  z.object({
    type: z.literal("name-escort"),
    name: z.string().trim().min(1).max(120),
    phone: z.string().trim().min(3).max(40),
    ...late,
  }),
  z.object({
    type: z.literal("hand-over"),
    to: z.object({ id: personIdSchema, name: z.string().trim().min(1).max(120) }),
    summary: z.string().trim().min(1).max(1_000),
  }),
  /** Takes back an act of this session within 10 s of its entry: by its command's id. Both stay in the record. */
  z.object({ type: z.literal("undo-act"), act: commandIdSchema }),
  /** Puts right the time of an act that was pressed too late or entered for a wrong time; what was said before is kept. */
  z.object({ type: z.literal("correct-time"), act: commandIdSchema, effectiveAt: z.int(), reason }),
  /** The patient moves, the session with all that belongs to it goes along. */
  z.object({ type: z.literal("transfer-session"), to: bayIdSchema }),
  z.object({ type: z.literal("declare-ready") }),
  z.object({ type: z.literal("return-to-recovery"), reason }),
  /** `override` discharges although a criterion does not hold; a supervisor's, with the reason. */
  z.object({ type: z.literal("discharge"), override: reason.optional() }),
  /** Once the drug was given, `left` says how the patient went without a discharge; without it, it is a supervisor's act. */
  z.object({ type: z.literal("abandon-session"), reason, left: z.enum(LEFT).optional() }),
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
