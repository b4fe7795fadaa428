/**
 * A protocol: a clinic's rules for a kind of session, as data that a clinic edits and a named person approves.
 * The JSON file of the command line (feeds.md) and the stored document are the same shape.
 */
import * as z from "zod";
import { VITALS } from "../vitals/index.ts";
import { ADULT_KETAMINE_LIMITS, ADULT_KETAMINE_RELATIVE } from "./adult-ketamine.ts";
import { limitsSchema, PRIORITIES, relativeRuleSchema } from "./limits.ts";

const minutes = z
  .number()
  .gt(0)
  .max(24 * 60);

/**
 * What is left out takes its default, but `limits`, once given, is the whole truth: what it leaves out is off (feeds.md),
 * and so are then the relative rules unless they are given too.
 */
export const protocolSchema = z
  .object({
    name: z.string().min(1).max(120).default("Adult ketamine infusion"),
    limits: limitsSchema.optional(),
    relative: z.array(relativeRuleSchema).max(12).optional(),
    /** Seconds without a valid reading after which a vital is stale; by default from cadence and cuff interval. */
    staleAfter: z.partialRecord(z.enum(VITALS), z.number().gt(0).max(86_400)).default({}),
    /** Minutes between cuff measurements, by part of the session (clinical.md: 5–15 min; every 15 min after). */
    cuffIntervalMin: z
      .object({ infusing: minutes.default(5), recovery: minutes.default(15) })
      .default({ infusing: 5, recovery: 15 }),
    /** Minimum supervised stay after the drug stops (product.md: 1–3 h, default 60 min). */
    recoveryMinimumMin: minutes.default(60),
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
  .transform((p) => ({
    ...p,
    limits: p.limits ?? ADULT_KETAMINE_LIMITS,
    relative: p.relative ?? (p.limits === undefined ? ADULT_KETAMINE_RELATIVE : []),
  }));

/** A protocol with every default filled in: what a session runs by. */
export type Protocol = z.infer<typeof protocolSchema>;
/** A protocol as written, defaults left out. */
export type ProtocolDocument = z.input<typeof protocolSchema>;
