/** What a person did to the session, in words a nurse would use. */
import type { ActCommand } from "@vigil/shared/session";
import { LEFT_TEXT } from "../../ui/left-text.ts";
import { planText } from "../../ui/plan-text.ts";

type Told = { readonly [T in ActCommand["type"]]: (command: Extract<ActCommand, { type: T }>) => string };

const because = (what: string, reason: string | undefined): string =>
  reason === undefined ? what : `${what}: ${reason}`;

const TOLD: Told = {
  "open-session": () => "Session opened",
  "set-patient": () => "Patient corrected",
  "correct-patient": ({ reason }) => because("Patient corrected", reason),
  "set-plan": ({ plan, reason }) => because(`Plan: ${planText(plan)}`, reason),
  "confirm-check": ({ check }) => `Confirmed: ${check}`,
  "record-baseline": ({ values }) =>
    values === undefined
      ? "Baseline"
      : `Baseline: HR ${values.hr}, SpO₂ ${values.spo2}, BP ${values.sbp}/${values.dbp}`,
  "start-infusion": () => "Infusion started",
  "pause-infusion": ({ reason }) => because("Paused", reason),
  "resume-infusion": () => "Resumed",
  "change-rate": ({ rateMlPerH }) => `Rate ${rateMlPerH} mL/h`,
  "give-medication": ({ medication }) =>
    medication.kind === "bolus"
      ? `Bolus ${medication.mg} mg`
      : `${medication.name} ${medication.dose} ${medication.unit}, ${medication.route}`,
  "extend-infusion": ({ minutes, mg, newBag }) =>
    `Extended by ${[minutes === undefined ? "" : `${minutes} min`, mg === undefined ? "" : `${mg} mg`].filter(Boolean).join(" and ")}${newBag === true ? ", new bag" : ""}`,
  "end-infusion": ({ reason }) => because("Infusion ended", reason),
  "record-observation": () => "Observation",
  "name-escort": ({ name }) => `Escort: ${name}`,
  "hand-over": ({ to }) => `Handed over to ${to.name}`,
  "undo-act": () => "Undone",
  "correct-time": ({ reason }) => because("Time corrected", reason),
  "transfer-session": ({ to }) => `Moved to bay ${to}`,
  "declare-ready": () => "Ready for discharge",
  "return-to-recovery": ({ reason }) => because("Back to recovery", reason),
  discharge: ({ override }) => because("Discharged", override),
  "abandon-session": ({ reason, left }) =>
    because(left === undefined ? "Session abandoned" : `Session abandoned, ${LEFT_TEXT[left]}`, reason),
};

export function actWords<T extends ActCommand["type"]>(command: Extract<ActCommand, { type: T }>): string {
  const tell: Told[T] = TOLD[command.type];
  return tell(command);
}
