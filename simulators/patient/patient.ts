/**
 * A simulated patient: who they are is drawn once from a seed; how they are is a function of the instant, the drug given
 * so far and what befalls them. Figures: clinical.md, "Pharmacokinetics and effect".
 */
import type { AtMs } from "@vigil/shared/ids";
import { type Random, type Range, randomFrom } from "../random/index.ts";
import { type Dose, effectFraction } from "./pharmacokinetics.ts";
import { wander } from "./variability.ts";

/** What is true of the body, before any monitor rounds or loses it. */
export interface Truth {
  readonly hr: number;
  readonly spo2: number;
  readonly rr: number;
  readonly sbp: number;
  readonly dbp: number;
}

/**
 * What kind of patient to draw, as ranges of standard deviations from the mean of the population; a trait left out is
 * drawn from the whole population.
 */
export interface Constitution {
  /** Resting pressure. */
  readonly pressure?: Range;
  /** How much the drug raises the pressure. */
  readonly pressorResponse?: Range;
  /** Resting heart rate. */
  readonly heartRate?: Range;
  /** How much the drug changes the heart rate. */
  readonly heartResponse?: Range;
}

export interface Patient {
  readonly initials: string;
  readonly weightKg: number;
  /** How strong the dissociation is that they speak of, 0–10: with the drug's effect, gone below a seventh of its peak. */
  dissociation(at: AtMs, doses: readonly Dose[]): number;
  /** `changes` is added on top of what the drug does: the episodes of a scenario. */
  truth(at: AtMs, doses: readonly Dose[], changes: Partial<Truth>): Truth;
}

/** ΔSBP ~ N(16, 11), ΔDBP ~ N(11, 8.5) correlated 0.7, ΔHR ~ N(4, 8), all at the peak of the effect. */
const PRESSOR_CORRELATION = 0.7;

const LETTERS = "ABCDEFGHJKLMNOPRSTVW";

const standard = (random: Random, range: Range | undefined): number =>
  range === undefined ? random.normal() : random.within(range);

const bounded = (value: number, [low, high]: Range): number => Math.min(high, Math.max(low, value));

export function newPatient(seed: number, name: string, constitution: Constitution = {}): Patient {
  const random = randomFrom(seed, `patient/${name}`);
  const letter = () => LETTERS[Math.floor(random.within([0, LETTERS.length]))] ?? "A";
  const initials = `${letter()}${letter()}`;
  const weightKg = Math.round(bounded(75 + 13 * random.normal(), [48, 120]));
  const ke0 = random.within([0.1, 0.15]);

  const pressure = standard(random, constitution.pressure);
  const rest = {
    hr: bounded(72 + 8 * standard(random, constitution.heartRate), [58, 92]),
    spo2: random.within([97, 99]),
    rr: bounded(14 + 1.5 * random.normal(), [11, 18]),
    sbp: bounded(125 + 14 * pressure, [98, 156]),
    dbp: bounded(77 + 6 * pressure + 3 * random.normal(), [60, 94]),
  };
  const pressor = standard(random, constitution.pressorResponse);
  // The part of the diastolic response that goes its own way is as bounded as the part that it shares.
  const diastolic =
    PRESSOR_CORRELATION * pressor +
    Math.sqrt(1 - PRESSOR_CORRELATION ** 2) * standard(random, constitution.pressorResponse);
  const peak = {
    hr: 4 + 8 * standard(random, constitution.heartResponse),
    sbp: 16 + 11 * pressor,
    dbp: 11 + 8.5 * diastolic,
  };

  const wandering = {
    hr: wander(
      [
        { periodS: 3, sd: 0.8 },
        { periodS: 11, sd: 1.2 },
        { periodS: 97, sd: 1.8 },
      ],
      random,
    ),
    spo2: wander(
      [
        { periodS: 13, sd: 0.25 },
        { periodS: 71, sd: 0.45 },
      ],
      random,
    ),
    rr: wander(
      [
        { periodS: 7, sd: 0.5 },
        { periodS: 53, sd: 0.8 },
      ],
      random,
    ),
    pressure: wander(
      [
        { periodS: 11, sd: 1.5 },
        { periodS: 211, sd: 2 },
      ],
      random,
    ),
  };

  return {
    initials,
    weightKg,
    dissociation(at, doses) {
      const effect = effectFraction(doses, at, ke0);
      return effect < 0.15 ? 0 : Math.round(bounded(7 * effect, [1, 10]));
    },
    truth(at, doses, changes) {
      const effect = effectFraction(doses, at, ke0);
      const drift = wandering.pressure(at);
      return {
        hr: bounded(rest.hr + peak.hr * effect + wandering.hr(at) + (changes.hr ?? 0), [20, 220]),
        spo2: bounded(rest.spo2 + wandering.spo2(at) + (changes.spo2 ?? 0), [50, 100]),
        rr: bounded(rest.rr + wandering.rr(at) + (changes.rr ?? 0), [0, 60]),
        sbp: bounded(rest.sbp + peak.sbp * effect + drift + (changes.sbp ?? 0), [50, 260]),
        dbp: bounded(rest.dbp + peak.dbp * effect + 0.6 * drift + (changes.dbp ?? 0), [25, 160]),
      };
    },
  };
}
