export { ORDINARY_ALARMS } from "./alarms.ts";
export { FAULT_WORDS, withFaults } from "./faults.ts";
export { nearestNames, scenarioNamed, scenarioNames } from "./library.ts";
export { parseScenario, readScenario, ScenarioError } from "./read.ts";
export type { Mark, Scenario } from "./scenario.ts";
export { USUAL_PLAN } from "./schema.ts";
export { type Circumstances, type Marks, timeline } from "./timeline.ts";
