/** Limits as a nurse edits them: what may be entered, and what is sent. Times and deadbands stay as they are. */
import { DIRECTIONS, type Direction, type Limits, TIERS, type Tier, type TierRule } from "@vigil/shared/protocol";
import { VITAL_FACTS, type Vital } from "@vigil/shared/vitals";

export type VitalLimits = NonNullable<Limits[Vital]>;
export type LimitKey = `${Direction}.${Tier}`;
/** As typed. */
export type LimitTexts = { readonly [K in LimitKey]: string };

/** From low to high, as a person reads them. */
export const LIMIT_KEYS = ["low.critical", "low.warning", "high.warning", "high.critical"] as const;

export const LIMIT_LABEL: { readonly [K in LimitKey]: string } = {
  "low.critical": "Critical low",
  "low.warning": "Warning low",
  "high.warning": "Warning high",
  "high.critical": "Critical high",
};

export const ruleOf = (limits: VitalLimits | undefined, key: LimitKey): TierRule | undefined => {
  const { direction, tier } = partsOf(key);
  return limits?.[direction]?.[tier];
};

export function textsOf(limits: VitalLimits | undefined): LimitTexts {
  const text = (key: LimitKey): string => String(ruleOf(limits, key)?.limit ?? "");
  return {
    "low.critical": text("low.critical"),
    "low.warning": text("low.warning"),
    "high.warning": text("high.warning"),
    "high.critical": text("high.critical"),
  };
}

export type LimitErrors = { readonly [K in LimitKey]?: string };
export type LimitsChecked =
  | { readonly ok: true; readonly limits: VitalLimits }
  | { readonly ok: false; readonly errors: LimitErrors };

/**
 * Each limit lies in what a monitor can report; critical lies outside warning, low below high. What the protocol limits cannot
 * be left empty: an alarm is switched off with a reason, not by the way.
 */
export function checkLimits(
  vital: Vital,
  texts: LimitTexts,
  now: VitalLimits | undefined,
  protocol: VitalLimits | undefined,
): LimitsChecked {
  const { label, unit, plausible } = VITAL_FACTS[vital];
  const errors: { [K in LimitKey]?: string } = {};
  const values = new Map<LimitKey, number>();
  for (const key of LIMIT_KEYS) {
    const text = texts[key].trim().replace(",", ".");
    if (text === "") {
      if (ruleOf(protocol, key) !== undefined) {
        errors[key] = `The protocol limits this. To silence it, switch the alarms of ${label} off, with a reason.`;
      }
      continue;
    }
    const value = /^\d+(\.\d)?$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isNaN(value)) errors[key] = "A number is needed, with one decimal at most.";
    else if (value < plausible.min || value > plausible.max) {
      errors[key] = `${label} lies between ${plausible.min} and ${plausible.max} ${unit}.`;
    } else values.set(key, value);
  }
  let below: { readonly key: LimitKey; readonly value: number } | null = null;
  for (const key of LIMIT_KEYS) {
    const value = values.get(key);
    if (value === undefined) continue;
    if (below !== null && value <= below.value) {
      errors[key] ??= `Must be above ${LIMIT_LABEL[below.key].toLowerCase()} (${below.value}).`;
    }
    below = { key, value };
  }
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  return { ok: true, limits: built(values, now, protocol) };
}

function built(
  values: ReadonlyMap<LimitKey, number>,
  now: VitalLimits | undefined,
  protocol: VitalLimits | undefined,
): VitalLimits {
  const limits: VitalLimits = {};
  for (const direction of DIRECTIONS) {
    const rules: NonNullable<VitalLimits[Direction]> = {};
    for (const tier of TIERS) {
      const limit = values.get(`${direction}.${tier}`);
      if (limit !== undefined) rules[tier] = { ...modelFor(direction, tier, now, protocol), limit };
    }
    if (Object.keys(rules).length > 0) limits[direction] = rules;
  }
  return limits;
}

/** Delays and deadband of a limit: its own, the protocol's, or for a new one those of its nearest neighbour. */
function modelFor(
  direction: Direction,
  tier: Tier,
  now: VitalLimits | undefined,
  protocol: VitalLimits | undefined,
): TierRule {
  const priority = tier === "critical" ? "high" : "medium";
  const other = direction === "low" ? "high" : "low";
  const own = now?.[direction]?.[tier] ?? protocol?.[direction]?.[tier];
  const neighbour = now?.[other]?.[tier] ?? now?.[direction]?.[tier === "critical" ? "warning" : "critical"];
  return (
    own ?? {
      limit: 0,
      priority,
      delay: neighbour?.delay ?? 0,
      offDelay: neighbour?.offDelay ?? 0,
      deadband: neighbour?.deadband ?? 0,
    }
  );
}

const partsOf = (key: LimitKey): { readonly direction: Direction; readonly tier: Tier } => ({
  direction: key.startsWith("low") ? "low" : "high",
  tier: key.endsWith("critical") ? "critical" : "warning",
});
