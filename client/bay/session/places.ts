import type { LiveBay } from "../../live/index.ts";

type Press =
  | "open"
  | "patient"
  | "plan"
  | "baseline"
  | "start"
  | "resume"
  | "finish"
  | "undo"
  | "ask"
  | `check ${string}`;

/** Where the answer to a press is said. A press that ends a phase is answered in the next one too. */
export const placeOf = (bay: LiveBay, press: Press): string => `session ${bay.id} ${press}`;
