/** What a nurse sees and asks (clinical.md, "Scales"), and what follows from it. What was not looked at is left out. */
import * as z from "zod";
import type { AtMs } from "../ids/index.ts";
import { VITAL_FACTS, type Vital } from "../vitals/index.ts";

const measured = (vital: Vital) => {
  const { min, max } = VITAL_FACTS[vital].plausible;
  return z.number().min(min).max(max);
};

/** Vital signs read off by a person. Units of the catalogue; temperature in °C is charted and watched by no limit. */
const handValuesSchema = z
  .object({
    hr: measured("hr"),
    spo2: measured("spo2"),
    rr: measured("rr"),
    sbp: measured("sbp"),
    dbp: measured("dbp"),
    tempC: z.number().min(25).max(45),
  })
  .partial()
  .refine((values) => Object.keys(values).length > 0, "vital signs by hand must hold a value");
export type HandValues = z.infer<typeof handValuesSchema>;

const item = z.int().min(0).max(2);
/** The two discharge scores of clinical.md, by item, 0–2 each: a total of 10 is best in both. */
const dischargeScoreSchema = z.discriminatedUnion("scale", [
  z.object({
    scale: z.literal("aldrete"),
    activity: item,
    respiration: item,
    circulation: item,
    consciousness: item,
    oxygen: item,
  }),
  z.object({ scale: z.literal("padss"), vitalSigns: item, activity: item, nausea: item, pain: item, bleeding: item }),
]);
export type DischargeScore = z.infer<typeof dischargeScoreSchema>;

const cadssItem = z.int().min(0).max(4);

export const observationSchema = z
  .object({
    /** 0 none … 10 strongest, as the patient says. */
    dissociation: z.int().min(0).max(10),
    /** CADSS-6: items 1, 2, 6, 7, 15, 22 of CADSS, in that order. */
    cadss6: z.tuple([cadssItem, cadssItem, cadssItem, cadssItem, cadssItem, cadssItem]),
    /** MOAA/S: 5 alert … 0 unresponsive. */
    sedation: z.int().min(0).max(5),
    nausea: z.int().min(0).max(10),
    pain: z.int().min(0).max(10),
    /** To person, place, time and situation, all four. */
    oriented: z.boolean(),
    score: dischargeScoreSchema,
    values: handValuesSchema,
    note: z.string().trim().min(1).max(500),
  })
  .partial()
  .refine((observation) => Object.keys(observation).length > 0, "an observation must say something");
export type Observation = z.infer<typeof observationSchema>;

/** 0–10. */
export const scoreTotal = (score: DischargeScore): number =>
  score.scale === "aldrete"
    ? score.activity + score.respiration + score.circulation + score.consciousness + score.oxygen
    : score.vitalSigns + score.activity + score.nausea + score.pain + score.bleeding;

/** 0–24. */
export const cadss6Total = (items: readonly number[]): number => items.reduce((sum, each) => sum + each, 0);

/** Whether dissociation was seen; `null` when it was not looked at. Either scale above zero counts. */
export function isDissociated({ dissociation, cadss6 }: Observation): boolean | null {
  if (dissociation === undefined && cadss6 === undefined) return null;
  return (dissociation ?? 0) > 0 || cadss6Total(cadss6 ?? []) > 0;
}

/** When dissociation was first seen, was strongest, and was first seen to be over for good; `null` where not (yet). */
export interface DissociationCourse {
  readonly beganAt: AtMs | null;
  /** By the 0–10 scale; the first of equals. */
  readonly peak: { readonly at: AtMs; readonly dissociation: number } | null;
  readonly endedAt: AtMs | null;
}

/** @param observations oldest first */
export function dissociationCourse(observations: readonly (Observation & { readonly at: AtMs })[]): DissociationCourse {
  let beganAt: AtMs | null = null;
  let endedAt: AtMs | null = null;
  let peak: DissociationCourse["peak"] = null;
  for (const observation of observations) {
    const seen = isDissociated(observation);
    if (seen === null) continue;
    const { at, dissociation = 0 } = observation;
    if (seen) {
      beganAt ??= at;
      endedAt = null;
      if (dissociation > (peak?.dissociation ?? 0)) peak = { at, dissociation };
    } else if (beganAt !== null) endedAt ??= at;
  }
  return { beganAt, peak, endedAt };
}
