import type { DurationMs } from "../ids/index.ts";
import { VITAL_FACTS, type Vital } from "./vital.ts";

/** The shortest time after which a continuous vital may be called stale (alarms.md, "Stale"). */
const CONTINUOUS_STALE_FLOOR_MS = 5_000;
/** A continuous vital is stale after this many missed cadences, a cuff pressure after this many cuff intervals. */
const CONTINUOUS_STALE_CADENCES = 2.5;
const CUFF_STALE_INTERVALS = 2;

export interface StaleRule {
  readonly cadenceS: number;
  readonly cuffIntervalMs: DurationMs;
  /** The protocol's own word for this vital, seconds; wins when given. */
  readonly protocolS: number | undefined;
}

/** How long after its last valid reading a vital is stale (alarms.md, "Stale"). */
export function staleAfterMs(vital: Vital, rule: StaleRule): DurationMs {
  if (rule.protocolS !== undefined) return Math.round(rule.protocolS * 1000);
  return VITAL_FACTS[vital].cadence === "continuous"
    ? Math.max(CONTINUOUS_STALE_FLOOR_MS, Math.round(CONTINUOUS_STALE_CADENCES * rule.cadenceS * 1000))
    : CUFF_STALE_INTERVALS * rule.cuffIntervalMs;
}
