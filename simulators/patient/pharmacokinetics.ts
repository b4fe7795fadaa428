/**
 * Ketamine in a simulated body: the Domino model, three compartments (clinical.md, "Pharmacokinetics and effect"), driven
 * by what the pump did. The model is linear and the rate piecewise constant, so every concentration is a sum of
 * exponentials: exact for any instant, with no step size and no state to carry. For simulation, never for dosing.
 */
import type { AtMs } from "@vigil/shared/ids";

/** Volume in L/kg, rate constants per minute. */
const V1 = 0.063;
const K10 = 0.438;
const K12 = 0.592;
const K21 = 0.247;
const K13 = 0.59;
const K31 = 0.0146;

/** A stretch of time in which the drug ran at a constant rate; `to` is `null` while it runs. */
export interface Dose {
  readonly from: AtMs;
  readonly to: AtMs | null;
  readonly rateMgPerKgPerMin: number;
}

interface Mode {
  /** Per minute. */
  readonly decay: number;
  /** Share of a unit bolus, kg/L. */
  readonly share: number;
}

const MODES: readonly Mode[] = modes();

/** The three exponentials of a bolus: roots of the characteristic cubic, all real and positive for this kind of model. */
function modes(): Mode[] {
  const a2 = K10 + K12 + K13 + K21 + K31;
  const a1 = K10 * K21 + K13 * K21 + K10 * K31 + K21 * K31 + K31 * K12;
  const a0 = K10 * K21 * K31;
  const p = a1 - (a2 * a2) / 3;
  const q = (-2 * a2 ** 3) / 27 + (a1 * a2) / 3 - a0;
  const radius = 2 * Math.sqrt(-p / 3);
  const angle = Math.acos((3 * q) / (p * radius)) / 3;
  const roots = [0, 1, 2].map((k) => a2 / 3 + radius * Math.cos(angle - (2 * Math.PI * k) / 3));
  return roots.map((decay) => {
    const others = roots.filter((root) => root !== decay).reduce((product, root) => product * (root - decay), 1);
    return { decay, share: ((K21 - decay) * (K31 - decay)) / others / V1 };
  });
}

const ran = (decay: number, minutes: number): number => (1 - Math.exp(-decay * minutes)) / decay;

/** Concentration in mg/L, for 1 mg/kg/min, this long after switching on for good. */
const plasmaStep = (minutes: number): number =>
  minutes <= 0 ? 0 : MODES.reduce((sum, { decay, share }) => sum + share * ran(decay, minutes), 0);

const effectStep = (minutes: number, ke0: number): number =>
  minutes <= 0
    ? 0
    : MODES.reduce(
        (sum, { decay, share }) => sum + ((share * ke0) / (ke0 - decay)) * (ran(decay, minutes) - ran(ke0, minutes)),
        0,
      );

/** Switching off is switching on a second, negative dose. */
function superpose(doses: readonly Dose[], at: AtMs, step: (minutes: number) => number): number {
  return doses.reduce((sum, dose) => {
    const on = step((at - dose.from) / 60_000);
    const off = dose.to === null ? 0 : step((at - dose.to) / 60_000);
    return sum + dose.rateMgPerKgPerMin * (on - off);
  }, 0);
}

const NG_PER_ML = 1000;

/** Plasma concentration in ng/mL. */
export const plasmaNgPerMl = (doses: readonly Dose[], at: AtMs): number => NG_PER_ML * superpose(doses, at, plasmaStep);

/** Effect-site concentration in ng/mL; `ke0` per minute (clinical.md: 0.10–0.15). */
const effectSiteNgPerMl = (doses: readonly Dose[], at: AtMs, ke0: number): number =>
  NG_PER_ML * superpose(doses, at, (minutes) => effectStep(minutes, ke0));

/** The usual plan for depression (clinical.md): its peak is what a patient's responses are given for. */
const USUAL_MG_PER_KG = 0.5;
const USUAL_MIN = 40;

/** How strongly the drug acts: 1 is the peak of 0.5 mg/kg over 40 min in the same patient. */
export function effectFraction(doses: readonly Dose[], at: AtMs, ke0: number): number {
  const peak = (NG_PER_ML * USUAL_MG_PER_KG * effectStep(USUAL_MIN, ke0)) / USUAL_MIN;
  return effectSiteNgPerMl(doses, at, ke0) / peak;
}
