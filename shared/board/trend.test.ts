import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ReadingValues } from "../vitals/index.ts";
import { addToTrend, emptyTrend, TREND_BUCKET_MS, TREND_BUCKETS, TREND_SPAN_MS, type Trend } from "./trend.ts";

const trendOf = (...readings: [at: number, values: ReadingValues][]): Trend => {
  const trend = emptyTrend();
  for (const [at, values] of readings) addToTrend(trend, at, values);
  return trend;
};

describe("a bucket", () => {
  it("keeps the extremes: a dip of one second is still a dip", () => {
    expect(
      trendOf([0, { hr: 70, spo2: 98 }], [1000, { hr: 71, spo2: 79 }], [4999, { hr: 69, spo2: 97 }]).buckets,
    ).toEqual([[0, 69, 71, 79, 98]]);
  });

  it("ends where the next begins", () => {
    expect(trendOf([4999, { hr: 70 }], [5000, { hr: 80 }]).buckets.map(([n]) => n)).toEqual([0, 1]);
  });

  it("has null, never 0, where one of the two was not valid, and 0 where it was 0", () => {
    expect(trendOf([0, { hr: 70, spo2: null }]).buckets).toEqual([[0, 70, 70, null, null]]);
    expect(trendOf([0, { spo2: 97 }], [1, { hr: 0 }]).buckets).toEqual([[0, 0, 0, 97, 97]]);
  });

  it("is left out when nothing was valid in it", () => {
    expect(
      trendOf([0, { hr: 70 }], [6000, { hr: null }], [7000, {}], [12_000, { hr: 71 }]).buckets.map(([n]) => n),
    ).toEqual([0, 2]);
  });
});

describe("cuff measurements", () => {
  it("are kept one by one, when both pressures are there", () => {
    expect(trendOf([1, { sbp: 120, dbp: 75 }], [2, { sbp: 120 }], [3, { sbp: 120, dbp: null }]).cuffs).toEqual([
      [1, 120, 75],
    ]);
  });
});

describe("the span", () => {
  it("is fifteen minutes: what is older is dropped", () => {
    const trend = trendOf([0, { hr: 70, sbp: 120, dbp: 75 }], [TREND_SPAN_MS - 1, { hr: 71 }]);
    expect(trend.buckets).toHaveLength(2);
    expect(trend.cuffs).toHaveLength(1);
    addToTrend(trend, TREND_SPAN_MS, { hr: 72 });
    expect(trend.buckets.map(([n]) => n)).toEqual([TREND_BUCKETS - 1, TREND_BUCKETS]);
    expect(trend.cuffs).toEqual([]);
  });

  it("holds for heart rate and saturation too while only other values come", () => {
    const trend = trendOf([0, { hr: 70 }], [2 * TREND_SPAN_MS, { sbp: 120, dbp: 75 }]);
    expect(trend.buckets).toEqual([]);
  });

  it("bounds what is kept, and every value within it lies between the extremes of its bucket", () => {
    const value = fc.option(fc.integer({ min: 0, max: 200 }), { nil: null });
    const reading = fc.record({ gapMs: fc.integer({ min: 0, max: 60_000 }), hr: value, spo2: value });
    fc.assert(
      fc.property(fc.array(reading, { maxLength: 60 }), (readings) => {
        const trend = emptyTrend();
        const seen: { bucket: number; hr: number | null }[] = [];
        let at = 0;
        for (const { gapMs, hr, spo2 } of readings) {
          at += gapMs;
          addToTrend(trend, at, { hr, spo2 });
          seen.push({ bucket: Math.floor(at / TREND_BUCKET_MS), hr });
        }
        expect(trend.buckets.length).toBeLessThanOrEqual(TREND_BUCKETS);
        for (const [n, hrMin, hrMax] of trend.buckets) {
          const inIt = seen.flatMap(({ bucket, hr }) => (bucket === n && hr !== null ? [hr] : []));
          expect([hrMin, hrMax]).toEqual(inIt.length === 0 ? [null, null] : [Math.min(...inIt), Math.max(...inIt)]);
        }
      }),
    );
  });
});
