export { addAlarms } from "./alarms.ts";
export { addPlay } from "./play.ts";
export { addSimulate } from "./simulate.ts";
