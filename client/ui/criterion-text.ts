const CRITERION_TEXT: Readonly<Record<string, string>> = {
  "recovery-minimum": "Minimum recovery time over",
  "no-physiological-alarm": "No physiological alarm",
  "near-baseline": "Vital signs near the baseline",
  oriented: "Oriented",
  "discharge-score": "Discharge score",
  "dissociation-over": "Dissociation over",
  "escort-named": "Escort named",
};

/** A discharge criterion in words; one of the protocol's own is named by its words. */
export const criterionText = (id: string): string => CRITERION_TEXT[id] ?? id.charAt(0).toUpperCase() + id.slice(1);
