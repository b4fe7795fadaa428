import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  CLEMENTS,
  compartmentModel,
  DOMINO,
  effectSiteNgPerMl,
  type Given,
  type PkModel,
  plasmaNgPerMl,
} from "./index.ts";

const MIN = 60_000;
/** 35 mg over 40 min in 70 kg. */
const usual: Given = { runs: [{ from: 0, to: 40 * MIN, rateMgPerKgPerMin: 0.5 / 40 }], boluses: [] };
const MINUTES = [5, 10, 20, 30, 40, 45, 50, 60, 80, 120, 180];

describe("the concentrations of clinical.md, within 2 %", () => {
  const listed: [string, PkModel, (number | null)[]][] = [
    ["Domino", DOMINO, [155, 182, 210, 226, 240, 91, 71, 55, 46, 36, 25]],
    ["Clements", CLEMENTS, [33, 62, 109, 147, 177, 157, 141, 115, 85, 59, 44]],
  ];
  for (const [name, model, expected] of listed) {
    it.each(MINUTES.map((minutes, i) => [minutes, expected[i]!]))(`${name} at %i min: %i ng/mL`, (minutes, ngPerMl) => {
      expect(Math.abs(plasmaNgPerMl(model, usual, minutes * MIN) / ngPerMl - 1)).toBeLessThan(0.02);
    });
  }

  it.each([
    [5, 0.22, 0.29],
    [20, 0.73, 0.8],
    [40, 1, 1],
    [45, 0.82, 0.74],
    [60, 0.41, 0.32],
    [85, 0.23, 0.2],
  ])("effect site of Domino at %i min: %f and %f of the peak for ke0 0.10 and 0.15", (minutes, slow, fast) => {
    const fraction = (ke0: number) =>
      effectSiteNgPerMl(DOMINO, usual, minutes * MIN, ke0) / effectSiteNgPerMl(DOMINO, usual, 40 * MIN, ke0);
    expect(Math.abs(fraction(0.1) - slow)).toBeLessThan(0.015);
    expect(Math.abs(fraction(0.15) - fast)).toBeLessThan(0.015);
  });
});

const minute = fc.integer({ min: 0, max: 300 }).map((m) => m * MIN);
const given: fc.Arbitrary<Given> = fc.record({
  runs: fc.array(
    fc
      .tuple(minute, minute, fc.double({ min: 0, max: 0.05, noNaN: true }))
      .map(([from, length, rateMgPerKgPerMin]) => ({
        from,
        to: length === 0 ? null : from + length,
        rateMgPerKgPerMin,
      })),
    { maxLength: 5 },
  ),
  boluses: fc.array(fc.record({ at: minute, mgPerKg: fc.double({ min: 0, max: 0.5, noNaN: true }) }), { maxLength: 3 }),
});
const models = fc.constantFrom(DOMINO, CLEMENTS);

/** The differential equations themselves, by small Runge–Kutta steps: knows nothing of modes. */
function integrated({ parameters: p }: PkModel, { runs, boluses }: Given, until: number, ke0: number) {
  const { k13, k31 } = p.third ?? { k13: 0, k31: 0 };
  const stepMin = 0.05;
  let x = [0, 0, 0, 0];
  for (let t = 0; t < until / MIN - 1e-9; t += stepMin) {
    const at = Math.round(t * MIN);
    for (const bolus of boluses) if (bolus.at === at) x[0] = x[0]! + bolus.mgPerKg;
    const rate = runs.reduce(
      (sum, run) => sum + (at >= run.from && (run.to === null || at < run.to) ? run.rateMgPerKgPerMin : 0),
      0,
    );
    const slope = ([a, b, c, e]: number[]) => [
      rate - (p.k10 + p.k12 + k13) * a! + p.k21 * b! + k31 * c!,
      p.k12 * a! - p.k21 * b!,
      k13 * a! - k31 * c!,
      ke0 * (a! / p.v1LPerKg - e!),
    ];
    const along = (slopeThere: number[], by: number) => x.map((value, i) => value + slopeThere[i]! * by);
    const s1 = slope(x);
    const s2 = slope(along(s1, stepMin / 2));
    const s3 = slope(along(s2, stepMin / 2));
    const s4 = slope(along(s3, stepMin));
    x = x.map((value, i) => value + (stepMin / 6) * (s1[i]! + 2 * s2[i]! + 2 * s3[i]! + s4[i]!));
  }
  return { plasma: (1000 * x[0]!) / p.v1LPerKg, effect: 1000 * x[3]! };
}

describe("the exact solution", () => {
  it("agrees with the differential equations, for any rates, pauses and boluses", () => {
    fc.assert(
      fc.property(models, given, fc.integer({ min: 0, max: 400 }), (model, all, minutes) => {
        // A bolus at the very instant is in the exact answer and not yet in the steps.
        const at = minutes * MIN + MIN / 2;
        const expected = integrated(model, all, at, 0.12);
        expect(plasmaNgPerMl(model, all, at)).toBeCloseTo(expected.plasma, 1);
        expect(effectSiteNgPerMl(model, all, at, 0.12)).toBeCloseTo(expected.effect, 1);
      }),
      { numRuns: 40 },
    );
  });

  it("is zero before anything was given, never below, and additive", () => {
    fc.assert(
      fc.property(models, given, given, minute, (model, one, other, at) => {
        const alone = plasmaNgPerMl(model, one, at) + plasmaNgPerMl(model, other, at);
        const both = { runs: [...one.runs, ...other.runs], boluses: [...one.boluses, ...other.boluses] };
        expect(plasmaNgPerMl(model, both, at)).toBeCloseTo(alone, 6);
        expect(alone).toBeGreaterThanOrEqual(-1e-9);
        expect(plasmaNgPerMl(model, both, -1)).toBe(0);
        expect(effectSiteNgPerMl(model, both, -1, 0.1)).toBe(0);
      }),
    );
  });

  it("is the same whether a run is one stretch or two that touch", () => {
    fc.assert(
      fc.property(models, fc.integer({ min: 1, max: 39 }), minute, (model, cut, at) => {
        const rateMgPerKgPerMin = 0.0125;
        const runs = [
          { from: 0, to: cut * MIN, rateMgPerKgPerMin },
          { from: cut * MIN, to: 40 * MIN, rateMgPerKgPerMin },
        ];
        expect(plasmaNgPerMl(model, { runs, boluses: [] }, at)).toBeCloseTo(plasmaNgPerMl(model, usual, at), 6);
      }),
    );
  });

  it("a bolus is the dose over the central volume at once; a pause lets it fall", () => {
    const bolus = { runs: [], boluses: [{ at: 0, mgPerKg: 0.1 }] };
    expect(plasmaNgPerMl(DOMINO, bolus, 0)).toBeCloseTo(100 / 0.063, 6);
    expect(effectSiteNgPerMl(DOMINO, bolus, 0, 0.1)).toBeCloseTo(0, 9);
    expect(plasmaNgPerMl(DOMINO, usual, 44 * MIN)).toBeLessThan(plasmaNgPerMl(DOMINO, usual, 40 * MIN) / 2);
  });

  it("clears what was given: the area under the curve is the dose over the clearance", () => {
    for (const { parameters, modes } of [DOMINO, CLEMENTS, compartmentModel({ ...DOMINO.parameters, k10: 0.2 })]) {
      const area = modes.reduce((sum, { decay, share }) => sum + share / decay, 0);
      expect(area).toBeCloseTo(1 / (parameters.k10 * parameters.v1LPerKg), 6);
    }
  });
});
