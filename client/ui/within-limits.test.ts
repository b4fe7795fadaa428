import { expect, it } from "vitest";
import { withinLimits } from "./within-limits.ts";

it("gives the whole numbers that do not alarm: above 159.9 does, and 160 is above it", () => {
  expect(withinLimits({ low: 90, high: 159.9 })).toEqual({ low: 90, high: 159 });
  expect(withinLimits({ low: 93.5, high: null })).toEqual({ low: 94, high: null });
});
