/** A plan as typed: its arithmetic as far as the figures reach, what is implausible, and what the server is told. */
import type { Protocol } from "@vigil/shared/protocol";
import { type Plan, type PlanStep, planArithmetic, planProblems } from "@vigil/shared/session";
import { type FigureRule, figureOf } from "../form/figures.ts";

const FIGURES = {
  doseMgPerKg: { label: "A dose", unit: "mg/kg", most: 20 },
  plannedMin: { label: "A duration", unit: "min", most: 24 * 60 },
  concentrationMgPerMl: { label: "A concentration", unit: "mg/mL", most: 1_000 },
  bagVolumeMl: { label: "A volume", unit: "mL", most: 5_000 },
  rateMlPerH: { label: "A rate", unit: "mL/h", most: 2_000 },
} as const satisfies Record<string, FigureRule>;
type FigureName = keyof typeof FIGURES;

export type PlanTexts = Readonly<Record<FigureName | "drug", string>>;
/** Also of what follows from other fields: the weight, the dose in mg. */
export type PlanErrors = { readonly [K in keyof Plan]?: string };

export const NO_PLAN: PlanTexts = {
  drug: "",
  doseMgPerKg: "",
  plannedMin: "",
  concentrationMgPerMl: "",
  bagVolumeMl: "",
  rateMlPerH: "",
};

const textOf = (value: number | undefined): string => (value === undefined ? "" : String(value));
export const planTexts = (plan: Plan): PlanTexts => ({
  drug: plan.drug,
  doseMgPerKg: textOf(plan.doseMgPerKg),
  plannedMin: textOf(plan.plannedMin),
  concentrationMgPerMl: textOf(plan.concentrationMgPerMl),
  bagVolumeMl: textOf(plan.bagVolumeMl),
  rateMlPerH: textOf(plan.rateMlPerH),
});

export interface PlanRead {
  /** `null` while something is missing or wrong. */
  readonly plan: Plan | null;
  readonly isEmpty: boolean;
  readonly steps: readonly PlanStep[];
  /** What is wrong with what was typed: to be shown at once. */
  readonly wrong: PlanErrors;
  /** What is still to be typed: to be shown when it is to be sent. */
  readonly missing: PlanErrors;
}

export function readPlan(texts: PlanTexts, weightKg: number | undefined, rules: Protocol["plan"]): PlanRead {
  const wrong: { -readonly [K in keyof PlanErrors]: string } = {};
  const figure = (name: FigureName): number | undefined => {
    const read = figureOf(texts[name], FIGURES[name]);
    if (read !== null && "wrong" in read) wrong[name] = read.wrong;
    return read !== null && "value" in read ? read.value : undefined;
  };
  const drug = texts.drug.trim();
  const doseMgPerKg = figure("doseMgPerKg");
  const plannedMin = figure("plannedMin");
  const concentrationMgPerMl = figure("concentrationMgPerMl");
  const bagVolumeMl = figure("bagVolumeMl");
  const rateMlPerH = figure("rateMlPerH");
  const missing = {
    ...(drug === "" ? { drug: "Which drug?" } : {}),
    ...(texts.doseMgPerKg.trim() === "" ? { doseMgPerKg: "How many mg for each kg?" } : {}),
    ...(texts.plannedMin.trim() === "" ? { plannedMin: "Over how many minutes?" } : {}),
  };
  const isEmpty = Object.values(texts).every((text) => text.trim() === "");
  if (doseMgPerKg === undefined) return { plan: null, isEmpty, steps: [], wrong, missing };
  const plan: Plan = {
    drug,
    doseMgPerKg,
    plannedMin: plannedMin ?? rules.plannedMin.min,
    ...(concentrationMgPerMl === undefined ? {} : { concentrationMgPerMl }),
    ...(bagVolumeMl === undefined ? {} : { bagVolumeMl }),
    ...(rateMlPerH === undefined ? {} : { rateMlPerH }),
  };
  // Without the minutes, what rests on them is neither shown nor judged.
  const needsTime: readonly string[] = plannedMin === undefined ? ["rate", "duration", "rateMlPerH"] : [];
  for (const { field, reason } of planProblems(plan, weightKg, rules)) {
    if (!needsTime.includes(field)) wrong[field] ??= reason;
  }
  const isRight = Object.keys(wrong).length + Object.keys(missing).length === 0;
  return {
    plan: isRight ? plan : null,
    isEmpty,
    steps: planArithmetic(plan, weightKg).filter(({ id }) => !needsTime.includes(id)),
    wrong,
    missing,
  };
}
