/**
 * What the drug did so far, told from the server's row alone: whoever pauses or stops the infusion, the patient follows.
 * Joined in the middle, it knows of the time before what the row says of it.
 */
import type { AtMs, DurationMs } from "@vigil/shared/ids";
import type { Dose } from "../patient/index.ts";
import { USUAL_PLAN } from "./plan.ts";
import type { BayView } from "./view.ts";

export interface Pump {
  /** Looks at the row; to be called in time order, for one session. */
  observe(view: BayView, at: AtMs): void;
  readonly doses: readonly Dose[];
  /** When the drug first ran; `null` before. */
  readonly startedAt: AtMs | null;
  /** How long it has run by `at`. */
  ranMs(at: AtMs): DurationMs;
}

export function newPump(): Pump {
  let doses: readonly Dose[] = [];
  let seen = false;

  function observe(view: BayView, at: AtMs): void {
    // The row tells the planned time and not the dose: the usual one is taken.
    const plannedMin = view.plannedMs === null ? USUAL_PLAN.plannedMin : view.plannedMs / 60_000;
    const rateMgPerKgPerMin = USUAL_PLAN.doseMgPerKg / plannedMin;
    if (!seen && view.infusionStartedAt !== null && view.ranMs > 0) {
      const from = view.infusionStartedAt;
      doses = [{ from, to: from + view.ranMs, rateMgPerKgPerMin }];
    }
    seen = true;
    const last = doses.at(-1);
    const runs = last !== undefined && last.to === null;
    if (view.runningSince !== null && !runs) {
      doses = [...doses, { from: view.runningSince, to: null, rateMgPerKgPerMin }];
    } else if (view.runningSince === null && runs) {
      doses = [...doses.slice(0, -1), { ...last, to: at }];
    }
  }

  return {
    observe,
    get doses() {
      return doses;
    },
    get startedAt() {
      return doses[0]?.from ?? null;
    },
    ranMs: (at) => doses.reduce((sum, dose) => sum + Math.max(0, (dose.to ?? at) - dose.from), 0),
  };
}
