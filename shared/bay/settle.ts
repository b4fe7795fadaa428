/**
 * Time alone: every deadline up to an instant, in time order. All deadlines of one instant are one step, and its events
 * bear the deadline's own time, so it does not matter how often anyone looks.
 */
import {
  attentionDeadline,
  type ChangeReason,
  callAttention,
  DERIVED_ALARMS,
  eventsInOrder,
  followDerived,
  followLimit,
  pauseAfter,
  type Standing,
  watchOnDeadline,
} from "../alarms/index.ts";
import type { AtMs, DurationMs } from "../ids/index.ts";
import { VITALS } from "../vitals/index.ts";
import { type Bay, freshnessReference, NOT_QUIET, type VitalState, validForMs } from "./bay.ts";
import { deadlineWithoutSilence, derivedConditions, silenceDeadline } from "./conditions.ts";
import type { BayEvent } from "./event.ts";

const NEVER = Number.POSITIVE_INFINITY;

/** What one step gives: the bay after it and what it decided. */
export interface Outcome {
  readonly bay: Bay;
  readonly events: readonly BayEvent[];
}

/** The next instant at which the bay changes by itself; `null` when it never does without an input. */
export function nextDeadline(bay: Bay): AtMs | null {
  const deadline = earliestDeadline(bay);
  return deadline === NEVER ? null : deadline;
}

function earliestDeadline(bay: Bay): AtMs {
  const earliest = Math.min(fixedDeadline(bay), movingDeadline(bay));
  // A change of rules can put a deadline into the past: it is then due at once.
  return earliest < bay.at ? bay.at : earliest;
}

/** Before this nothing falls due, so that there is no need to look what does; `NOT_QUIET`: that is not known. */
export const quietUntil = (bay: Bay): AtMs =>
  bay.fixedUntil === NOT_QUIET ? NOT_QUIET : Math.min(bay.fixedUntil, movingDeadline(bay));

/** What falls due whatever continuous values come. */
export function fixedDeadline(bay: Bay): AtMs {
  let earliest = deadlineWithoutSilence(bay);
  for (const watch of bay.watches) {
    if (watch.deadline < earliest) earliest = watch.deadline;
  }
  for (const alarm of bay.alarms) {
    const deadline = attentionDeadline(alarm, ladderOf(bay));
    if (deadline < earliest) earliest = deadline;
  }
  if (bay.audioPause !== null && bay.audioPause.until < earliest) earliest = bay.audioPause.until;
  return earliest;
}

/** What each reading moves on. By name instead of by key: every reading comes here. */
function movingDeadline(bay: Bay): AtMs {
  const { vitals, staleAfterMs } = bay;
  return Math.min(
    silenceDeadline(bay),
    staleAt(vitals.hr, staleAfterMs.hr),
    staleAt(vitals.spo2, staleAfterMs.spo2),
    staleAt(vitals.rr, staleAfterMs.rr),
    staleAt(vitals.sbp, staleAfterMs.sbp),
    staleAt(vitals.dbp, staleAfterMs.dbp),
    staleAt(vitals.map, staleAfterMs.map),
  );
}

function staleAt(state: VitalState, staleAfterMs: DurationMs): AtMs {
  const reference = freshnessReference(state);
  if (state.stale || reference === null) return NEVER;
  return reference + (state.hand?.validForMs ?? staleAfterMs);
}

/** Settles every deadline ≤ `at`. `bay.at` moves with the steps only: time without a deadline leaves no trace. */
export function settle(bay: Bay, at: AtMs): Outcome {
  const events: BayEvent[] = [];
  return { bay: settleInto(bay, at, events), events };
}

/** As {@link settle}, appending to `events`. */
export function settleInto(bay: Bay, at: AtMs, events: BayEvent[]): Bay {
  let settled = bay;
  if (at < bay.fixedUntil && at < movingDeadline(bay)) return bay;
  for (;;) {
    const deadline = earliestDeadline(settled);
    if (deadline > at || deadline === NEVER) return settled;
    settled = step(settled, deadline, events);
  }
}

function step(bay: Bay, at: AtMs, events: BayEvent[]): Bay {
  const goesStale = VITALS.filter((vital) => {
    const state = bay.vitals[vital];
    const reference = freshnessReference(state);
    return !state.stale && reference !== null && reference + validForMs(bay, vital) <= at;
  });
  let vitals = bay.vitals;
  for (const vital of goesStale) vitals = { ...vitals, [vital]: { ...vitals[vital], stale: true } };
  const watches = bay.watches.map((watch) => watchOnDeadline(watch, at, goesStale.includes(watch.vital)));
  let next: Bay = { ...bay, at, vitals, watches, fixedUntil: NOT_QUIET };
  if (bay.audioPause !== null && bay.audioPause.until <= at) {
    next = { ...next, audioPause: null };
    events.push({ type: "audio", at, change: "pause-ended", reason: "elapsed" });
  }
  const standing = callAttention(followEach(next), at, ladderOf(next));
  return closeStep(next, standing, events);
}

const ladderOf = (bay: Bay) => (bay.session?.protocol ?? bay.protocol).escalation;

/**
 * Brings every alarm in line with the bay after a step, in the prescribed order of events. `reason`: why limit alarms
 * change, when the rules were changed.
 */
export function followAll(bay: Bay, events: BayEvent[], reason?: ChangeReason): Bay {
  return closeStep(bay, followEach(bay, reason), events);
}

/** @param standing what the step has done to the alarms already */
export function followEach(bay: Bay, reason?: ChangeReason, standing: Standing = standingOf(bay)): Standing {
  let next = standing;
  for (const watch of bay.watches) {
    const { value, stale } = bay.vitals[watch.vital];
    next = followLimit(next, bay.at, watch, value, stale, reason);
  }
  return followConditions(bay, next);
}

export const standingOf = (bay: Bay): Standing => ({
  alarms: bay.alarms,
  events: [],
  latching: (bay.session?.protocol ?? bay.protocol).latching,
  values: bay.vitals,
});

export function followConditions(bay: Bay, standing: Standing): Standing {
  // What stands after this step's limit alarms counts, not what stood before it.
  const { holding, inhibited } = derivedConditions({ ...bay, alarms: standing.alarms });
  return followDerived(standing, bay.at, DERIVED_ALARMS, holding, inhibited);
}

export function closeStep(bay: Bay, standing: Standing, events: BayEvent[]): Bay {
  for (const event of eventsInOrder(standing.events)) events.push(event);
  const alarms = standing.alarms;
  const same = alarms.length === bay.alarms.length && alarms.every((alarm, i) => alarm === bay.alarms[i]);
  const audioPause = pauseAfter(bay.audioPause, standing.events);
  return same && audioPause === bay.audioPause ? bay : { ...bay, alarms, audioPause };
}
