import { protocolSchema } from "@vigil/shared/protocol";
import { expect, it } from "vitest";
import { NO_BASELINE, readBaseline } from "./baseline-form.ts";
import { NO_PATIENT, readPatient } from "./patient-form.ts";
import { NO_PLAN, readPlan } from "./plan-form.ts";

const RULES = protocolSchema.parse({}).plan;
const patient = (texts: Partial<typeof NO_PATIENT>) => readPatient({ ...NO_PATIENT, ...texts }, RULES, "2026-03-02");
const plan = (texts: Partial<typeof NO_PLAN>, weightKg: number | undefined = 70) =>
  readPlan({ ...NO_PLAN, ...texts }, weightKg, RULES);
const USUAL = { drug: "ketamine", doseMgPerKg: "0.5", plannedMin: "40" };

it("proposes the initials that the wall shows", () => {
  expect(patient({ name: "Maria Weber" }).patient).toEqual({ name: "Maria Weber", initials: "M.W." });
  expect(patient({ name: "Maria Weber", initials: "MWX" }).patient?.initials).toBe("MWX");
});

it("says what is wrong about a patient, and what is missing", () => {
  expect(patient({}).missing.initials).toMatch(/needed/);
  expect(patient({ name: "A", weightKg: "7" }).wrong.weightKg).toBe(
    "A weight of 7 kg is outside the protocol's 30 to 250 kg.",
  );
  expect(patient({ name: "A", weightKg: "seventy" }).wrong.weightKg).toMatch(/number in kg/);
  expect(patient({ name: "A", birthDate: "2026-03-03" }).wrong.birthDate).toBe("This day is still to come.");
  expect(patient({ name: "A", weightKg: "7" }).patient).toBeNull();
  for (const initials of ["Maria", "MW2"]) {
    expect(patient({ name: "Maria Weber", initials })).toMatchObject({
      patient: null,
      wrong: { initials: "Initials are one to four letters, with dots, hyphens or spaces: they stand on the wall." },
    });
  }
  expect(patient({ name: "4711" }).missing.initials).toMatch(/needed/);
});

it("works a plan out as far as its figures reach", () => {
  const texts = (found: ReturnType<typeof plan>) => found.steps.map(({ text }) => text);
  expect(texts(plan({ doseMgPerKg: "0,5" }))).toEqual(["0.5 mg/kg × 70 kg = 35 mg"]);
  expect(texts(plan({ doseMgPerKg: "0.5", concentrationMgPerMl: "1" }))).toHaveLength(2);
  expect(texts(plan({ ...USUAL, concentrationMgPerMl: "1", bagVolumeMl: "50" }))).toEqual([
    "0.5 mg/kg × 70 kg = 35 mg",
    "35 mg ÷ 1 mg/mL = 35 mL",
    "35 mL ÷ 40 min × 60 min/h = 52.5 mL/h",
    "35 mL ÷ 52.5 mL/h × 60 min/h = 40 min",
    "50 mL × 1 mg/mL = 50 mg",
  ]);
});

it("refuses an implausible plan beside the field that is wrong", () => {
  expect(plan({ ...USUAL, doseMgPerKg: "5" }).wrong.doseMgPerKg).toMatch(/outside the protocol's 0.1 to 2 mg\/kg/);
  expect(plan({ ...USUAL, concentrationMgPerMl: "1", rateMlPerH: "70" }).wrong.rateMlPerH).toMatch(
    /gives 46.67 mg in 40 min, not 35 mg/,
  );
  expect(plan({ ...USUAL, concentrationMgPerMl: "1", bagVolumeMl: "20" }).wrong.bagVolumeMl).toMatch(/holds 20 mg/);
  expect(plan({ ...USUAL, rateMlPerH: "50" }).wrong.concentrationMgPerMl).toMatch(/mean nothing without/);
  expect(plan({ doseMgPerKg: "0.5", concentrationMgPerMl: "1", rateMlPerH: "70" }).wrong.rateMlPerH).toBeUndefined();
  expect(plan({ ...USUAL, doseMgPerKg: "5" }).plan).toBeNull();
});

it("tells an empty plan from one that lacks something", () => {
  expect(plan({}).isEmpty).toBe(true);
  expect(plan({ drug: "ketamine" })).toMatchObject({
    isEmpty: false,
    plan: null,
    missing: { plannedMin: expect.stringMatching(/minutes/) },
  });
  expect(plan(USUAL).plan).toEqual({ drug: "ketamine", doseMgPerKg: 0.5, plannedMin: 40 });
});

it("takes a baseline by hand whole, and only where it can be one", () => {
  const typed = { hr: "72", spo2: "98", sbp: "126", dbp: "79" };
  expect(readBaseline(typed)).toEqual({ values: { hr: 72, spo2: 98, sbp: 126, dbp: 79 }, errors: {} });
  expect(Object.keys(readBaseline(NO_BASELINE).errors)).toHaveLength(4);
  expect(readBaseline({ ...typed, spo2: "980" }).errors.spo2).toMatch(/100 is the most/);
  expect(readBaseline({ ...typed, hr: "7" }).errors.hr).toMatch(/too low/);
  expect(readBaseline({ ...typed, dbp: "130" })).toMatchObject({
    values: null,
    errors: { dbp: expect.stringMatching(/below SBP/) },
  });
});
