import type { AtMs } from "../ids/index.ts";
import type { BaselineValues } from "./command.ts";
import { recoveryMinimumAt, type Session } from "./session.ts";

/** What the bay knows beside the session when discharge is judged. */
export interface DischargeFacts {
  /** Fresh values now; `null` where the last one is stale or missing. */
  readonly vitals: { readonly [V in keyof BaselineValues]: number | null };
  readonly physiologicalAlarms: number;
}

export interface Criterion {
  readonly id: string;
  readonly holds: boolean;
  /** One sentence a nurse can act on when it does not hold. */
  readonly reason: string;
}

/**
 * Every discharge criterion with whether it holds (product.md, "Discharge": only when every criterion holds). `slack`
 * widens the share of baseline that vital signs may differ by, for saying that a state goes on rather than begins.
 */
export function dischargeCriteria(session: Session, facts: DischargeFacts, at: AtMs, slack = 0): readonly Criterion[] {
  const minimumAt = recoveryMinimumAt(session);
  const within = session.protocol.dischargeWithinBaseline;
  const criteria: Criterion[] = [
    {
      id: "recovery-minimum",
      holds: minimumAt !== null && at >= minimumAt,
      reason: "The minimum recovery time is not over.",
    },
    {
      id: "no-physiological-alarm",
      holds: facts.physiologicalAlarms === 0,
      reason: "A physiological alarm is still standing.",
    },
    {
      id: "near-baseline",
      holds: session.baseline !== null && isNearBaseline(session.baseline, facts.vitals, within + slack),
      reason: `The last vital signs are missing, stale or not within ${Math.round(within * 100)} % of the baseline.`,
    },
  ];
  for (const check of session.protocol.dischargeChecks) {
    criteria.push({ id: check, holds: session.confirmed.includes(check), reason: `Not confirmed yet: ${check}.` });
  }
  return criteria;
}

function isNearBaseline(baseline: BaselineValues, now: DischargeFacts["vitals"], within: number): boolean {
  return (["hr", "spo2", "sbp", "dbp"] as const).every((vital) => {
    const value = now[vital];
    if (value === null) return false;
    // More oxygen than at baseline is no reason to keep anyone.
    if (vital === "spo2" && value >= baseline.spo2) return true;
    return Math.abs(value - baseline[vital]) <= within * baseline[vital];
  });
}
