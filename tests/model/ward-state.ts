/** What the ward in miniature holds, and what should be so by it: written from alarms.md and product.md alone. */
import {
  type Baseline,
  type Edition,
  type RuleName,
  rulesOf,
  type TierName,
  type TierRun,
  type Watched,
} from "./rules.ts";

type Priority = "high" | "medium" | "low";
type SignalLost = "signal-lost.hr" | "signal-lost.spo2";
export type ModelAlarmId =
  | "hr.low"
  | "hr.high"
  | "spo2.low"
  | "sbp.high"
  | SignalLost
  | "monitor-silent"
  | "pressure-overdue"
  | "recovery-minimum-reached"
  | "dissociation-prolonged"
  | "ready-for-discharge";
export type RungState = "queued" | "sent" | "confirmed" | "failed" | "cancelled";
export type Values = { readonly [V in Watched]?: number | null };

export interface ModelAlarm {
  tier: TierName | null;
  priority: Priority;
  condition: "present" | "unknown" | "gone";
  acknowledged: boolean;
  /** It was high and nobody has seen it: it latches. */
  unseen: boolean;
  /** When it last began to call for somebody. */
  callsSince: number;
  /** It called already when the sound was paused. */
  quiet: boolean;
  remindAt: number | null;
  /** Somebody was reminded of it since it was acknowledged: that may be answered. */
  reminded: boolean;
  rungs: RungState[];
  /** The worst value since it was raised, and the limit that it is beyond; `null` where it is about no value. */
  extreme: number | null;
  limit: number | null;
}

interface ModelVital {
  value: number | null;
  /** The last valid value, or when the monitor first named the vital: staleness counts from here. */
  owedSince: number | null;
  stale: boolean;
}

/** Everything that belongs to the patient: it goes along to another bay. */
export interface State {
  /** Everything due up to here has happened. */
  at: number;
  phase: "preparation" | "infusing" | "paused" | "recovery" | "ready" | null;
  baseline: Baseline | null;
  infusionStartedAt: number | null;
  infusionEndedAt: number | null;
  /** What discharge asks a person for is confirmed. */
  walks: boolean;
  /** As it was last noted; `null`: nobody has looked. */
  dissociated: boolean | null;
  openedAt: number;
  lastMessageAt: number | null;
  vitals: Record<Watched, ModelVital>;
  rules: Record<Watched, Edition>;
  runs: Partial<Record<`${LimitId}.${RuleName}`, TierRun>>;
  off: Watched[];
  pausedUntil: number | null;
  alarms: Partial<Record<ModelAlarmId, ModelAlarm>>;
}

export type Wanted = Pick<ModelAlarm, "tier" | "priority" | "condition" | "limit">;
export type LimitId = Extract<ModelAlarmId, `${Watched}.${string}`>;
export const LIMIT_IDS = ["hr.low", "hr.high", "spo2.low", "sbp.high"] as const satisfies readonly LimitId[];
export const ALARM_IDS: readonly ModelAlarmId[] = [
  ...LIMIT_IDS,
  "signal-lost.hr",
  "signal-lost.spo2",
  "monitor-silent",
  "pressure-overdue",
  "recovery-minimum-reached",
  "dissociation-prolonged",
  "ready-for-discharge",
];
export const VITALS = ["hr", "spo2", "sbp"] as const;
export const STALE_AFTER_MS: Record<Watched, number> = { hr: 5_000, spo2: 5_000, sbp: 45_000 };
const SILENT_MS = 10_000;
const LONG_SILENT_MS = 30_000;
const CUFF_EVERY_MS = { infusion: 180_000, recovery: 300_000 };
const CUFF_GRACE_MS = 60_000;
const RUNGS_MS = [30_000, 60_000];
const STAY_MS = 120_000;
const DISSOCIATION_EXPECTED_MS = 180_000;
/** How far from the baseline who goes home may be; and who was near enough already, before it counts as far. */
const NEAR_PERCENT = 20;
const STILL_NEAR_PERCENT = 30;

export const vitalOf = (id: LimitId): Watched => VITALS.find((vital) => id.startsWith(vital))!;
export const directionOf = (id: LimitId) => (id.endsWith("high") ? "high" : "low");
export const isLimit = (id: ModelAlarmId): id is LimitId => LIMIT_IDS.some((each) => each === id);

export const emptyState = (at: number, phase: State["phase"]): State => ({
  at,
  phase,
  baseline: null,
  infusionStartedAt: null,
  infusionEndedAt: null,
  walks: false,
  dissociated: null,
  openedAt: at,
  lastMessageAt: null,
  vitals: {
    hr: { value: null, owedSince: null, stale: false },
    spo2: { value: null, owedSince: null, stale: false },
    sbp: { value: null, owedSince: null, stale: false },
  },
  rules: { hr: "usual", spo2: "usual", sbp: "usual" },
  runs: {},
  off: [],
  pausedUntil: null,
  alarms: {},
});

const silentSince = ({ lastMessageAt, openedAt }: State): number => lastMessageAt ?? openedAt;

/** A measurement is owed from the last one, or from the start of the infusion; `null` before that. */
function cuffOverdue({ phase, infusionStartedAt: started, vitals }: State): { at: number; worseAt: number } | null {
  if (started === null) return null;
  const last = vitals.sbp.value === null ? null : vitals.sbp.owedSince;
  const every = phase === "recovery" || phase === "ready" ? CUFF_EVERY_MS.recovery : CUFF_EVERY_MS.infusion;
  const at = Math.max(last ?? started, started) + every + CUFF_GRACE_MS;
  return { at, worseAt: at + every };
}

export function rungDue(alarm: ModelAlarm): number | null {
  const calls = alarm.priority === "high" && !alarm.acknowledged && alarm.condition !== "gone";
  const wait = RUNGS_MS[alarm.rungs.length];
  return calls && wait !== undefined ? alarm.callsSince + wait : null;
}

/** When time alone changes something next; `Infinity`: never. */
export function nextDue(state: State): number {
  const { at, phase, vitals, runs, alarms, pausedUntil, infusionEndedAt: ended } = state;
  if (phase === null) return Number.POSITIVE_INFINITY;
  const silence = silentSince(state);
  const cuff = cuffOverdue(state);
  const byTime = [silence + SILENT_MS, silence + LONG_SILENT_MS];
  if (cuff !== null) byTime.push(cuff.at, cuff.worseAt);
  if (ended !== null) byTime.push(ended + STAY_MS, ended + DISSOCIATION_EXPECTED_MS);
  const stale = VITALS.flatMap((vital) => {
    const { owedSince, stale } = vitals[vital];
    return owedSince === null || stale ? [] : [owedSince + STALE_AFTER_MS[vital]];
  });
  const waits = Object.values(runs).flatMap(({ endsAt }) => endsAt ?? []);
  const calls = Object.values(alarms).flatMap((alarm) => [rungDue(alarm), alarm.remindAt]);
  const due = [...calls, pausedUntil].filter((each) => each !== null);
  // A call that is begun anew may be long due.
  return Math.max(at, Math.min(...byTime.filter((each) => each > at), ...stale, ...waits, ...due));
}

/** Whether the patient may go: nothing is missing that discharge asks for. */
export function mayGo(state: State, percent = NEAR_PERCENT): boolean {
  const { at, baseline, infusionEndedAt: ended, walks, vitals, alarms } = state;
  if (baseline === null || ended === null || at < ended + STAY_MS || !walks) return false;
  if (LIMIT_IDS.some((id) => alarms[id] !== undefined)) return false;
  if ((vitals.sbp.owedSince ?? 0) < ended) return false;
  return VITALS.every((vital) => {
    const { value, stale } = vitals[vital];
    if (value === null || stale) return false;
    // More oxygen than before the drug keeps nobody.
    if (vital === "spo2" && value >= baseline.spo2) return true;
    return Math.abs(value - baseline[vital]) * 100 <= percent * baseline[vital];
  });
}

/** The alarm as it should stand now; `null`: not at all. Limit alarms must be in order when the way home is asked for. */
export function wanted(state: State, id: ModelAlarmId): Wanted | null {
  const { at, phase, vitals, lastMessageAt, alarms, dissociated, infusionEndedAt: ended } = state;
  const serious = (priority: Priority): Priority => (phase === "preparation" ? "low" : priority);
  const holds = (priority: Priority): Wanted => ({ tier: null, priority, condition: "present", limit: null });
  const silentMs = at - silentSince(state);
  switch (id) {
    case "hr.low":
    case "hr.high":
    case "spo2.low":
    case "sbp.high":
      return wantedLimit(state, id);
    case "signal-lost.hr":
    case "signal-lost.spo2": {
      const { stale, owedSince } = vitals[id === "signal-lost.hr" ? "hr" : "spo2"];
      const talking = silentMs < SILENT_MS && (lastMessageAt ?? 0) > (owedSince ?? at);
      return stale && talking ? holds(serious("medium")) : null;
    }
    case "monitor-silent":
      return silentMs < SILENT_MS ? null : holds(serious(silentMs < LONG_SILENT_MS ? "medium" : "high"));
    case "pressure-overdue": {
      const overdue = cuffOverdue(state);
      if (overdue === null || at < overdue.at) return null;
      return holds(at < overdue.worseAt ? "low" : "medium");
    }
    case "dissociation-prolonged":
      return dissociated === true && ended !== null && at >= ended + DISSOCIATION_EXPECTED_MS ? holds("low") : null;
    case "recovery-minimum-reached":
    case "ready-for-discharge": {
      if (phase !== "recovery" || ended === null || at < ended + STAY_MS) return null;
      const isReady = mayGo(state, alarms["ready-for-discharge"] === undefined ? NEAR_PERCENT : STILL_NEAR_PERCENT);
      return isReady === (id === "ready-for-discharge") ? holds("low") : null;
    }
  }
}

function wantedLimit({ vitals, rules, runs, baseline, off }: State, id: LimitId): Wanted | null {
  const vital = vitalOf(id);
  if (off.includes(vital)) return null;
  const found = rulesOf(vital, directionOf(id), rules[vital], baseline).find(
    ({ name }) => runs[`${id}.${name}`]?.on === true,
  );
  if (found === undefined) return null;
  const { tier, rule } = found;
  return { tier, priority: rule.priority, condition: vitals[vital].stale ? "unknown" : "present", limit: rule.limit };
}
