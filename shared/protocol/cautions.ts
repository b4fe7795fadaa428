/**
 * What an editor of limits should be told, though the limits are legal and do exactly what alarms.md says: each tier runs
 * alone, so two tiers can leave a hole between them. A caution is never a refusal.
 */
import { VITAL_FACTS, VITALS, type Vital } from "../vitals/index.ts";
import { DIRECTIONS, type Direction, type Limits, type TierRule } from "./limits.ts";

/**
 * `gap-between-tiers`: the critical tier can end before the warning begins, so that the alarm clears and comes again on a
 * patient who was beyond the warning limit all the time. `tiers-crossed`: the critical limit is the milder one.
 */
export type CautionCode = "gap-between-tiers" | "tiers-crossed";

export interface LimitCaution {
  readonly vital: Vital;
  readonly direction: Direction;
  readonly code: CautionCode;
  /** A sentence for whoever edits the limits: what happens, what to change. */
  readonly sentence: string;
}

export function limitCautions(limits: Limits): readonly LimitCaution[] {
  return VITALS.flatMap((vital) =>
    DIRECTIONS.flatMap((direction): readonly LimitCaution[] => {
      const { warning, critical } = limits[vital]?.[direction] ?? {};
      if (warning === undefined || critical === undefined) return [];
      const name = `${VITAL_FACTS[vital].label} ${direction}`;
      if (isMilder(critical, warning, direction)) {
        const sentence = `${name}: the critical limit ${critical.limit} is reached before the warning limit ${warning.limit}. Exchange them.`;
        return [{ vital, direction, code: "tiers-crossed", sentence }];
      }
      const soonestS = critical.delay + critical.offDelay;
      if (warning.delay <= soonestS || !endsBeyond(critical, warning, direction)) return [];
      const sentence =
        `${name}: a patient who stays beyond ${warning.limit} can see the alarm clear and come again, because the critical ` +
        `alarm can end after ${soonestS} s and the warning waits ${warning.delay} s. Let the warning wait ${soonestS} s at most.`;
      return [{ vital, direction, code: "gap-between-tiers", sentence }];
    }),
  );
}

const isMilder = (critical: TierRule, warning: TierRule, direction: Direction): boolean =>
  direction === "high" ? critical.limit < warning.limit : critical.limit > warning.limit;

/** A value exists that ends the critical tier and still violates the warning's limit. */
const endsBeyond = (critical: TierRule, warning: TierRule, direction: Direction): boolean =>
  direction === "high"
    ? critical.limit - critical.deadband > warning.limit
    : critical.limit + critical.deadband < warning.limit;
