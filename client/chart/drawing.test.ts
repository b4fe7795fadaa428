import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linePath } from "./lane-drawing.tsx";
import { lineRows } from "./lanes.ts";
import { rowsOf } from "./overview.tsx";

const HOUR = 3_600_000;
const SCALE = { x: (at: number) => at / 20_000, y: (value: number) => 200 - value };

/** Six hours at 1 Hz around 72, with one value of its own anywhere. */
const withSpike = (second: number, spike: number) => {
  const at = Array.from({ length: 6 * 3600 }, (_, s) => s * 1000);
  return { at, value: at.map((_, s): number | null => (s === second ? spike : 72 + (s % 3))) };
};

describe("a session of six hours", () => {
  const second = fc.integer({ min: 0, max: 6 * 3600 - 1 });
  const spike = fc.constantFrom(20, 31.4, 140, 199);

  it("keeps a value that stood for a second, wherever it is, on the lane and in the overview", () => {
    fc.assert(
      fc.property(second, spike, fc.integer({ min: 200, max: 2_400 }), (s, value, width) => {
        const hr = withSpike(s, value);
        const window = { from: 0, to: 6 * HOUR };
        expect(linePath(lineRows(hr, window, width), SCALE)).toContain(`,${200 - value}`);
        const rows = rowsOf({ vitals: { hr, spo2: null, rr: null } }, window);
        expect(rows.map((row) => row.value)).toContain(value);
      }),
      { numRuns: 25 },
    );
  });
});

describe("a line", () => {
  it("is broken where data is missing, and shows a value alone as a dot", () => {
    const rows = [72, 74, null, 90, null, 71].map((value, i) => ({ at: i * 20_000, value }));
    expect(linePath(rows, SCALE)).toBe("M0,128h0L1,126M3,110h0M5,129h0");
  });
});
