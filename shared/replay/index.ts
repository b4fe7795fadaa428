export { type ComparedSource, type Comparison, compare, type Difference, sumSources } from "./compare.ts";
export { comparisonCsv, sourcesCsv } from "./csv.ts";
export { type Episode, episodesOf } from "./episodes.ts";
export { type Decision, type Inspection, inspect } from "./inspect.ts";
export { type LogEntry, type Position, Replay, type ReplayInput } from "./replay.ts";
export { alarmRulesOf, editedRules, editsOf, type VitalEdit } from "./rules.ts";
export { recordSessions } from "./sessions.ts";
export { isAlarmCall, isListed, type StepFrom, stepEvent, stepInput } from "./steps.ts";
export { compareUnder, type RecordedInputs, type RuleChoice, rulesOf } from "./what-if.ts";
