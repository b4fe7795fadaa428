import { describe, expect, it } from "vitest";
import { staleAfterMs } from "./freshness.ts";
import { CONTINUOUS_VITALS, CUFF_VITALS, VITAL_FACTS, VITALS } from "./vital.ts";

const rule = { cadenceS: 1, cuffIntervalMs: 300_000, protocolS: undefined };

describe("a continuous vital", () => {
  it.each([
    [0.1, 5_000],
    [1, 5_000],
    [2, 5_000],
    [2.5, 6_250],
    [4, 10_000],
    [60, 150_000],
  ])("at a cadence of %d s is stale after %d ms", (cadenceS, after) => {
    for (const vital of CONTINUOUS_VITALS) expect(staleAfterMs(vital, { ...rule, cadenceS })).toBe(after);
  });

  it("does not care for the cuff", () => {
    expect(staleAfterMs("hr", { ...rule, cuffIntervalMs: 1 })).toBe(5_000);
  });
});

describe("a cuff pressure", () => {
  it("is stale after two cuff intervals, whatever the cadence", () => {
    for (const vital of CUFF_VITALS) {
      expect(staleAfterMs(vital, rule)).toBe(600_000);
      expect(staleAfterMs(vital, { ...rule, cadenceS: 3600 })).toBe(600_000);
    }
  });
});

it("the protocol’s own word wins, in seconds, for every vital", () => {
  for (const vital of VITALS) expect(staleAfterMs(vital, { ...rule, protocolS: 1.5 })).toBe(1_500);
});

describe("the catalogue", () => {
  it("keeps the order in which events are given", () => {
    expect(VITALS).toEqual(["hr", "spo2", "rr", "sbp", "dbp", "map"]);
  });

  it("has every vital either continuous or of the cuff", () => {
    expect([...CONTINUOUS_VITALS, ...CUFF_VITALS]).toEqual([...VITALS]);
    for (const vital of CONTINUOUS_VITALS) expect(VITAL_FACTS[vital].cadence).toBe("continuous");
    for (const vital of CUFF_VITALS) expect(VITAL_FACTS[vital].cadence).toBe("cuff");
  });

  it("takes no sentinel for a value", () => {
    for (const vital of VITALS) {
      const { min, max } = VITAL_FACTS[vital].plausible;
      for (const sentinel of [-100, -1, 511, 999, 8388607, 32767, 65535]) {
        expect(sentinel >= min && sentinel <= max, `${vital} ${sentinel}`).toBe(false);
      }
    }
  });
});
