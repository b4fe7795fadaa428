import { describe, expect, it } from "vitest";
import { ADULT_KETAMINE_LIMITS } from "./adult-ketamine.ts";
import { limitCautions } from "./cautions.ts";
import type { TierRule } from "./limits.ts";

const rule = (limit: number, more: Partial<TierRule> = {}): TierRule => ({
  limit,
  priority: "medium",
  delay: 0,
  offDelay: 0,
  deadband: 0,
  ...more,
});
const low = (warning: TierRule, critical: TierRule) =>
  limitCautions({ spo2: { low: { warning, critical } } }).map(({ code }) => code);
const high = (warning: TierRule, critical: TierRule) =>
  limitCautions({ hr: { high: { warning, critical } } }).map(({ code }) => code);

it("there is nothing to mind about the built-in limits", () => {
  expect(limitCautions(ADULT_KETAMINE_LIMITS)).toEqual([]);
});

describe("a warning that waits longer than the critical alarm can last", () => {
  it("is pointed out, with the delay that would close the gap", () => {
    const critical = rule(90, { delay: 10, offDelay: 5, deadband: 1 });
    expect(limitCautions({ spo2: { low: { warning: rule(94, { delay: 16 }), critical } } })).toEqual([
      {
        vital: "spo2",
        direction: "low",
        code: "gap-between-tiers",
        sentence:
          "SpO₂ low: a patient who stays beyond 94 can see the alarm clear and come again, because the critical alarm can end after 15 s and the warning waits 16 s. Let the warning wait 15 s at most.",
      },
    ]);
    expect(low(rule(94, { delay: 15 }), critical)).toEqual([]);
    expect(high(rule(120, { delay: 1 }), rule(150))).toEqual(["gap-between-tiers"]);
  });

  it("does no harm when the critical alarm ends only where the warning does not hold either", () => {
    expect(low(rule(94, { delay: 60 }), rule(90, { deadband: 4 }))).toEqual([]);
    expect(high(rule(120, { delay: 60 }), rule(123, { deadband: 3 }))).toEqual([]);
    expect(low(rule(94, { delay: 60 }), rule(94))).toEqual([]);
  });
});

it("a critical limit that is milder than the warning's is pointed out", () => {
  expect(low(rule(90), rule(94))).toEqual(["tiers-crossed"]);
  expect(high(rule(150), rule(120))).toEqual(["tiers-crossed"]);
});

it("a tier alone leaves no gap", () => {
  expect(limitCautions({ hr: { low: { warning: rule(50, { delay: 60 }) }, high: { critical: rule(150) } } })).toEqual(
    [],
  );
});
