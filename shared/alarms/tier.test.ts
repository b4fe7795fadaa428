/** One tier alone; the whole of it is compared with an independent oracle in tests/oracle. */
import { describe, expect, it } from "vitest";
import type { Direction } from "../protocol/index.ts";
import {
  isActive,
  type TierWatch,
  tierDeadline,
  tierOnDeadline,
  tierOnReading,
  tierOnStale,
  tierWatch,
} from "./tier.ts";

const rule = { limit: 94, priority: "medium" as const, delay: 10, offDelay: 5, deadband: 1 };
const low = (change: Partial<typeof rule> = {}) => tierWatch("low", "warning", "absolute", { ...rule, ...change });

/** `[second, value]` one after the other, deadlines not settled. */
const reading = (watch: TierWatch, direction: Direction, readings: [s: number, value: number][]): TierWatch =>
  readings.reduce((now, [s, value]) => tierOnReading(now, direction, value, s * 1000), watch);

const active = tierOnDeadline(reading(low(), "low", [[0, 88]]), 10_000);

describe("inactive", () => {
  it("is quiet at the very limit, below a high one and above a low one", () => {
    expect(reading(low(), "low", [[0, 94]]).state).toBe("inactive");
    const high = tierWatch("high", "warning", "absolute", { ...rule, limit: 120 });
    expect(reading(high, "high", [[0, 120]]).state).toBe("inactive");
    expect(reading(high, "high", [[0, 120.1]]).state).toBe("pending");
  });

  it("takes 0 for a value", () => {
    expect(reading(low(), "low", [[0, 0]]).state).toBe("pending");
  });

  it("is active at once with delay 0", () => {
    expect(reading(low({ delay: 0 }), "low", [[3, 93]])).toMatchObject({ state: "active", since: 3_000 });
  });
});

describe("pending", () => {
  it("counts from the first violating reading, to the millisecond", () => {
    const pending = reading(low({ delay: 0.0015 }), "low", [
      [1, 93],
      [1.001, 80],
    ]);
    expect(pending).toMatchObject({ state: "pending", since: 1_000 });
    expect(tierDeadline(pending)).toBe(1_002);
    expect(tierOnDeadline(pending, 1_001)).toBe(pending);
    expect(tierOnDeadline(pending, 1_002).state).toBe("active");
  });

  it("ends with one reading that does not violate, even inside the deadband", () => {
    expect(
      reading(low(), "low", [
        [0, 93],
        [1, 94.5],
      ]).state,
    ).toBe("inactive");
    expect(
      reading(low(), "low", [
        [0, 93],
        [1, 94],
      ]).state,
    ).toBe("inactive");
  });

  it("is dropped when the vital goes stale", () => {
    expect(tierOnStale(reading(low(), "low", [[0, 93]]), 5_000).state).toBe("inactive");
  });
});

describe("active", () => {
  it("stays through anything that has not recovered by the deadband", () => {
    expect(
      reading(active, "low", [
        [11, 94],
        [12, 94.9],
        [13, 80],
      ]),
    ).toBe(active);
  });

  it("recovers from the very end of the deadband on, in both directions", () => {
    expect(reading(active, "low", [[11, 95]]).state).toBe("recovering");
    const high = reading(tierWatch("high", "warning", "absolute", { ...rule, limit: 120, delay: 0 }), "high", [
      [0, 130],
    ]);
    expect(reading(high, "high", [[1, 119.1]]).state).toBe("active");
    expect(reading(high, "high", [[1, 119]]).state).toBe("recovering");
  });

  it("ends at once with offDelay 0", () => {
    const cuff = reading(low({ delay: 0, offDelay: 0 }), "low", [[0, 88]]);
    expect(reading(cuff, "low", [[1, 95]]).state).toBe("inactive");
  });

  it("stays when the vital goes stale", () => {
    expect(tierOnStale(active, 20_000)).toBe(active);
    expect(tierDeadline(active)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("recovering", () => {
  const recovering = reading(active, "low", [[11, 97]]);

  it("still counts as active until exactly offDelay after the first recovered reading", () => {
    expect(isActive(recovering)).toBe(true);
    expect(reading(recovering, "low", [[12, 99]])).toBe(recovering);
    expect(tierOnDeadline(recovering, 15_999)).toBe(recovering);
    expect(tierOnDeadline(recovering, 16_000).state).toBe("inactive");
  });

  it("is active again after a reading that has not recovered, though it does not violate", () => {
    expect(reading(recovering, "low", [[12, 94.5]]).state).toBe("active");
  });

  it("is active again when the vital goes stale: losing data resolves nothing", () => {
    expect(tierOnStale(recovering, 14_000).state).toBe("active");
  });
});
