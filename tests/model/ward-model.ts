/**
 * A ward of one bay in miniature, written from alarms.md and not from the engine: what should stand, and be heard, after
 * any order of readings, commands, silence and crashes. It knows two continuous vitals, one cuff pressure, the alarms of
 * the link and of a cuff that is overdue; the protocol of the test leaves nothing else that could alarm.
 */
import { advanceTier, RULES, type Rules, type TierName, type TierRun, type Watched } from "./rules.ts";

type Priority = "high" | "medium" | "low";
type SignalLost = "signal-lost.hr" | "signal-lost.spo2";
export type ModelAlarmId =
  | "hr.low"
  | "hr.high"
  | "spo2.low"
  | "sbp.high"
  | SignalLost
  | "monitor-silent"
  | "pressure-overdue";
export type RungState = "queued" | "sent" | "confirmed" | "failed" | "cancelled";
export type Values = { readonly [V in Watched]?: number | null };

interface ModelAlarm {
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

interface State {
  /** Everything due up to here has happened. */
  at: number;
  phase: "preparation" | "infusing" | "paused" | null;
  infusionStartedAt: number | null;
  openedAt: number;
  lastMessageAt: number | null;
  vitals: Record<Watched, ModelVital>;
  rules: Record<Watched, Rules>;
  runs: Partial<Record<`${LimitId}.${TierName}`, TierRun>>;
  off: Watched[];
  pausedUntil: number | null;
  alarms: Partial<Record<ModelAlarmId, ModelAlarm>>;
}

type Wanted = Pick<ModelAlarm, "tier" | "priority" | "condition" | "limit">;
type LimitId = Extract<ModelAlarmId, `${Watched}.${string}`>;
const LIMIT_IDS = ["hr.low", "hr.high", "spo2.low", "sbp.high"] as const satisfies readonly LimitId[];
const ALARM_IDS: readonly ModelAlarmId[] = [
  ...LIMIT_IDS,
  "signal-lost.hr",
  "signal-lost.spo2",
  "monitor-silent",
  "pressure-overdue",
];
export const VITALS = ["hr", "spo2", "sbp"] as const;
const STALE_AFTER_MS: Record<Watched, number> = { hr: 5_000, spo2: 5_000, sbp: 45_000 };
const SILENT_MS = 10_000;
const LONG_SILENT_MS = 30_000;
const CUFF_EVERY_MS = 180_000;
const CUFF_GRACE_MS = 60_000;
const RUNGS_MS = [30_000, 60_000];
const REMIND_MS = 180_000;

const vitalOf = (id: LimitId): Watched => VITALS.find((vital) => id.startsWith(vital))!;
const directionOf = (id: LimitId) => (id.endsWith("high") ? "high" : "low");
const isLimit = (id: ModelAlarmId): id is LimitId => LIMIT_IDS.some((each) => each === id);
const SEVERITY = { low: 1, medium: 2, high: 3, warning: 1, critical: 2 };

const emptyState = (at: number, phase: State["phase"]): State => ({
  at,
  phase,
  openedAt: at,
  infusionStartedAt: null,
  lastMessageAt: null,
  vitals: {
    hr: { value: null, owedSince: null, stale: false },
    spo2: { value: null, owedSince: null, stale: false },
    sbp: { value: null, owedSince: null, stale: false },
  },
  rules: { hr: RULES.hr.usual, spo2: RULES.spo2.usual, sbp: RULES.sbp.usual },
  runs: {},
  off: [],
  pausedUntil: null,
  alarms: {},
});

export class WardModel {
  #state: State;
  /** `instant change alarm`, everything since it was last taken. */
  #told: string[] = [];

  constructor(at: number) {
    this.#state = emptyState(at, null);
  }

  get at(): number {
    return this.#state.at;
  }

  takeTold(): string[] {
    const told = this.#told;
    this.#told = [];
    return told;
  }

  /** For going back to what was kept before a crash. */
  remember(): unknown {
    return structuredClone(this.#state);
  }

  goBackTo(remembered: unknown): void {
    this.#state = structuredClone(remembered as State);
  }

  get phase(): State["phase"] {
    return this.#state.phase;
  }

  get standing(): readonly ModelAlarmId[] {
    return ALARM_IDS.filter((id) => this.#state.alarms[id] !== undefined);
  }

  /** In the words of a wall. */
  view() {
    const { phase, alarms, pausedUntil, off } = this.#state;
    return {
      phase,
      pausedUntil,
      off: VITALS.filter((vital) => off.includes(vital)),
      alarms: this.standing.map((id) => {
        const { tier, priority, condition, acknowledged, rungs, quiet, extreme, limit } = alarms[id]!;
        const heard =
          acknowledged || condition === "gone" ? "silent" : pausedUntil !== null && quiet ? "paused" : "sounding";
        return { id, tier, priority, condition, acknowledged, annunciation: heard, extreme, limit, rungs: [...rungs] };
      }),
    };
  }

  // Time

  passTo(at: number): void {
    for (let due = this.#nextDue(); due <= at; due = this.#nextDue()) this.#fallDue(due);
    this.#state.at = at;
  }

  #nextDue(): number {
    const { at, phase, vitals, runs, alarms, pausedUntil } = this.#state;
    if (phase === null) return Number.POSITIVE_INFINITY;
    const silence = this.#silentSince();
    const byTime = [silence + SILENT_MS, silence + LONG_SILENT_MS].filter((due) => due > at);
    const stale = VITALS.flatMap((vital) => {
      const { owedSince, stale } = vitals[vital];
      return owedSince === null || stale ? [] : [owedSince + STALE_AFTER_MS[vital]];
    });
    const waits = Object.values(runs).flatMap(({ endsAt }) => endsAt ?? []);
    const cuff = this.#cuffOverdueAt();
    if (cuff !== null) byTime.push(...[cuff, cuff + CUFF_EVERY_MS].filter((due) => due > at));
    const calls = Object.values(alarms).flatMap((alarm) => [this.#rungDue(alarm), alarm.remindAt]);
    return Math.min(...byTime, ...stale, ...waits, ...[...calls, pausedUntil].filter((due) => due !== null));
  }

  #rungDue(alarm: ModelAlarm): number | null {
    const calls = alarm.priority === "high" && !alarm.acknowledged && alarm.condition !== "gone";
    const wait = RUNGS_MS[alarm.rungs.length];
    return calls && wait !== undefined ? alarm.callsSince + wait : null;
  }

  #fallDue(at: number): void {
    const state = this.#state;
    state.at = at;
    for (const run of Object.values(state.runs)) {
      if (run.endsAt !== null && run.endsAt <= at) Object.assign(run, { on: !run.on, endsAt: null });
    }
    for (const vital of VITALS) {
      const { owedSince, stale } = state.vitals[vital];
      if (owedSince === null || stale || owedSince + STALE_AFTER_MS[vital] > at) continue;
      state.vitals[vital].stale = true;
      for (const [key, run] of Object.entries(state.runs)) if (key.startsWith(vital)) run.endsAt = null;
    }
    if (state.pausedUntil !== null && state.pausedUntil <= at) state.pausedUntil = null;
    const before = this.#told.length;
    this.#follow();
    for (const id of this.standing) {
      const alarm = state.alarms[id]!;
      if (alarm.remindAt !== null && alarm.remindAt <= at) {
        // A step tells one thing of an alarm: what changed at this very instant puts the reminder off.
        const changed = this.#told.slice(before).some((line) => line.endsWith(` ${id}`));
        alarm.remindAt = changed ? at + REMIND_MS : null;
        if (!changed) {
          alarm.reminded = true;
          this.#tell("reminded", id);
        }
      }
      for (let due = this.#rungDue(alarm); due !== null && due <= at; due = this.#rungDue(alarm)) {
        this.#tell(`queued ${alarm.rungs.length}`, id);
        alarm.rungs.push("queued");
      }
    }
  }

  /** A measurement is owed from the last one, or from the start of the infusion; `null` before that. */
  #cuffOverdueAt(): number | null {
    const { infusionStartedAt: started, vitals } = this.#state;
    if (started === null) return null;
    const last = vitals.sbp.value === null ? null : vitals.sbp.owedSince;
    return Math.max(last ?? started, started) + CUFF_EVERY_MS + CUFF_GRACE_MS;
  }

  #silentSince(): number {
    return this.#state.lastMessageAt ?? this.#state.openedAt;
  }

  // The monitor

  read(at: number, values: Values): void {
    this.passTo(at);
    const state = this.#state;
    if (state.phase === null) return;
    state.lastMessageAt = at;
    for (const vital of VITALS) {
      const value = values[vital];
      if (value === null) state.vitals[vital].owedSince ??= at;
      if (typeof value !== "number") continue;
      state.vitals[vital] = { value, owedSince: at, stale: false };
      this.#judge(vital);
    }
    this.#follow();
  }

  /** The last valid value against the rules in force. */
  #judge(vital: Watched): void {
    const { at, vitals, rules, runs, off } = this.#state;
    const { value, stale } = vitals[vital];
    if (value === null || stale || off.includes(vital)) return;
    for (const id of LIMIT_IDS.filter((each) => vitalOf(each) === vital)) {
      const direction = directionOf(id);
      for (const tier of ["warning", "critical"] as const) {
        const rule = rules[vital][direction]?.[tier];
        if (rule === undefined) continue;
        runs[`${id}.${tier}`] ??= { on: false, endsAt: null };
        advanceTier(runs[`${id}.${tier}`]!, rule, direction, value, at);
      }
    }
  }

  // People. The answer: whether it is carried out; what is refused changes nothing.

  open(at: number): boolean {
    this.passTo(at);
    if (this.#state.phase !== null) return false;
    this.#state = emptyState(at, "preparation");
    return true;
  }

  start(at: number): boolean {
    this.passTo(at);
    if (this.#state.phase !== "preparation") return false;
    this.#state.phase = "infusing";
    this.#state.infusionStartedAt = at;
    this.#follow();
    return true;
  }

  /** The drug is on board all the same: alarms weigh as before. */
  pauseInfusion(at: number): boolean {
    this.passTo(at);
    if (this.#state.phase !== "infusing") return false;
    this.#state.phase = "paused";
    return true;
  }

  resumeInfusion(at: number): boolean {
    this.passTo(at);
    if (this.#state.phase !== "paused") return false;
    this.#state.phase = "infusing";
    return true;
  }

  abandon(at: number): boolean {
    this.passTo(at);
    if (this.#state.phase === null) return false;
    for (const id of this.standing) {
      // What was cleared and not seen was cleared then.
      if (this.#state.alarms[id]!.condition === "gone") continue;
      this.#callOff(id);
      this.#tell("cleared", id);
    }
    this.#state = emptyState(at, null);
    return true;
  }

  acknowledge(at: number, id: string): boolean {
    this.passTo(at);
    const known = this.standing.find((each) => each === id);
    const alarm = known === undefined ? undefined : this.#state.alarms[known];
    if (known === undefined || alarm === undefined) return false;
    if (alarm.acknowledged && !alarm.reminded) return false;
    this.#callOff(known);
    this.#tell("acknowledged", known);
    if (alarm.condition === "gone") delete this.#state.alarms[known];
    alarm.acknowledged = true;
    alarm.reminded = false;
    alarm.unseen = false;
    alarm.remindAt = alarm.priority === "high" ? at + REMIND_MS : null;
    return true;
  }

  pause(at: number, seconds: number): boolean {
    this.passTo(at);
    if (this.#state.phase === null) return false;
    this.#state.pausedUntil = at + seconds * 1000;
    for (const alarm of Object.values(this.#state.alarms)) alarm.quiet = true;
    return true;
  }

  resume(at: number): boolean {
    this.passTo(at);
    if (this.#state.pausedUntil === null) return false;
    this.#state.pausedUntil = null;
    return true;
  }

  alarmOff(at: number, vital: Watched): boolean {
    this.passTo(at);
    const { phase, off, alarms, runs } = this.#state;
    if (phase === null || off.includes(vital)) return false;
    off.push(vital);
    for (const key of Object.keys(runs) as (keyof typeof runs)[]) if (key.startsWith(vital)) delete runs[key];
    for (const id of LIMIT_IDS) {
      if (vitalOf(id) !== vital || alarms[id] === undefined || alarms[id].condition === "gone") continue;
      this.#callOff(id);
      this.#tell("cleared", id);
      delete alarms[id];
    }
    return true;
  }

  alarmOn(at: number, vital: Watched): boolean {
    this.passTo(at);
    const { off } = this.#state;
    if (!off.includes(vital)) return false;
    off.splice(off.indexOf(vital), 1);
    this.#judge(vital);
    this.#follow();
    return true;
  }

  setLimits(at: number, vital: Watched, which: "usual" | "wider"): boolean {
    this.passTo(at);
    if (this.#state.phase === null) return false;
    this.#state.rules[vital] = RULES[vital][which];
    this.#judge(vital);
    this.#follow();
    return true;
  }

  delivered(at: number, id: ModelAlarmId, rung: number, state: Exclude<RungState, "queued" | "cancelled">): void {
    this.passTo(at);
    const rungs = this.#state.alarms[id]?.rungs;
    const known = rungs?.[rung];
    if (rungs === undefined || known === undefined || known === state) return;
    if (known === "confirmed" || known === "cancelled") return;
    rungs[rung] = state;
    this.#tell(`${state} ${rung}`, id);
  }

  // What follows

  #wanted(id: ModelAlarmId): Wanted | null {
    const { at, phase, vitals, runs, rules, lastMessageAt, off } = this.#state;
    const serious = (priority: Priority): Priority => (phase === "infusing" || phase === "paused" ? priority : "low");
    const silentMs = at - this.#silentSince();
    if (id === "monitor-silent") {
      if (silentMs < SILENT_MS) return null;
      return {
        tier: null,
        priority: serious(silentMs < LONG_SILENT_MS ? "medium" : "high"),
        condition: "present",
        limit: null,
      };
    }
    if (id === "pressure-overdue") {
      const due = this.#cuffOverdueAt();
      if (due === null || at < due) return null;
      return { tier: null, priority: at < due + CUFF_EVERY_MS ? "low" : "medium", condition: "present", limit: null };
    }
    if (!isLimit(id)) {
      const { stale, owedSince } = vitals[id === "signal-lost.hr" ? "hr" : "spo2"];
      const talking = silentMs < SILENT_MS && (lastMessageAt ?? 0) > (owedSince ?? at);
      return stale && talking ? { tier: null, priority: serious("medium"), condition: "present", limit: null } : null;
    }
    const vital = vitalOf(id);
    const tier = (["critical", "warning"] as const).find((each) => runs[`${id}.${each}`]?.on === true);
    const rule = tier === undefined ? undefined : rules[vital][directionOf(id)]?.[tier];
    if (tier === undefined || rule === undefined || off.includes(vital)) return null;
    const condition = vitals[vital].stale ? "unknown" : "present";
    return { tier, priority: rule.priority, condition, limit: rule.limit };
  }

  #follow(): void {
    for (const id of ALARM_IDS) {
      const wanted = this.#wanted(id);
      const alarm = this.#state.alarms[id];
      if (alarm === undefined || alarm.condition === "gone") {
        if (wanted !== null) this.#raise(id, wanted, alarm?.unseen ?? false);
      } else if (wanted === null) this.#clear(id, alarm);
      else this.#change(id, alarm, wanted);
      if (wanted !== null) this.#look(id);
    }
  }

  /** What the alarm is about is now so bad, or was worse. */
  #look(id: ModelAlarmId): void {
    const alarm = this.#state.alarms[id];
    const value = isLimit(id) ? this.#state.vitals[vitalOf(id)].value : null;
    if (alarm === undefined || value === null) return;
    const worse = id.endsWith("low") ? Math.min : Math.max;
    alarm.extreme = worse(alarm.extreme ?? value, value);
  }

  #raise(id: ModelAlarmId, wanted: Wanted, unseen: boolean): void {
    this.#tell("raised", id);
    this.#state.alarms[id] = {
      ...wanted,
      acknowledged: false,
      unseen: unseen || wanted.priority === "high",
      callsSince: this.#state.at,
      quiet: false,
      remindAt: null,
      reminded: false,
      rungs: [],
      extreme: null,
    };
  }

  #clear(id: ModelAlarmId, alarm: ModelAlarm): void {
    this.#callOff(id);
    this.#tell("cleared", id);
    if (!alarm.unseen) delete this.#state.alarms[id];
    else Object.assign(alarm, { condition: "gone", tier: null, priority: "high", remindAt: null });
  }

  #change(id: ModelAlarmId, alarm: ModelAlarm, wanted: Wanted): void {
    const up = SEVERITY[wanted.tier ?? wanted.priority] - SEVERITY[alarm.tier ?? alarm.priority];
    if (up !== 0) this.#callOff(id);
    if (up > 0) {
      this.#tell("escalated", id);
      Object.assign(alarm, { acknowledged: false, callsSince: this.#state.at, quiet: false, rungs: [] });
      alarm.unseen ||= wanted.priority === "high";
    } else if (up < 0) this.#tell("deescalated", id);
    else if (alarm.condition !== wanted.condition) this.#tell(wanted.condition, id);
    if (up !== 0) Object.assign(alarm, { remindAt: null, reminded: false });
    Object.assign(alarm, wanted);
  }

  /** What was due or on its way is not needed any more. */
  #callOff(id: ModelAlarmId): void {
    const rungs = this.#state.alarms[id]?.rungs ?? [];
    for (const [rung, state] of rungs.entries()) {
      if (state !== "queued" && state !== "sent") continue;
      rungs[rung] = "cancelled";
      this.#tell(`cancelled ${rung}`, id);
    }
  }

  #tell(change: string, id: ModelAlarmId): void {
    this.#told.push(`${this.#state.at} ${change} ${id}`);
  }
}
