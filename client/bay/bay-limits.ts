import { type Limits, limitsSchema, riseRuleSchema } from "@vigil/shared/protocol";
import type { Vital } from "@vigil/shared/vitals";
import { type BayDetail, field } from "../act/index.ts";
import type { RiseRule } from "../ui/rise-texts.ts";

export interface BayLimits {
  readonly now: Limits;
  /** What they go back to at discharge. */
  readonly protocol: Limits;
  readonly nowRises: readonly Rise[];
  readonly protocolRises: readonly Rise[];
  /** What is legal and may do what nobody meant, in sentences. */
  readonly cautions: readonly string[];
}

/** A rise over the baseline of which a vital alarms. */
export interface Rise {
  readonly vital: unknown;
  readonly rule: RiseRule;
  /** What it comes to, in the vital's unit; `null` without a baseline. */
  readonly limit: number | null;
}

/** The limits in a bay's detail; `null` where there are none that can be read. */
export function limitsOf({ body }: BayDetail): BayLimits | null {
  const now = limitsSchema.safeParse(field(body, "limits"));
  const protocol = limitsSchema.safeParse(field(body, "protocolLimits"));
  const nowRises = risesOf(field(body, "relative"));
  const protocolRises = risesOf(field(body, "protocolRelative"));
  // Limits that are not understood as a whole are neither shown nor set: what is left out would be off.
  if (!now.success || !protocol.success || nowRises === null || protocolRises === null) return null;
  const cautions = field(body, "cautions");
  return {
    now: now.data,
    protocol: protocol.data,
    nowRises,
    protocolRises,
    cautions: Array.isArray(cautions) ? cautions.filter((one) => typeof one === "string") : [],
  };
}

/** The rises of one vital, as `set-limits` is given them. */
export const rulesOf = (rises: readonly Rise[], vital: Vital): RiseRule[] =>
  rises.filter((rise) => rise.vital === vital).map(({ rule }) => rule);

function risesOf(given: unknown): readonly Rise[] | null {
  if (!Array.isArray(given)) return null;
  const rises = given.map((one: unknown) => {
    const rule = riseRuleSchema.safeParse({
      riseOverBaseline: field(one, "riseOverBaseline"),
      priority: field(one, "priority"),
      delay: field(one, "delay"),
      offDelay: field(one, "offDelay"),
      deadband: field(one, "deadband"),
    });
    const limit = field(one, "limit");
    return rule.success
      ? { vital: field(one, "vital"), rule: rule.data, limit: typeof limit === "number" ? limit : null }
      : null;
  });
  return rises.every((rise) => rise !== null) ? rises : null;
}
