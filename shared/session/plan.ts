/**
 * What is to be given, the arithmetic from milligrams per kilogram to millilitres per hour, and what is implausible about
 * it. Short plans (drug, dose for each kilogram, minutes) are plans too; whatever else is given must agree with the rest.
 */
import * as z from "zod";
import type { Protocol } from "../protocol/index.ts";

export const planSchema = z.object({
  drug: z.string().trim().min(1).max(60),
  doseMgPerKg: z.number().gt(0).max(20),
  plannedMin: z
    .number()
    .min(1)
    .max(24 * 60),
  /** Left out, the patient's. */
  weightKg: z.number().gt(0).max(700).optional(),
  /** Of the whole infusion; left out, dose for each kilogram × weight. */
  doseMg: z.number().gt(0).max(10_000).optional(),
  /** Of the drug in the bag. */
  concentrationMgPerMl: z.number().gt(0).max(1_000).optional(),
  /** What is in the bag. */
  bagVolumeMl: z.number().gt(0).max(5_000).optional(),
  /** What the pump is set to; left out, dose and time give it. */
  rateMlPerH: z.number().gt(0).max(2_000).optional(),
});
export type Plan = z.infer<typeof planSchema>;

/** Every figure of a plan that is given or follows; `null` where something is missing for it. */
export interface PlanFigures {
  readonly weightKg: number | null;
  readonly doseMg: number | null;
  readonly doseMl: number | null;
  readonly rateMlPerH: number | null;
  readonly rateMgPerMin: number | null;
  readonly bagMg: number | null;
}

/** Rate, dose and time agree when they differ by no more than this share: pumps are set in tenths. */
const TOLERANCE = 0.02;

/** Takes away what binary fractions add, nothing a person would write down. */
const exact = (value: number): number => Math.round(value * 1e6) / 1e6;

export function planFigures(plan: Plan, patientWeightKg: number | undefined): PlanFigures {
  const weightKg = plan.weightKg ?? patientWeightKg ?? null;
  const doseMg = plan.doseMg ?? (weightKg === null ? null : exact(plan.doseMgPerKg * weightKg));
  const concentration = plan.concentrationMgPerMl ?? null;
  const doseMl = doseMg === null || concentration === null ? null : exact(doseMg / concentration);
  const rateMlPerH = plan.rateMlPerH ?? (doseMl === null ? null : exact((doseMl / plan.plannedMin) * 60));
  const pumped = rateMlPerH === null || concentration === null ? null : exact((rateMlPerH * concentration) / 60);
  return {
    weightKg,
    doseMg,
    doseMl,
    rateMlPerH,
    rateMgPerMin: pumped ?? (doseMg === null ? null : exact(doseMg / plan.plannedMin)),
    bagMg: plan.bagVolumeMl === undefined || concentration === null ? null : exact(plan.bagVolumeMl * concentration),
  };
}

/** One line of the arithmetic, to be shown as it stands: `0.5 mg/kg × 70 kg = 35 mg`. */
export interface PlanStep {
  readonly id: "dose" | "volume" | "rate" | "duration" | "bag";
  readonly text: string;
  readonly result: number;
  readonly unit: "mg" | "mL" | "mL/h" | "min";
}

const shown = (value: number): string => String(Math.round(value * 100) / 100);

/** The arithmetic as far as the figures reach, in the order in which a person would do it. */
export function planArithmetic(plan: Plan, patientWeightKg: number | undefined): readonly PlanStep[] {
  const { weightKg, doseMg, doseMl, rateMlPerH, bagMg } = planFigures(plan, patientWeightKg);
  const concentration = plan.concentrationMgPerMl;
  const steps: PlanStep[] = [];
  const add = (id: PlanStep["id"], words: string, result: number, unit: PlanStep["unit"]) =>
    steps.push({ id, text: `${words} = ${shown(result)} ${unit}`, result, unit });
  if (weightKg !== null) {
    const result = exact(plan.doseMgPerKg * weightKg);
    add("dose", `${shown(plan.doseMgPerKg)} mg/kg × ${shown(weightKg)} kg`, result, "mg");
  }
  if (doseMg !== null && doseMl !== null && concentration !== undefined) {
    add("volume", `${shown(doseMg)} mg ÷ ${shown(concentration)} mg/mL`, doseMl, "mL");
    const needed = exact((doseMl / plan.plannedMin) * 60);
    add("rate", `${shown(doseMl)} mL ÷ ${shown(plan.plannedMin)} min × 60 min/h`, needed, "mL/h");
    if (rateMlPerH !== null) {
      const lasts = exact((doseMl / rateMlPerH) * 60);
      add("duration", `${shown(doseMl)} mL ÷ ${shown(rateMlPerH)} mL/h × 60 min/h`, lasts, "min");
    }
  }
  if (bagMg !== null && plan.bagVolumeMl !== undefined && concentration !== undefined) {
    add("bag", `${shown(plan.bagVolumeMl)} mL × ${shown(concentration)} mg/mL`, bagMg, "mg");
  }
  return steps;
}

export interface PlanProblem {
  /** The field of the plan that is wrong, or the first of those that do not agree. */
  readonly field: keyof Plan;
  /** A sentence with the figures and what they should be. */
  readonly reason: string;
}

const differs = (a: number, b: number): boolean => Math.abs(a - b) > TOLERANCE * Math.abs(b);

/** What is implausible about a weight, in a sentence; `null` when nothing is, or when it is not known. */
export function weightProblem(weightKg: number | undefined, rules: Protocol["plan"]): string | null {
  const { min, max } = rules.weightKg;
  if (weightKg === undefined || (weightKg >= min && weightKg <= max)) return null;
  return `A weight of ${shown(weightKg)} kg is outside the protocol's ${min} to ${max} kg.`;
}

/** Everything that is implausible or does not agree; empty when the plan may be carried out. */
export function planProblems(
  plan: Plan,
  patientWeightKg: number | undefined,
  rules: Protocol["plan"],
): readonly PlanProblem[] {
  const { weightKg, doseMg, rateMgPerMin, bagMg } = planFigures(plan, patientWeightKg);
  const problems: PlanProblem[] = [];
  const wrong = (field: keyof Plan, reason: string) => problems.push({ field, reason });
  const within = (field: keyof Protocol["plan"], label: string, unit: string, value: number | null | undefined) => {
    const { min, max } = rules[field];
    if (value === null || value === undefined || (value >= min && value <= max)) return;
    wrong(field, `${label} ${shown(value)} ${unit} is outside the protocol's ${min} to ${max} ${unit}.`);
  };
  within("weightKg", "A weight of", "kg", weightKg);
  within("doseMgPerKg", "A dose of", "mg/kg", plan.doseMgPerKg);
  within("plannedMin", "A duration of", "min", plan.plannedMin);
  within("concentrationMgPerMl", "A concentration of", "mg/mL", plan.concentrationMgPerMl);
  if (plan.weightKg !== undefined && patientWeightKg !== undefined && differs(plan.weightKg, patientWeightKg)) {
    wrong("weightKg", `The plan says ${shown(plan.weightKg)} kg, the patient's record ${shown(patientWeightKg)} kg.`);
  }
  if (plan.doseMg !== undefined) {
    if (weightKg === null) wrong("weightKg", "The dose in mg cannot be checked without the patient's weight.");
    else if (differs(plan.doseMg, plan.doseMgPerKg * weightKg)) {
      const right = shown(plan.doseMgPerKg * weightKg);
      wrong(
        "doseMg",
        `${shown(plan.doseMg)} mg is not ${shown(plan.doseMgPerKg)} mg/kg × ${shown(weightKg)} kg = ${right} mg.`,
      );
    }
  }
  if (plan.rateMlPerH !== undefined || plan.bagVolumeMl !== undefined) {
    if (plan.concentrationMgPerMl === undefined) {
      wrong("concentrationMgPerMl", "Volume and rate mean nothing without the concentration in the bag.");
    } else if (doseMg === null) {
      wrong("weightKg", "Volume and rate cannot be checked without the patient's weight.");
    }
  }
  if (plan.rateMlPerH !== undefined && doseMg !== null && rateMgPerMin !== null) {
    const given = rateMgPerMin * plan.plannedMin;
    if (plan.concentrationMgPerMl !== undefined && differs(given, doseMg)) {
      wrong(
        "rateMlPerH",
        `${shown(plan.rateMlPerH)} mL/h gives ${shown(given)} mg in ${shown(plan.plannedMin)} min, not ${shown(doseMg)} mg.`,
      );
    }
  }
  if (bagMg !== null && doseMg !== null && bagMg < doseMg) {
    wrong("bagVolumeMl", `The bag holds ${shown(bagMg)} mg, less than the dose of ${shown(doseMg)} mg.`);
  }
  return problems;
}
