/**
 * A simulated patient: who they are is drawn once from a seed; how they are is a function of the instant, the drug given
 * so far and what befalls them.
 */
import type { AtMs } from "@vigil/shared/ids";
import type { Given } from "@vigil/shared/pharmacokinetics";
import { randomFrom } from "../random/index.ts";
import { type Apnoea, breathsDuring, spo2During } from "./breathing.ts";
import { bounded, type Constitution, drawProfile, type Profile, type Rest, restOf } from "./profile.ts";
import { drawResponse, effectOf, type Kinetics } from "./response.ts";
import { wander } from "./variability.ts";

/** What is true of the body, before any monitor rounds or loses it. */
export type Truth = Rest;

/** What a patient says and shows a nurse who looks: scales of clinical.md. */
export interface Mind {
  /** 0 none … 10 strongest, as the patient says. */
  readonly dissociation: number;
  /** MOAA/S: 5 alert … 0 unresponsive. */
  readonly sedation: number;
  /** 0–10. */
  readonly nausea: number;
  readonly oriented: boolean;
}

/** What befalls the body beside the drug. */
export interface Trouble {
  /** Added on top of what the drug does, in each vital's unit. */
  readonly changes: Partial<Truth>;
  /** Pauses of breathing, by the same clock as the instant asked for. */
  readonly apnoeas: readonly Apnoea[];
}

export const NO_TROUBLE: Trouble = { changes: {}, apnoeas: [] };

export interface Patient extends Profile {
  readonly initials: string;
  mind(at: AtMs, given: Given): Mind;
  truth(at: AtMs, given: Given, trouble: Trouble): Truth;
}

export interface PatientSettings {
  readonly constitution?: Constitution;
  readonly kinetics?: Kinetics;
}

const LETTERS = "ABCDEFGHJKLMNOPRSTVW";

export function newPatient(
  seed: number,
  name: string,
  { constitution = {}, kinetics = "domino" }: PatientSettings = {},
): Patient {
  const random = randomFrom(seed, `patient/${name}`);
  const letter = () => LETTERS[Math.floor(random.within([0, LETTERS.length]))] ?? "A";
  const initials = `${letter()}${letter()}`;
  const profile = drawProfile(random, constitution);
  const rest = restOf(profile, random, constitution);
  const response = drawResponse(random, constitution, rest.sbp);
  const effectAt = effectOf(kinetics, random.within([0.1, 0.15]));
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
    ...profile,
    initials,
    mind(at, given) {
      const effect = effectAt(at, given);
      const dissociation = response.dissociation(effect);
      const sedation = response.sedation(effect);
      return { dissociation, sedation, nausea: response.nausea(effect), oriented: dissociation < 6 && sedation > 2 };
    },
    truth(at, given, { changes, apnoeas }) {
      const effect = effectAt(at, given);
      const drift = wandering.pressure(at);
      const spo2 = apnoeas.length === 0 ? rest.spo2 : spo2During(apnoeas, rest.spo2, at);
      const rr = rest.rr + response.rr(effect) + wandering.rr(at) + (changes.rr ?? 0);
      return {
        hr: bounded(rest.hr + response.hr(effect) + wandering.hr(at) + (changes.hr ?? 0), [20, 220]),
        spo2: bounded(spo2 + wandering.spo2(at) + (changes.spo2 ?? 0), [50, 100]),
        rr: bounded(rr * breathsDuring(apnoeas, at), [0, 60]),
        sbp: bounded(rest.sbp + response.sbp(effect, rest.sbp) + drift + (changes.sbp ?? 0), [50, 260]),
        dbp: bounded(rest.dbp + response.dbp(effect, rest.dbp) + 0.6 * drift + (changes.dbp ?? 0), [25, 160]),
      };
    },
  };
}
