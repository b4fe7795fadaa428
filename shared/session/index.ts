export {
  type Actor,
  actorSchema,
  type BaselineValues,
  type Command,
  type CommandType,
  commandSchema,
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
  type Infusion,
  infusionElapsedMs,
  infusionPausedMs,
  isDrugOnBoard,
  isInfusionPhase,
  PHASES,
  type Phase,
  plannedEndAt,
  plannedMs,
  recoveryMinimumAt,
  type Session,
} from "./session.ts";
