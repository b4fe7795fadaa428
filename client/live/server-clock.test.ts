import { describe, expect, it } from "vitest";
import { ServerClock } from "./server-clock.ts";

function clockAt(start: number) {
  const local = { now: start };
  return { local, clock: new ServerClock(() => local.now) };
}

describe("ServerClock", () => {
  it("knows nothing before anything was heard", () => {
    expect(clockAt(0).clock.now()).toBeNull();
  });

  it("takes the middle of a round trip", () => {
    const { local, clock } = clockAt(100);
    clock.roundTrip(60, 5_080, 100);
    expect(clock.now()).toBe(5_100);
    local.now = 350;
    expect(clock.now()).toBe(5_350);
  });

  it("trusts the quickest round trip of the last minute", () => {
    const { local, clock } = clockAt(1000);
    clock.roundTrip(1000, 6_000, 1010);
    clock.roundTrip(1010, 6_100, 1200);
    local.now = 10_000;
    expect(clock.now()).toBeCloseTo(10_000 + 4_995, 5);
  });

  it("takes a hint only until the first round trip", () => {
    const { clock } = clockAt(0);
    clock.hint(9_000);
    expect(clock.now()).toBe(9_000);
    clock.roundTrip(0, 9_100, 0);
    clock.hint(20_000);
    expect(clock.now()).toBeLessThan(9_200);
  });

  it("never goes back when the estimate does, and arrives", () => {
    const { local, clock } = clockAt(0);
    clock.roundTrip(0, 10_900, 800);
    let before = clock.now() ?? 0;
    clock.roundTrip(800, 11_100, 802);
    for (local.now = 802; local.now < 12_000; local.now += 100) {
      const now = clock.now() ?? 0;
      expect(now).toBeGreaterThanOrEqual(before);
      before = now;
    }
    expect((clock.now() ?? 0) - local.now).toBeCloseTo(11_100 - 801, 0);
  });

  it("steps when somebody set a clock, or this machine slept", () => {
    const { local, clock } = clockAt(0);
    clock.roundTrip(0, 10_000, 2);
    local.now = 1_000;
    clock.roundTrip(1_000, 3_610_999, 1_020);
    expect((clock.now() ?? 0) - 1_000).toBeCloseTo(3_610_999 - 1_010, 0);
  });
});
