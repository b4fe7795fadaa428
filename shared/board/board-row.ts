import { type Alarm, annunciation, priorityRank, relativeLimit } from "../alarms/index.ts";
import { type Bay, cuffDueAt, isSilent, validForMs } from "../bay/index.ts";
import type { TierRule } from "../protocol/index.ts";
import { observationDueAt, plannedMs, recoveryMinimumAt } from "../session/index.ts";
import { VITALS, type Vital } from "../vitals/index.ts";
import type { BoardAlarm, BoardRow, BoardVital } from "./row.ts";

/** The row of a bay as it stands: pure, the same bay gives the same row. */
export function boardRow(bay: Bay): BoardRow {
  const { session, monitor } = bay;
  const infusion = session?.infusion ?? null;
  return {
    bay: bay.id,
    sessionId: session?.id ?? null,
    phase: session?.phase ?? null,
    initials: session?.patient.initials ?? null,
    infusionStartedAt: infusion?.startedAt ?? null,
    ranMs: infusion?.ranMs ?? 0,
    runningSince: infusion?.runningSince ?? null,
    plannedMs: session === null ? null : plannedMs(session),
    recoveryStartedAt: infusion?.endedAt ?? null,
    recoveryMinimumAt: session === null ? null : recoveryMinimumAt(session),
    baselineTaken: (session?.baseline ?? null) !== null,
    monitor: monitor.lastMessageAt === null ? "never" : isSilent(bay) ? "silent" : "talking",
    lastMessageAt: monitor.lastMessageAt,
    cuffDueAt: cuffDueAt(bay),
    observationDueAt: session === null ? null : observationDueAt(session),
    vitals: {
      hr: boardVital(bay, "hr"),
      spo2: boardVital(bay, "spo2"),
      rr: boardVital(bay, "rr"),
      sbp: boardVital(bay, "sbp"),
      dbp: boardVital(bay, "dbp"),
      map: boardVital(bay, "map"),
    },
    alarms: bay.alarms.map((alarm) => boardAlarm(alarm, bay)).sort(gravestFirst),
    audioPausedUntil: bay.audioPause?.until ?? null,
    alarmsOff: VITALS.filter((vital) => bay.alarmsOff.some((off) => off.vital === vital)),
  };
}

function boardVital(bay: Bay, vital: Vital): BoardVital {
  const { value, validAt, stale, hand } = bay.vitals[vital];
  const rules = bay.limits[vital];
  const baseline = bay.session?.baseline ?? null;
  return {
    value,
    at: validAt,
    // What the engine has called stale stays so until it is measured again, whatever the rules are by now.
    staleAfterMs: stale ? 0 : validForMs(bay, vital),
    low: mildest(rules?.low),
    high: lowest(
      mildest(rules?.high),
      ...bay.relative.map((rule) => (rule.vital === vital ? relativeLimit(rule, baseline) : null)),
    ),
    ...(hand === undefined ? {} : { byHand: true }),
  };
}

/** Of the limits there are. */
function lowest(...limits: (number | null)[]): number | null {
  const known = limits.filter((limit) => limit !== null);
  return known.length === 0 ? null : Math.min(...known);
}

/** The limit drawn on the trend: the warning's, or the critical one where there is no warning. */
function mildest(
  rules: { warning?: TierRule | undefined; critical?: TierRule | undefined } | undefined,
): number | null {
  return rules?.warning?.limit ?? rules?.critical?.limit ?? null;
}

const boardAlarm = (alarm: Alarm, bay: Bay): BoardAlarm => ({
  id: alarm.id,
  kind: alarm.kind,
  condition: alarm.condition,
  tier: alarm.tier,
  priority: alarm.priority,
  raisedAt: alarm.raisedAt,
  value: alarm.value,
  extreme: alarm.extreme,
  limit: alarm.limit,
  acknowledged: alarm.acknowledgement !== null,
  annunciation: annunciation(alarm, bay.audioPause),
  callsSince: alarm.callsSince,
  remindedAt: alarm.remindedAt,
  escalatedTo: lastRung(alarm),
});

function lastRung(alarm: Alarm): BoardAlarm["escalatedTo"] {
  const last = alarm.deliveries.at(-1);
  return last === undefined ? null : { target: last.target, state: last.state };
}

const gravestFirst = (a: BoardAlarm, b: BoardAlarm): number =>
  priorityRank(b.priority) - priorityRank(a.priority) || b.raisedAt - a.raisedAt;
