/**
 * The night's books, kept from the journal alone: what every alarm went through, counted, and every entry that cannot be.
 * Written from alarms.md, not from the engine.
 */
import type { AlarmEvent, AlarmId, DeliveryEvent, DeliveryState } from "@vigil/shared/alarms";
import type { ActEvent } from "@vigil/shared/bay";
import type { AtMs, BayId, SessionId } from "@vigil/shared/ids";
import type { EscalationRung } from "@vigil/shared/protocol";
import type { Kept, KeptEvent } from "./kept.ts";

/** What is counted of an alarm, a bay, the night. */
export const COLUMNS = [
  "raised",
  "moved",
  "escalated",
  "deescalated",
  "unknown",
  "acknowledged",
  "reminded",
  "cleared",
  "latched",
  "standing",
  "queued",
  "sent",
  "confirmed",
  "failed",
  "cancelled",
] as const;
type Column = (typeof COLUMNS)[number];
export type Counts = Record<Column, number>;

const noCounts = (): Counts => ({
  raised: 0,
  moved: 0,
  escalated: 0,
  deescalated: 0,
  unknown: 0,
  acknowledged: 0,
  reminded: 0,
  cleared: 0,
  latched: 0,
  standing: 0,
  queued: 0,
  sent: 0,
  confirmed: 0,
  failed: 0,
  cancelled: 0,
});

interface StandingAlarm {
  readonly bay: BayId;
  readonly alarm: AlarmId;
  readonly raisedAt: AtMs;
  /** Its condition is over: it latched, and nobody has seen it. */
  readonly gone: boolean;
}

export interface Books {
  readonly byBay: ReadonlyMap<BayId, Counts>;
  readonly byAlarm: ReadonlyMap<AlarmId, Counts>;
  readonly total: Counts;
  readonly standing: readonly StandingAlarm[];
  /** One sentence for each entry that cannot be; empty when the books balance. */
  readonly problems: readonly string[];
}

interface Rung {
  state: DeliveryState;
  readonly at: AtMs;
}

/** One alarm from its raising until it has left. */
interface Account {
  raisedAt: AtMs;
  gone: boolean;
  acknowledged: boolean;
  /** Who acknowledged it was reminded, and may answer. */
  reminded: boolean;
  priority: AlarmEvent["priority"];
  /** From when the ladder counts. */
  callsSince: AtMs;
  /** When it came from another bay, where what was long due is due at once; else long ago. */
  movedAt: AtMs;
  rungs: Rung[];
}

interface BayAccount extends Account {
  bay: BayId;
  alarm: AlarmId;
}

const NEVER = Number.POSITIVE_INFINITY;

/** What may become of a rung; a failed one may still be confirmed by a screen that was slow. */
const AFTER: Readonly<Record<DeliveryState, readonly DeliveryState[]>> = {
  queued: ["sent", "confirmed", "failed", "cancelled"],
  sent: ["confirmed", "failed", "cancelled"],
  failed: ["sent", "confirmed"],
  confirmed: [],
  cancelled: [],
};

/** @param until a rung queued or sent before this must have come to an end: the end of the night, less a moment */
export function keepBooks({ inputs, events }: Kept, ladder: readonly EscalationRung[], until: AtMs): Books {
  const byBay = new Map<BayId, Counts>();
  const byAlarm = new Map<AlarmId, Counts>();
  const total = noCounts();
  const problems: string[] = [];
  const accounts = new Map<string, BayAccount>();
  /** What stood where a session was told to go elsewhere, until it is there. */
  const underway = new Map<SessionId, readonly BayAccount[]>();
  const seen = new Set<string>();

  const count = (bay: BayId, alarm: AlarmId, column: Column) => {
    for (const counts of [entry(byBay, bay), entry(byAlarm, alarm), total]) counts[column] += 1;
  };

  for (const kept of events) {
    const { bay, event } = kept;
    if (event.type === "act" && event.sessionId !== null) takeAct(bay, event, event.sessionId);
    if (event.type !== "alarm" && event.type !== "delivery") continue;
    const problem = (what: string) => problems.push(`${told(kept)}: ${what}`);
    const what = event.type === "alarm" ? event.change : `${event.rung} ${event.state}`;
    const name = `${bay} ${event.alarm} ${what} ${event.at}`;
    if (seen.has(name)) problem("is told twice");
    seen.add(name);
    const key = `${bay} ${event.alarm}`;
    const account = accounts.get(key);
    if (event.type === "delivery") {
      count(bay, event.alarm, event.state);
      takeDelivery(account, event, ladder, problem);
      continue;
    }
    if (event.change !== "present") count(bay, event.alarm, event.change);
    if (event.change === "cleared" && event.latched === true) count(bay, event.alarm, "latched");
    const after = takeAlarm(account, event, problem);
    if (after === undefined) accounts.delete(key);
    else accounts.set(key, { ...after, bay, alarm: event.alarm });
  }
  for (const { bay, alarm, gone, rungs } of accounts.values()) {
    if (!gone) count(bay, alarm, "standing");
    for (const [n, { state, at }] of rungs.entries()) {
      if (!isEnd(state) && at < until) {
        problems.push(`bay ${bay}, ${alarm}: at the end of the night rung ${n} is still ${state}`);
      }
    }
  }
  for (const [name, { raised, moved, cleared, standing }] of [...byBay, ...byAlarm, ["the night", total] as const]) {
    if (raised + moved !== cleared + standing) {
      problems.push(`${name}: ${raised} raised, ${moved} moved in, but ${cleared} cleared and ${standing} standing`);
    }
  }
  problems.push(...judgeOrder({ inputs, events }));
  return {
    byBay,
    byAlarm,
    total,
    problems,
    standing: [...accounts.values()].map(({ bay, alarm, raisedAt, gone }) => ({ bay, alarm, raisedAt, gone })),
  };

  /** Alarms go along with a session that goes elsewhere; what had latched is forgotten with one that ends. */
  function takeAct(bay: BayId, { at, command, phase }: ActEvent, session: SessionId): void {
    if (command === "transfer-session" && phase !== null) {
      for (const account of underway.get(session) ?? []) {
        // Who was called was called to the bay that was left: what nobody has answered calls anew.
        const rungs = account.acknowledged || account.gone ? account.rungs : [];
        accounts.set(`${bay} ${account.alarm}`, { ...account, bay, movedAt: at, rungs });
        if (!account.gone) count(bay, account.alarm, "moved");
      }
      underway.delete(session);
      return;
    }
    if (phase !== null) return;
    const here = [...accounts].filter(([, account]) => account.bay === bay);
    if (command === "transfer-session") {
      const copyOf = (account: BayAccount) => ({ ...account, rungs: account.rungs.map((rung) => ({ ...rung })) });
      underway.set(
        session,
        here.map(([, account]) => copyOf(account)),
      );
    }
    for (const [key, { gone }] of here) if (gone) accounts.delete(key);
  }
}

const isEnd = (state: DeliveryState): boolean => state !== "queued" && state !== "sent";

function entry<K>(counts: Map<K, Counts>, key: K): Counts {
  const found = counts.get(key) ?? noCounts();
  counts.set(key, found);
  return found;
}

const told = ({ id, bay, event }: KeptEvent): string => {
  const what =
    event.type === "alarm"
      ? `${event.change} ${event.alarm}`
      : event.type === "delivery"
        ? `${event.alarm} rung ${event.rung} ${event.state}`
        : event.type;
  return `event ${id}, bay ${bay}, ${new Date(event.at).toISOString().slice(11, 23)}, ${what}`;
};

/** The account after one more event; `undefined` when the alarm has left. */
function takeAlarm(
  account: Account | undefined,
  event: AlarmEvent,
  problem: (what: string) => void,
): Account | undefined {
  const { at, change, priority } = event;
  if (change === "raised") {
    if (account !== undefined && !account.gone) problem("it stands already");
    leave(account, problem);
    const open = { gone: false, acknowledged: false, reminded: false, movedAt: Number.NEGATIVE_INFINITY };
    return { ...open, raisedAt: at, priority, callsSince: at, rungs: [] };
  }
  if (account === undefined) {
    problem("no such alarm was raised");
    return undefined;
  }
  if (at < account.raisedAt) problem("before it was raised");
  if (account.gone && change !== "acknowledged") problem("its condition is over already");
  switch (change) {
    case "cleared":
      if (event.latched === true) return { ...account, gone: true };
      leave(account, problem);
      return undefined;
    case "acknowledged":
      if (account.acknowledged && !account.reminded) problem("it is acknowledged already");
      if (event.by === undefined) problem("by nobody");
      if (account.gone) leave(account, problem);
      return account.gone ? undefined : { ...account, acknowledged: true, reminded: false };
    case "escalated":
      leave(account, problem);
      return { ...account, priority, acknowledged: false, reminded: false, callsSince: at, rungs: [] };
    case "deescalated":
      return { ...account, priority, reminded: false };
    case "reminded":
      if (!account.acknowledged || account.priority !== "high") problem("nobody has acknowledged it as a high alarm");
      return { ...account, reminded: true };
    default:
      return account;
  }
}

/** Whatever was under way of its ladder must have come to an end before. */
function leave(account: Account | undefined, problem: (what: string) => void): void {
  for (const [n, { state }] of (account?.rungs ?? []).entries()) {
    if (!isEnd(state)) problem(`rung ${n} of its ladder is left ${state} for ever`);
  }
}

function takeDelivery(
  account: Account | undefined,
  { at, rung, state, target }: DeliveryEvent,
  ladder: readonly EscalationRung[],
  problem: (what: string) => void,
): void {
  const before = account?.rungs[rung];
  if (account === undefined) problem("no such alarm stands");
  else if (state === "queued") queue(account);
  else if (before === undefined) problem("this rung was never queued");
  else {
    if (!AFTER[before.state].includes(state)) problem(`after ${before.state}`);
    if (at < before.at) problem("before it was queued");
    before.state = state;
  }

  function queue(calling: Account): void {
    const step = ladder[rung];
    if (rung !== calling.rungs.length) problem("out of the ladder's order");
    if (calling.acknowledged || calling.gone || calling.priority !== "high") problem("nobody needs to be called");
    if (step === undefined || step.target !== target) problem("the ladder has no such rung");
    else if (at !== Math.max(calling.callsSince + step.afterS * 1000, calling.movedAt)) {
      problem(`not ${step.afterS} s after it began to call`);
    }
    if (rung === calling.rungs.length) calling.rungs.push({ state, at });
  }
}

/** No event before its cause, none after what came next; every command answered by exactly one act or refusal. */
function judgeOrder({ inputs, events }: Kept): string[] {
  const problems: string[] = [];
  const bySeq = new Map(inputs.map((kept) => [kept.seq, { ...kept, since: Number.NEGATIVE_INFINITY, until: NEVER }]));
  const before = new Map<BayId, number>();
  for (const { seq, bay, input } of inputs) {
    const [now, last] = [bySeq.get(seq), bySeq.get(before.get(bay) ?? -1)];
    // What fell due after the bay's input before is told with this one; what falls due later, before the next.
    if (now !== undefined) now.since = last?.input.at ?? now.since;
    if (last !== undefined) {
      last.until = input.at;
      if (input.at < last.input.at) problems.push(`bay ${bay}, input ${seq}: before input ${last.seq}`);
    }
    before.set(bay, seq);
  }
  const answers = new Map<number, number>();
  const lastOf = new Map<BayId, KeptEvent>();
  for (const kept of events) {
    const { bay, seq, event } = kept;
    const cause = bySeq.get(seq);
    if (cause === undefined || cause.bay !== bay) problems.push(`${told(kept)}: its input ${seq} is not kept`);
    else if (event.at < cause.since || event.at > cause.until) {
      problems.push(`${told(kept)}: it lies outside the time of its input ${seq}`);
    }
    const last = lastOf.get(bay);
    if (last !== undefined && (event.at < last.event.at || seq < last.seq)) {
      problems.push(`${told(kept)}: before ${told(last)}, which was kept earlier`);
    }
    lastOf.set(bay, kept);
    if (event.type !== "act" && event.type !== "refused") continue;
    const isArrival = cause?.input.kind === "arrival" && event.command === "transfer-session";
    if ((cause?.input.kind !== "command" && !isArrival) || cause?.input.at !== event.at) {
      problems.push(`${told(kept)}: there is no such command`);
    }
    answers.set(seq, (answers.get(seq) ?? 0) + 1);
  }
  for (const { seq, bay, input } of inputs) {
    const given = answers.get(seq) ?? 0;
    if (input.kind === "command" && given !== 1) problems.push(`bay ${bay}, command ${input.id}: ${given} answers`);
  }
  return problems;
}
