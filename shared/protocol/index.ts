export { ADULT_KETAMINE_LIMITS, ADULT_KETAMINE_RELATIVE } from "./adult-ketamine.ts";
export { type CautionCode, type LimitCaution, limitCautions } from "./cautions.ts";
export {
  BASELINE_VITALS,
  DIRECTIONS,
  type Direction,
  type Limits,
  limitsSchema,
  PRIORITIES,
  type Priority,
  type RelativeRule,
  relativeRuleSchema,
  riseRuleSchema,
  TIERS,
  type Tier,
  type TierRule,
  vitalRulesSchema,
} from "./limits.ts";
export {
  type DischargeFact,
  type EscalationRung,
  type Protocol,
  type ProtocolDocument,
  protocolSchema,
} from "./protocol.ts";
