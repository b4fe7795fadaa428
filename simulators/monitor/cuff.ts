/** The cuff of a simulated monitor: it takes its time, is not exact, and fails now and then (clinical.md). */
import type { AtMs, DurationMs } from "@vigil/shared/ids";
import type { ReadingValues } from "@vigil/shared/vitals";
import type { Truth } from "../patient/index.ts";
import type { Random, Range } from "../random/index.ts";

const TAKES_S: Range = [20, 45];
const NOISE_SD_MMHG = 4;
/** What would be further off, the monitor itself throws away (practice). */
const NOISE_MOST_MMHG = 8;
const FAILS = 0.03;
/** An arm that moves shakes the oscillations away. */
const FAILS_WHILE_MOVING = 0.5;
/** After a failure it tries once more soon, as monitors do. */
const TRIES_AGAIN_AFTER_MS = 8_000;

export interface CuffTrouble {
  /** Every measurement fails: a leak, a kinked hose. */
  readonly leaks: boolean;
  readonly moving: boolean;
}

export interface Cuff {
  /** Measures now, unless it already does. */
  start(at: AtMs): void;
  /** Forgets what it was measuring; its cycle counts from `at`. */
  restart(at: AtMs): void;
  readonly measuring: boolean;
  /** Goes on to `at`; gives the result in the call in which it is there. `interval` null: it measures only when started. */
  step(at: AtMs, truth: Truth, trouble: CuffTrouble, interval: DurationMs | null): ReadingValues | null;
}

export function newCuff(random: Random): Cuff {
  let startedAt: AtMs | null = null;
  let doneAt: AtMs | null = null;
  let againAt: AtMs | null = null;

  const begin = (at: AtMs) => {
    startedAt = at;
    doneAt = at + random.within(TAKES_S) * 1000;
    againAt = null;
  };

  return {
    start(at) {
      if (doneAt === null) begin(at);
    },
    restart(at) {
      startedAt = at;
      doneAt = null;
      againAt = null;
    },
    get measuring() {
      return doneAt !== null;
    },
    step(at, truth, { leaks, moving }, interval) {
      if (doneAt === null) {
        const cycleAt = interval === null || startedAt === null ? null : startedAt + interval;
        if ((againAt !== null && at >= againAt) || (cycleAt !== null && at >= cycleAt)) begin(at);
        return null;
      }
      if (at < doneAt) return null;
      doneAt = null;
      if (random.chance(moving ? FAILS_WHILE_MOVING : FAILS) || leaks) {
        againAt = at + TRIES_AGAIN_AFTER_MS;
        return { sbp: null, dbp: null, map: null };
      }
      return measured(truth, random);
    },
  };
}

function measured(truth: Truth, random: Random): ReadingValues {
  const sbp = Math.round(truth.sbp + noise(random));
  const dbp = Math.min(sbp - 8, Math.round(truth.dbp + noise(random)));
  return { sbp, dbp, map: Math.round(dbp + (sbp - dbp) / 3) };
}

const noise = (random: Random): number =>
  Math.min(NOISE_MOST_MMHG, Math.max(-NOISE_MOST_MMHG, NOISE_SD_MMHG * random.normal()));
