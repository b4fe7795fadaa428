/** A place of a protocol in words: "limits · hr · low · warning · limit" is "HR low, warning: limit". */
import { VITAL_FACTS, VITALS } from "@vigil/shared/vitals";

const WORDS: { readonly [key: string]: string | undefined } = {
  name: "Name",
  cuffIntervalMin: "Cuff interval (min)",
  observationIntervalMin: "Observation interval (min)",
  recoveryMinimumMin: "Minimum stay after the infusion (min)",
  dissociationExpectedMin: "Dissociation expected (min)",
  escalation: "Ladder of escalation, rung",
  afterS: "after (s)",
  latching: "Stays until somebody has seen it",
  startChecks: "Confirmed before the start",
  secondPersonChecks: "Confirmed by a second person",
  dischargeChecks: "Confirmed before going home",
  dischargeFacts: "Recorded before going home",
  dischargeScore: "Discharge score",
  dischargeWithinBaseline: "Vital signs near the baseline (share)",
  dischargeCuffs: "Of the last cuff measurements",
  noDrivingHours: "No driving (h)",
  reasonForEarlyStop: "An early end needs a reason",
  plan: "Plan",
  doseMgPerKg: "dose (mg/kg)",
  weightKg: "weight (kg)",
  plannedMin: "duration (min)",
  concentrationMgPerMl: "concentration (mg/mL)",
  staleAfter: "Stale after (s)",
  relative: "Rise over the baseline",
  riseOverBaseline: "share",
  offDelay: "off after",
};

const labelOf = (key: string): string => {
  const vital = VITALS.find((each) => each === key);
  return vital === undefined ? (WORDS[key] ?? key) : VITAL_FACTS[vital].label;
};

export function placeText(place: string): string {
  const [first = "", vital = "", direction, tier, ...rest] = place.split(" · ");
  if (first === "limits" && direction !== undefined && tier !== undefined) {
    return `${labelOf(vital)} ${direction}, ${tier}: ${rest.map(labelOf).join(" ")}`;
  }
  return place.split(" · ").map(labelOf).join(", ");
}
