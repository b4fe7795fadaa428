import type { Left } from "@vigil/shared/session";

/** How a patient went without having been discharged. */
export const LEFT_TEXT: { readonly [L in Left]: string } = {
  "against-advice": "left against advice",
  "transferred-out": "taken elsewhere for care",
};
