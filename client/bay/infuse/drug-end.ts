import type { SessionView } from "@vigil/shared/bay";
import type { AtMs } from "@vigil/shared/ids";
import { drugLeftMs } from "@vigil/shared/session";

/** When the dose will be given at the rate that is set; `null` while the pump stands, or when it cannot be told. */
export function drugEndAt(session: SessionView, now: AtMs): AtMs | null {
  if (session.infusion?.runningSince == null) return null;
  const leftMs = drugLeftMs(session, now);
  return leftMs === null || leftMs === 0 ? null : now + leftMs;
}
