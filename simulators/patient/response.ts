/**
 * What the drug does to one patient, by how strongly it acts: 1 is the peak of 0.5 mg/kg over 40 min in the same patient.
 * Figures: clinical.md, "Pharmacokinetics and effect" and "Observation".
 */
import type { AtMs } from "@vigil/shared/ids";
import { CLEMENTS, DOMINO, effectSiteNgPerMl, type Given, type PkModel } from "@vigil/shared/pharmacokinetics";
import type { Random } from "../random/index.ts";
import { bounded, type Constitution, standard } from "./profile.ts";

export const KINETICS = { domino: DOMINO, clements: CLEMENTS } as const satisfies Record<string, PkModel>;
export type Kinetics = keyof typeof KINETICS;

/** The usual plan for depression (clinical.md): its peak is what a patient's responses are given for. */
const USUAL_MG_PER_KG = 0.5;
const USUAL_MS = 40 * 60_000;
const USUAL: Given = {
  runs: [{ from: 0, to: USUAL_MS, rateMgPerKgPerMin: USUAL_MG_PER_KG / 40 }],
  boluses: [],
};

/** How strongly the drug acts, by model and the rate constant of the effect site, per minute. */
export function effectOf(kinetics: Kinetics, ke0PerMin: number): (at: AtMs, given: Given) => number {
  const model = KINETICS[kinetics];
  const peak = effectSiteNgPerMl(model, USUAL, USUAL_MS, ke0PerMin);
  // Exponentials may differ in the last bit between machines: rounded here, everything after is plain arithmetic.
  return (at, given) => Math.round((1e6 * effectSiteNgPerMl(model, given, at, ke0PerMin)) / peak) / 1e6;
}

/** Twice the usual effect gives less than twice the rise: circulation is not without bounds (practice). */
const pressed = (effect: number): number => (effect <= 1 ? effect : 1 + (effect - 1) / (1 + (effect - 1) / 1.5));

/** Steep like most effects of concentration: half of the most at `half`. */
const sigmoid = (effect: number, half: number): number => {
  const cubed = effect * effect * effect;
  return cubed / (cubed + half * half * half);
};

/** Changes of the vitals, and what the patient feels, at one strength of the effect. */
export interface Response {
  hr(effect: number): number;
  /** On top of the resting pressure. */
  sbp(effect: number, rest: number): number;
  dbp(effect: number, rest: number): number;
  rr(effect: number): number;
  /** 0–10, as the patient says; over when the effect has fallen to about a quarter. */
  dissociation(effect: number): number;
  /** MOAA/S, 5 alert … 0 unresponsive. */
  sedation(effect: number): number;
  /** 0–10. */
  nausea(effect: number): number;
}

/** ΔSBP ~ N(16, 11), ΔDBP ~ N(11, 8.5) correlated 0.7, ΔHR ~ N(4, 8), all at the peak of the usual effect. */
const PRESSOR_CORRELATION = 0.7;

/** Who rests higher rises less (practice); it keeps severe hypertension as rare as the studies found it. */
const REST_CORRELATION = -0.3;
const REST_SD_MMHG = 14;
const MEAN_REST_MMHG = 125;

/** Above these, baroreflexes take most of a rise away (practice). */
const KNEE_MMHG = { sbp: 162, dbp: 98 } as const;
const ABOVE_KNEE = 0.5;

function rise(rest: number, unopposed: number, knee: number): number {
  const above = rest + unopposed - Math.max(knee, rest);
  return above <= 0 ? unopposed : unopposed - above * (1 - ABOVE_KNEE);
}

export function drawResponse(random: Random, constitution: Constitution, restSbp: number): Response {
  const own = random.normal();
  const pressor =
    constitution.pressorResponse === undefined
      ? (REST_CORRELATION * (restSbp - MEAN_REST_MMHG)) / REST_SD_MMHG + Math.sqrt(1 - REST_CORRELATION ** 2) * own
      : random.within(constitution.pressorResponse);
  // The part of the diastolic response that goes its own way is as bounded as the part that it shares.
  const diastolic =
    PRESSOR_CORRELATION * pressor +
    Math.sqrt(1 - PRESSOR_CORRELATION ** 2) * standard(random, constitution.pressorResponse);
  const heart = standard(random, constitution.heartResponse);
  const breath = bounded(random.normal(), [-2, 2]);
  const felt = bounded(standard(random, constitution.sensitivity), [-2, 2]);
  const queasy = bounded(random.normal(), [-2, 2]);
  return {
    hr: (effect) => (4 + 8 * heart) * pressed(effect),
    sbp: (effect, rest) => rise(rest, (16 + 11 * pressor) * pressed(effect), KNEE_MMHG.sbp),
    dbp: (effect, rest) => rise(rest, (11 + 8.5 * diastolic) * pressed(effect), KNEE_MMHG.dbp),
    rr: (effect) => 0.8 * breath * pressed(effect),
    dissociation: (effect) => Math.round(10 * sigmoid(effect, 0.82 - 0.14 * felt)),
    sedation: (effect) => 5 - Math.round(5 * sigmoid(effect, 2.2 - 0.2 * felt)),
    nausea: (effect) => Math.round(10 * sigmoid(effect, 2.1 - 0.5 * queasy)),
  };
}
