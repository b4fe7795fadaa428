/**
 * Who a simulated patient is: drawn once, and what they are like at rest. Means and spreads over the whole population are
 * those of clinical.md ("Pharmacokinetics and effect"): resting SBP N(125, 14); how age, sex, weight and hypertension share
 * in it is (practice).
 */
import type { Random, Range } from "../random/index.ts";

export type Sex = "female" | "male";

/**
 * What kind of patient to draw; a trait left out is drawn from the whole population. Traits named in standard deviations
 * say how far from what age, sex, weight and hypertension lead one to expect.
 */
export interface Constitution {
  /** Years. */
  readonly age?: Range | undefined;
  readonly sex?: Sex | undefined;
  readonly weightKg?: Range | undefined;
  /** Known and treated, or not. */
  readonly hypertension?: boolean | undefined;
  /** Resting pressure, standard deviations. */
  readonly pressure?: Range | undefined;
  /** Resting diastolic pressure beside what the systolic leads one to expect, standard deviations. */
  readonly diastolic?: Range | undefined;
  /** Resting heart rate, standard deviations. */
  readonly heartRate?: Range | undefined;
  /** Resting SpO₂, %. */
  readonly spo2?: Range | undefined;
  /** How much the drug raises the pressure, standard deviations. */
  readonly pressorResponse?: Range | undefined;
  /** How much the drug changes the heart rate, standard deviations. */
  readonly heartResponse?: Range | undefined;
  /** How strongly the drug is felt, standard deviations: dissociation and sedation. */
  readonly sensitivity?: Range | undefined;
}

export interface Profile {
  readonly ageYears: number;
  readonly sex: Sex;
  readonly weightKg: number;
  readonly hypertension: boolean;
}

/** At rest, before any drug. */
export interface Rest {
  readonly hr: number;
  readonly spo2: number;
  readonly rr: number;
  readonly sbp: number;
  readonly dbp: number;
}

export const standard = (random: Random, range: Range | undefined): number =>
  range === undefined ? random.normal() : random.within(range);

export const bounded = (value: number, [low, high]: Range): number => Math.min(high, Math.max(low, value));

const MEAN_AGE = 44;
const MEAN_WEIGHT_KG = 78;

export function drawProfile(random: Random, constitution: Constitution): Profile {
  const drawnSex: Sex = random.chance(0.58) ? "female" : "male";
  const sex = constitution.sex ?? drawnSex;
  const age = constitution.age === undefined ? MEAN_AGE + 14 * random.normal() : random.within(constitution.age);
  const ageYears = Math.round(bounded(age, [18, 85]));
  const usualWeight = (sex === "female" ? 72 : 86) + 13 * random.normal();
  const weight = constitution.weightKg === undefined ? usualWeight : random.within(constitution.weightKg);
  // Nearly one in five at the mean age, rarer in the young.
  const drawnHypertension = random.chance(bounded((ageYears - 25) / 100, [0.03, 0.5]));
  return {
    ageYears,
    sex,
    weightKg: Math.round(bounded(weight, [40, 180])),
    hypertension: constitution.hypertension ?? drawnHypertension,
  };
}

/**
 * Resting values. The bounds are those of patients who are given the drug at all: who comes with more than 150/94 is
 * treated first or sent home (practice).
 */
export function restOf(profile: Profile, random: Random, constitution: Constitution): Rest {
  const { ageYears, sex, weightKg, hypertension } = profile;
  const expected =
    122.8 +
    0.28 * (ageYears - MEAN_AGE) +
    0.12 * (weightKg - MEAN_WEIGHT_KG) +
    (sex === "male" ? 3 : -2) +
    (hypertension ? 11 : 0);
  const sbp = bounded(expected + 11.8 * standard(random, constitution.pressure), [96, 150]);
  return {
    hr: bounded((sex === "female" ? 74 : 69.5) + 7.7 * standard(random, constitution.heartRate), [54, 95]),
    spo2: random.within(constitution.spo2 ?? [97, 99]),
    rr: bounded(14 + 1.5 * random.normal(), [12, 18]),
    sbp,
    dbp: bounded(77 + 0.4 * (sbp - 125) + 3.5 * bounded(standard(random, constitution.diastolic), [-2, 2]), [58, 94]),
  };
}
