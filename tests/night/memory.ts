/** What the server held on to, hour by hour. */
import type { AtMs } from "@vigil/shared/ids";
import type { Memory } from "./night-server.ts";

export interface MemorySample extends Memory {
  readonly at: AtMs;
  /** Which start of the server, from 1: a new process begins anew. */
  readonly life: number;
}

const HOUR = 3_600_000;
/** The first hour of a life fills what is kept: trends, frames, the sessions' own histories. */
const WARM_UP_MS = HOUR;
/** Below this a life is too short to tell growth from chance. */
const JUDGED_MS = 2.5 * HOUR;
/** The last third of a life against its first: noise of the collector, not a leak. */
const MOST_GROWTH = 1.15;

export interface MemoryJudgement {
  /** Median of the last third to that of the first, after the warm-up, of the longest life; `null` when it was too short. */
  readonly heapGrowth: number | null;
  readonly rssGrowth: number | null;
  readonly problems: readonly string[];
}

export function judgeMemory(samples: readonly MemorySample[]): MemoryJudgement {
  const lives = Map.groupBy(samples, ({ life }) => life);
  const longest = [...lives.values()].sort((a, b) => lasted(b) - lasted(a))[0] ?? [];
  const begun = longest[0]?.at ?? 0;
  const judged = longest.filter(({ at }) => at - begun >= WARM_UP_MS);
  if (lasted(longest) < JUDGED_MS || judged.length < 3) return { heapGrowth: null, rssGrowth: null, problems: [] };
  const heapGrowth = growth(judged.map(({ heapUsed }) => heapUsed));
  const rssGrowth = growth(judged.map(({ rss }) => rss));
  const problems = Object.entries({ heap: heapGrowth, rss: rssGrowth })
    .filter(([, grown]) => grown > MOST_GROWTH)
    .map(
      ([what, grown]) => `the server's ${what} grew to ${grown.toFixed(2)} of what it was, more than ${MOST_GROWTH}`,
    );
  return { heapGrowth, rssGrowth, problems };
}

const lasted = (samples: readonly MemorySample[]): number => (samples.at(-1)?.at ?? 0) - (samples[0]?.at ?? 0);

function growth(values: readonly number[]): number {
  const third = Math.ceil(values.length / 3);
  return median(values.slice(-third)) / median(values.slice(0, third));
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
