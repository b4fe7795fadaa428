/** What can be wrong with a simulated monitor and its line to the server. */
import type { DurationMs } from "@vigil/shared/ids";

/** Each with what a person at the bedside would call it. */
export const FAULTS = {
  "probe-off": "the finger probe is off: no valid SpO₂",
  "leads-off": "electrodes are off: no valid heart rate, no respiratory rate",
  artefact: "the patient moves: heart rate and SpO₂ are nonsense, every second cuff measurement fails",
  frozen: "the values stand still although the monitor goes on sending",
  "cuff-leaks": "every cuff measurement fails",
  off: "no power: nothing is sent; then it starts up, and its cuff cycle begins anew",
  "drop-out": "the line is broken: what is sent is lost",
  burst: "the line stalls: what was sent comes all at once afterwards",
  duplicated: "every message comes twice",
  "out-of-order": "every third message comes after the two that followed it",
  "wrong-patient": "somebody else is on the cable: another patient's values, at rest",
} as const;
export type Fault = keyof typeof FAULTS;

/** The state of monitor and line at one instant. */
export interface MonitorTrouble {
  readonly faults: ReadonlySet<Fault>;
  /** How long each message is under way. */
  readonly delayMs: DurationMs;
  /** How far the monitor's clock is ahead of the true time. */
  readonly clockMs: DurationMs;
}

export const NO_MONITOR_TROUBLE: MonitorTrouble = { faults: new Set(), delayMs: 0, clockMs: 0 };
