/**
 * A protocol: a clinic's rules for a kind of session, as data that a clinic edits and a named person approves.
 * The JSON file of the command line (feeds.md) and the stored document are the same shape.
 */
import * as z from "zod";
import { VITALS } from "../vitals/index.ts";
import { ADULT_KETAMINE_DISCHARGE_CHECKS, ADULT_KETAMINE_LIMITS, ADULT_KETAMINE_RELATIVE } from "./adult-ketamine.ts";
import { limitsSchema, PRIORITIES, relativeRuleSchema, strictly } from "./limits.ts";

/** Inclusive bounds; what lies outside is refused as implausible, with both bounds in the sentence. */
const rangeOf = (min: number, max: number) =>
  z.strictObject({ min: z.number().min(0).default(min), max: z.number().gt(0).default(max) }).default({ min, max });

/**
 * What a plan may look like (clinical.md, "Doses and courses": 0.5 mg/kg over 40 min is usual, 0.5–1 mg/kg over 40–60 min
 * society guidance, pain sessions run for hours). The bounds catch slips of the pen; they are settings, not advice.
 */
const planRulesSchema = z.strictObject({
  doseMgPerKg: rangeOf(0.1, 2),
  weightKg: rangeOf(30, 250),
  plannedMin: rangeOf(5, 480),
  concentrationMgPerMl: rangeOf(0.1, 50),
});

/** Discharge criteria that a recorded fact decides, never a tick (product.md, "Discharge"). */
const DISCHARGE_FACTS = ["oriented", "discharge-score", "dissociation-over", "escort-named"] as const;
export type DischargeFact = (typeof DISCHARGE_FACTS)[number];

const minutes = z
  .number()
  .gt(0)
  .max(24 * 60);

/** One step of the ladder: after how many seconds without acknowledgement, to whom. */
const escalationRungSchema = strictly({
  afterS: z.number().gt(0).max(3600),
  target: z.string().trim().min(1).max(60),
});
export type EscalationRung = z.infer<typeof escalationRungSchema>;

/**
 * What is left out takes its default, but `limits`, once given, is the whole truth: what it leaves out is off (feeds.md),
 * and so are then the relative rules unless they are given too. In the same way `dischargeChecks`, once given, are all that
 * is asked for beside time, alarms and the last vital signs, unless `dischargeFacts` and `dischargeCuffs` are given too.
 * A key it does not know is an error.
 */
export const protocolSchema = z
  .object({
    name: z.string().min(1).max(120).default("Adult ketamine infusion"),
    /** Which version of a clinic's protocol it is; left out where protocols are no versions, as in a file. */
    version: z.int().min(1).optional(),
    limits: limitsSchema.optional(),
    relative: z.array(relativeRuleSchema).max(12).optional(),
    /** Seconds without a valid reading after which a vital is stale; by default from cadence and cuff interval. */
    staleAfter: z.partialRecord(z.enum(VITALS), z.number().gt(0).max(86_400)).default({}),
    /** Minutes between cuff measurements, by part of the session (clinical.md: 5–15 min; every 15 min after). */
    cuffIntervalMin: strictly({ infusing: minutes.default(5), recovery: minutes.default(15) }).default({
      infusing: 5,
      recovery: 15,
    }),
    /** Minimum supervised stay after the drug stops (product.md: 1–3 h, default 60 min). */
    recoveryMinimumMin: minutes.default(60),
    /** Minutes between a nurse's observations, by part of the session. */
    observationIntervalMin: strictly({ infusing: minutes.default(15), recovery: minutes.default(30) }).default({
      infusing: 15,
      recovery: 30,
    }),
    /** Past this after the infusion, dissociation is flagged (product.md: it usually ends after 30–60 min). */
    dissociationExpectedMin: minutes.default(60),
    /** To whom a high alarm is taken while nobody acknowledges it (alarms.md, "Escalation ladder"). */
    escalation: z
      .array(escalationRungSchema)
      .max(6)
      .default([
        { afterS: 30, target: "second nurse" },
        { afterS: 60, target: "supervisor" },
      ]),
    /** Priorities that stay, "cleared, not seen", until acknowledged. */
    latching: z.array(z.enum(PRIORITIES)).default(["high"]),
    /** What a person must confirm before the infusion may start. */
    startChecks: z
      .array(z.string().min(1).max(80))
      .max(20)
      .default(["identity", "weight", "dose double-checked", "fasting", "escort named"]),
    /** Those of the checks below that a second person, other than the first, must confirm as well. */
    secondPersonChecks: z.array(z.string().min(1).max(80)).max(20).default([]),
    /** What a person must confirm before discharge, because no record can show it. */
    dischargeChecks: z.array(z.string().min(1).max(80)).max(20).optional(),
    dischargeFacts: z.array(z.enum(DISCHARGE_FACTS)).max(4).optional(),
    /** The score that counts for discharge, and the least total (clinical.md: modified Aldrete or PADSS, 9 of 10). */
    dischargeScore: z
      .strictObject({
        scale: z.enum(["aldrete", "padss"]).default("aldrete"),
        least: z.int().min(0).max(10).default(9),
      })
      .default({ scale: "aldrete", least: 9 }),
    /** How far the last vital signs may lie from the baseline at discharge, as a share of it. */
    dischargeWithinBaseline: z.number().gt(0).max(1).default(0.2),
    /** How many of the last cuff measurements must lie so near. */
    dischargeCuffs: z.int().min(1).max(2).optional(),
    /** No driving or machinery for this long after discharge (clinical.md, "Scales": 24 h). */
    noDrivingHours: z.number().min(0).max(168).default(24),
    /** Ending the infusion before planned time and dose are reached needs a reason. */
    reasonForEarlyStop: z.boolean().default(true),
    plan: planRulesSchema.default(planRulesSchema.parse({})),
  })
  .strict()
  .transform((p) => ({
    ...p,
    limits: p.limits ?? ADULT_KETAMINE_LIMITS,
    relative: p.relative ?? (p.limits === undefined ? ADULT_KETAMINE_RELATIVE : []),
    dischargeChecks: p.dischargeChecks ?? ADULT_KETAMINE_DISCHARGE_CHECKS,
    dischargeCuffs: p.dischargeCuffs ?? (p.dischargeChecks === undefined ? 2 : 1),
    dischargeFacts: p.dischargeFacts ?? (p.dischargeChecks === undefined ? [...DISCHARGE_FACTS] : []),
  }));

/** A protocol with every default filled in: what a session runs by. */
export type Protocol = z.infer<typeof protocolSchema>;
/** A protocol as written, defaults left out. */
export type ProtocolDocument = z.input<typeof protocolSchema>;
