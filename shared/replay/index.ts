export { type ComparedSource, type Comparison, compare, type Difference, sumSources } from "./compare.ts";
export { comparisonCsv, sourcesCsv } from "./csv.ts";
export { type Episode, episodesOf } from "./episodes.ts";
export type { LimitSpan } from "./limit-spans.ts";
export { type Inspection, isAlarmCall, type LogEntry, type Position, Replay, type ReplayInput } from "./replay.ts";
export { alarmRulesOf, editedRules, type VitalEdit } from "./rules.ts";
export { compareUnder, type RecordedInputs, type RuleChoice, rulesOf } from "./what-if.ts";
