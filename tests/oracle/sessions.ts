/**
 * Predicts every limit alarm of a whole feed: several bays, sessions that its commands open and end, limits that nurses edit,
 * rises over the baseline, alarms switched off.
 *
 * Written from alarms.md and feeds.md, and shares no code with the engine. Time is told instant by instant: at each instant
 * first everything that falls due, as one step of each bay, then the lines in their order.
 */
import {
  DIRECTIONS,
  type Direction,
  type Limits,
  type Priority,
  type TierLimit,
  VITALS,
  type Vital,
} from "./limit-alarms.ts";

interface Rise {
  vital: Vital;
  riseOverBaseline: number;
  priority: Priority;
  delay: number;
  offDelay: number;
  deadband: number;
}
export interface FeedProtocol {
  limits: Limits;
  relative: Rise[];
  /** Seconds. */
  staleAfter: Partial<Record<Vital, number>>;
  cuffIntervalMin: { infusing: number; recovery: number };
}
type FeedCommand =
  | { type: "open-session" }
  | { type: "record-baseline"; values: Partial<Record<Vital, number>> }
  | { type: "set-limits"; vital: Vital; limits: NonNullable<Limits[Vital]>; relative: Omit<Rise, "vital">[] }
  | { type: "alarm-off" | "alarm-on"; vital: Vital }
  | { type: "abandon-session" };
export type SessionLine = { t: number; bay: string; command?: FeedCommand } & Partial<Record<Vital, number | null>>;

export interface SessionEvent {
  t: number;
  bay: string;
  event: "raised" | "escalated" | "deescalated" | "cleared" | "unknown" | "present";
  alarm: string;
  tier: "warning" | "critical" | null;
  priority: Priority;
  value: number;
  limit: number;
}

/** One tier of one direction of one vital: it runs alone. */
interface Machine {
  key: string;
  tier: "warning" | "critical";
  rule: TierLimit;
  state: "inactive" | "pending" | "active" | "recovering";
  /** ms: t₀ or r₀. */
  since: number;
}
interface Told {
  tier: "warning" | "critical";
  priority: Priority;
  limit: number;
  unknown: boolean;
}
interface Session {
  limits: Limits;
  relative: Rise[];
  baseline: Partial<Record<Vital, number>> | null;
  off: Set<Vital>;
  last: Partial<Record<Vital, { value: number; at: number; stale: boolean }>>;
  machines: Map<string, Machine[]>;
  told: Map<string, Told>;
}

const NAMES = VITALS.flatMap((vital) =>
  DIRECTIONS.map((direction) => ({ vital, direction, name: `${vital}.${direction}` })),
);
const CUFF: readonly Vital[] = ["sbp", "dbp", "map"];
const ms = (seconds: number) => Math.round(seconds * 1000);

export function predictSessions(
  lines: readonly SessionLine[],
  header: { bays: readonly string[]; cadence: number },
  protocol: FeedProtocol,
): SessionEvent[] {
  const events: SessionEvent[] = [];
  const sessions = new Map<string, Session | null>(header.bays.map((bay) => [bay, null]));

  const staleMs = (vital: Vital): number => {
    const own = protocol.staleAfter[vital];
    if (own !== undefined) return ms(own);
    return CUFF.includes(vital)
      ? protocol.cuffIntervalMin.infusing * 2 * 60_000
      : Math.max(5_000, ms(2.5 * header.cadence));
  };

  /** When the machine, or the vital's freshness, comes to its next end. */
  const duesOf = (session: Session): number[] => [
    ...[...session.machines.values()].flat().flatMap(({ state, since, rule }) => {
      if (state === "pending") return [since + ms(rule.delay)];
      return state === "recovering" ? [since + ms(rule.offDelay)] : [];
    }),
    ...VITALS.flatMap((vital) => {
      const last = session.last[vital];
      return last === undefined || last.stale ? [] : [last.at + staleMs(vital)];
    }),
  ];

  let now = Number.NEGATIVE_INFINITY;

  function settle(until: number): void {
    for (;;) {
      const dues = [...sessions.values()].flatMap((session) => (session === null ? [] : duesOf(session)));
      // A shorter delay can lie in the past: it has then run out at once, for nothing happens before its cause.
      const next = Math.max(now, Math.min(...dues));
      if (next > until) return;
      now = next;
      for (const [bay, session] of sessions) {
        if (session === null || !duesOf(session).some((due) => due <= next)) continue;
        for (const { vital, name } of NAMES) {
          const last = session.last[vital];
          const goesStale = last !== undefined && !last.stale && last.at + staleMs(vital) <= next;
          for (const machine of session.machines.get(name) ?? []) {
            const { state, since, rule } = machine;
            if (state === "pending" && since + ms(rule.delay) <= next) machine.state = "active";
            else if (state === "recovering" && since + ms(rule.offDelay) <= next) machine.state = "inactive";
            if (!goesStale) continue;
            if (machine.state === "pending") machine.state = "inactive";
            if (machine.state === "recovering") machine.state = "active";
          }
        }
        for (const vital of VITALS) {
          const last = session.last[vital];
          if (last !== undefined && last.at + staleMs(vital) <= next) last.stale = true;
        }
        tell(bay, session, next);
      }
    }
  }

  /** What changed of each alarm in one step. */
  function tell(bay: string, session: Session, at: number): void {
    for (const { vital, name } of NAMES) {
      const active = (session.machines.get(name) ?? []).filter(
        ({ state }) => state === "active" || state === "recovering",
      );
      const highest = active.find(({ tier }) => tier === "critical") ?? active[0];
      const before = session.told.get(name);
      const { value = 0, stale = false } = session.last[vital] ?? {};
      const said = { t: at / 1000, bay, alarm: name, value };
      if (highest === undefined) {
        if (before !== undefined) {
          events.push({ ...said, event: "cleared", tier: null, priority: before.priority, limit: before.limit });
        }
        session.told.delete(name);
        continue;
      }
      const now: Told = {
        tier: highest.tier,
        priority: highest.rule.priority,
        limit: highest.rule.limit,
        unknown: stale,
      };
      session.told.set(name, now);
      const of = { ...said, tier: now.tier, priority: now.priority, limit: now.limit };
      if (before === undefined) events.push({ ...of, event: "raised" });
      else if (before.tier !== now.tier)
        events.push({ ...of, event: now.tier === "critical" ? "escalated" : "deescalated" });
      else if (before.unknown !== now.unknown) events.push({ ...of, event: now.unknown ? "unknown" : "present" });
    }
  }

  function read(session: Session, line: SessionLine, at: number): void {
    for (const { vital, direction, name } of NAMES) {
      const value = line[vital];
      if (typeof value !== "number") continue;
      session.last[vital] = { value, at, stale: false };
      for (const machine of session.machines.get(name) ?? []) onValue(machine, direction, value, at);
    }
  }

  /** Limits as they are now; a tier that was there before goes on from where it was, by the last valid reading. */
  function rearm(session: Session, at: number): void {
    const machines = new Map<string, Machine[]>();
    for (const { vital, direction, name } of NAMES) {
      if (session.off.has(vital)) continue;
      const tiers = rulesOf(session, vital, direction).map(({ key, tier, rule }): Machine => {
        const known = session.machines.get(name)?.find((each) => each.key === key);
        return { key, tier, rule, state: known?.state ?? "inactive", since: known?.since ?? at };
      });
      const last = session.last[vital];
      if (last !== undefined && !last.stale) for (const machine of tiers) onValue(machine, direction, last.value, at);
      if (tiers.length > 0) machines.set(name, tiers);
    }
    session.machines = machines;
  }

  function act(bay: string, command: FeedCommand, at: number): void {
    const session = sessions.get(bay) ?? null;
    if (command.type === "open-session") {
      if (session !== null) return;
      const { limits, relative } = protocol;
      const fresh = {
        limits,
        relative,
        baseline: null,
        off: new Set<Vital>(),
        last: {},
        machines: new Map(),
        told: new Map(),
      };
      sessions.set(bay, fresh);
      rearm(fresh, at);
      return;
    }
    if (session === null) return;
    switch (command.type) {
      case "record-baseline":
        session.baseline = command.values;
        break;
      case "set-limits": {
        const rises = command.relative.map((rise) => ({ vital: command.vital, ...rise }));
        session.limits = { ...session.limits, [command.vital]: command.limits };
        session.relative = [...session.relative.filter(({ vital }) => vital !== command.vital), ...rises];
        break;
      }
      case "alarm-off":
        session.off.add(command.vital);
        break;
      case "alarm-on":
        session.off.delete(command.vital);
        break;
      case "abandon-session":
        session.machines = new Map();
        tell(bay, session, at);
        sessions.set(bay, null);
        return;
    }
    rearm(session, at);
    tell(bay, session, at);
  }

  for (const line of lines) {
    const at = ms(line.t);
    settle(at);
    now = at;
    const opens = line.command?.type === "open-session";
    if (opens && line.command !== undefined) act(line.bay, line.command, at);
    const session = sessions.get(line.bay) ?? null;
    if (session !== null) {
      read(session, line, at);
      tell(line.bay, session, at);
    }
    if (!opens && line.command !== undefined) act(line.bay, line.command, at);
    settle(at);
  }
  return events;
}

function onValue(machine: Machine, direction: Direction, value: number, at: number): void {
  const { limit, deadband, delay, offDelay } = machine.rule;
  const violating = direction === "high" ? value > limit : value < limit;
  const recovered = direction === "high" ? value <= limit - deadband : value >= limit + deadband;
  const go = (state: Machine["state"]) => {
    machine.state = state;
    machine.since = at;
  };
  if (machine.state === "inactive" && violating) go(delay === 0 ? "active" : "pending");
  else if (machine.state === "pending" && !violating) go("inactive");
  else if (machine.state === "active" && recovered) go(offDelay === 0 ? "inactive" : "recovering");
  else if (machine.state === "recovering" && !recovered) go("active");
}

function rulesOf(
  { limits, relative, baseline }: Session,
  vital: Vital,
  direction: Direction,
): { key: string; tier: "warning" | "critical"; rule: TierLimit }[] {
  const { warning, critical } = limits[vital]?.[direction] ?? {};
  const base = baseline?.[vital];
  const rises = direction === "high" && base !== undefined ? relative.filter((rise) => rise.vital === vital) : [];
  return [
    // In hundredths, of which a share of whole numbers is never a fraction.
    ...rises.map((rise, n) => ({
      key: `rise ${n}`,
      tier: "warning" as const,
      rule: { ...rise, limit: ((base ?? 0) * (100 + Math.round(rise.riseOverBaseline * 100))) / 100 },
    })),
    ...(warning === undefined ? [] : [{ key: "warning", tier: "warning" as const, rule: warning }]),
    ...(critical === undefined ? [] : [{ key: "critical", tier: "critical" as const, rule: critical }]),
  ];
}
