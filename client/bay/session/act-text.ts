import type { SessionView } from "@vigil/shared/bay";
import { type ActField, type ActKind, NEW_BAG, SAME_BAG } from "./act-form.ts";

export const ACT_TITLE: { readonly [K in ActKind]: string } = {
  start: "Start of the infusion",
  check: "A confirmation of the checklist",
  baseline: "Baseline vital signs",
  pause: "Pause the infusion",
  resume: "Resume the infusion",
  rate: "Change the rate",
  bolus: "Bolus",
  medication: "Other medication",
  extend: "Extend the infusion",
  end: "Stop the infusion",
};

export const ACT_SUBMIT: { readonly [K in ActKind]: string } = {
  start: "Enter the start",
  check: "Confirm",
  baseline: "Take as baseline",
  pause: "Pause",
  resume: "Resume",
  rate: "Set the rate",
  bolus: "Bolus given",
  medication: "Given",
  extend: "Extend",
  end: "Stop the infusion",
};

export const FIELD_LABEL: { readonly [F in ActField]: string } = {
  reason: "Reason",
  rateMlPerH: "New rate, mL/h",
  bolusMg: "Bolus, mg",
  name: "Medication",
  dose: "Dose",
  unit: "Unit",
  route: "Route",
  minutes: "More minutes",
  moreMg: "More drug, mg",
  bag: "Out of",
  check: "What was confirmed",
  hr: "Heart rate, /min",
  spo2: "SpO₂, %",
  sbp: "Systolic, mmHg",
  dbp: "Diastolic, mmHg",
};

/** What is usual, to choose with one touch; everything else is typed. */
export const CHOICES: { readonly [K in ActKind]?: { readonly [F in ActField]?: readonly string[] } } = {
  pause: { reason: ["blood pressure", "nausea", "anxiety", "line or pump"] },
  end: { reason: ["blood pressure", "nausea", "anxiety", "patient’s wish"] },
  medication: { unit: ["mg", "µg", "mL", "g"], route: ["IV", "PO", "IM", "SC"] },
  extend: { minutes: ["5", "10", "15"], bag: [SAME_BAG, NEW_BAG] },
};

/** What can be entered late: what could have been forgotten so far. */
export function lateKinds({ phase }: Pick<SessionView, "phase">): readonly ActKind[] {
  switch (phase) {
    case "preparation":
      return ["start", "check", "baseline", "medication"];
    case "infusing":
    case "paused":
      return ["pause", "resume", "end", "rate", "bolus", "medication", "extend"];
    case "recovery":
    case "ready":
      return ["pause", "resume", "rate", "bolus", "medication", "extend"];
    case "discharged":
    case "abandoned":
      return [];
  }
}
