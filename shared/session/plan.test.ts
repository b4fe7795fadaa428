import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { protocolSchema } from "../protocol/index.ts";
import { type Plan, planArithmetic, planFigures, planProblems, weightProblem } from "./plan.ts";

const rules = protocolSchema.parse({}).plan;
const short: Plan = { drug: "ketamine", doseMgPerKg: 0.5, plannedMin: 40 };
const full: Plan = { ...short, weightKg: 70, doseMg: 35, concentrationMgPerMl: 2, bagVolumeMl: 50, rateMlPerH: 26.25 };
const problems = (plan: Plan, weightKg?: number) =>
  planProblems(plan, weightKg, rules).map(({ field, reason }) => `${field}: ${reason}`);

describe("a plan", () => {
  it("may be short, with or without a weight", () => {
    expect(problems(short)).toEqual([]);
    expect(problems(short, 70)).toEqual([]);
    expect(planFigures(short, 70)).toMatchObject({ doseMg: 35, rateMgPerMin: 0.875, rateMlPerH: null, bagMg: null });
    expect(planArithmetic(short, undefined)).toEqual([]);
  });

  it("shows its arithmetic, each step with figures and units", () => {
    expect(problems(full)).toEqual([]);
    expect(planArithmetic(full, undefined).map(({ text }) => text)).toEqual([
      "0.5 mg/kg × 70 kg = 35 mg",
      "35 mg ÷ 2 mg/mL = 17.5 mL",
      "17.5 mL ÷ 40 min × 60 min/h = 26.25 mL/h",
      "17.5 mL ÷ 26.25 mL/h × 60 min/h = 40 min",
      "50 mL × 2 mg/mL = 100 mg",
    ]);
  });

  it.each([
    [{ ...short, doseMgPerKg: 5 }, 70, "doseMgPerKg: A dose of 5 mg/kg is outside the protocol's 0.1 to 2 mg/kg."],
    [short, 7, "weightKg: A weight of 7 kg is outside the protocol's 30 to 250 kg."],
    [{ ...short, plannedMin: 4 }, 70, "plannedMin: A duration of 4 min is outside the protocol's 5 to 480 min."],
    [{ ...full, doseMg: 53 }, 70, "doseMg: 53 mg is not 0.5 mg/kg × 70 kg = 35 mg."],
    [{ ...full, rateMlPerH: 27 }, 70, "rateMlPerH: 27 mL/h gives 36 mg in 40 min, not 35 mg."],
    [{ ...full, bagVolumeMl: 15 }, 70, "bagVolumeMl: The bag holds 30 mg, less than the dose of 35 mg."],
    [full, 80, "weightKg: The plan says 70 kg, the patient's record 80 kg."],
    [
      { ...short, rateMlPerH: 30 },
      70,
      "concentrationMgPerMl: Volume and rate mean nothing without the concentration in the bag.",
    ],
    [
      { ...short, concentrationMgPerMl: 1, bagVolumeMl: 50 },
      undefined,
      "weightKg: Volume and rate cannot be checked without the patient's weight.",
    ],
    [{ ...short, doseMg: 35 }, undefined, "weightKg: The dose in mg cannot be checked without the patient's weight."],
  ])("is implausible: %j for %s kg", (plan, weightKg, sentence) => {
    expect(problems(plan, weightKg)).toContain(sentence);
  });

  it("may round its rate by up to two percent", () => {
    expect(problems({ ...full, rateMlPerH: 26 })).toEqual([]);
    expect(problems({ ...full, rateMlPerH: 25.7 })).toHaveLength(1);
  });
});

describe("the figures of a plan", () => {
  it("follow from what is given, and are unknown where something is missing for them", () => {
    const nothing = { weightKg: null, doseMg: null, doseMl: null, rateMlPerH: null, rateMgPerMin: null, bagMg: null };
    expect(planFigures(short, undefined)).toEqual(nothing);
    expect(planFigures({ ...short, concentrationMgPerMl: 2 }, undefined)).toEqual(nothing);
    expect(planFigures({ ...short, bagVolumeMl: 50 }, undefined)).toEqual(nothing);
    expect(planFigures({ ...short, concentrationMgPerMl: 2 }, 70)).toEqual({
      weightKg: 70,
      doseMg: 35,
      doseMl: 17.5,
      rateMlPerH: 26.25,
      rateMgPerMin: 0.875,
      bagMg: null,
    });
    expect(planFigures({ ...short, concentrationMgPerMl: 2, bagVolumeMl: 50 }, undefined).bagMg).toBe(100);
  });

  it("are those that are given: weight, dose and rate of the plan before what would follow", () => {
    const given: Plan = { ...short, weightKg: 80, doseMg: 41, concentrationMgPerMl: 2, rateMlPerH: 30 };
    expect(planFigures(given, 70)).toMatchObject({ weightKg: 80, doseMg: 41, doseMl: 20.5, rateMlPerH: 30 });
    // What the pump is set to, not what the dose would want: 30 mL/h × 2 mg/mL ÷ 60 min/h.
    expect(planFigures(given, 70).rateMgPerMin).toBe(1);
    expect(planFigures({ ...short, rateMlPerH: 30 }, 70)).toMatchObject({ rateMlPerH: 30, rateMgPerMin: 0.875 });
  });

  it("carry no dust of binary fractions", () => {
    expect(planFigures({ ...short, doseMgPerKg: 0.1, plannedMin: 3 }, 3)).toMatchObject({
      doseMg: 0.3,
      rateMgPerMin: 0.1,
    });
  });

  it("agree with one another, whatever the plan: the rate gives the dose in the time", () => {
    const some = fc.record({
      weightKg: fc.integer({ min: 30, max: 250 }),
      tenths: fc.integer({ min: 1, max: 20 }),
      plannedMin: fc.integer({ min: 5, max: 480 }),
      concentrationMgPerMl: fc.constantFrom(0.5, 1, 2, 10, 50),
    });
    fc.assert(
      fc.property(some, ({ weightKg, tenths, plannedMin, concentrationMgPerMl }) => {
        const plan: Plan = { drug: "ketamine", doseMgPerKg: tenths / 10, plannedMin, concentrationMgPerMl };
        const { doseMg, doseMl, rateMlPerH, rateMgPerMin } = planFigures(plan, weightKg);
        expect(doseMg).toBeCloseTo((tenths / 10) * weightKg, 5);
        expect((doseMl ?? 0) * concentrationMgPerMl).toBeCloseTo(doseMg ?? -1, 3);
        expect((rateMlPerH ?? 0) * (plannedMin / 60)).toBeCloseTo(doseMl ?? -1, 3);
        expect((rateMgPerMin ?? 0) * plannedMin).toBeCloseTo(doseMg ?? -1, 2);
        expect(problems(plan, weightKg)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});

describe("the arithmetic goes as far as the figures reach", () => {
  const steps = (plan: Plan, weightKg?: number) =>
    planArithmetic(plan, weightKg).map(({ id, result, unit }) => `${id} ${result} ${unit}`);

  it("each step with its figure and unit, from the dose on", () => {
    expect(steps(short, 70)).toEqual(["dose 35 mg"]);
    expect(steps({ ...short, concentrationMgPerMl: 2 }, 70)).toEqual([
      ...["dose 35 mg", "volume 17.5 mL", "rate 26.25 mL/h", "duration 40 min"],
    ]);
    expect(steps({ ...short, concentrationMgPerMl: 2, bagVolumeMl: 50 })).toEqual(["bag 100 mg"]);
    expect(steps({ ...short, bagVolumeMl: 50 }, 70)).toEqual(["dose 35 mg"]);
    expect(steps({ ...short, doseMg: 35, concentrationMgPerMl: 2 })).toEqual([
      ...["volume 17.5 mL", "rate 26.25 mL/h", "duration 40 min"],
    ]);
  });

  it("says what rate the time wants and how long the one that is set will last", () => {
    expect(steps({ ...full, rateMlPerH: 35 })).toEqual([
      ...["dose 35 mg", "volume 17.5 mL", "rate 26.25 mL/h", "duration 30 min", "bag 100 mg"],
    ]);
  });

  it("shows two decimals and reckons with all", () => {
    const [dose] = planArithmetic({ ...short, doseMgPerKg: 0.333 }, 70.25);
    expect(dose).toMatchObject({ text: "0.33 mg/kg × 70.25 kg = 23.39 mg", result: 23.39325 });
  });
});

describe("the protocol’s bounds", () => {
  it("are allowed themselves, and nothing beyond them", () => {
    for (const weightKg of [30, 250]) expect(weightProblem(weightKg, rules)).toBeNull();
    for (const weightKg of [29.99, 250.01]) expect(weightProblem(weightKg, rules)).toMatch(/30 to 250 kg\.$/);
    expect(weightProblem(undefined, rules)).toBeNull();
    expect(weightProblem(7.126, rules)).toBe("A weight of 7.13 kg is outside the protocol's 30 to 250 kg.");
    for (const doseMgPerKg of [0.1, 2]) expect(problems({ ...short, doseMgPerKg }, 70)).toEqual([]);
    for (const plannedMin of [5, 480]) expect(problems({ ...short, plannedMin }, 70)).toEqual([]);
    for (const plannedMin of [4.9, 481]) expect(problems({ ...short, plannedMin }, 70)).toHaveLength(1);
    for (const weightKg of [30, 250]) expect(problems(short, weightKg)).toEqual([]);
    for (const concentrationMgPerMl of [0.1, 50]) expect(problems({ ...short, concentrationMgPerMl }, 70)).toEqual([]);
    expect(problems({ ...short, concentrationMgPerMl: 51 }, 70)).toEqual([
      "concentrationMgPerMl: A concentration of 51 mg/mL is outside the protocol's 0.1 to 50 mg/mL.",
    ]);
  });

  it("a bag that holds the dose and no drop more is enough", () => {
    expect(problems({ ...short, concentrationMgPerMl: 2, bagVolumeMl: 17.5 }, 70)).toEqual([]);
    expect(problems({ ...short, concentrationMgPerMl: 2, bagVolumeMl: 17.4 }, 70)).toHaveLength(1);
  });

  it("every figure may be two percent off what the others give, on either side", () => {
    for (const weightKg of [69, 71]) expect(problems({ ...short, weightKg }, 70)).toEqual([]);
    for (const weightKg of [68, 72]) expect(problems({ ...short, weightKg }, 70)).toHaveLength(1);
    for (const doseMg of [34.4, 35.6]) expect(problems({ ...short, doseMg }, 70)).toEqual([]);
    for (const doseMg of [34.2, 35.8]) expect(problems({ ...short, doseMg }, 70)).toHaveLength(1);
    expect(problems({ ...short, doseMg: 35 }, 70)).toEqual([]);
    expect(problems({ ...full, rateMlPerH: 26.8 })).toHaveLength(1);
    // Of a rate without a concentration only the concentration is the matter.
    expect(problems({ ...short, rateMlPerH: 300 }, 70)).toHaveLength(1);
    expect(problems({ ...short, bagVolumeMl: 50 }, 70)).toEqual([
      "concentrationMgPerMl: Volume and rate mean nothing without the concentration in the bag.",
    ]);
  });
});
