export { type StaleRule, staleAfterMs } from "./freshness.ts";
export type { Reading, ReadingValues } from "./reading.ts";
export {
  type Cadence,
  CONTINUOUS_VITALS,
  CUFF_VITALS,
  VITAL_FACTS,
  VITALS,
  type Vital,
  type VitalFacts,
} from "./vital.ts";
