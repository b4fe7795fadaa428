import { TREND_BUCKET_MS, TREND_SPAN_MS, type TrendBucket } from "@vigil/shared/board";
import { describe, expect, it } from "vitest";
import { vital } from "../live/testing/rows.ts";
import { cuffLimitPath, cuffPath, vitalPaths } from "./trend-paths.ts";
import { scaleOf, xOf, yOf } from "./trend-scale.ts";
import { redrawPeriodS } from "./trend-sheet.tsx";

const BOX = { left: 0, top: 0, width: 900, height: 100 };
const NOW = 180 * TREND_BUCKET_MS;
const trendOf = (...buckets: TrendBucket[]) => ({ buckets, cuffs: [] });
const count = (path: string, letter: string) => path.split(letter).length - 1;

describe("a trend", () => {
  it("keeps both extremes of a bucket", () => {
    const calm = vitalPaths(trendOf([100, 70, 70, null, null], [101, 70, 70, null, null]), "hr", vital(1, 1), NOW, BOX);
    const dip = vitalPaths(trendOf([100, 70, 70, null, null], [101, 50, 70, null, null]), "hr", vital(1, 1), NOW, BOX);
    expect(count(calm.line, "L")).toBe(1);
    expect(count(dip.line, "L")).toBe(2);
  });

  it("never draws across a gap longer than the data may be old", () => {
    const trend = trendOf(...[0, 1, 10, 11].map((n): TrendBucket => [n, 70, 70, null, null]));
    expect(count(vitalPaths(trend, "hr", vital(1, 1, 5_000), NOW, BOX).line, "M")).toBe(2);
    expect(count(vitalPaths(trend, "hr", vital(1, 1, 60_000), NOW, BOX).line, "M")).toBe(1);
    expect(vitalPaths(trend, "spo2", vital(1, 1), NOW, BOX).line).toBe("");
  });

  it("marks what is beyond a limit, and draws a limit that is on", () => {
    const limited = { ...vital(1, 1), low: 90, high: null };
    const trend = trendOf([100, null, null, 96, 97], [101, null, null, 88, 95]);
    expect(vitalPaths(trend, "spo2", limited, NOW, BOX)).toMatchObject({ beyond: expect.stringMatching(/^M/) });
    expect(count(vitalPaths(trend, "spo2", limited, NOW, BOX).limits, "M")).toBe(1);
    expect(vitalPaths(trendOf([100, null, null, 96, 97]), "spo2", limited, NOW, BOX).beyond).toBe("");
  });

  it("shows one lone bucket as a dot", () => {
    expect(vitalPaths(trendOf([100, 70, 70, null, null]), "hr", vital(1, 1), NOW, BOX).line).toMatch(/h0$/);
  });

  it("places each cuff measurement at its time", () => {
    const trend = { buckets: [], cuffs: [[NOW - TREND_SPAN_MS / 2, 120, 80] as const] };
    expect(cuffPath(trend, NOW, BOX)).toMatch(/^M450 [\d.]+V[\d.]+$/);
    // A bay whose monitor fell silent keeps what it had: it must not reach into the tile beside it.
    expect(cuffPath(trend, NOW + TREND_SPAN_MS, BOX)).toBe("");
  });

  it("marks the limit on a cuff bar that goes beyond it, and on no other", () => {
    const limits = { sbp: { low: 90, high: 165 }, dbp: { low: 50, high: 100 } };
    const marks = (sbp: number, dbp: number, at = NOW) =>
      count(cuffLimitPath({ buckets: [], cuffs: [[at, sbp, dbp]] }, limits, NOW, BOX), "M");
    expect([marks(120, 80), marks(170, 80), marks(170, 104), marks(85, 45), marks(165, 50)]).toEqual([0, 1, 2, 2, 0]);
    expect(marks(170, 80, NOW - 2 * TREND_SPAN_MS)).toBe(0);
  });

  it("runs from 15 minutes ago to now", () => {
    expect(xOf(1_000, 1_000)).toBe(1);
    expect(xOf(1_000 - TREND_SPAN_MS, 1_000)).toBe(0);
  });

  it("always has room for the limits, and for what goes beyond", () => {
    const wide = scaleOf({ bottom: 45, top: 125 }, { low: 40, high: 150 }, [70, 190], 8);
    for (const value of [40, 150, 190]) {
      expect(yOf(value, wide)).toBeGreaterThan(0);
      expect(yOf(value, wide)).toBeLessThan(1);
    }
  });

  it("is drawn no oftener than it moves, and never within 3 s", () => {
    expect(redrawPeriodS(100)).toBe(18);
    expect(redrawPeriodS(3000)).toBeGreaterThanOrEqual(3);
  });
});
