export {
  DIRECTIONS,
  type Direction,
  type Limits,
  PRIORITIES,
  type Priority,
  type RelativeRule,
  TIERS,
  type Tier,
  type TierRule,
  vitalRulesSchema,
} from "./limits.ts";
export { type EscalationRung, type Protocol, type ProtocolDocument, protocolSchema } from "./protocol.ts";
