import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { systemClock } from "./clock.ts";
import { NINE_O_CLOCK } from "./testing/index.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: NINE_O_CLOCK });
});
afterEach(() => {
  vi.useRealTimers();
});

it("calls once at the instant, and not when taken back", () => {
  const clock = systemClock();
  const fired: number[] = [];
  clock.at(NINE_O_CLOCK + 100, () => fired.push(clock.now()));
  const cancel = clock.at(NINE_O_CLOCK + 100, () => fired.push(-1));
  cancel();
  vi.advanceTimersByTime(99);
  expect(fired).toEqual([]);
  vi.advanceTimersByTime(1000);
  expect(fired).toEqual([NINE_O_CLOCK + 100]);
});

it("calls at once for an instant that is over", () => {
  const clock = systemClock();
  const fired: number[] = [];
  clock.at(NINE_O_CLOCK - 5_000, () => fired.push(clock.now()));
  vi.advanceTimersByTime(1);
  expect(fired).toHaveLength(1);
});

it("waits for instants farther away than a timer reaches", () => {
  const clock = systemClock();
  const month = 31 * 24 * 3_600_000;
  const fired: number[] = [];
  clock.at(NINE_O_CLOCK + month, () => fired.push(clock.now()));
  const cancel = clock.at(NINE_O_CLOCK + month, () => fired.push(-1));
  vi.advanceTimersByTime(month - 1);
  cancel();
  expect(fired).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(fired).toEqual([NINE_O_CLOCK + month]);
});

it("never goes back when the machine's clock is set back", () => {
  const clock = systemClock();
  const before = clock.now();
  vi.setSystemTime(before - 3_600_000);
  expect(clock.now()).toBeGreaterThanOrEqual(before);
});

it("goes on counting when the machine's clock was set back: no delay, countdown or silence may stand still for an hour", () => {
  const clock = systemClock();
  const before = clock.now();
  vi.setSystemTime(before - 3_600_000);
  vi.advanceTimersByTime(10_000);
  expect(clock.now()).toBeGreaterThanOrEqual(before + 10_000);
});
