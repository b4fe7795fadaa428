/**
 * A protocol: a clinic's rules for a kind of session, as data that a clinic edits and a named person approves.
 * The JSON file of the command line (feeds.md) and the stored document are the same shape.
 */
import * as z from "zod";
import { VITALS } from "../vitals/index.ts";
import { ADULT_KETAMINE_LIMITS, ADULT_KETAMINE_RELATIVE } from "./adult-ketamine.ts";
import { limitsSchema, PRIORITIES, relativeRuleSchema, strictly } from "./limits.ts";

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
 * and so are then the relative rules unless they are given too. A key it does not know is an error.
 */
export const protocolSchema = z
  .object({
    name: z.string().min(1).max(120).default("Adult ketamine infusion"),
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
    /** What a person must confirm before discharge. */
    dischargeChecks: z
      .array(z.string().min(1).max(80))
      .max(20)
      .default(["oriented", "discharge score ≥ 9", "dissociation over", "escort present", "instructions given"]),
    /** How far the last vital signs may lie from the baseline at discharge, as a share of it. */
    dischargeWithinBaseline: z.number().gt(0).max(1).default(0.2),
  })
  .strict()
  .transform((p) => ({
    ...p,
    limits: p.limits ?? ADULT_KETAMINE_LIMITS,
    relative: p.relative ?? (p.limits === undefined ? ADULT_KETAMINE_RELATIVE : []),
  }));

/** A protocol with every default filled in: what a session runs by. */
export type Protocol = z.infer<typeof protocolSchema>;
/** A protocol as written, defaults left out. */
export type ProtocolDocument = z.input<typeof protocolSchema>;
