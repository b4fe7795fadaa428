export { type Constitution, newPatient, type Patient, type Truth } from "./patient.ts";
export type { Dose } from "./pharmacokinetics.ts";
