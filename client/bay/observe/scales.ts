/**
 * The scales of an observation as they are asked, each answer in words. Ranges, the items of CADSS-6 and the bounds of the
 * discharge scores (± 20 / ± 50 %, SpO₂ above 92 % on air, 9 of 10) are those of clinical.md, "Observation". It does not give
 * the wording: that is a short form of the paper named with each scale, and a clinician should check it before it is used.
 */
import type { DischargeScore } from "@vigil/shared/session";

export interface Answer {
  readonly value: number;
  readonly words: string;
}

/** Modified Observer's Assessment of Alertness/Sedation, after Chernik et al. 1990: the answer to one's name, then to touch. */
export const MOAAS: readonly Answer[] = [
  { value: 5, words: "alert, answers readily to a normal voice" },
  { value: 4, words: "answers sluggishly to a normal voice" },
  { value: 3, words: "answers only when called loudly or again" },
  { value: 2, words: "answers only when prodded or shaken" },
  { value: 1, words: "reacts only to a painful squeeze" },
  { value: 0, words: "does not react to a painful squeeze" },
];

export const ZERO_TO_TEN: readonly Answer[] = Array.from({ length: 11 }, (_, value) => ({
  value,
  words: value === 0 ? "none" : value === 10 ? "the strongest" : "",
}));

/**
 * Items 1, 2, 6, 7, 15 and 22 of the Clinician-Administered Dissociative States Scale (Bremner et al. 1998; chosen for ketamine
 * by Rodrigues et al. 2021, not validated there), in short. Asked of the patient as "at this time".
 */
export const CADSS6_ITEMS: readonly string[] = [
  "Things move in slow motion",
  "Things seem unreal, as in a dream",
  "Disconnected from the own body",
  "The own body feels changed",
  "Spaces out, loses track",
  "Gaps in memory",
];
/** The scale's own anchors differ from item to item; all of them go from not at all to extremely. */
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

/** Aldrete 1995 (modified Aldrete score) and Chung et al. 1995 (PADSS): 9 of 10 allow to go home with an escort. */
export const SCORE_ITEMS: { readonly [S in DischargeScore["scale"]]: readonly ScoreItem[] } = {
  aldrete: [
    item("activity", "Activity", "moves four limbs", "moves two limbs", "moves none"),
    item("respiration", "Respiration", "breathes deeply, coughs", "short of breath, shallow", "no breath of their own"),
    item("circulation", "Circulation", "BP within 20 % of before", "20–50 % off", "more than 50 % off"),
    item("consciousness", "Consciousness", "fully awake", "wakes when called", "does not respond"),
    item("oxygen", "Oxygen", "SpO₂ above 92 % on air", "above 90 % with oxygen only", "below 90 % with oxygen"),
  ],
  padss: [
    item("vitalSigns", "Vital signs", "within 20 % of before", "20–40 % off", "more than 40 % off"),
    item("activity", "Activity", "steady gait, as before", "needs help", "cannot walk"),
    item("nausea", "Nausea", "minimal", "moderate", "severe"),
    item("pain", "Pain", "minimal", "moderate", "severe"),
    item("bleeding", "Bleeding", "minimal", "moderate", "severe"),
  ],
};
