export { type Circumstances, type Fault, type Scenario, timeline } from "./scenario.ts";
export { isScenarioName, SCENARIO_NAMES, SCENARIOS, type ScenarioName } from "./scenarios.ts";
