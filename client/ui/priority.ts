import type { Priority } from "@vigil/shared/protocol";

/** Gravest first. */
export const PRIORITIES_IN_ORDER: readonly Priority[] = ["high", "medium", "low"];

/** IEC 60601-1-8: the sign that stands beside the colour, which is never the only sign. */
export const PRIORITY_SYMBOL: { readonly [P in Priority]: string } = { high: "!!!", medium: "!!", low: "!" };
