/**
 * Concentrations from what was given. The model is linear, the rate piecewise constant and a bolus an impulse, so that
 * every concentration is a sum of exponentials: exact for any instant, with no step size and no state to carry.
 */
import type { AtMs } from "../ids/index.ts";
import type { PkMode, PkModel } from "./model.ts";

/** A stretch of time in which the drug ran at a constant rate; `to` is `null` while it runs. */
export interface InfusionRun {
  readonly from: AtMs;
  readonly to: AtMs | null;
  /** 0 or more. */
  readonly rateMgPerKgPerMin: number;
}

/** Everything that was given. Runs add up where they overlap; a pause is the time between two runs. */
export interface Given {
  readonly runs: readonly InfusionRun[];
  /** At once. */
  readonly boluses: readonly { readonly at: AtMs; readonly mgPerKg: number }[];
}

const NG_PER_ML_IN_MG_PER_L = 1000;

/** Plasma concentration in ng/mL at any instant; 0 before anything was given. */
export const plasmaNgPerMl = ({ modes }: PkModel, given: Given, at: AtMs): number => {
  const impulse = (minutes: number) => sumOf(modes, ({ decay, share }) => share * Math.exp(-decay * minutes));
  const step = (minutes: number) => sumOf(modes, ({ decay, share }) => share * integral(decay, minutes));
  return superpose(given, at, impulse, step);
};

/**
 * Concentration at the effect site in ng/mL, which follows the plasma with the rate constant `ke0PerMin`
 * (0.10–0.15 for ketamine: clinical.md) and takes nothing from it.
 */
export const effectSiteNgPerMl = ({ modes }: PkModel, given: Given, at: AtMs, ke0PerMin: number): number => {
  const weight = ({ decay, share }: PkMode) => (share * ke0PerMin) / (ke0PerMin - decay);
  const impulse = (minutes: number) =>
    sumOf(modes, (mode) => weight(mode) * (Math.exp(-mode.decay * minutes) - Math.exp(-ke0PerMin * minutes)));
  const step = (minutes: number) =>
    sumOf(modes, (mode) => weight(mode) * (integral(mode.decay, minutes) - integral(ke0PerMin, minutes)));
  return superpose(given, at, impulse, step);
};

const sumOf = (modes: readonly PkMode[], of: (mode: PkMode) => number): number =>
  modes.reduce((sum, mode) => sum + of(mode), 0);

/** Of exp(−decay × t) from 0 to `minutes`. */
const integral = (decay: number, minutes: number): number => -Math.expm1(-decay * minutes) / decay;

/** Adds up the answers to each part; switching off is switching on a second, negative run. */
function superpose(
  { runs, boluses }: Given,
  at: AtMs,
  impulse: (minutes: number) => number,
  step: (minutes: number) => number,
): number {
  const since = (then: AtMs, answer: (minutes: number) => number) => (at < then ? 0 : answer((at - then) / 60_000));
  const infused = runs.reduce((sum, { from, to, rateMgPerKgPerMin }) => {
    const off = to === null ? 0 : since(to, step);
    return sum + rateMgPerKgPerMin * (since(from, step) - off);
  }, 0);
  const pushed = boluses.reduce((sum, bolus) => sum + bolus.mgPerKg * since(bolus.at, impulse), 0);
  return NG_PER_ML_IN_MG_PER_L * (infused + pushed);
}
