export {
  type Actor,
  actorSchema,
  type BaselineValues,
  type Command,
  type CommandType,
  commandSchema,
  type Observation,
  type Patient,
  type Plan,
} from "./command.ts";
export { type Criterion, type DischargeFacts, dischargeCriteria } from "./discharge.ts";
export {
  type Move,
  type MoveFacts,
  moveSession,
  REFUSAL_CODES,
  type Refusal,
  type RefusalCode,
  type SessionCommand,
} from "./moves.ts";
export {
  cuffIntervalMs,
  dissociationProlongedAt,
  type Infusion,
  infusionElapsedMs,
  infusionPausedMs,
  isDrugOnBoard,
  observationDueAt,
  PHASES,
  type Phase,
  plannedEndAt,
  plannedMs,
  recoveryMinimumAt,
  type Session,
} from "./session.ts";
