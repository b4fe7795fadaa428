import { describe, expect, it } from "vitest";
import { protocolSchema } from "../protocol/index.ts";
import { type Plan, planArithmetic, planFigures, planProblems } from "./plan.ts";

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
