/**
 * A patient moves to another bay. Two inputs that are kept together: the command at the bay that is left, and the arrival
 * with the whole session at the other, so that each bay replays from its own inputs alone.
 */
import { type Alarm, carryOver, limitWatches } from "../alarms/index.ts";
import { VITALS } from "../vitals/index.ts";
import { type Bay, NO_MONITOR, type VitalState } from "./bay.ts";
import type { Carried, CarriedVital } from "./carried.ts";
import type { BayEvent } from "./event.ts";
import type { ArrivalInput } from "./input.ts";
import { followAll } from "./settle.ts";
import { staleTimes } from "./stale-times.ts";

/** What goes along from a bay whose session has just been told to go; `null` when there is none. */
export function carriedFrom(bay: Bay): Carried | null {
  if (bay.session === null) return null;
  const { hr, spo2, rr, sbp, dbp, map } = bay.vitals;
  return {
    session: bay.session,
    lastMessageAt: bay.monitor.lastMessageAt,
    vitals: { hr: moved(hr), spo2: moved(spo2), rr: moved(rr), sbp: moved(sbp), dbp: moved(dbp), map: moved(map) },
    limits: bay.limits,
    relative: bay.relative,
    watches: bay.watches.map(({ id, vital, direction, tiers }) => ({ id, vital, direction, tiers })),
    alarms: bay.alarms.map(calledAnew),
    audioPause: bay.audioPause,
    alarmsOff: bay.alarmsOff,
  };
}

/** The next bay's monitor has named nothing yet, so that it owes nothing: what never had a value is not missed there yet. */
const moved = (state: VitalState): VitalState => ({
  ...state,
  namedAt: null,
  stale: state.stale && state.validAt !== null,
});

/** An earlier version kept the measurement before the last as a bare figure: when it was taken is not known. */
function known({ previous, ...state }: CarriedVital): VitalState {
  const { value, validAt } = state;
  if (previous === undefined || value === null || validAt === null || state.cuffs !== undefined) return state;
  const beside = { hr: null, spo2: null };
  const before = { at: 0, value: previous, beside };
  const last = { at: validAt, value, beside };
  return {
    ...state,
    cuffs: { measured: state.hand === undefined ? [before, last] : [before], counted: [before, last] },
  };
}

/**
 * What nobody has acknowledged is called anew from where the patient is: a call that was on its way, or seen, names the bay
 * that was left.
 */
const calledAnew = (alarm: Alarm): Alarm =>
  alarm.acknowledgement === null && alarm.condition !== "gone" ? { ...alarm, deliveries: [] } : alarm;

/** The session is here. An occupied bay takes nobody in: it says so and changes nothing. */
export function arrive(bay: Bay, { at, by, carried }: ArrivalInput, events: BayEvent[]): Bay {
  if (bay.session !== null) {
    const reason = "Another session is open at this bay.";
    events.push({ type: "refused", at, command: "transfer-session", by, code: "bay-occupied", reason });
    return bay;
  }
  const { session, limits, relative, alarmsOff, alarms, audioPause } = carried;
  const { hr, spo2, rr, sbp, dbp, map } = carried.vitals;
  const off = VITALS.filter((vital) => alarmsOff.some((each) => each.vital === vital));
  const armed = limitWatches(limits, relative, session.baseline, off);
  events.push({ type: "act", at, command: "transfer-session", by, sessionId: session.id, phase: session.phase });
  const arrived: Bay = {
    ...bay,
    session,
    ended: null,
    departed: null,
    monitor: { ...NO_MONITOR, lastMessageAt: carried.lastMessageAt },
    vitals: { hr: known(hr), spo2: known(spo2), rr: known(rr), sbp: known(sbp), dbp: known(dbp), map: known(map) },
    staleAfterMs: staleTimes(bay.protocol, session, NO_MONITOR.cadenceS),
    watches: carryOver(carried.watches, armed),
    limits,
    relative,
    alarms,
    audioPause,
    alarmsOff,
  };
  return followAll(arrived, events);
}
