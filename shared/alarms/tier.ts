/**
 * One tier of one direction of one vital: a machine of four states that runs alone (alarms.md, "Limit alarms").
 *
 *   inactive ──violating──► pending ──delay──► active ──recovered──► recovering ──offDelay──► inactive
 *      ▲                       │                  ▲                       │
 *      └────not violating──────┘                  └────not recovered──────┘
 *
 * Going stale: pending → inactive, recovering → active; an active tier stays active. Every function gives the same object
 * back when nothing changes, so that a quiet reading costs a few comparisons and no memory.
 */
import type { AtMs, DurationMs } from "../ids/index.ts";
import type { Direction, Priority, Tier, TierRule } from "../protocol/index.ts";

export interface TierWatch {
  readonly tier: Tier;
  /** `relative.n`: the limit was computed from the session's baseline by the vital's relative rule n. */
  readonly source: "absolute" | `relative.${number}`;
  readonly limit: number;
  /** The value at which it has recovered: limit ∓ deadband. */
  readonly recoveredAt: number;
  readonly priority: Priority;
  readonly delayMs: DurationMs;
  readonly offDelayMs: DurationMs;
  readonly state: "inactive" | "pending" | "active" | "recovering";
  /** Start of `state` where it is timed (pending t₀, recovering r₀). */
  readonly since: AtMs;
}

export function tierWatch(direction: Direction, tier: Tier, source: TierWatch["source"], rule: TierRule): TierWatch {
  return {
    tier,
    source,
    limit: rule.limit,
    recoveredAt: direction === "high" ? rule.limit - rule.deadband : rule.limit + rule.deadband,
    priority: rule.priority,
    delayMs: Math.round(rule.delay * 1000),
    offDelayMs: Math.round(rule.offDelay * 1000),
    state: "inactive",
    since: 0,
  };
}

/** An active tier counts until its offDelay has run out. */
export const isActive = (watch: TierWatch): boolean => watch.state === "active" || watch.state === "recovering";

/** When the running delay ends by itself; `Infinity` when none runs. */
export function tierDeadline(watch: TierWatch): AtMs {
  if (watch.state === "pending") return watch.since + watch.delayMs;
  if (watch.state === "recovering") return watch.since + watch.offDelayMs;
  return Number.POSITIVE_INFINITY;
}

/** A valid reading at `at`. Deadlines up to `at` must have been settled. */
export function tierOnReading(watch: TierWatch, direction: Direction, value: number, at: AtMs): TierWatch {
  const violating = direction === "high" ? value > watch.limit : value < watch.limit;
  switch (watch.state) {
    case "inactive":
      if (!violating) return watch;
      return { ...watch, state: watch.delayMs === 0 ? "active" : "pending", since: at };
    case "pending":
      return violating ? watch : { ...watch, state: "inactive", since: at };
    case "active":
      if (!hasRecovered(watch, direction, value)) return watch;
      return { ...watch, state: watch.offDelayMs === 0 ? "inactive" : "recovering", since: at };
    case "recovering":
      return hasRecovered(watch, direction, value) ? watch : { ...watch, state: "active", since: at };
  }
}

const hasRecovered = (watch: TierWatch, direction: Direction, value: number): boolean =>
  direction === "high" ? value <= watch.recoveredAt : value >= watch.recoveredAt;

/** Its delay has run out by `at`. */
export function tierOnDeadline(watch: TierWatch, at: AtMs): TierWatch {
  if (tierDeadline(watch) > at) return watch;
  return { ...watch, state: watch.state === "pending" ? "active" : "inactive", since: at };
}

/** The vital has gone stale: what has not been confirmed is dropped, what was active stays. */
export function tierOnStale(watch: TierWatch, at: AtMs): TierWatch {
  if (watch.state === "pending") return { ...watch, state: "inactive", since: at };
  if (watch.state === "recovering") return { ...watch, state: "active", since: at };
  return watch;
}
