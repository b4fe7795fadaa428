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
