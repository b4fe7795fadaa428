/**
 * All tiers of one vital in one direction: together they are one alarm, whose tier is the highest active (alarms.md).
 */
import type { AtMs } from "../ids/index.ts";
import { DIRECTIONS, type Direction, type Limits, PRIORITIES, type RelativeRule, TIERS } from "../protocol/index.ts";
import { VITALS, type Vital } from "../vitals/index.ts";
import type { LimitAlarmId } from "./alarm.ts";
import {
  isActive,
  type TierWatch,
  tierDeadline,
  tierOnDeadline,
  tierOnReading,
  tierOnStale,
  tierWatch,
} from "./tier.ts";

/** How far the delays of a vital's tiers have run, in one direction: plain data. */
export interface WatchedTiers {
  readonly id: LimitAlarmId;
  readonly vital: Vital;
  readonly direction: Direction;
  /** From the mildest to the gravest. */
  readonly tiers: readonly TierWatch[];
}

/** With what is looked at on every reading, and follows from the tiers. */
export interface LimitWatch extends WatchedTiers {
  /** When the next running delay of a tier ends; `Infinity` when none runs. */
  readonly deadline: AtMs;
  /** While nothing has begun, the first limit that a value would have to pass; `NaN` otherwise. */
  readonly firstLimit: number;
}

const limitWatch = (watch: WatchedTiers): LimitWatch => ({
  id: watch.id,
  vital: watch.vital,
  direction: watch.direction,
  tiers: watch.tiers,
  deadline: Math.min(...watch.tiers.map(tierDeadline)),
  firstLimit: firstLimit(watch.direction, watch.tiers),
});

function firstLimit(direction: Direction, tiers: readonly TierWatch[]): number {
  if (tiers.some((tier) => tier.state !== "inactive")) return Number.NaN;
  const limits = tiers.map((tier) => tier.limit);
  return direction === "high" ? Math.min(...limits) : Math.max(...limits);
}

/** Baseline values that relative rules compare with; a vital without one has no relative limit. */
export type BaselineOf = { readonly [V in Vital]?: number };

/** The watches of a set of rules, all inactive, in the order in which events of one step are given. */
export function limitWatches(
  limits: Limits,
  relative: readonly RelativeRule[],
  baseline: BaselineOf | null,
  off: readonly Vital[],
): readonly LimitWatch[] {
  const watches: LimitWatch[] = [];
  for (const vital of VITALS) {
    if (off.includes(vital)) continue;
    for (const direction of DIRECTIONS) {
      const tiers = [
        ...(direction === "high" ? relativeTiers(vital, relative, baseline) : []),
        ...TIERS.flatMap((tier) => {
          const rule = limits[vital]?.[direction]?.[tier];
          return rule === undefined ? [] : [tierWatch(direction, tier, "absolute", rule)];
        }),
      ];
      if (tiers.length > 0) watches.push(limitWatch({ id: `${vital}.${direction}`, vital, direction, tiers }));
    }
  }
  return watches;
}

function relativeTiers(vital: Vital, rules: readonly RelativeRule[], baseline: BaselineOf | null): TierWatch[] {
  return rules
    .filter((rule) => rule.vital === vital)
    .flatMap((rule, n) => {
      const limit = relativeLimit(rule, baseline);
      return limit === null ? [] : [tierWatch("high", "warning", `relative.${n}`, { ...rule, limit })];
    });
}

/** Binary fractions leave noise at the far end (110 × 1.3 = 143.00000000000003); no limit is meant to that place. */
const NOISE = 1e9;

/** The limit that a rise over the baseline comes to, exactly; `null` without a baseline. */
export function relativeLimit(rule: RelativeRule, baseline: BaselineOf | null): number | null {
  const base = baseline?.[rule.vital];
  return base === undefined ? null : Math.round(base * (1 + rule.riseOverBaseline) * NOISE) / NOISE;
}

/** New rules, old states: a tier that exists in both goes on where it was. */
export function carryOver(before: readonly WatchedTiers[], after: readonly LimitWatch[]): readonly LimitWatch[] {
  return after.map((watch) => {
    const old = before.find((candidate) => candidate.id === watch.id);
    if (old === undefined) return watch;
    const tiers = watch.tiers.map((tier) => {
      const same = old.tiers.find((candidate) => candidate.tier === tier.tier && candidate.source === tier.source);
      return same === undefined ? tier : { ...tier, state: same.state, since: same.since };
    });
    return limitWatch({ ...watch, tiers });
  });
}

/** The highest active tier, within it the gravest priority; `null` when the alarm's condition does not hold. */
export function activeTier(watch: LimitWatch): TierWatch | null {
  let gravest: TierWatch | null = null;
  for (const tier of watch.tiers) {
    if (!isActive(tier)) continue;
    if (gravest === null || tier.tier !== gravest.tier || rank(tier) >= rank(gravest)) gravest = tier;
  }
  return gravest;
}

const rank = ({ priority }: TierWatch): number => PRIORITIES.length - PRIORITIES.indexOf(priority);

export function watchOnReading(watch: LimitWatch, value: number, at: AtMs): LimitWatch {
  const { tiers, direction, firstLimit } = watch;
  if (direction === "high" ? value <= firstLimit : value >= firstLimit) return watch;
  let changed: TierWatch[] | null = null;
  for (let i = 0; i < tiers.length; i++) {
    const tier = tiers[i];
    if (tier === undefined) continue;
    const next = tierOnReading(tier, direction, value, at);
    if (next !== tier) {
      changed ??= [...tiers];
      changed[i] = next;
    }
  }
  return changed === null ? watch : limitWatch({ ...watch, tiers: changed });
}

/** Delays that have run out by `at`; then, if the vital goes stale at this same instant, staleness. */
export function watchOnDeadline(watch: LimitWatch, at: AtMs, goesStale: boolean): LimitWatch {
  const tiers = watch.tiers.map((tier) => {
    const ended = tierOnDeadline(tier, at);
    return goesStale ? tierOnStale(ended, at) : ended;
  });
  return tiers.every((tier, i) => tier === watch.tiers[i]) ? watch : limitWatch({ ...watch, tiers });
}
