/** What a monitor's clock is worth, from messages that may be late and never early. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ClockOffset } from "./bay.ts";
import { CLOCK_SKEW_MS, clockAfter, clockSkewMs, isClockOff } from "./device-clock.ts";

/** What is known after messages that came at these times and were off by so much. */
const known = (...messages: [at: number, offsetMs: number][]): readonly ClockOffset[] =>
  messages.reduce<readonly ClockOffset[]>((clock, [at, offsetMs]) => clockAfter(clock, at + offsetMs, at), []);
const offsets = (clock: readonly ClockOffset[]) => clock.map(({ offsetMs }) => offsetMs);
const everySecond = (...all: number[]) => known(...all.map((offsetMs, n): [number, number] => [n * 1000, offsetMs]));
const isOff = (...all: number[]) => isClockOff({ lastMessageAt: null, cadenceS: 1, clock: everySecond(...all) });

describe("what is kept of a clock", () => {
  it("is the offset of each of the last five messages", () => {
    expect(known([1_000, 10])).toEqual([{ at: 1_000, offsetMs: 10 }]);
    expect(offsets(everySecond(1, 2, 3, 4, 5, 6, 7))).toEqual([3, 4, 5, 6, 7]);
  });

  it("is not touched by a message that tells no time", () => {
    const clock = everySecond(1, 2);
    expect(clockAfter(clock, null, 9_000)).toBe(clock);
  });

  it("is one piece of evidence of what came together: the message that was least late", () => {
    expect(known([0, 5], [1_000, -300], [1_499, -100])).toEqual([
      { at: 0, offsetMs: 5 },
      { at: 1_000, offsetMs: -100 },
    ]);
    expect(offsets(known([1_000, -100], [1_499, -300]))).toEqual([-100]);
    expect(offsets(known([1_000, -100], [1_500, -300]))).toEqual([-100, -300]);
  });

  it("is the same list when a message brought nothing new", () => {
    const clock = known([0, 5], [1_000, -100]);
    expect(clockAfter(clock, 1_100 - 100, 1_100)).toBe(clock);
    expect(clockAfter(clock, 1_100 - 200, 1_100)).toBe(clock);
  });
});

describe("a clock is judged", () => {
  it("not before five messages have told their time", () => {
    expect(clockSkewMs(everySecond(1, 2, 3, 4))).toBeNull();
    expect(clockSkewMs(everySecond(1, 1, 1, 1, 1))).toBe(1);
    expect(isOff(60_000, 60_000, 60_000, 60_000)).toBe(false);
  });

  it("by the second of the offsets in order of size: lateness lies, and one may be nonsense", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 5, maxLength: 5 }), (all) => {
        expect(clockSkewMs(everySecond(...all))).toBe(all.toSorted((a, b) => b - a)[1]);
      }),
      { numRuns: 100 },
    );
  });

  it("as off beyond five seconds, ahead or behind, and right at five", () => {
    const all = (offsetMs: number) => [offsetMs, offsetMs, offsetMs, offsetMs, offsetMs] as const;
    expect([CLOCK_SKEW_MS, -CLOCK_SKEW_MS].map((offsetMs) => isOff(...all(offsetMs)))).toEqual([false, false]);
    expect([CLOCK_SKEW_MS + 1, -CLOCK_SKEW_MS - 1].map((offsetMs) => isOff(...all(offsetMs)))).toEqual([true, true]);
  });
});
