import type { AlarmId } from "@vigil/shared/alarms";
import { DIRECTIONS } from "@vigil/shared/protocol";
import { VITALS } from "@vigil/shared/vitals";

const OTHERS = [
  "signal-lost.hr",
  "signal-lost.spo2",
  "signal-lost.rr",
  "monitor-silent",
  "pressure-overdue",
  "clock-skew",
  "plan-elapsed",
  "recovery-minimum-reached",
  "dissociation-prolonged",
  "observation-overdue",
  "ready-for-discharge",
] as const satisfies readonly AlarmId[];

/** Every alarm there is, by the name that a scenario's file uses. */
export const ALARM_IDS: readonly AlarmId[] = [
  ...VITALS.flatMap((vital) => DIRECTIONS.map((direction) => `${vital}.${direction}` as const)),
  ...OTHERS,
];

/**
 * Alarms of low priority that belong to the ordinary course of a session, a cuff measurement that fails now and then
 * included: no scenario need name them.
 */
export const ORDINARY_ALARMS: ReadonlySet<AlarmId> = new Set<AlarmId>([
  "plan-elapsed",
  "pressure-overdue",
  "recovery-minimum-reached",
  "ready-for-discharge",
]);
