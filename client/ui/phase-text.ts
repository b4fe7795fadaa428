import type { Phase } from "@vigil/shared/session";

export const PHASE_TEXT: { readonly [P in Phase]: string } = {
  preparation: "Preparation",
  infusing: "Infusing",
  paused: "Paused",
  recovery: "Recovery",
  ready: "Ready",
  discharged: "Discharged",
  abandoned: "Abandoned",
};

/** Where there is room for six letters. */
export const PHASE_SHORT: { readonly [P in Phase]: string } = {
  preparation: "Prep.",
  infusing: "Infus.",
  paused: "Paused",
  recovery: "Recov.",
  ready: "Ready",
  discharged: "Gone",
  abandoned: "Gone",
};
