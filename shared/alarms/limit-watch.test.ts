import { describe, expect, it } from "vitest";
import type { Limits } from "../protocol/index.ts";
import {
  activeTier,
  carryOver,
  type LimitWatch,
  limitWatches,
  watchOnDeadline,
  watchOnReading,
} from "./limit-watch.ts";

const tier = { priority: "medium" as const, delay: 0, offDelay: 0, deadband: 3 };
const rise = { vital: "sbp" as const, riseOverBaseline: 0.3, ...tier };
const sbpHigh: Limits = { sbp: { high: { warning: { limit: 165, ...tier }, critical: { limit: 180, ...tier } } } };

const only = (watches: readonly LimitWatch[]): LimitWatch => {
  expect(watches).toHaveLength(1);
  return watches[0]!;
};
const tierAt = (watch: LimitWatch, value: number) => activeTier(watchOnReading(watch, value, 0))?.tier ?? null;

describe("the watches of a set of rules", () => {
  it("come in catalogue order, low before high", () => {
    const both = { high: { warning: { limit: 9, ...tier } }, low: { warning: { limit: 1, ...tier } } };
    expect(limitWatches({ map: both, hr: both, spo2: both }, [], null, []).map((watch) => watch.id)).toEqual([
      "hr.low",
      "hr.high",
      "spo2.low",
      "spo2.high",
      "map.low",
      "map.high",
    ]);
  });

  it("leave out vitals whose alarms are off and directions without a rule", () => {
    expect(limitWatches(sbpHigh, [], null, ["sbp"])).toEqual([]);
    expect(limitWatches({ sbp: { high: {} } }, [], null, [])).toEqual([]);
  });

  it("take the highest active tier for the alarm’s", () => {
    const watch = only(limitWatches(sbpHigh, [], null, []));
    expect([165, 166, 181].map((value) => tierAt(watch, value))).toEqual([null, "warning", "critical"]);
  });
});

describe("relative rules", () => {
  it("do nothing without a baseline", () => {
    expect(limitWatches({}, [rise], null, [])).toEqual([]);
    expect(limitWatches({}, [rise], { dbp: 70 }, [])).toEqual([]);
  });

  it("are a warning tier of the vital’s high alarm, beside the absolute ones", () => {
    const watch = only(limitWatches(sbpHigh, [rise], { sbp: 110 }, []));
    expect(watch.id).toBe("sbp.high");
    expect([143, 143.1, 166, 181].map((value) => tierAt(watch, value))).toEqual([
      null,
      "warning",
      "warning",
      "critical",
    ]);
  });

  it("give the limit exactly, without the noise of binary fractions", () => {
    const limitOf = (riseOverBaseline: number, sbp: number) =>
      only(limitWatches({}, [{ ...rise, riseOverBaseline }], { sbp }, [])).tiers[0]?.limit;
    expect([limitOf(0.25, 129), limitOf(0.3, 110), limitOf(0.333, 111)]).toEqual([161.25, 143, 147.963]);
  });
});

describe("of two active limits of one tier", () => {
  const gravest = (relativePriority: "low" | "medium" | "high") => {
    const rules = [{ ...rise, priority: relativePriority }];
    const watch = only(limitWatches(sbpHigh, rules, { sbp: 100 }, []));
    return activeTier(watchOnReading(watch, 170, 0));
  };

  it("the graver is the alarm’s, and of two alike the absolute one", () => {
    expect(gravest("high")).toMatchObject({ tier: "warning", priority: "high", limit: 130 });
    expect(gravest("low")).toMatchObject({ tier: "warning", priority: "medium", limit: 165 });
    expect(gravest("medium")).toMatchObject({ tier: "warning", priority: "medium", limit: 165 });
  });

  it("a critical limit comes before any warning", () => {
    const rules = [{ ...rise, priority: "high" as const }];
    const watch = only(limitWatches(sbpHigh, rules, { sbp: 100 }, []));
    expect(activeTier(watchOnReading(watch, 190, 0))).toMatchObject({ tier: "critical", priority: "medium" });
  });
});

describe("new rules, old states", () => {
  const timed: Limits = { sbp: { high: { warning: { ...tier, limit: 165, delay: 10 } } } };

  it("a delay that runs goes on where it was", () => {
    const pending = watchOnReading(only(limitWatches(timed, [], null, [])), 170, 1_000);
    const carried = only(carryOver([pending], limitWatches(timed, [], { sbp: 100 }, [])));
    expect(activeTier(watchOnDeadline(carried, 10_999, false))).toBeNull();
    expect(activeTier(watchOnDeadline(carried, 11_000, false))?.tier).toBe("warning");
  });

  it("a tier that is new begins inactive", () => {
    const active = watchOnReading(only(limitWatches(sbpHigh, [], null, [])), 170, 0);
    const carried = only(carryOver([active], limitWatches(sbpHigh, [rise], { sbp: 100 }, [])));
    expect(carried.tiers.map(({ source, state }) => `${source} ${state}`)).toEqual([
      "relative.0 inactive",
      "absolute active",
      "absolute inactive",
    ]);
  });

  it("two relative rules of one vital each keep their own state", () => {
    const rules = [
      { ...rise, riseOverBaseline: 0.2, delay: 60 },
      { ...rise, riseOverBaseline: 0.4 },
    ];
    const watches = limitWatches({}, rules, { sbp: 100 }, []).map((watch) => watchOnReading(watch, 150, 0));
    expect(only(carryOver(watches, limitWatches({}, rules, { sbp: 100 }, []))).tiers.map(({ state }) => state)).toEqual(
      ["pending", "active"],
    );
  });
});

describe("when a delay ends at the very instant of staleness", () => {
  it("it has ended", () => {
    const timed: Limits = { hr: { low: { warning: { ...tier, limit: 50, delay: 5 } } } };
    const pending = watchOnReading(only(limitWatches(timed, [], null, [])), 40, 0);
    expect(activeTier(watchOnDeadline(pending, 5_000, true))?.tier).toBe("warning");
    expect(activeTier(watchOnDeadline(pending, 4_999, true))).toBeNull();
  });
});
