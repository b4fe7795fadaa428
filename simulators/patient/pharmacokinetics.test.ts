import { describe, expect, it } from "vitest";
import { type Dose, effectFraction, plasmaNgPerMl } from "./pharmacokinetics.ts";

const MIN = 60_000;
/** 35 mg over 40 min in 70 kg. */
const usual: Dose[] = [{ from: 0, to: 40 * MIN, rateMgPerKgPerMin: 0.5 / 40 }];

describe("the Domino model", () => {
  it.each([
    [5, 155],
    [10, 182],
    [20, 210],
    [30, 226],
    [40, 240],
    [45, 91],
    [50, 71],
    [60, 55],
    [80, 46],
    [120, 36],
    [180, 25],
  ])("at %i min gives the %i ng/mL of clinical.md within 2 %%", (minutes, ngPerMl) => {
    const concentration = plasmaNgPerMl(usual, minutes * MIN);
    expect(Math.abs(concentration - ngPerMl) / ngPerMl).toBeLessThan(0.02);
  });

  it.each([
    [5, 0.22, 0.29],
    [20, 0.73, 0.8],
    [40, 1, 1],
    [45, 0.82, 0.74],
    [60, 0.41, 0.32],
    [85, 0.23, 0.2],
  ])("at %i min has the effect of clinical.md for ke0 0.10 and 0.15", (minutes, slow, fast) => {
    expect(effectFraction(usual, minutes * MIN, 0.1)).toBeCloseTo(slow, 1);
    expect(effectFraction(usual, minutes * MIN, 0.15)).toBeCloseTo(fast, 1);
    expect(Math.abs(effectFraction(usual, minutes * MIN, 0.1) - slow)).toBeLessThan(0.015);
    expect(Math.abs(effectFraction(usual, minutes * MIN, 0.15) - fast)).toBeLessThan(0.015);
  });

  it("follows the pump: a pause lets the concentration fall, resuming raises it again", () => {
    const rateMgPerKgPerMin = 0.5 / 40;
    const paused: Dose[] = [
      { from: 0, to: 10 * MIN, rateMgPerKgPerMin },
      { from: 15 * MIN, to: null, rateMgPerKgPerMin },
    ];
    const at = (minutes: number) => plasmaNgPerMl(paused, minutes * MIN);
    expect(at(14)).toBeLessThan(at(10) / 2);
    expect(at(20)).toBeGreaterThan(at(14));
  });

  it("gives the same whether a run is one stretch or two that touch", () => {
    const rateMgPerKgPerMin = 0.0125;
    const split: Dose[] = [
      { from: 0, to: 17 * MIN, rateMgPerKgPerMin },
      { from: 17 * MIN, to: 40 * MIN, rateMgPerKgPerMin },
    ];
    for (const minutes of [5, 17, 30, 60]) {
      expect(plasmaNgPerMl(split, minutes * MIN)).toBeCloseTo(plasmaNgPerMl(usual, minutes * MIN), 9);
    }
  });

  it("is zero before anything was given", () => {
    expect(plasmaNgPerMl(usual, -1)).toBe(0);
    expect(plasmaNgPerMl([], 60 * MIN)).toBe(0);
  });
});
