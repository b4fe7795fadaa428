/** The one order of alarms: limit alarms as the catalogue has its vitals, low before high (alarms.md); then the others. */
import { DIRECTIONS } from "../protocol/index.ts";
import { VITALS } from "../vitals/index.ts";
import type { AlarmId } from "./alarm.ts";

/** Technical and procedural alarms. */
export const DERIVED_ALARMS = [
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

const LIMIT_ALARMS = VITALS.flatMap((vital) => DIRECTIONS.map((direction) => `${vital}.${direction}` as const));
const PLACES: ReadonlyMap<AlarmId, number> = new Map(
  [...LIMIT_ALARMS, ...DERIVED_ALARMS].map((id, place) => [id, place]),
);
const placeOf = (id: AlarmId): number => PLACES.get(id) ?? PLACES.size;

/** As one step tells of them; what is told of one alarm stays as it is. */
export const eventsInOrder = <Event extends { readonly alarm: AlarmId }>(events: readonly Event[]): readonly Event[] =>
  events.length < 2 ? events : events.toSorted((a, b) => placeOf(a.alarm) - placeOf(b.alarm));
