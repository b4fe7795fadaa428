/**
 * What the drug did so far, told from what the server says of the bay alone: whoever pauses, changes or stops the infusion,
 * the patient follows. Joined in the middle, it takes what was given before from there. From then on it counts by the clock
 * of the simulation, which may be faster than the server's.
 */
import type { AtMs, DurationMs } from "@vigil/shared/ids";
import type { Given, InfusionRun } from "@vigil/shared/pharmacokinetics";
import type { Plan } from "@vigil/shared/session";
import type { DrugFacts } from "../link/index.ts";
import type { BayView } from "./view.ts";

export interface Pump {
  /** Looks at the bay; to be called in time order, for one session. */
  observe(view: BayView, at: AtMs): void;
  readonly given: Given;
  /** When the drug first ran; `null` before. */
  readonly startedAt: AtMs | null;
  /** How long the infusion's clock has run by `at`: also while the pump, its dose given, delivers no more. */
  ranMs(at: AtMs): DurationMs;
}

interface Span {
  readonly from: AtMs;
  /** `null` while it lasts. */
  readonly to: AtMs | null;
}

const NOTHING_LEFT = 1e-9;

/** `plan` is what the pump is set to while the server has not told it. */
export function newPump(plan: Plan): Pump {
  let runs: readonly InfusionRun[] = [];
  let boluses: Given["boluses"] = [];
  /** When the infusion's clock ran. */
  let spans: readonly Span[] = [];
  let seen = false;

  const usual = (plannedMs: DurationMs | null): DrugFacts => ({
    rateMgPerKgPerMin: plan.doseMgPerKg / (plannedMs === null ? plan.plannedMin : plannedMs / 60_000),
    boundMgPerKg: plan.doseMgPerKg,
    given: { runs: [], boluses: [] },
  });

  function observe(view: BayView, at: AtMs): void {
    const drug = view.drug ?? usual(view.plannedMs);
    if (!seen) join(view, drug);
    seen = true;
    giveBoluses(drug, at);
    runClock(view, at);
    deliver(view, drug, at);
  }

  function join(
    { infusionStartedAt: from, ranMs, runningSince }: BayView,
    { given, rateMgPerKgPerMin }: DrugFacts,
  ): void {
    if (from === null) return;
    // Where it was paused is not known; how long it ran is.
    const to = runningSince === null ? from + ranMs : Math.min(from + ranMs, runningSince);
    if (ranMs > 0) spans = [{ from, to }];
    if (given.runs.length > 0) runs = given.runs;
    else if (ranMs > 0) runs = [{ from, to, rateMgPerKgPerMin }];
  }

  /** A bolus that was undone was never given; one that was seen before stays where it was then. */
  function giveBoluses({ given }: DrugFacts, at: AtMs): void {
    boluses = given.boluses.map((told, i) => {
      const known = boluses[i];
      return known?.mgPerKg === told.mgPerKg ? known : { at: Math.min(told.at, at), mgPerKg: told.mgPerKg };
    });
  }

  function runClock({ runningSince }: BayView, at: AtMs): void {
    const last = spans.at(-1);
    const isOn = last !== undefined && last.to === null;
    if (runningSince !== null && !isOn) {
      spans = [...spans, { from: Math.max(runningSince, last?.to ?? runningSince), to: null }];
    } else if (runningSince === null && isOn) {
      spans = [...spans.slice(0, -1), { ...last, to: at }];
    }
  }

  function deliver({ runningSince }: BayView, { rateMgPerKgPerMin, boundMgPerKg }: DrugFacts, at: AtMs): void {
    const last = runs.at(-1);
    const isOn = last !== undefined && last.to === null;
    const wanted = runningSince !== null && givenMgPerKg(at) < boundMgPerKg - NOTHING_LEFT;
    if (isOn && (!wanted || last.rateMgPerKgPerMin !== rateMgPerKgPerMin)) {
      runs = [...runs.slice(0, -1), { ...last, to: at }];
    }
    if (!wanted || (isOn && last.rateMgPerKgPerMin === rateMgPerKgPerMin)) return;
    const since = spans.at(-1)?.from ?? at;
    // Where the clock ran on and the pump did not (its dose was given, or its rate was another), it begins again now.
    const from = last === undefined || (last.to ?? at) <= since ? since : at;
    runs = [...runs, { from, to: null, rateMgPerKgPerMin }];
  }

  function givenMgPerKg(at: AtMs): number {
    let sum = 0;
    for (const { from, to, rateMgPerKgPerMin } of runs) {
      sum += (Math.max(0, Math.min(at, to ?? at) - from) / 60_000) * rateMgPerKgPerMin;
    }
    for (const { mgPerKg } of boluses) sum += mgPerKg;
    return sum;
  }

  return {
    observe,
    get given() {
      return { runs, boluses };
    },
    get startedAt() {
      return spans[0]?.from ?? null;
    },
    ranMs: (at) => spans.reduce((sum, span) => sum + Math.max(0, (span.to ?? at) - span.from), 0),
  };
}
