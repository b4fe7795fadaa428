import type { Bay, BayEvent } from "@vigil/shared/bay";
import type { KeptInput } from "../journal/index.ts";

/** What one step did to a bay. */
export interface WardChange {
  readonly before: Bay;
  readonly after: Bay;
  /** `null`: time alone. */
  readonly input: KeptInput | null;
  readonly events: readonly BayEvent[];
}
