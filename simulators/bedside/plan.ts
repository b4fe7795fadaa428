import type { Plan } from "@vigil/shared/session";

/** The usual plan for depression (clinical.md, "Doses and courses"). */
export const USUAL_PLAN: Plan = { drug: "ketamine", doseMgPerKg: 0.5, plannedMin: 40 };
