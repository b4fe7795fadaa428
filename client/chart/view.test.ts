import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aroundWindow, covers, moved, spanOf, timeTicks, zoomed } from "./view.ts";

const bounds = { from: 1_000_000, to: 1_000_000 + 6 * 3_600_000 };
const inside = fc
  .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0.01, max: 1, noNaN: true }))
  .map(([start, length]) => {
    const span = length * spanOf(bounds);
    const from = bounds.from + start * (spanOf(bounds) - span);
    return { from, to: from + span };
  });

describe("looking closer and moving on", () => {
  it("never leaves the session, nor comes closer than a minute", () => {
    fc.assert(
      fc.property(
        inside,
        fc.double({ min: 0.001, max: 100, noNaN: true }),
        fc.double({ min: -1e8, max: 1e8, noNaN: true }),
        (window, factor, by) => {
          for (const next of [zoomed(window, factor, window.from, bounds), moved(window, by, bounds)]) {
            expect(next.from).toBeGreaterThanOrEqual(bounds.from - 0.001);
            expect(next.to).toBeLessThanOrEqual(bounds.to + 0.001);
            expect(spanOf(next)).toBeGreaterThanOrEqual(59_999);
          }
          expect(spanOf(moved(window, by, bounds))).toBeCloseTo(spanOf(window), 3);
        },
      ),
    );
  });

  it("keeps what is under the pointer there", () => {
    const window = { from: bounds.from + 3_600_000, to: bounds.from + 2 * 3_600_000 };
    const around = window.from + 900_000;
    const next = zoomed(window, 0.5, around, bounds);
    expect((around - next.from) / spanOf(next)).toBeCloseTo(0.25, 9);
  });

  it("draws as much as is looked at, and more on the sides where there is more", () => {
    fc.assert(
      fc.property(inside, (window) => {
        expect(covers(aroundWindow(window, bounds), window)).toBe(true);
      }),
    );
  });

  it("puts at most so many times on the axis, all inside", () => {
    fc.assert(
      fc.property(inside, fc.integer({ min: 2, max: 20 }), (window, most) => {
        const ticks = timeTicks(window, most, 3_600_000);
        expect(ticks.length).toBeLessThanOrEqual(most + 1);
        for (const at of ticks) expect(at >= window.from && at <= window.to && at % 60_000 === 0).toBe(true);
      }),
    );
  });
});
