/** What the pump gave, from the session's facts. The one place that knows how a rate comes about. */
import type { AtMs, DurationMs } from "../ids/index.ts";
import type { Given, InfusionRun } from "../pharmacokinetics/index.ts";
import type { Plan } from "../session/index.ts";
import type { PhaseSpan } from "./session-chart.ts";

/**
 * Runs are the time in which the drug ran, at the plan's rate; once the planned dose is in, nothing more is assumed to
 * come. Without a plan nothing is known of the rate.
 */
export function givenBy(plan: Plan | null, phases: readonly PhaseSpan[]): Given {
  if (plan === null) return { runs: [], boluses: [] };
  const rateMgPerKgPerMin = plan.doseMgPerKg / plan.plannedMin;
  let leftMs: DurationMs = plan.plannedMin * 60_000;
  const runs: InfusionRun[] = [];
  for (const { phase, from, to } of phases) {
    if (phase !== "infusing" || leftMs <= 0) continue;
    const emptyAt = from + leftMs;
    runs.push({ from, to: to === null ? emptyAt : Math.min(to, emptyAt), rateMgPerKgPerMin });
    leftMs -= (to ?? emptyAt) - from;
  }
  return { runs, boluses: [] };
}

/** mg/kg given by `at`, boluses included. */
export function givenMgPerKg({ runs, boluses }: Given, at: AtMs): number {
  const infused = runs.reduce((sum, { from, to, rateMgPerKgPerMin }) => {
    const ranMin = Math.max(0, Math.min(at, to ?? at) - from) / 60_000;
    return sum + ranMin * rateMgPerKgPerMin;
  }, 0);
  return boluses.reduce((sum, bolus) => sum + (bolus.at <= at ? bolus.mgPerKg : 0), infused);
}
