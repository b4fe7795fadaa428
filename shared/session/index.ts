export {
  type Act,
  type ActCommand,
  effectiveActs,
  isLate,
  isTimed,
  type SessionCommand,
  type TimeCorrection,
  toldActs,
} from "./act.ts";
export {
  type Actor,
  actorSchema,
  type BaselineValues,
  baselineValuesSchema,
  type Command,
  type CommandType,
  commandSchema,
  type Identity,
  type Left,
  type Medication,
  type Patient,
  patientSchema,
} from "./command.ts";
export type { Criterion } from "./criterion.ts";
export { type DischargeFacts, dischargeCriteria, mayBeDischarged } from "./discharge.ts";
export { type Delivery, type Dose, type DoseCourse, doseAt, doseCourse, drugLeftMs } from "./dose.ts";
export { EDITION } from "./edition.ts";
export { type IdentityChange, identityCorrections } from "./identity.ts";
export { INITIALS_RULE, initialsOf, isInitials } from "./initials.ts";
export { type Entry, isEarlyStop, isUndoable, type MoveFacts, moveSession, UNDO_WITHIN_MS } from "./moves.ts";
export {
  cadss6Total,
  type DischargeScore,
  type DissociationCourse,
  dissociationCourse,
  type HandValues,
  type Observation,
  observationSchema,
  scoreTotal,
} from "./observation.ts";
export { isSearched, searchedText, searchWords } from "./patient-search.ts";
export {
  type Plan,
  type PlanFigures,
  type PlanStep,
  planArithmetic,
  planFigures,
  planProblems,
  planSchema,
  weightProblem,
} from "./plan.ts";
export { type Move, REFUSAL_CODES, type Refusal, type RefusalCode } from "./refusal.ts";
export { type MissedObservation, missedObservations, OBSERVATION_GRACE_MS } from "./schedule.ts";
export {
  type Confirmation,
  cuffIntervalMs,
  dissociationProlongedAt,
  type Ending,
  type GivenMedication,
  type Infusion,
  infusionElapsedMs,
  infusionPausedMs,
  isConfirmed,
  isDrugOnBoard,
  observationDueAt,
  observationIntervalMs,
  PHASES,
  type Phase,
  plannedEndAt,
  plannedMs,
  type RateSegment,
  type RecordedObservation,
  recoveryMinimumAt,
  type Session,
  type SessionFacts,
  type Signature,
} from "./session.ts";
