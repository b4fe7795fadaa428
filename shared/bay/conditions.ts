/**
 * Technical and procedural conditions, computed from the bay's facts for the instant it stands at (alarms.md, "Technical
 * alarms", "Procedural alarms"). Each has deadlines at which it may begin; the engine settles those in time order.
 */
import type { AlarmId, DerivedCondition } from "../alarms/index.ts";
import type { AtMs, DurationMs } from "../ids/index.ts";
import type { Priority } from "../protocol/index.ts";
import {
  type BaselineValues,
  cuffIntervalMs,
  type DischargeFacts,
  dissociationProlongedAt,
  isDrugOnBoard,
  mayBeDischarged,
  OBSERVATION_GRACE_MS,
  observationDueAt,
  plannedEndAt,
  recoveryMinimumAt,
  type Session,
} from "../session/index.ts";
import { CONTINUOUS_VITALS } from "../vitals/index.ts";
import { type Bay, freshnessReference, lastCuffAt, type VitalState } from "./bay.ts";
import { isClockOff } from "./device-clock.ts";

const NEVER = Number.POSITIVE_INFINITY;
/** alarms.md: "no message for 10 s"; "high after 30 s". */
export const SILENT_AFTER_MS = 10_000;
const SILENT_HIGH_AFTER_MS = 30_000;
/** A gateway that sends once a minute is not silent between its messages: it has missed two and a half. */
const SILENT_AFTER_CADENCES = 2.5;
/** alarms.md: "interval + 60 s". */
export const CUFF_GRACE_MS = 60_000;

export function silentAfterMs(bay: Bay): DurationMs {
  return Math.max(SILENT_AFTER_MS, SILENT_AFTER_CADENCES * bay.monitor.cadenceS * 1000);
}

export const silentHighAfterMs = (bay: Bay): DurationMs => Math.max(SILENT_HIGH_AFTER_MS, silentAfterMs(bay));

/** Silence counts from the last message, but not from before the session: nobody was there to be watched. */
function silenceReference(bay: Bay, session: Session): AtMs {
  return Math.max(bay.monitor.lastMessageAt ?? session.openedAt, session.openedAt);
}

/** A cuff measurement is owed from the last one, or from the start of the infusion; `null` when none is owed. */
function cuffReference(bay: Bay, session: Session): AtMs | null {
  if (!isDrugOnBoard(session.phase) || session.infusion === null) return null;
  return Math.max(lastCuffAt(bay) ?? session.infusion.startedAt, session.infusion.startedAt);
}

/** When the next cuff measurement is expected; `null` outside infusion and recovery. */
export function cuffDueAt(bay: Bay): AtMs | null {
  if (bay.session === null) return null;
  const reference = cuffReference(bay, bay.session);
  return reference === null ? null : reference + cuffIntervalMs(bay.session);
}

export function isSilent(bay: Bay): boolean {
  if (bay.monitor.lastMessageAt === null && bay.session === null) return false;
  const reference = bay.session === null ? (bay.monitor.lastMessageAt ?? bay.at) : silenceReference(bay, bay.session);
  return bay.at - reference >= silentAfterMs(bay);
}

/** From then on each vital sign counts for whether the patient may go. */
export const isJudgedForDischarge = ({ session, at }: Bay): boolean =>
  session?.phase === "recovery" && at >= (recoveryMinimumAt(session) ?? NEVER);

/** Once a patient is ready, vital signs may waver by this much more of the baseline. */
const READY_SLACK = 0.1;

/** A heart rate that wavers at the bound must not ring the bell at each beat. */
export const dischargeSlack = (bay: Bay): number =>
  bay.alarms.some((alarm) => alarm.id === "ready-for-discharge") ? READY_SLACK : 0;

function observationOverdueAt(session: Session): AtMs | null {
  const due = observationDueAt(session);
  return due === null ? null : due + OBSERVATION_GRACE_MS;
}

/** Vital signs that are fresh now, and how many physiological alarms stand. */
export function dischargeFacts(bay: Bay): DischargeFacts {
  const fresh = (vital: keyof BaselineValues) => (bay.vitals[vital].stale ? null : bay.vitals[vital].value);
  const before = ({ cuffs }: VitalState) => (cuffs?.counted.length === 2 ? cuffs.counted[0] : undefined);
  const [sbp, dbp] = [before(bay.vitals.sbp), before(bay.vitals.dbp)];
  return {
    vitals: { hr: fresh("hr"), spo2: fresh("spo2"), sbp: fresh("sbp"), dbp: fresh("dbp") },
    pressureAt: earlier(bay.vitals.sbp.validAt, bay.vitals.dbp.validAt),
    before: {
      hr: sbp?.beside.hr ?? null,
      spo2: sbp?.beside.spo2 ?? null,
      sbp: sbp?.value ?? null,
      dbp: dbp?.value ?? null,
      at: earlier(sbp?.at, dbp?.at),
    },
    physiologicalAlarms: bay.alarms.filter((alarm) => alarm.kind === "physiological").length,
  };
}

const earlier = (a: AtMs | null | undefined, b: AtMs | null | undefined): AtMs | null =>
  a == null || b == null ? null : Math.min(a, b);

export interface DerivedConditions {
  readonly holding: readonly DerivedCondition[];
  /** Conditions that hold but are hidden by another: monitor-silent says it all. */
  readonly inhibited: readonly AlarmId[];
}

const NOTHING: DerivedConditions = { holding: [], inhibited: [] };

/** Everything that holds at `bay.at`. Without a session nothing does: an empty bay is quiet. */
export function derivedConditions(bay: Bay): DerivedConditions {
  const { session, at } = bay;
  if (session === null) return NOTHING;
  const watched = isDrugOnBoard(session.phase);
  const serious = (priority: Priority): Priority => (watched ? priority : "low");
  const holding: DerivedCondition[] = [];
  const inhibited: AlarmId[] = [];
  const silent = isSilent(bay);
  for (const vital of CONTINUOUS_VITALS) {
    if (!isSignalLost(bay, vital)) continue;
    if (silent) inhibited.push(`signal-lost.${vital}`);
    else holding.push({ id: `signal-lost.${vital}`, kind: "technical", priority: serious("medium") });
  }
  if (silent) {
    const long = at - silenceReference(bay, session) >= silentHighAfterMs(bay);
    holding.push({ id: "monitor-silent", kind: "technical", priority: serious(long ? "high" : "medium") });
  }
  const cuff = cuffReference(bay, session);
  if (cuff !== null) {
    const late = at - cuff - cuffIntervalMs(session) - CUFF_GRACE_MS;
    if (late >= 0) {
      const priority = late >= cuffIntervalMs(session) ? "medium" : "low";
      holding.push({ id: "pressure-overdue", kind: "technical", priority });
    }
  }
  if (isClockOff(bay.monitor)) {
    holding.push({ id: "clock-skew", kind: "technical", priority: "low" });
  }
  if (at >= (plannedEndAt(session) ?? NEVER)) {
    holding.push({ id: "plan-elapsed", kind: "procedural", priority: "low" });
  }
  if (isJudgedForDischarge(bay)) {
    const ready = mayBeDischarged(session, dischargeFacts(bay), at, dischargeSlack(bay));
    // One word at the end of the stay, not two: ready says the rest.
    holding.push({
      id: ready ? "ready-for-discharge" : "recovery-minimum-reached",
      kind: "procedural",
      priority: "low",
    });
  }
  if (at >= (dissociationProlongedAt(session) ?? NEVER)) {
    holding.push({ id: "dissociation-prolonged", kind: "procedural", priority: "low" });
  }
  if (at >= (observationOverdueAt(session) ?? NEVER)) {
    holding.push({ id: "observation-overdue", kind: "procedural", priority: "low" });
  }
  return { holding, inhibited };
}

/** Stale although the monitor has spoken since: the sensor's fault, not the link's. */
function isSignalLost(bay: Bay, vital: (typeof CONTINUOUS_VITALS)[number]): boolean {
  const state = bay.vitals[vital];
  // A charted value stands in for the monitor's only while that has none: the sensor is no better for it.
  if (state.hand !== undefined) return state.namedAt !== null;
  const reference = freshnessReference(state);
  return state.stale && reference !== null && (bay.monitor.lastMessageAt ?? reference) > reference;
}

/** The next instant after `bay.at` at which the monitor's silence begins or changes its priority: each message moves it on. */
export function silenceDeadline(bay: Bay): AtMs {
  const { session, at } = bay;
  // Without a session there is no alarm, but the wall shows whether the monitor of a free bay still talks.
  const reference = session === null ? (bay.monitor.lastMessageAt ?? NEVER) : silenceReference(bay, session);
  const silentAt = reference + silentAfterMs(bay);
  if (silentAt > at) return silentAt;
  const highAt = session === null ? NEVER : reference + silentHighAfterMs(bay);
  return highAt > at ? highAt : NEVER;
}

/** The next instant after `bay.at` at which another of these conditions may begin or change its priority. */
export function deadlineWithoutSilence(bay: Bay): AtMs {
  const { session, at } = bay;
  let earliest = NEVER;
  if (session === null) return earliest;
  const consider = (deadline: AtMs) => {
    if (deadline > at && deadline < earliest) earliest = deadline;
  };
  const cuff = cuffReference(bay, session);
  if (cuff !== null) {
    const interval = cuffIntervalMs(session);
    consider(cuff + interval + CUFF_GRACE_MS);
    consider(cuff + interval + CUFF_GRACE_MS + interval);
  }
  const planned = plannedEndAt(session);
  if (planned !== null) consider(planned);
  if (session.phase === "recovery") consider(recoveryMinimumAt(session) ?? NEVER);
  consider(dissociationProlongedAt(session) ?? NEVER);
  consider(observationOverdueAt(session) ?? NEVER);
  return earliest;
}
