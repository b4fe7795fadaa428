/**
 * Vital signs that a person charted. They count as a reading does, for limits, staleness and discharge, with three rules:
 * - a charted value is valid until the next observation is due, a cuff pressure as long as any cuff pressure;
 * - heart rate, SpO₂ and breathing of a monitor that measures them now are not overruled by hand, only charted;
 * - what was read off earlier (a late entry) counts from then, if nothing newer is known and it is still valid.
 * Alarms follow from now on; nothing is raised for a moment that is past.
 */
import { carryOver, limitWatches, watchOnReading } from "../alarms/index.ts";
import type { CommandId } from "../ids/index.ts";
import { observationIntervalMs, type RecordedObservation, type Session } from "../session/index.ts";
import { VITAL_FACTS, type Vital } from "../vitals/index.ts";
import type { Bay, VitalState } from "./bay.ts";

const CHARTED = ["hr", "spo2", "rr", "sbp", "dbp"] as const satisfies readonly Vital[];

/** The bay after an observation with vital signs; the caller lets the alarms follow. */
export function chartByHand(bay: Bay, session: Session, { values, at, act }: RecordedObservation): Bay {
  let charted = bay;
  for (const vital of CHARTED) {
    const value = values?.[vital];
    const state = bay.vitals[vital];
    const isCuff = VITAL_FACTS[vital].cadence === "cuff";
    const validForMs = isCuff ? bay.staleAfterMs[vital] : observationIntervalMs(session);
    const monitorHasIt = !isCuff && state.value !== null && !state.stale && state.hand === undefined;
    const isOld = at + validForMs <= bay.at || (state.validAt !== null && state.validAt > at);
    if (value === undefined || monitorHasIt || isOld) continue;
    const of = bay.watches.filter((watch) => watch.vital === vital);
    // One step back is all that can be undone: what stood before that is not kept.
    const stood: VitalState = state.hand === undefined ? state : { ...state, hand: { ...state.hand, before: null } };
    const next: VitalState = {
      value,
      validAt: at,
      namedAt: state.namedAt,
      stale: false,
      previous: isCuff ? (state.value ?? undefined) : undefined,
      hand: { act, validForMs, before: { state: stood, watches: of } },
    };
    charted = {
      ...charted,
      vitals: { ...charted.vitals, [vital]: next },
      watches: charted.watches.map((watch) => (watch.vital === vital ? watchOnReading(watch, value, bay.at) : watch)),
    };
  }
  return charted;
}

/** The bay after the undoing of an act: values it brought are gone, what stood before stands again. */
export function retractByHand(bay: Bay, session: Session, act: CommandId): Bay {
  let retracted = bay;
  for (const vital of CHARTED) {
    const { hand } = bay.vitals[vital];
    if (hand?.act !== act || hand.before === null) continue;
    const { state, watches } = hand.before;
    const off = bay.alarmsOff.map((each) => each.vital);
    // The limits may have been edited meanwhile: the states come back, the figures are today's.
    const armed = limitWatches(bay.limits, bay.relative, session.baseline, off);
    const again = carryOver(watches, armed);
    retracted = {
      ...retracted,
      vitals: { ...retracted.vitals, [vital]: state },
      watches: retracted.watches.map(
        (watch) => again.find(({ id }) => id === watch.id && watch.vital === vital) ?? watch,
      ),
    };
  }
  return retracted;
}
