/** Readings put together minute by minute: of each vital the lowest, the median and the highest value, and how many there were. */

import type { AtMs } from "@vigil/shared/ids";
import { VITALS, type Vital } from "@vigil/shared/vitals";

export const MINUTE_MS = 60_000;

export interface ThinMinute {
  /** Its beginning. */
  readonly at: AtMs;
  readonly vital: Vital;
  readonly count: number;
  readonly low: number;
  /** Of an even number, the mean of the two in the middle. */
  readonly median: number;
  readonly high: number;
}

export type TimedValues = { readonly at: AtMs } & { readonly [V in Vital]: number | null };

/** Oldest first. Values that are missing count for nothing. */
export function thinMinutes(readings: readonly TimedValues[]): readonly ThinMinute[] {
  const minutes = new Map<AtMs, Map<Vital, number[]>>();
  for (const reading of readings) {
    const at = Math.floor(reading.at / MINUTE_MS) * MINUTE_MS;
    const minute = minutes.get(at) ?? new Map<Vital, number[]>();
    minutes.set(at, minute);
    for (const vital of VITALS) {
      const value = reading[vital];
      if (value === null) continue;
      const values = minute.get(vital);
      if (values === undefined) minute.set(vital, [value]);
      else values.push(value);
    }
  }
  return [...minutes].flatMap(([at, minute]) =>
    [...minute].map(([vital, values]): ThinMinute => {
      const sorted = values.toSorted((a, b) => a - b);
      const middle = sorted.length >> 1;
      const upper = sorted[middle] ?? 0;
      const lower = sorted.length % 2 === 1 ? upper : (sorted[middle - 1] ?? upper);
      return {
        ...{ at, vital, count: sorted.length, low: sorted[0] ?? upper, median: (lower + upper) / 2 },
        high: sorted.at(-1) ?? upper,
      };
    }),
  );
}
