import { type AlarmId, DERIVED_ALARMS } from "@vigil/shared/alarms";
import { DIRECTIONS } from "@vigil/shared/protocol";
import { VITALS } from "@vigil/shared/vitals";

/** Every alarm there is, by the name that a scenario's file uses. */
export const ALARM_IDS: readonly AlarmId[] = [
  ...VITALS.flatMap((vital) => DIRECTIONS.map((direction) => `${vital}.${direction}` as const)),
  ...DERIVED_ALARMS,
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
