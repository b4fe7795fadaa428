export type { Apnoea } from "./breathing.ts";
export {
  type Mind,
  NO_TROUBLE,
  newPatient,
  type Patient,
  type PatientSettings,
  type Trouble,
  type Truth,
} from "./patient.ts";
export type { Constitution } from "./profile.ts";
export { KINETICS, type Kinetics } from "./response.ts";
