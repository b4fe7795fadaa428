/** The scales of an observation as they are asked (clinical.md, "Scales" and "Discharge"), each answer in words. */
import type { DischargeScore } from "@vigil/shared/session";

export interface Answer {
  readonly value: number;
  readonly words: string;
}

/** The usual wording of the Modified Observer's Assessment of Alertness/Sedation. */
export const MOAAS: readonly Answer[] = [
  { value: 5, words: "alert, answers readily" },
  { value: 4, words: "answers slowly" },
  { value: 3, words: "answers when called loudly or again" },
  { value: 2, words: "answers when prodded or shaken" },
  { value: 1, words: "reacts to pain only" },
  { value: 0, words: "does not react" },
];

export const ZERO_TO_TEN: readonly Answer[] = Array.from({ length: 11 }, (_, value) => ({
  value,
  words: value === 0 ? "none" : value === 10 ? "the strongest" : "",
}));

/** Items 1, 2, 6, 7, 15 and 22 of the Clinician-Administered Dissociative States Scale, in short. */
export const CADSS6_ITEMS: readonly string[] = [
  "Things move in slow motion",
  "Things seem unreal, as in a dream",
  "Disconnected from the own body",
  "The own body feels changed",
  "Spaces out, loses track",
  "Gaps in memory",
];
export const CADSS_ANSWERS: readonly Answer[] = [
  { value: 0, words: "not at all" },
  { value: 1, words: "slightly" },
  { value: 2, words: "moderately" },
  { value: 3, words: "considerably" },
  { value: 4, words: "extremely" },
];

export interface ScoreItem {
  readonly key: string;
  readonly label: string;
  /** Best first. */
  readonly answers: readonly Answer[];
}

const item = (key: string, label: string, two: string, one: string, none: string): ScoreItem => ({
  key,
  label,
  answers: [
    { value: 2, words: two },
    { value: 1, words: one },
    { value: 0, words: none },
  ],
});

export const SCORE_ITEMS: { readonly [S in DischargeScore["scale"]]: readonly ScoreItem[] } = {
  aldrete: [
    item("activity", "Activity", "moves four limbs", "moves two limbs", "moves none"),
    item("respiration", "Respiration", "breathes deeply, coughs", "short of breath, shallow", "no breath of their own"),
    item("circulation", "Circulation", "BP within 20 % of before", "20–50 % off", "more than 50 % off"),
    item("consciousness", "Consciousness", "fully awake", "wakes when called", "does not respond"),
    item("oxygen", "Oxygen", "SpO₂ above 92 % on air", "needs oxygen for 90 %", "below 90 % with oxygen"),
  ],
  padss: [
    item("vitalSigns", "Vital signs", "within 20 % of before", "20–40 % off", "more than 40 % off"),
    item("activity", "Activity", "steady gait, as before", "needs help", "cannot walk"),
    item("nausea", "Nausea", "minimal", "moderate", "severe"),
    item("pain", "Pain", "minimal", "moderate", "severe"),
    item("bleeding", "Bleeding", "minimal", "moderate", "severe"),
  ],
};
