/**
 * Limits as data: for each vital and direction up to two tiers, and rules relative to the session's baseline.
 * What each number means, exactly, is in alarms/tier.ts.
 */
import * as z from "zod";
import { VITALS } from "../vitals/index.ts";

export const PRIORITIES = ["high", "medium", "low"] as const;
export type Priority = (typeof PRIORITIES)[number];

export const DIRECTIONS = ["low", "high"] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** From the mildest to the gravest; an alarm's tier is the highest active. */
export const TIERS = ["warning", "critical"] as const;
export type Tier = (typeof TIERS)[number];

const seconds = z.number().min(0).max(86_400);

/** How one tier of one direction of one vital alarms. Times in seconds; limit and deadband in the vital's unit. */
const tierRuleSchema = (priority: Priority) =>
  z.object({
    limit: z.number(),
    priority: z.enum(PRIORITIES).default(priority),
    delay: seconds.default(0),
    offDelay: seconds.default(0),
    deadband: z.number().min(0).default(0),
  });
export type TierRule = z.infer<ReturnType<typeof tierRuleSchema>>;

const directionRulesSchema = z.strictObject({
  warning: tierRuleSchema("medium").optional(),
  critical: tierRuleSchema("high").optional(),
});
export const vitalRulesSchema = z.strictObject({
  low: directionRulesSchema.optional(),
  high: directionRulesSchema.optional(),
});

/** Limits by vital, direction and tier; what is left out is off. */
export const limitsSchema = z.partialRecord(z.enum(VITALS), vitalRulesSchema);
export type Limits = z.infer<typeof limitsSchema>;

/** Compares with the session's baseline: `riseOverBaseline` 0.3 alarms above baseline × 1.3, as a warning tier of that vital's high alarm. */
export const relativeRuleSchema = z.object({
  /** Of those that a baseline has. */
  vital: z.enum(["hr", "spo2", "sbp", "dbp"]),
  riseOverBaseline: z.number().gt(0).max(5),
  priority: z.enum(PRIORITIES).default("medium"),
  delay: seconds.default(0),
  offDelay: seconds.default(0),
  deadband: z.number().min(0).default(0),
});
export type RelativeRule = z.infer<typeof relativeRuleSchema>;
