/** The limits of a vital as an engineer types them, delays and deadbands included. */
import { DIRECTIONS, type Limits, TIERS, vitalRulesSchema } from "@vigil/shared/protocol";
import type { Vital } from "@vigil/shared/vitals";

export type VitalLimits = NonNullable<Limits[Vital]>;
export const FIELDS = ["limit", "delay", "offDelay", "deadband"] as const;
export type Field = (typeof FIELDS)[number];
export const ROWS = ["high.critical", "high.warning", "low.warning", "low.critical"] as const;
export type Row = (typeof ROWS)[number];
export type Texts = { readonly [K in `${Row}.${Field}`]?: string };

export function textsOf(limits: VitalLimits): Texts {
  const texts: { [K in `${Row}.${Field}`]?: string } = {};
  for (const direction of DIRECTIONS) {
    for (const tier of TIERS) {
      const rule = limits[direction]?.[tier];
      if (rule === undefined) continue;
      for (const field of FIELDS) texts[`${direction}.${tier}.${field}`] = String(rule[field]);
    }
  }
  return texts;
}

/** An empty limit is off; an empty delay or deadband is 0. The answer is the limits, or what is wrong in which place. */
export function limitsOf(
  texts: Texts,
  base: VitalLimits,
): { readonly limits: VitalLimits } | { readonly wrong: ReadonlyMap<`${Row}.${Field}`, string> } {
  const wrong = new Map<`${Row}.${Field}`, string>();
  const limits: VitalLimits = {};
  for (const direction of DIRECTIONS) {
    for (const tier of TIERS) {
      const row = `${direction}.${tier}` as const;
      const figures = FIELDS.map((field) => {
        const text = (texts[`${row}.${field}`] ?? "").trim().replace(",", ".");
        if (text === "") return 0;
        const value = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
        if (Number.isNaN(value) || value < 0) wrong.set(`${row}.${field}`, "A number from 0 is needed.");
        return value;
      });
      if ((texts[`${row}.limit`] ?? "").trim() === "") continue;
      const [limit = 0, delay = 0, offDelay = 0, deadband = 0] = figures;
      const priority = base[direction]?.[tier]?.priority ?? (tier === "critical" ? "high" : "medium");
      limits[direction] = { ...limits[direction], [tier]: { limit, priority, delay, offDelay, deadband } };
    }
  }
  if (wrong.size > 0) return { wrong };
  const parsed = vitalRulesSchema.safeParse(limits);
  return parsed.success
    ? { limits: parsed.data }
    : { wrong: new Map([["high.critical.limit", "These limits are out of range."]]) };
}
