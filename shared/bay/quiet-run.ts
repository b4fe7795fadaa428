/**
 * Readings that decide nothing, many at once: what {@link advance} makes of them one after the other, to the last field, in
 * a tenth of its time. A year of sessions is decided again in a minute only because most of it is quiet.
 *
 * A run of readings is quiet while each value lies where no tier moves, no standing alarm grows worse, nothing falls due,
 * and nothing is measured that other conditions hang on (cuff pressures, a vital that was lost, the way home).
 */
import { followLimit, type LimitWatch } from "../alarms/index.ts";
import type { AtMs } from "../ids/index.ts";
import { mayBeDischarged } from "../session/index.ts";
import { CONTINUOUS_VITALS, VITALS, type Vital } from "../vitals/index.ts";
import { type Bay, NOT_QUIET, type VitalState, validForMs } from "./bay.ts";
import { dischargeFacts, dischargeSlack, isJudgedForDischarge, SILENT_AFTER_MS, silentAfterMs } from "./conditions.ts";
import { CLOCK_SKEW_MS, clockAfter } from "./device-clock.ts";
import type { BayInput, ReadingInput } from "./input.ts";
import { fixedDeadline, standingOf } from "./settle.ts";

const NEVER = Number.POSITIVE_INFINITY;

export interface QuietRun {
  /** As it is after the inputs that were taken. */
  readonly bay: Bay;
  /** How many were taken, from `from` on; 0: the next one has to be advanced by. */
  readonly taken: number;
}

/** Takes readings from `from` on for as long as they are quiet. They give no events. */
export function advanceQuietly(bay: Bay, inputs: readonly BayInput[], from: number): QuietRun {
  const ways = waysOf(bay);
  if (ways === null) return { bay, taken: 0 };
  const { monitor, alarms } = bay;
  const fixed = fixedDeadline(bay);
  const silentAfter = silentAfterMs(bay);
  const anyStale = VITALS.some((vital) => bay.vitals[vital].stale);
  const mayBeQuiet = alarms.length === 0 && !anyStale;
  let staleAt = earliestStale(ways);
  let lastAt = bay.at;
  let clock = monitor.clock;
  let { fixedUntil } = bay;
  // In the order of the catalogue; pressures never come in a quiet reading.
  const [hr, spo2, rr] = ways;
  let next = from;
  for (; next < inputs.length; next++) {
    const input = inputs[next];
    if (input?.kind !== "reading") break;
    const { at, measuredAt } = input;
    if (at < lastAt || at >= fixed || at - lastAt >= silentAfter) break;
    if (at >= staleAt) {
      staleAt = earliestStale(ways);
      if (at >= staleAt) break;
    }
    if (input.cadenceS !== null && input.cadenceS !== monitor.cadenceS) break;
    if (measuredAt !== null && Math.abs(measuredAt - at) > CLOCK_SKEW_MS) break;
    if (!isQuiet(input, ways)) break;
    if (!mayBeQuiet || at - lastAt >= SILENT_AFTER_MS) fixedUntil = NOT_QUIET;
    else if (at >= fixedUntil) fixedUntil = fixed;
    take(hr, input.values.hr, at);
    take(spo2, input.values.spo2, at);
    take(rr, input.values.rr, at);
    if (measuredAt !== null) clock = clockAfter(clock, measuredAt, at);
    lastAt = at;
  }
  if (next === from) return { bay, taken: 0 };
  const vitals = { ...bay.vitals };
  for (const { vital, value, validAt } of ways) {
    const state = vitals[vital];
    if (validAt === state.validAt && value === state.value) continue;
    vitals[vital] = { value, validAt, namedAt: state.namedAt, stale: false, cuffs: undefined, hand: undefined };
  }
  return {
    bay: { ...bay, at: lastAt, monitor: { ...monitor, lastMessageAt: lastAt, clock }, vitals, fixedUntil },
    taken: next - from,
  };
}

/** Where a value of one vital may lie, bounds included in [least, most] and left out in (above, below). */
interface Way {
  readonly vital: Vital;
  /** A value of it changes nothing but itself. */
  readonly isOpen: boolean;
  least: number;
  most: number;
  above: number;
  below: number;
  readonly validForMs: number;
  value: number | null;
  validAt: AtMs | null;
  /** From when it counts where there is no valid value; `null`: it was never named, or is lost already. */
  readonly namedAt: AtMs | null;
  readonly stale: boolean;
}

/** `null`: this bay has to be looked at with each reading. */
function waysOf(bay: Bay): Way[] | null {
  const { monitor, vitals, watches, alarms, at } = bay;
  if (monitor.lastMessageAt !== at) return null;
  if (monitor.clock.some(({ offsetMs }) => Math.abs(offsetMs) > CLOCK_SKEW_MS)) return null;
  if (VITALS.some((vital) => vitals[vital].hand !== undefined)) return null;
  // These end with the next message; what else does not come from limits hangs on other things than continuous values.
  const endsWithAnyMessage = (id: string) => id === "clock-skew" || id === "monitor-silent";
  if (alarms.some(({ id, condition }) => condition !== "gone" && endsWithAnyMessage(id))) return null;
  const ways = VITALS.map((vital) => wayOf(vitals[vital], vital, bay));
  for (const watch of watches) {
    const way = ways.find(({ vital }) => vital === watch.vital);
    if (way === undefined || !way.isOpen) continue;
    if (!narrowed(way, watch, bay)) return null;
  }
  return isWayHomeOpen(ways, bay) ? ways : null;
}

function wayOf(state: VitalState, vital: Vital, bay: Bay): Way {
  const { value, validAt, namedAt, stale } = state;
  const isContinuous = CONTINUOUS_VITALS.some((each) => each === vital);
  return {
    vital,
    isOpen: isContinuous && !stale && validAt !== null && namedAt !== null,
    least: Number.NEGATIVE_INFINITY,
    most: NEVER,
    above: Number.NEGATIVE_INFINITY,
    below: NEVER,
    validForMs: validForMs(bay, vital),
    value,
    validAt,
    namedAt,
    stale,
  };
}

/** Only values with which every tier stays as it is, and no standing alarm gets a new extreme. */
function narrowed(way: Way, watch: LimitWatch, bay: Bay): boolean {
  const isHigh = watch.direction === "high";
  const upTo = (limit: number) => {
    way.most = Math.min(way.most, limit);
  };
  const from = (limit: number) => {
    way.least = Math.max(way.least, limit);
  };
  for (const { state, limit, recoveredAt } of watch.tiers) {
    const bound = state === "inactive" || state === "pending" ? limit : recoveredAt;
    const isBeyond = state === "pending" || state === "active";
    if (!isBeyond) (isHigh ? upTo : from)(bound);
    else if (isHigh) way.above = Math.max(way.above, bound);
    else way.below = Math.min(way.below, bound);
  }
  const alarm = bay.alarms.find(({ id }) => id === watch.id);
  if (alarm === undefined || alarm.condition === "gone") return true;
  if (alarm.extreme === null) return false;
  (isHigh ? upTo : from)(alarm.extreme);
  // In line already: the same value again would change nothing.
  const again = followLimit(standingOf(bay), bay.at, watch, way.value, false);
  return again.events.length === 0 && again.alarms.every((each, i) => each === bay.alarms[i]);
}

/** Bounds are computed otherwise here than where a patient's readiness is judged: no value may lie just between the two. */
const ROUNDING = 1e-6;

/** Whoever is ready stays so, whoever is not does not become so; `false`: that hangs on each value. */
function isWayHomeOpen(ways: readonly Way[], bay: Bay): boolean {
  const { session, at } = bay;
  if (session === null || !isJudgedForDischarge(bay)) return true;
  const { baseline, protocol } = session;
  const facts = dischargeFacts(bay);
  const slack = dischargeSlack(bay);
  if (baseline === null) return true;
  const atBest = { ...facts, vitals: { ...facts.vitals, hr: baseline.hr, spo2: baseline.spo2 } };
  if (!mayBeDischarged(session, atBest, at, slack)) return true;
  if (!mayBeDischarged(session, facts, at, slack)) return false;
  const within = protocol.dischargeWithinBaseline + slack;
  for (const way of ways) {
    const { vital } = way;
    if (vital !== "hr" && vital !== "spo2") continue;
    way.least = Math.max(way.least, baseline[vital] * (1 - within) + ROUNDING);
    if (vital === "hr") way.most = Math.min(way.most, baseline.hr * (1 + within) - ROUNDING);
  }
  return true;
}

/** By name instead of by key, as in `advance`: every quiet reading comes here. */
function isQuiet({ values }: ReadingInput, ways: readonly Way[]): boolean {
  const [hr, spo2, rr, sbp, dbp, map] = ways;
  return (
    leads(hr, values.hr) &&
    leads(spo2, values.spo2) &&
    leads(rr, values.rr) &&
    leads(sbp, values.sbp) &&
    leads(dbp, values.dbp) &&
    leads(map, values.map)
  );
}

function leads(way: Way | undefined, value: number | null | undefined): boolean {
  if (value === undefined) return true;
  if (way === undefined) return false;
  if (value === null) return way.namedAt !== null;
  return way.isOpen && value >= way.least && value <= way.most && value > way.above && value < way.below;
}

function take(way: Way | undefined, value: number | null | undefined, at: AtMs): void {
  if (way === undefined || typeof value !== "number") return;
  way.value = value;
  way.validAt = at;
}

function earliestStale(ways: readonly Way[]): AtMs {
  let earliest = NEVER;
  for (const { stale, validAt, namedAt, validForMs } of ways) {
    const reference = validAt ?? namedAt;
    if (!stale && reference !== null && reference + validForMs < earliest) earliest = reference + validForMs;
  }
  return earliest;
}
