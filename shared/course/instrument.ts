/**
 * The symptom instruments whose scores are kept. In all of them a higher score is worse. Ranges: clinical.md, "Doses and
 * courses"; bands, of which it does not speak: the paper named with each, and a clinician should check them.
 */
export const INSTRUMENTS = ["phq-9", "madrs", "gad-7", "pcl-5", "pain-nrs"] as const;
export type Instrument = (typeof INSTRUMENTS)[number];

export interface Band {
  /** The lowest total of the band; it ends where the next begins. */
  readonly from: number;
  readonly label: string;
}

export interface InstrumentFacts {
  readonly label: string;
  readonly asks: string;
  readonly max: number;
  /** How it may be entered item by item; `null`: as a total only. Every item counts from 0. */
  readonly items: { readonly max: number; readonly words: readonly string[]; readonly asks: readonly string[] } | null;
  readonly bands: readonly Band[];
}

export const INSTRUMENT_FACTS: { readonly [I in Instrument]: InstrumentFacts } = {
  /** Bands: Kroenke 2001. The questionnaire may be reproduced without permission. */
  "phq-9": {
    label: "PHQ-9",
    asks: "Depression, last 2 weeks",
    max: 27,
    items: {
      max: 3,
      words: ["Not at all", "Several days", "More than half the days", "Nearly every day"],
      asks: [
        "Little interest or pleasure in doing things",
        "Feeling down, depressed, or hopeless",
        "Trouble falling or staying asleep, or sleeping too much",
        "Feeling tired or having little energy",
        "Poor appetite or overeating",
        "Feeling bad about yourself, or that you are a failure or have let yourself or your family down",
        "Trouble concentrating on things, such as reading the newspaper or watching television",
        "Moving or speaking so slowly that others could have noticed, or being so restless that you moved a lot more",
        "Thoughts that you would be better off dead, or of hurting yourself",
      ],
    },
    bands: [
      { from: 0, label: "minimal" },
      { from: 5, label: "mild" },
      { from: 10, label: "moderate" },
      { from: 15, label: "moderately severe" },
      { from: 20, label: "severe" },
    ],
  },
  /** Bands: Snaith 1986 (0–6, 7–19, 20–34, above); remission ≤ 10 in clinical.md is a goal, not a band. */
  madrs: {
    label: "MADRS",
    asks: "Depression, rated by a clinician",
    max: 60,
    items: null,
    bands: [
      { from: 0, label: "no or minimal" },
      { from: 7, label: "mild" },
      { from: 20, label: "moderate" },
      { from: 35, label: "severe" },
    ],
  },
  /** Bands: Spitzer 2006. */
  "gad-7": {
    label: "GAD-7",
    asks: "Anxiety, last 2 weeks",
    max: 21,
    items: null,
    bands: [
      { from: 0, label: "minimal" },
      { from: 5, label: "mild" },
      { from: 10, label: "moderate" },
      { from: 15, label: "severe" },
    ],
  },
  /** No severity bands are published; 31–33 is the cut-off for a probable disorder (National Center for PTSD). */
  "pcl-5": {
    label: "PCL-5",
    asks: "Post-traumatic stress, last month",
    max: 80,
    items: null,
    bands: [
      { from: 0, label: "below the cut-off" },
      { from: 31, label: "at or above the cut-off" },
    ],
  },
  /** Bands: 1–3, 4–6, 7–10 (Serlin 1995). */
  "pain-nrs": {
    label: "Pain NRS",
    asks: "Pain, 0 none to 10 worst imaginable",
    max: 10,
    items: null,
    bands: [
      { from: 0, label: "none" },
      { from: 1, label: "mild" },
      { from: 4, label: "moderate" },
      { from: 7, label: "severe" },
    ],
  },
};

/** An instrument as it was filled in: item by item, in its order, or its total alone. */
export type Answers = { readonly items: readonly number[] } | { readonly total: number };

export const totalOf = (answers: Answers): number =>
  "total" in answers ? answers.total : answers.items.reduce((sum, item) => sum + item, 0);

/** @returns a sentence for the person who entered it: what cannot be; `null` when it can */
export function answersProblem(instrument: Instrument, answers: Answers): string | null {
  const { label, max, items } = INSTRUMENT_FACTS[instrument];
  if ("total" in answers) {
    return isWithin(answers.total, max) ? null : `${label} is a whole number from 0 to ${max}.`;
  }
  if (items === null) return `${label} is entered as a total from 0 to ${max}.`;
  if (answers.items.length !== items.asks.length) {
    return `${label} has ${items.asks.length} items; ${answers.items.length} are answered. Answer all, or enter the total.`;
  }
  const wrong = answers.items.findIndex((item) => !isWithin(item, items.max));
  return wrong < 0 ? null : `Item ${wrong + 1} of ${label} is a whole number from 0 to ${items.max}.`;
}

const isWithin = (value: number, max: number): boolean => Number.isInteger(value) && value >= 0 && value <= max;

/** The band a total lies in. */
export function bandOf(instrument: Instrument, total: number): Band {
  const { bands } = INSTRUMENT_FACTS[instrument];
  const band = bands.findLast(({ from }) => total >= from) ?? bands[0];
  if (band === undefined) throw new Error(`${instrument} has no bands`);
  return band;
}

const PHQ_9_DEATH_ITEM = 8;

/**
 * How often the patient thought of being dead or of self-harm, 1–3: PHQ-9 item 9, any answer above "not at all". `null`: not
 * at all, or not known, because another instrument or only a total was entered.
 */
export function thoughtsOfDeath(instrument: Instrument, answers: Answers): number | null {
  if (instrument !== "phq-9" || "total" in answers) return null;
  const answer = answers.items[PHQ_9_DEATH_ITEM] ?? 0;
  return answer > 0 ? answer : null;
}
