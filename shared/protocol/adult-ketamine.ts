/**
 * The built-in adult ketamine protocol's limits (alarms.md, "Defaults of the built-in adult ketamine protocol";
 * notify/act figures in clinical.md, "Observation"). Times in seconds. Every figure is a setting that a named person approves.
 */
import type { Limits, RelativeRule } from "./limits.ts";

export const ADULT_KETAMINE_LIMITS: Limits = {
  hr: {
    low: {
      warning: { limit: 50, priority: "medium", delay: 10, offDelay: 5, deadband: 2 },
      critical: { limit: 40, priority: "high", delay: 5, offDelay: 5, deadband: 2 },
    },
    high: {
      warning: { limit: 120, priority: "medium", delay: 10, offDelay: 5, deadband: 2 },
      critical: { limit: 150, priority: "high", delay: 5, offDelay: 5, deadband: 2 },
    },
  },
  spo2: {
    low: {
      warning: { limit: 94, priority: "medium", delay: 15, offDelay: 5, deadband: 1 },
      critical: { limit: 90, priority: "high", delay: 10, offDelay: 5, deadband: 1 },
    },
  },
  rr: {
    low: {
      warning: { limit: 8, priority: "medium", delay: 15, offDelay: 5, deadband: 1 },
      critical: { limit: 5, priority: "high", delay: 10, offDelay: 5, deadband: 1 },
    },
    high: {
      warning: { limit: 30, priority: "medium", delay: 15, offDelay: 5, deadband: 1 },
      critical: { limit: 40, priority: "high", delay: 10, offDelay: 5, deadband: 1 },
    },
  },
  sbp: {
    low: {
      warning: { limit: 90, priority: "medium", delay: 0, offDelay: 0, deadband: 3 },
      critical: { limit: 80, priority: "high", delay: 0, offDelay: 0, deadband: 3 },
    },
    high: {
      warning: { limit: 165, priority: "medium", delay: 0, offDelay: 0, deadband: 3 },
      critical: { limit: 180, priority: "high", delay: 0, offDelay: 0, deadband: 3 },
    },
  },
  dbp: {
    low: {
      warning: { limit: 50, priority: "medium", delay: 0, offDelay: 0, deadband: 3 },
      critical: { limit: 40, priority: "high", delay: 0, offDelay: 0, deadband: 3 },
    },
    high: {
      warning: { limit: 100, priority: "medium", delay: 0, offDelay: 0, deadband: 3 },
      critical: { limit: 110, priority: "high", delay: 0, offDelay: 0, deadband: 3 },
    },
  },
};

export const ADULT_KETAMINE_RELATIVE: RelativeRule[] = [
  { vital: "sbp", riseOverBaseline: 0.3, priority: "medium", delay: 0, offDelay: 0, deadband: 3 },
  { vital: "dbp", riseOverBaseline: 0.3, priority: "medium", delay: 0, offDelay: 0, deadband: 3 },
];

/** What no record can show (product.md, "Discharge"); the rest follows from facts. */
export const ADULT_KETAMINE_DISCHARGE_CHECKS = ["escort present", "instructions given and understood", "line removed"];
