import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FLOOD_WINDOW_MS, type FloodWatch, floodAt, floodEndsAt, floodOnRaise, NO_FLOOD } from "./flood.ts";

const MIN = 60_000;
const watchAfter = (raises: readonly number[]): FloodWatch => raises.reduce(floodOnRaise, NO_FLOOD);
const everySecond = (count: number): number[] => Array.from({ length: count }, (_, i) => i * 1_000);

describe("a flood", () => {
  it("begins with the eleventh alarm of ten minutes, not with the tenth", () => {
    expect(watchAfter(everySecond(10)).since).toBeNull();
    expect(watchAfter(everySecond(11)).since).toBe(10_000);
  });

  it("does not begin when the first is ten minutes old by then", () => {
    const ten = everySecond(10);
    expect(watchAfter([...ten, FLOOD_WINDOW_MS - 1]).since).toBe(FLOOD_WINDOW_MS - 1);
    expect(watchAfter([...ten, FLOOD_WINDOW_MS]).since).toBeNull();
  });

  it("ends when fewer than five are left of the last ten minutes, with nobody looking before", () => {
    const flood = watchAfter(everySecond(11));
    const endsAt = 6_000 + FLOOD_WINDOW_MS;
    expect(floodEndsAt(flood)).toBe(endsAt);
    expect(floodAt(flood, endsAt - 1).since).toBe(10_000);
    expect(floodAt(flood, endsAt)).toEqual({ raises: [7_000, 8_000, 9_000, 10_000], since: null });
    expect(floodOnRaise(flood, endsAt).since).toBeNull();
  });

  it("goes on with five to ten alarms in ten minutes", () => {
    let watch = watchAfter(everySecond(11));
    for (let at = 110_000; at < 60 * MIN; at += 110_000) watch = floodOnRaise(watch, at);
    expect(watch.raises).toHaveLength(6);
    expect(watch.since).toBe(10_000);
    expect(floodEndsAt(NO_FLOOD)).toBeNull();
  });
});

/** The rule as it is written, looked at every second, all raises remembered. */
function asWritten(raises: readonly number[], untilMs: number): boolean {
  let flood = false;
  for (let at = 0; at <= untilMs; at += 1_000) {
    const before = raises.filter((one) => one > at - FLOOD_WINDOW_MS && one < at).length;
    if (before < 5) flood = false;
    if (before + raises.filter((one) => one === at).length > 10) flood = true;
  }
  return flood;
}

const gaps = fc.array(fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 40, max: 300 })), { maxLength: 40 });
const timesOf = (steps: readonly number[]): number[] => {
  let at = 0;
  return steps.map((step) => (at += step * 1_000));
};

describe("whatever is raised when", () => {
  it("is what the rule says, looked at at any time after", () => {
    fc.assert(
      fc.property(gaps, fc.integer({ min: 0, max: 900 }), (steps, later) => {
        const raises = timesOf(steps);
        const at = (raises.at(-1) ?? 0) + later * 1_000;
        expect(floodAt(watchAfter(raises), at).since !== null).toBe(asWritten(raises, at));
      }),
    );
  });

  it("does not depend on how often one looks", () => {
    fc.assert(
      fc.property(gaps, fc.integer({ min: 1, max: 400 }), (steps, everyS) => {
        const raises = timesOf(steps);
        let looked = NO_FLOOD;
        let at = 0;
        for (const raise of raises) {
          for (; at < raise; at += everyS * 1_000) looked = floodAt(looked, at);
          looked = floodOnRaise(looked, raise);
        }
        expect(looked).toEqual(watchAfter(raises));
      }),
    );
  });

  it("ends exactly when it says", () => {
    fc.assert(
      fc.property(gaps, (steps) => {
        const watch = watchAfter(timesOf(steps));
        const endsAt = floodEndsAt(watch);
        expect(endsAt === null).toBe(watch.since === null);
        if (endsAt === null) return;
        expect(floodAt(watch, endsAt - 1).since).toBe(watch.since);
        expect(floodAt(watch, endsAt).since).toBeNull();
      }),
    );
  });
});
