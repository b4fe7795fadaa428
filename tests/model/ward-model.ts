/**
 * A ward of one bay in miniature, written from alarms.md and not from the engine: what should stand, and be heard, after
 * any order of readings, commands, silence and crashes. It knows two continuous vitals, one cuff pressure with its rise over
 * the baseline, the alarms of the link, of an overdue cuff and of recovery; the test's protocol leaves nothing else that could alarm.
 */
import { advanceTier, type Baseline, type Edition, RISES, rulesOf, type Watched } from "./rules.ts";
import {
  ALARM_IDS,
  directionOf,
  emptyState,
  isLimit,
  LIMIT_IDS,
  type ModelAlarm,
  type ModelAlarmId,
  mayGo,
  nextDue,
  type RungState,
  rungDue,
  STALE_AFTER_MS,
  type State,
  type Values,
  VITALS,
  vitalOf,
  type Wanted,
  wanted,
} from "./ward-state.ts";

const REMIND_MS = 180_000;
const SEVERITY = { low: 1, medium: 2, high: 3, warning: 10, critical: 20 };

/** The tier decides; within it, or where there is none, the priority. */
const severity = ({ tier, priority }: Wanted): number => SEVERITY[priority] + (tier === null ? 0 : SEVERITY[tier]);

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

  get baseline(): State["baseline"] {
    return this.#state.baseline;
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
    for (let due = nextDue(this.#state); due <= at; due = nextDue(this.#state)) this.#fallDue(due);
    this.#state.at = at;
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
      for (let due = rungDue(alarm); due !== null && due <= at; due = rungDue(alarm)) {
        this.#tell(`queued ${alarm.rungs.length}`, id);
        alarm.rungs.push("queued");
      }
    }
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
    const { at, vitals, rules, runs, off, baseline } = this.#state;
    const { value, stale } = vitals[vital];
    if (value === null || stale || off.includes(vital)) return;
    for (const id of LIMIT_IDS.filter((each) => vitalOf(each) === vital)) {
      const direction = directionOf(id);
      for (const { name, rule } of rulesOf(vital, direction, rules[vital], baseline)) {
        runs[`${id}.${name}`] ??= { on: false, endsAt: null };
        advanceTier(runs[`${id}.${name}`]!, rule, direction, value, at);
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

  measureBaseline(at: number, baseline: Baseline): boolean {
    this.passTo(at);
    if (this.#state.phase !== "preparation") return false;
    this.#state.baseline = baseline;
    for (const vital of VITALS) this.#judge(vital);
    this.#follow();
    return true;
  }

  start(at: number): boolean {
    this.passTo(at);
    if (this.#state.phase !== "preparation" || this.#state.baseline === null) return false;
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

  endInfusion(at: number): boolean {
    this.passTo(at);
    if (this.#state.phase !== "infusing" && this.#state.phase !== "paused") return false;
    Object.assign(this.#state, { phase: "recovery", infusionEndedAt: at });
    this.#follow();
    return true;
  }

  noteDissociation(at: number, dissociated: boolean): boolean {
    this.passTo(at);
    if (this.#state.phase === null) return false;
    this.#state.dissociated = dissociated;
    this.#follow();
    return true;
  }

  confirmWalking(at: number): boolean {
    this.passTo(at);
    const { phase, walks } = this.#state;
    if ((phase !== "recovery" && phase !== "ready") || walks) return false;
    this.#state.walks = true;
    this.#follow();
    return true;
  }

  declareReady(at: number): boolean {
    this.passTo(at);
    if (this.#state.phase !== "recovery" || !mayGo(this.#state)) return false;
    this.#state.phase = "ready";
    this.#follow();
    return true;
  }

  returnToRecovery(at: number): boolean {
    this.passTo(at);
    if (this.#state.phase !== "ready") return false;
    Object.assign(this.#state, { phase: "recovery", walks: false });
    this.#follow();
    return true;
  }

  discharge(at: number): boolean {
    this.passTo(at);
    const { phase } = this.#state;
    if ((phase !== "recovery" && phase !== "ready") || !mayGo(this.#state)) return false;
    return this.#leave(at);
  }

  abandon(at: number): boolean {
    this.passTo(at);
    if (this.#state.phase === null) return false;
    return this.#leave(at);
  }

  #leave(at: number): true {
    for (const id of this.standing) {
      // What was cleared and not seen was cleared then.
      if (this.#state.alarms[id]!.condition === "gone") continue;
      this.#callOff(id);
      this.#tell("cleared", id);
    }
    this.#state = emptyState(at, null);
    return true;
  }

  /** The patient goes to another bay, if it is free, with all that is known of them. */
  transfer(at: number, to: WardModel): boolean {
    this.passTo(at);
    to.passTo(at);
    if (this.#state.phase === null || to.phase !== null) return false;
    const moved = structuredClone(this.#state);
    // Who was called was called to the bay that is left: what nobody has answered calls anew.
    for (const alarm of Object.values(moved.alarms)) {
      if (!alarm.acknowledged && alarm.condition !== "gone") alarm.rungs = [];
    }
    // The next monitor has named nothing yet, so it owes nothing that never was.
    for (const vital of VITALS) {
      if (moved.vitals[vital].value === null) moved.vitals[vital] = { value: null, owedSince: null, stale: false };
    }
    this.#leave(at);
    to.#state = moved;
    to.#follow();
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
    this.#follow();
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
    this.#follow();
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

  setLimits(at: number, vital: Watched, which: Edition): boolean {
    this.passTo(at);
    if (this.#state.phase === null) return false;
    this.#state.rules[vital] = which;
    if (RISES[vital][which] === null) delete this.#state.runs[`${vital}.high.rise` as keyof State["runs"]];
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

  #follow(): void {
    for (const id of ALARM_IDS) {
      const wants = wanted(this.#state, id);
      const alarm = this.#state.alarms[id];
      if (alarm === undefined || alarm.condition === "gone") {
        if (wants !== null) this.#raise(id, wants, alarm?.unseen ?? false);
      } else if (wants === null) this.#clear(id, alarm);
      else this.#change(id, alarm, wants);
      if (wants !== null) this.#look(id);
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

  #raise(id: ModelAlarmId, wants: Wanted, unseen: boolean): void {
    this.#tell("raised", id);
    this.#state.alarms[id] = {
      ...wants,
      acknowledged: false,
      unseen: unseen || wants.priority === "high",
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

  #change(id: ModelAlarmId, alarm: ModelAlarm, wants: Wanted): void {
    const up = severity(wants) - severity(alarm);
    if (up !== 0) this.#callOff(id);
    if (up > 0) {
      this.#tell("escalated", id);
      Object.assign(alarm, { acknowledged: false, callsSince: this.#state.at, quiet: false, rungs: [] });
      alarm.unseen ||= wants.priority === "high";
    } else if (up < 0) this.#tell("deescalated", id);
    else if (alarm.condition !== wants.condition) this.#tell(wants.condition, id);
    if (up !== 0) Object.assign(alarm, { remindAt: null, reminded: false });
    Object.assign(alarm, wants);
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
