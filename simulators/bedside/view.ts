/** What those at the bedside go by: the server's own row of the bay, so that what is done in a browser counts as much. */
import type { Bay } from "@vigil/shared/bay";
import { type BoardRow, boardRow } from "@vigil/shared/board";
import type { AtMs, DurationMs } from "@vigil/shared/ids";
import { type DrugFacts, drugOfSession } from "../link/index.ts";

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
  /** What the pump is set to and gave; `null` before the drug is started, and while it is not known. */
  readonly drug: DrugFacts | null;
  readonly alarms: readonly ({ readonly id: string } & Pick<
    BoardRow["alarms"][number],
    "priority" | "condition" | "raisedAt" | "acknowledged"
  >)[];
};

/** As whoever has the bay itself sees it at `at`. */
export const viewOf = (bay: Bay, at: AtMs): BayView => ({ ...boardRow(bay), drug: drugOfSession(bay.session, at) });

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
    drug: view.drug === null ? null : { ...view.drug, given: givenByClock(view.drug.given, byMs) },
    alarms: view.alarms.map((alarm) => ({ ...alarm, raisedAt: alarm.raisedAt + byMs })),
  };
}

const givenByClock = ({ runs, boluses }: DrugFacts["given"], byMs: DurationMs): DrugFacts["given"] => ({
  runs: runs.map(({ from, to, rateMgPerKgPerMin }) => ({
    from: from + byMs,
    to: to === null ? null : to + byMs,
    rateMgPerKgPerMin,
  })),
  boluses: boluses.map(({ at, mgPerKg }) => ({ at: at + byMs, mgPerKg })),
});
