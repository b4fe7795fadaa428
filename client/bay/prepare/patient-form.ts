/** Who the patient is, as typed, and what the server is told. */
import type { Protocol } from "@vigil/shared/protocol";
import { INITIALS_RULE, initialsOf, isInitials, type Patient, weightProblem } from "@vigil/shared/session";
import { type FigureRule, figureOf } from "../form/figures.ts";

export type PatientTexts = Readonly<Record<"name" | "initials" | "recordNumber" | "birthDate" | "weightKg", string>>;
export type PatientErrors = { readonly [K in keyof PatientTexts]?: string };

export const NO_PATIENT: PatientTexts = { name: "", initials: "", recordNumber: "", birthDate: "", weightKg: "" };

const WEIGHT: FigureRule = { label: "A weight", unit: "kg", most: 700 };

export const patientTexts = (patient: Patient): PatientTexts => ({
  name: patient.name ?? "",
  initials: patient.initials,
  recordNumber: patient.recordNumber ?? "",
  birthDate: patient.birthDate ?? "",
  weightKg: patient.weightKg === undefined ? "" : String(patient.weightKg),
});

export interface PatientRead {
  /** `null` while something is missing or wrong. */
  readonly patient: Patient | null;
  /** In kg, as far as it can be read. */
  readonly weightKg: number | undefined;
  /** What is wrong with what was typed: to be shown at once. */
  readonly wrong: PatientErrors;
  /** What is still to be typed: to be shown when it is to be sent. */
  readonly missing: PatientErrors;
}

/** @param today of the clinic, `2026-03-02` */
export function readPatient(texts: PatientTexts, rules: Protocol["plan"], today: string): PatientRead {
  const wrong: { -readonly [K in keyof PatientErrors]: string } = {};
  const missing: { -readonly [K in keyof PatientErrors]: string } = {};
  const name = texts.name.trim();
  const initials = texts.initials.trim() || initialsOf(name);
  if (initials === "") missing.initials = "Name or initials are needed: the wall shows the initials.";
  else if (!isInitials(initials)) wrong.initials = INITIALS_RULE;
  const recordNumber = texts.recordNumber.trim();
  if (recordNumber.length > 40) wrong.recordNumber = "At most 40 signs.";
  if (texts.birthDate !== "" && (texts.birthDate > today || texts.birthDate < "1900")) {
    wrong.birthDate = texts.birthDate > today ? "This day is still to come." : "This is too long ago.";
  }
  const weight = figureOf(texts.weightKg, WEIGHT);
  const weightKg = weight !== null && "value" in weight ? weight.value : undefined;
  const implausible = weight !== null && "wrong" in weight ? weight.wrong : weightProblem(weightKg, rules);
  if (implausible !== null) wrong.weightKg = implausible;
  const isRight = Object.keys(wrong).length + Object.keys(missing).length === 0;
  const patient: Patient = {
    initials,
    ...(name === "" ? {} : { name }),
    ...(recordNumber === "" ? {} : { recordNumber }),
    ...(texts.birthDate === "" ? {} : { birthDate: texts.birthDate }),
    ...(weightKg === undefined ? {} : { weightKg }),
  };
  return { patient: isRight ? patient : null, weightKg, wrong, missing };
}
