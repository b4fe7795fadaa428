import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimate, nearestValue, type Series, valueAt } from "./decimate.ts";

/** Strictly rising instants, values with gaps between them. */
const series: fc.Arbitrary<Series> = fc
  .array(
    fc.record({
      step: fc.integer({ min: 1, max: 40 }),
      value: fc.option(fc.integer({ min: -50, max: 200 }), { freq: 4 }),
    }),
    { maxLength: 200 },
  )
  .map((points) => {
    let at = 0;
    const instants = points.map(({ step }) => (at += step));
    return { at: instants, value: points.map(({ value }) => value) };
  });

const windowed = fc
  .tuple(fc.integer({ min: -20, max: 3000 }), fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 1, max: 30 }))
  .map(([from, length, buckets]) => ({ from, to: from + length, buckets }));

const points = ({ at, value }: Series) => at.map((when, i) => ({ at: when, value: value[i]! }));

describe("decimating", () => {
  it("keeps the lowest, the highest, the first and the last value of every stretch", () => {
    fc.assert(
      fc.property(series, windowed, (all, window) => {
        const kept = points(decimate(all, window));
        const { from, to, buckets } = window;
        for (let bucket = 0; bucket < buckets; bucket += 1) {
          const inside = ({ at, value }: { at: number; value: number | null }) =>
            value !== null &&
            at >= from &&
            at <= to &&
            Math.min(buckets - 1, Math.floor(((at - from) / (to - from)) * buckets)) === bucket;
          const before = points(all).filter(inside);
          const after = kept.filter(inside);
          const facts = (of: typeof before) => {
            const values = of.map(({ value }) => value!);
            return [Math.min(...values), Math.max(...values), of[0]?.at, of.at(-1)?.at];
          };
          expect(facts(after)).toEqual(facts(before));
          expect(after.length).toBeLessThanOrEqual(4);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("keeps order, invents nothing, and draws a line just where there was one", () => {
    fc.assert(
      fc.property(series, windowed, (all, window) => {
        const given = points(all);
        const kept = points(decimate(all, window));
        const places = kept.map(({ at, value }) => given.findIndex((one) => one.at === at && one.value === value));
        expect(places).toEqual([...places].sort((a, b) => a - b));
        expect(places).not.toContain(-1);
        // Between two kept values there is a gap if, and only if, data was missing between them.
        const values = kept.flatMap(({ value }, i) => (value === null ? [] : [i]));
        for (const [n, i] of values.entries()) {
          const next = values[n + 1];
          if (next === undefined) continue;
          const missing = given.slice(places[i], places[next]).some(({ value }) => value === null);
          expect(next - i).toBe(missing ? 2 : 1);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("runs to the edges of the window, from the nearest points outside it", () => {
    const all = { at: [0, 10, 20, 30, 40], value: [1, 2, 3, 4, 5] };
    expect(decimate(all, { from: 15, to: 25, buckets: 1 })).toEqual({ at: [10, 20, 30], value: [2, 3, 4] });
  });

  it("says where data ends, also at the end", () => {
    const all = { at: [0, 10, 20, 30], value: [1, null, null, null] };
    expect(decimate(all, { from: 0, to: 100, buckets: 4 })).toEqual({ at: [0, 10], value: [1, null] });
  });

  it("makes at most eight points of each stretch of a long series", () => {
    const at = Array.from({ length: 21_600 }, (_, s) => s * 1000);
    const all = { at, value: at.map((when) => (when % 7000 === 0 ? null : 70 + (when % 13))) };
    const kept = decimate(all, { from: 0, to: 21_600_000, buckets: 500 });
    expect(kept.at.length).toBeLessThanOrEqual(4000);
    expect(kept.at.length).toBeGreaterThan(1000);
  });
});

describe("looking up", () => {
  const all: Series = { at: [0, 10, 15, 30], value: [1, 2, null, 4] };

  it("the value that holds is the last, until data ended", () => {
    expect([-1, 0, 9, 10, 14, 15, 29, 30, 99].map((at) => valueAt(all, at)?.value ?? null)).toEqual([
      null,
      1,
      1,
      2,
      2,
      null,
      null,
      4,
      4,
    ]);
  });

  it("the nearest valid value is looked for on both sides, no further than asked", () => {
    expect(nearestValue(all, 16, 6)).toEqual({ at: 10, value: 2 });
    expect(nearestValue(all, 22, 9)).toEqual({ at: 30, value: 4 });
    expect(nearestValue(all, 5, 5)).toEqual({ at: 0, value: 1 });
    expect(nearestValue(all, 20, 3)).toBeNull();
    fc.assert(
      fc.property(series, fc.integer({ min: -10, max: 4000 }), fc.nat(100), (of, at, within) => {
        const distances = points(of).flatMap((one) => (one.value === null ? [] : [Math.abs(one.at - at)]));
        const least = Math.min(...distances.filter((distance) => distance <= within));
        const found = nearestValue(of, at, within);
        expect(found === null ? Number.POSITIVE_INFINITY : Math.abs(found.at - at)).toBe(least);
      }),
    );
  });
});
