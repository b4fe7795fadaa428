/**
 * Limits as data: for each vital and direction up to two tiers, and rules relative to the session's baseline.
 * What each number means, exactly, is in alarms/tier.ts.
 */
import * as z from "zod";
import { VITALS, type Vital } from "../vitals/index.ts";

export const PRIORITIES = ["high", "medium", "low"] as const;
export type Priority = (typeof PRIORITIES)[number];

export const DIRECTIONS = ["low", "high"] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** From the mildest to the gravest; an alarm's tier is the highest active. */
export const TIERS = ["warning", "critical"] as const;
export type Tier = (typeof TIERS)[number];

/**
 * An object in which a key it does not know is an error that names it and those it knows: a misspelt "Delay" would
 * otherwise be an alarm that comes at once, and nobody would be told.
 */
export const strictly = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys" && Array.isArray(issue.keys)
        ? `does not know ${issue.keys.map((key) => `"${key}"`).join(", ")}; it knows ${Object.keys(shape).join(", ")}`
        : undefined,
  });

/** `null` is off, as left out is. */
const orOff = <Rules extends z.ZodType>(rules: Rules) =>
  rules
    .nullable()
    .transform((given) => given ?? undefined)
    .optional();

const seconds = z.number().min(0).max(86_400);

/** How one tier of one direction of one vital alarms. Times in seconds; limit and deadband in the vital's unit. */
const tierRuleSchema = (priority: Priority) =>
  strictly({
    limit: z.number(),
    priority: z.enum(PRIORITIES).default(priority),
    delay: seconds.default(0),
    offDelay: seconds.default(0),
    deadband: z.number().min(0).default(0),
  });
export type TierRule = z.infer<ReturnType<typeof tierRuleSchema>>;

const directionRulesSchema = strictly({
  warning: orOff(tierRuleSchema("medium")),
  critical: orOff(tierRuleSchema("high")),
});
export const vitalRulesSchema = strictly({
  low: orOff(directionRulesSchema),
  high: orOff(directionRulesSchema),
});

/** Limits by vital, direction and tier; what is left out is off. */
export const limitsSchema = z.partialRecord(z.enum(VITALS), orOff(vitalRulesSchema));
export type Limits = z.infer<typeof limitsSchema>;

/** Vitals that a baseline has: only these can be compared with it. */
export const BASELINE_VITALS = ["hr", "spo2", "sbp", "dbp"] as const satisfies readonly Vital[];

/** How a rise over the session's baseline alarms: 0.3 above baseline × 1.3. Times in seconds, deadband in the vital's unit. */
const riseRule = {
  riseOverBaseline: z.number().gt(0).max(5),
  priority: z.enum(PRIORITIES).default("medium"),
  delay: seconds.default(0),
  offDelay: seconds.default(0),
  deadband: z.number().min(0).default(0),
};
export const riseRuleSchema = strictly(riseRule);

/** Compares a vital with the session's baseline: a further warning tier of that vital's high alarm. */
export const relativeRuleSchema = strictly({ vital: z.enum(BASELINE_VITALS), ...riseRule });
export type RelativeRule = z.infer<typeof relativeRuleSchema>;
