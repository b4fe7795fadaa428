/** What was observed, in words a nurse would use. */
import { cadss6Total, type HandValues, type Observation, scoreTotal } from "@vigil/shared/session";

/** "HR 72, BP 124/78, 36.6 °C by hand". */
function handText({ hr, spo2, rr, sbp, dbp, tempC }: HandValues): string {
  const parts = [
    hr === undefined ? "" : `HR ${hr}`,
    spo2 === undefined ? "" : `SpO₂ ${spo2} %`,
    rr === undefined ? "" : `RR ${rr}`,
    sbp === undefined && dbp === undefined ? "" : `BP ${sbp ?? "–"}/${dbp ?? "–"}`,
    tempC === undefined ? "" : `${tempC} °C`,
  ];
  return `${parts.filter((part) => part !== "").join(", ")} by hand`;
}

export const SCALE_TEXT = { aldrete: "Aldrete", padss: "PADSS" } as const;

export function observationText(observed: Observation): string {
  const { cadss6, score, values } = observed;
  const parts = [
    values === undefined ? "" : handText(values),
    observed.sedation === undefined ? "" : `MOAA/S ${observed.sedation}`,
    observed.dissociation === undefined ? "" : `dissociation ${observed.dissociation}/10`,
    cadss6 === undefined ? "" : `CADSS-6 ${cadss6Total(cadss6)}/24`,
    observed.nausea === undefined ? "" : `nausea ${observed.nausea}/10`,
    observed.pain === undefined ? "" : `pain ${observed.pain}/10`,
    observed.oriented === undefined ? "" : observed.oriented ? "oriented" : "not oriented",
    score === undefined ? "" : `${SCALE_TEXT[score.scale]} ${scoreTotal(score)}/10`,
    observed.note === undefined ? "" : `“${observed.note}”`,
  ];
  return parts.filter((part) => part !== "").join(", ");
}
