/**
 * What the drug did so far, told from the server's row alone: whoever pauses or stops the infusion, the patient follows.
 * Joined in the middle, it knows of the time before what the row says of it.
 */
import type { AtMs, DurationMs } from "@vigil/shared/ids";
import type { Given, InfusionRun } from "@vigil/shared/pharmacokinetics";
import type { Plan } from "@vigil/shared/session";
import type { BayView } from "./view.ts";

export interface Pump {
  /** Looks at the row; to be called in time order, for one session. */
  observe(view: BayView, at: AtMs): void;
  readonly given: Given;
  /** When the drug first ran; `null` before. */
  readonly startedAt: AtMs | null;
  /** How long it has run by `at`. */
  ranMs(at: AtMs): DurationMs;
}

/** `plan` is what the pump is set to where the row does not say: it tells the planned time and not the dose. */
export function newPump(plan: Plan): Pump {
  let runs: readonly InfusionRun[] = [];
  let seen = false;

  function observe(view: BayView, at: AtMs): void {
    const plannedMin = view.plannedMs === null ? plan.plannedMin : view.plannedMs / 60_000;
    const rateMgPerKgPerMin = plan.doseMgPerKg / plannedMin;
    if (!seen && view.infusionStartedAt !== null && view.ranMs > 0) {
      const from = view.infusionStartedAt;
      runs = [{ from, to: from + view.ranMs, rateMgPerKgPerMin }];
    }
    seen = true;
    const last = runs.at(-1);
    const isOn = last !== undefined && last.to === null;
    if (view.runningSince !== null && !isOn) {
      runs = [...runs, { from: view.runningSince, to: null, rateMgPerKgPerMin }];
    } else if (view.runningSince === null && isOn) {
      runs = [...runs.slice(0, -1), { ...last, to: at }];
    }
  }

  return {
    observe,
    get given() {
      return { runs, boluses: [] };
    },
    get startedAt() {
      return runs[0]?.from ?? null;
    },
    ranMs: (at) => runs.reduce((sum, run) => sum + Math.max(0, (run.to ?? at) - run.from), 0),
  };
}
