export { type Trial, tryScenario } from "./trial.ts";
