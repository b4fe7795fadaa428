import { type Limits, limitsSchema } from "@vigil/shared/protocol";
import { type BayDetail, field } from "../act/index.ts";

export interface BayLimits {
  readonly now: Limits;
  /** What they go back to at discharge. */
  readonly protocol: Limits;
}

/** The limits in a bay's detail; `null` where there are none that can be read. */
export function limitsOf({ body }: BayDetail): BayLimits | null {
  const now = limitsSchema.safeParse(field(body, "limits"));
  const protocol = limitsSchema.safeParse(field(body, "protocolLimits"));
  return now.success && protocol.success ? { now: now.data, protocol: protocol.data } : null;
}
