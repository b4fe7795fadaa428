/** Two runs over the same inputs, alarm by alarm. */
import { priorityRank } from "../alarms/index.ts";
import type { AtMs } from "../ids/index.ts";
import { PRIORITIES, type Priority } from "../protocol/index.ts";
import { VITALS } from "../vitals/index.ts";
import { type Episode, episodesOf, standingMs } from "./episodes.ts";
import type { Replay } from "./replay.ts";

/**
 * `moved`: in both, and they overlap, but it begins, ends or weighs otherwise. `gained` and `lost`: there is no such alarm at
 * that time in the other.
 */
export type Difference =
  | { readonly kind: "gained"; readonly before: null; readonly after: Episode }
  | { readonly kind: "lost"; readonly before: Episode; readonly after: null }
  | { readonly kind: "moved"; readonly before: Episode; readonly after: Episode };

/** Of one source (a vital's value, or another alarm by its id) and one priority. */
export interface ComparedSource {
  readonly source: string;
  readonly priority: Priority;
  readonly before: { readonly alarms: number; readonly standingMs: number };
  readonly after: { readonly alarms: number; readonly standingMs: number };
  readonly gained: number;
  readonly lost: number;
  readonly moved: number;
}

export interface Comparison {
  /** In the order of the catalogue of vitals, then of names; gravest first. */
  readonly sources: readonly ComparedSource[];
  /** In order of time. */
  readonly differences: readonly Difference[];
}

export function compare(before: Replay, after: Replay): Comparison {
  const a = episodesOf(before.log);
  const b = episodesOf(after.log);
  const differences = differencesOf(a, b, Math.max(before.to, after.to));
  return { sources: sourcesOf(a, b, before.to, after.to, differences), differences };
}

const startsAt = ({ before, after }: Difference): AtMs =>
  Math.min(before?.raisedAt ?? Number.POSITIVE_INFINITY, after?.raisedAt ?? Number.POSITIVE_INFINITY);

function differencesOf(a: readonly Episode[], b: readonly Episode[], until: AtMs): Difference[] {
  const differences: Difference[] = [];
  const byAlarm = Map.groupBy(b, keyOf);
  const matched = new Set<Episode>();
  const overlap = (one: Episode, other: Episode) =>
    one.raisedAt <= (other.clearedAt ?? until) && other.raisedAt <= (one.clearedAt ?? until);
  for (const before of a) {
    const candidates = (byAlarm.get(keyOf(before)) ?? []).filter((each) => !matched.has(each));
    const after =
      candidates.find((each) => each.raisedAt === before.raisedAt) ?? candidates.find((each) => overlap(before, each));
    if (after === undefined) {
      differences.push({ kind: "lost", before, after: null });
      continue;
    }
    matched.add(after);
    if (!isSame(before, after)) differences.push({ kind: "moved", before, after });
  }
  for (const after of b) if (!matched.has(after)) differences.push({ kind: "gained", before: null, after });
  return differences.sort((one, other) => startsAt(one) - startsAt(other));
}

const keyOf = ({ bay, alarm }: Episode): string => `${bay} ${alarm}`;

const isSame = (a: Episode, b: Episode): boolean =>
  a.raisedAt === b.raisedAt &&
  a.clearedAt === b.clearedAt &&
  a.stages.length === b.stages.length &&
  a.stages.every(({ from, priority }, i) => b.stages[i]?.from === from && b.stages[i]?.priority === priority);

/** The vital for a limit alarm, both directions together; the alarm's own id for all others. */
const sourceOf = ({ kind, alarm }: Pick<Episode, "kind" | "alarm">): string =>
  kind === "physiological" ? (alarm.split(".")[0] ?? alarm) : alarm;

interface Tally {
  readonly before: { alarms: number; standingMs: number };
  readonly after: { alarms: number; standingMs: number };
  gained: number;
  lost: number;
  moved: number;
}

function sourcesOf(
  a: readonly Episode[],
  b: readonly Episode[],
  untilA: AtMs,
  untilB: AtMs,
  differences: readonly Difference[],
): ComparedSource[] {
  const tallies = new Map<string, Tally>();
  const tally = (source: string, priority: Priority): Tally => {
    const key = `${source} ${priority}`;
    const known = tallies.get(key);
    if (known !== undefined) return known;
    const fresh: Tally = {
      before: { alarms: 0, standingMs: 0 },
      after: { alarms: 0, standingMs: 0 },
      gained: 0,
      lost: 0,
      moved: 0,
    };
    tallies.set(key, fresh);
    return fresh;
  };
  for (const [side, episodes, until] of [
    ["before", a, untilA],
    ["after", b, untilB],
  ] as const) {
    for (const episode of episodes) {
      tally(sourceOf(episode), episode.priority)[side].alarms += 1;
      for (const [priority, ms] of standingMs(episode, until)) {
        tally(sourceOf(episode), priority)[side].standingMs += ms;
      }
    }
  }
  for (const { kind, before, after } of differences) {
    const of = after ?? before;
    if (of !== null) tally(sourceOf(of), of.priority)[kind] += 1;
  }
  return inOrder([...tallies].map(([key, counts]) => withKey(key, counts)));
}

function withKey(key: string, counts: Omit<ComparedSource, "source" | "priority">): ComparedSource {
  const [source = "", name = ""] = key.split(" ");
  const priority = PRIORITIES.find((each) => each === name) ?? "low";
  return { source, priority, ...counts };
}

const rankOf = (source: string): number => {
  const place = VITALS.findIndex((vital) => vital === source);
  return place === -1 ? VITALS.length : place;
};

const inOrder = (sources: ComparedSource[]): ComparedSource[] =>
  sources.sort(
    (x, y) =>
      rankOf(x.source) - rankOf(y.source) ||
      x.source.localeCompare(y.source) ||
      priorityRank(y.priority) - priorityRank(x.priority),
  );

/** Many comparisons as one table: sums by source and priority. */
export function sumSources(all: Iterable<readonly ComparedSource[]>): ComparedSource[] {
  const sums = new Map<string, ComparedSource>();
  for (const sources of all) {
    for (const each of sources) {
      const key = `${each.source} ${each.priority}`;
      const sum = sums.get(key);
      sums.set(key, sum === undefined ? each : added(sum, each));
    }
  }
  return inOrder([...sums.values()]);
}

const added = (a: ComparedSource, b: ComparedSource): ComparedSource => ({
  ...a,
  before: { alarms: a.before.alarms + b.before.alarms, standingMs: a.before.standingMs + b.before.standingMs },
  after: { alarms: a.after.alarms + b.after.alarms, standingMs: a.after.standingMs + b.after.standingMs },
  gained: a.gained + b.gained,
  lost: a.lost + b.lost,
  moved: a.moved + b.moved,
});
