import { describe, expect, it } from "vitest";
import { meanPressure } from "./cuffs.ts";

describe("the mean of a pressure", () => {
  it("is the monitor's where it gave one, and else a third of the way up from diastolic, told as estimated", () => {
    expect(meanPressure({ sbp: 120, dbp: 80, map: 95 })).toEqual({ value: 95, isEstimated: false });
    expect(meanPressure({ sbp: 120, dbp: 90, map: null })).toEqual({ value: 100, isEstimated: true });
  });

  it("is not told of half a measurement", () => {
    expect(meanPressure({ sbp: 120, dbp: null, map: null })).toBeNull();
    expect(meanPressure({ sbp: null, dbp: 80, map: null })).toBeNull();
  });
});
