/**
 * The engine: one pure, total, deterministic function. The live server, recovery, the replayer, what-if and the tests all
 * call it, so a replay reaches exactly the decisions that were made that day.
 */
import { deliver, followLimit, type LimitWatch, watchOnReading } from "../alarms/index.ts";
import type { AtMs } from "../ids/index.ts";
import type { ReadingValues, Vital } from "../vitals/index.ts";
import { type Bay, NOT_QUIET, type VitalState } from "./bay.ts";
import { carryOut } from "./command.ts";
import { SILENT_AFTER_MS } from "./conditions.ts";
import { measuredNow, NO_CUFFS } from "./cuffs.ts";
import { clockAfter, isClockOff } from "./device-clock.ts";
import type { BayEvent } from "./event.ts";
import type { BayInput, ReadingInput } from "./input.ts";
import { closeStep, fixedDeadline, followConditions, type Outcome, settleInto, standingOf } from "./settle.ts";
import { staleTimes } from "./stale-times.ts";
import { arrive } from "./transfer.ts";

/**
 * Settles every deadline up to the input's time, then lets the input take effect. An input dated before what is already
 * settled counts as of now: time does not go back. A refused command gives a `refused` event and changes nothing.
 */
export function advance(bay: Bay, input: BayInput): Outcome {
  const events: BayEvent[] = [];
  const at = input.at > bay.at ? input.at : bay.at;
  const settled = settleInto(bay, at, events);
  switch (input.kind) {
    case "tick":
      return { bay: settled, events };
    case "reading":
      return { bay: applyReading(settled, input, at, events), events };
    case "command":
      return { bay: lookAgain(carryOut(settled, input, at, events), settled), events };
    case "arrival":
      return { bay: lookAgain(arrive({ ...settled, at }, input, events), settled), events };
    case "delivery": {
      const standing = deliver(standingOf(settled), at, input.alarm, input.rung, input.state, input.reason);
      return { bay: lookAgain(closeStep({ ...settled, at }, standing, events), settled), events };
    }
  }
}

/** What was changed other than by a quiet reading may have brought a deadline forward. */
const lookAgain = (bay: Bay, before: Bay): Bay => (bay === before ? bay : { ...bay, fixedUntil: NOT_QUIET });

function applyReading(bay: Bay, reading: ReadingInput, at: AtMs, events: BayEvent[]): Bay {
  const cadenceS = reading.cadenceS ?? bay.monitor.cadenceS;
  const { values } = reading;
  const { hr, spo2, rr, sbp, dbp, map } = bay.vitals;
  const vitals: Bay["vitals"] = {
    hr: measured(hr, values.hr, at),
    spo2: measured(spo2, values.spo2, at),
    rr: measured(rr, values.rr, at),
    sbp: measuredByCuff(sbp, values.sbp, at, bay, values),
    dbp: measuredByCuff(dbp, values.dbp, at, bay, values),
    map: measuredByCuff(map, values.map, at, bay, values),
  };
  const anyStale =
    vitals.hr.stale || vitals.spo2.stale || vitals.rr.stale || vitals.sbp.stale || vitals.dbp.stale || vitals.map.stale;
  const onlyLater =
    cadenceS === bay.monitor.cadenceS &&
    at - (bay.monitor.lastMessageAt ?? NOT_QUIET) < SILENT_AFTER_MS &&
    goesOn(hr, values.hr) &&
    goesOn(spo2, values.spo2) &&
    goesOn(rr, values.rr) &&
    goesOn(sbp, values.sbp) &&
    goesOn(dbp, values.dbp) &&
    goesOn(map, values.map);
  const watches = watchesAfter(bay.watches, reading, at);
  const monitor = { lastMessageAt: at, cadenceS, clock: clockAfter(bay.monitor.clock, reading.measuredAt, at) };
  const quiet = watches === bay.watches && bay.alarms.length === 0 && !anyStale && !isClockOff(monitor);
  const next: Bay = {
    id: bay.id,
    protocol: bay.protocol,
    at,
    session: bay.session,
    ended: bay.ended,
    departed: bay.departed,
    monitor,
    vitals,
    staleAfterMs:
      cadenceS === bay.monitor.cadenceS ? bay.staleAfterMs : staleTimes(bay.protocol, bay.session, cadenceS),
    watches,
    limits: bay.limits,
    relative: bay.relative,
    alarms: bay.alarms,
    audioPause: bay.audioPause,
    alarmsOff: bay.alarmsOff,
    // What fell due after the last reading falls due no sooner after this one, unless something began to count anew.
    fixedUntil: quiet && onlyLater ? (at < bay.fixedUntil ? bay.fixedUntil : fixedDeadline(bay)) : NOT_QUIET,
  };
  return quiet ? next : followReading(next, reading, anyStale, events);
}

function measured(state: VitalState, value: number | null | undefined, at: AtMs): VitalState {
  if (typeof value === "number") {
    return { value, validAt: at, namedAt: state.namedAt ?? at, stale: false, cuffs: undefined, hand: undefined };
  }
  return value === null && state.namedAt === null ? { ...state, namedAt: at } : state;
}

/** With heart rate and SpO₂ as they are then: together they are one set of vital signs. */
function measuredByCuff(
  state: VitalState,
  value: number | null | undefined,
  at: AtMs,
  { vitals }: Bay,
  values: ReadingValues,
): VitalState {
  const next = measured(state, value, at);
  if (typeof value !== "number") return next;
  const fresh = ({ value: last, stale }: VitalState) => (stale ? null : last);
  const beside = { hr: values.hr ?? fresh(vitals.hr), spo2: values.spo2 ?? fresh(vitals.spo2) };
  return { ...next, cuffs: measuredNow(state.cuffs ?? NO_CUFFS, { at, value, beside }) };
}

/** Whether the vital's deadline only moves on with this value, as a measured vital's does. */
const goesOn = (state: VitalState, value: number | null | undefined): boolean =>
  typeof value === "number"
    ? state.validAt !== null && !state.stale && state.hand === undefined
    : value === undefined || state.namedAt !== null;

/** The same list when no tier moved: most readings are quiet. */
function watchesAfter(watches: readonly LimitWatch[], reading: ReadingInput, at: AtMs): readonly LimitWatch[] {
  let changed: LimitWatch[] | null = null;
  for (let i = 0; i < watches.length; i++) {
    const watch = watches[i];
    const value = watch === undefined ? null : measurementOf(reading.values, watch.vital);
    if (watch === undefined || typeof value !== "number") continue;
    const next = watchOnReading(watch, value, at);
    if (next === watch) continue;
    changed ??= [...watches];
    changed[i] = next;
  }
  return changed ?? watches;
}

/** By name instead of by key: every reading comes here for every watch, and this is several times as fast. */
function measurementOf(values: ReadingValues, vital: Vital): number | null | undefined {
  switch (vital) {
    case "hr":
      return values.hr;
    case "spo2":
      return values.spo2;
    case "rr":
      return values.rr;
    case "sbp":
      return values.sbp;
    case "dbp":
      return values.dbp;
    case "map":
      return values.map;
  }
}

/** Only alarms of vitals that this reading measured can follow it; conditions of the link can always. */
function followReading(bay: Bay, reading: ReadingInput, anyStale: boolean, events: BayEvent[]): Bay {
  let standing = standingOf(bay);
  for (const watch of bay.watches) {
    const value = reading.values[watch.vital];
    if (typeof value === "number") standing = followLimit(standing, bay.at, watch, value, false);
  }
  const derivedMayChange =
    anyStale || isClockOff(bay.monitor) || bay.alarms.some((alarm) => alarm.kind !== "physiological");
  return closeStep(bay, derivedMayChange ? followConditions(bay, standing) : standing, events);
}
