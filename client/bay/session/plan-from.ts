import type { SessionView } from "@vigil/shared/bay";
import type { AtMs } from "@vigil/shared/ids";

/**
 * From when on a corrected plan holds: since the last word before the start on the plan or the weight it rests on. At one
 * instant what was entered later counts, and should the start prove to have been earlier, the plan is still before it.
 */
export function planHoldsFrom({ timeline, infusion, openedAt }: SessionView): AtMs {
  const startedAt = infusion?.startedAt ?? Number.POSITIVE_INFINITY;
  const said = timeline.findLast(
    ({ command: { type }, at, undone }) =>
      undone === null && at < startedAt && (type === "set-plan" || type === "set-patient"),
  );
  return said?.at ?? openedAt;
}
