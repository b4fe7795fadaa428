export { addAlarms, tellAlarms } from "./alarms.ts";
export { addImport } from "./import.ts";
export { addPlay } from "./play.ts";
export { addRecord } from "./record.ts";
export { addScenarios } from "./scenarios.ts";
export { addSimulate } from "./simulate.ts";
export { addWhatIf } from "./what-if.ts";
