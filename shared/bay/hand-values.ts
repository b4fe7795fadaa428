/**
 * Vital signs that a person charted. They count as a reading does, for limits, staleness and discharge, with three rules:
 * - a charted value is valid until the next observation is due, a cuff pressure as long as any cuff pressure;
 * - heart rate, SpO₂ and breathing of a monitor that measures them now are not overruled by hand, only charted;
 * - what was read off earlier (a late entry) counts from then, if nothing newer is known and it is still valid.
 * What is in force follows from what the monitor measured and the observations that count, whatever the order in which
 * they were entered, undone or put right. Alarms follow from now on; nothing is raised for a moment that is past.
 */
import { carryOver, type LimitWatch, limitWatches, watchOnReading } from "../alarms/index.ts";
import { observationIntervalMs, type RecordedObservation, type Session } from "../session/index.ts";
import { VITAL_FACTS, type Vital } from "../vitals/index.ts";
import { type Bay, type HandBase, UNKNOWN_VITAL, type VitalState } from "./bay.ts";
import { type CuffPoint, type Cuffs, NO_CUFFS, withCharted } from "./cuffs.ts";

const CHARTED = ["hr", "spo2", "rr", "sbp", "dbp"] as const satisfies readonly Vital[];
type Charted = (typeof CHARTED)[number];

/** The bay with what is charted by now in force; the caller lets the alarms follow. */
export function followCharted(bay: Bay, session: Session): Bay {
  return CHARTED.reduce<Bay>((next, vital) => {
    const follow = VITAL_FACTS[vital].cadence === "cuff" ? followCuff : followContinuous;
    return follow(next, session, vital);
  }, bay);
}

interface ChartedValue {
  readonly value: number;
  readonly observation: RecordedObservation;
}

/** Oldest first. */
const chartedOf = ({ observations }: Session, vital: Charted): readonly ChartedValue[] =>
  observations.flatMap((observation) => {
    const value = observation.values?.[vital];
    return value === undefined ? [] : [{ value, observation }];
  });

function followCuff(bay: Bay, session: Session, vital: Charted): Bay {
  const state = bay.vitals[vital];
  const charted = chartedOf(session, vital);
  if (charted.length === 0 && state.cuffs === undefined) return bay;
  const points = charted.map(({ value, observation }): CuffPoint => {
    const { hr = null, spo2 = null } = observation.values ?? {};
    return { at: observation.at, value, beside: { hr, spo2 } };
  });
  const cuffs = withCharted(state.cuffs ?? NO_CUFFS, points);
  const last = charted[points.findLastIndex((point) => point === cuffs.counted.at(-1))];
  return inForce(bay, session, vital, last, bay.staleAfterMs[vital], cuffs);
}

function followContinuous(bay: Bay, session: Session, vital: Charted): Bay {
  const state = bay.vitals[vital];
  const monitorHasIt = state.hand === undefined && state.value !== null && !state.stale;
  if (monitorHasIt) return bay;
  const { state: base } = baseOf(bay, vital);
  const validForMs = observationIntervalMs(session);
  const last = chartedOf(session, vital).findLast(
    ({ observation: { at, act } }) =>
      at >= (base.validAt ?? at) && (at + validForMs > bay.at || act === state.hand?.act),
  );
  return inForce(bay, session, vital, last, validForMs, undefined);
}

/** What the monitor alone tells of the vital, and how far its limits had run by that. */
function baseOf(bay: Bay, vital: Charted): HandBase {
  const { hand, namedAt, ...state } = bay.vitals[vital];
  if (hand === undefined) {
    const watches = bay.watches.filter((watch) => watch.vital === vital);
    return {
      state: { ...state, namedAt },
      watches: watches.map(({ id, direction, tiers }) => ({ id, vital, direction, tiers })),
    };
  }
  const { state: before, watches } = hand.base ?? { state: UNKNOWN_VITAL, watches: [] };
  return { state: { ...before, namedAt }, watches };
}

/** `last` is the charted value that counts; `undefined`: the monitor's does. */
function inForce(
  bay: Bay,
  session: Session,
  vital: Charted,
  last: ChartedValue | undefined,
  validForMs: number,
  cuffs: Cuffs | undefined,
): Bay {
  const before = bay.vitals[vital];
  if (last === undefined && before.hand === undefined) return withState(bay, vital, { ...before, cuffs });
  const base = baseOf(bay, vital);
  if (last === undefined) {
    const validAt = base.state.validAt ?? base.state.namedAt;
    const stale = base.state.stale || (validAt !== null && validAt + bay.staleAfterMs[vital] <= bay.at);
    return judged(withState(bay, vital, { ...base.state, stale, cuffs }), vital, watchesFrom(bay, session, base));
  }
  const { value, observation } = last;
  const { at, act } = observation;
  const next: VitalState = {
    value,
    validAt: at,
    namedAt: before.namedAt,
    stale: at + validForMs <= bay.at,
    cuffs,
    hand: { act, validForMs, base },
  };
  if (before.hand?.act === act && before.value === value && before.validAt === at) {
    return withState(bay, vital, { ...before, cuffs });
  }
  // On top of what was in force, delays go on; in the place of what was taken back, they begin from what the monitor told.
  const goesOn = before.hand === undefined || session.observations.some((each) => each.act === before.hand?.act);
  return judged(
    withState(bay, vital, next),
    vital,
    goesOn ? bay.watches.filter((watch) => watch.vital === vital) : watchesFrom(bay, session, base),
  );
}

const withState = (bay: Bay, vital: Vital, state: VitalState): Bay => ({
  ...bay,
  vitals: { ...bay.vitals, [vital]: state },
});

/** The limits may have been edited meanwhile: the states come back, the figures are today's. */
function watchesFrom(bay: Bay, session: Session, base: HandBase): readonly LimitWatch[] {
  const off = bay.alarmsOff.map((each) => each.vital);
  return carryOver(base.watches, limitWatches(bay.limits, bay.relative, session.baseline, off));
}

/** With these watches of the vital, after its value in force; a stale one is no evidence. */
function judged(bay: Bay, vital: Vital, watches: readonly LimitWatch[]): Bay {
  const { value, stale } = bay.vitals[vital];
  return {
    ...bay,
    watches: bay.watches.map((watch) => {
      const found = watch.vital === vital ? (watches.find(({ id }) => id === watch.id) ?? watch) : watch;
      return watch.vital !== vital || value === null || stale ? found : watchOnReading(found, value, bay.at);
    }),
  };
}
