/** What those at the bedside go by: the server's own row of the bay, so that what is done in a browser counts as much. */
import type { BoardRow } from "@vigil/shared/board";
import type { DurationMs } from "@vigil/shared/ids";

export type BayView = Pick<
  BoardRow,
  | "sessionId"
  | "phase"
  | "infusionStartedAt"
  | "ranMs"
  | "runningSince"
  | "plannedMs"
  | "recoveryStartedAt"
  | "recoveryMinimumAt"
  | "baselineTaken"
  | "observationDueAt"
> & {
  readonly alarms: readonly ({ readonly id: string } & Pick<
    BoardRow["alarms"][number],
    "priority" | "condition" | "raisedAt" | "acknowledged"
  >)[];
};

/** The same view by a clock that is ahead of the server's by `byMs`. */
export function viewByClock(view: BayView, byMs: DurationMs): BayView {
  if (byMs === 0) return view;
  const shift = (at: number | null) => (at === null ? null : at + byMs);
  return {
    ...view,
    infusionStartedAt: shift(view.infusionStartedAt),
    runningSince: shift(view.runningSince),
    recoveryStartedAt: shift(view.recoveryStartedAt),
    recoveryMinimumAt: shift(view.recoveryMinimumAt),
    observationDueAt: shift(view.observationDueAt),
    alarms: view.alarms.map((alarm) => ({ ...alarm, raisedAt: alarm.raisedAt + byMs })),
  };
}
