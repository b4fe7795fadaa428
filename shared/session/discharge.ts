/** The discharge criteria (product.md, "Discharge"): by fact where a fact exists, by a person's word where not. */
import type { AtMs } from "../ids/index.ts";
import type { DischargeFact } from "../protocol/index.ts";
import type { BaselineValues } from "./command.ts";
import type { Criterion } from "./criterion.ts";
import { assessmentSinceEnd, isConfirmed, recoveryMinimumAt, type Session } from "./session.ts";

/** What the bay knows beside the session when discharge is judged. */
export interface DischargeFacts {
  /** Fresh values now; `null` where the last one is stale or missing. */
  readonly vitals: { readonly [V in keyof BaselineValues]: number | null };
  /** When the last cuff pressure was taken. */
  readonly pressureAt: AtMs | null;
  /** The set of vital signs at the cuff measurement before the last, `at` its time; `null` where it is not known. */
  readonly before: { readonly [V in keyof BaselineValues]: number | null } & { readonly at: AtMs | null };
  readonly physiologicalAlarms: number;
}

/** Every criterion, whether it holds or not, in the order in which it is shown. */
export function dischargeCriteria(session: Session, facts: DischargeFacts, at: AtMs): readonly Criterion[] {
  const { protocol, baseline } = session;
  const minimumAt = recoveryMinimumAt(session);
  const leftMin = minimumAt === null ? null : Math.ceil(Math.max(0, minimumAt - at) / 60_000);
  const percent = Math.round(protocol.dischargeWithinBaseline * 100);
  const { vitals, before, physiologicalAlarms } = facts;
  const two = protocol.dischargeCuffs === 2;
  const fact = (id: string, holds: boolean, reason: string, value: string | null): Criterion => ({
    id,
    kind: "fact",
    holds,
    reason,
    value,
  });
  return [
    fact(
      "recovery-minimum",
      hasRecovered(session, at),
      "The minimum recovery time is not over.",
      leftMin === null ? null : leftMin === 0 ? "over" : `${leftMin} min left`,
    ),
    fact(
      "no-physiological-alarm",
      physiologicalAlarms === 0,
      "A physiological alarm is still standing.",
      `${physiologicalAlarms} standing`,
    ),
    fact(
      "near-baseline",
      isNearBaseline(session, facts, 0),
      `The last ${two ? "two sets of " : ""}vital signs are missing, stale, from before the infusion ended or not within ${percent} % of the baseline.`,
      baseline === null
        ? null
        : [
            `HR ${two && before.hr !== null ? `${before.hr}, ` : ""}${vitals.hr ?? "–"} (${baseline.hr})`,
            `SpO₂ ${two && before.spo2 !== null ? `${before.spo2}, ` : ""}${vitals.spo2 ?? "–"} (${baseline.spo2})`,
            `BP ${two ? `${before.sbp ?? "–"}/${before.dbp ?? "–"}, ` : ""}${vitals.sbp ?? "–"}/${vitals.dbp ?? "–"} (${baseline.sbp}/${baseline.dbp})`,
          ].join(" · "),
    ),
    ...protocol.dischargeFacts.map((name) => recordedFact(session, name)),
    ...protocol.dischargeChecks.map((check): Criterion => {
      const said = session.confirmed.find((each) => each.part === "discharge" && each.check === check);
      return {
        id: check,
        kind: "confirmation",
        holds: isConfirmed(session, "discharge", check),
        reason:
          said === undefined ? `Not confirmed yet: ${check}.` : `A second person has not confirmed yet: ${check}.`,
        value: said === undefined ? null : [said.first, said.second].flatMap((each) => each?.name ?? []).join(", "),
      };
    }),
  ];
}

/**
 * Whether all of them hold. `slack` widens the share of baseline that vital signs may differ by, for saying that a state
 * goes on rather than begins. Looked at on readings, so without words.
 */
export function mayBeDischarged(session: Session, facts: DischargeFacts, at: AtMs, slack = 0): boolean {
  return (
    hasRecovered(session, at) &&
    facts.physiologicalAlarms === 0 &&
    session.protocol.dischargeChecks.every((check) => isConfirmed(session, "discharge", check)) &&
    isNearBaseline(session, facts, slack) &&
    session.protocol.dischargeFacts.every((name) => recordedFact(session, name).holds)
  );
}

function hasRecovered(session: Session, at: AtMs): boolean {
  const minimumAt = recoveryMinimumAt(session);
  return minimumAt !== null && at >= minimumAt;
}

function recordedFact(session: Session, name: DischargeFact): Criterion {
  const fact = (holds: boolean, reason: string, value: string | null): Criterion => ({
    id: name,
    kind: "fact",
    holds,
    reason,
    value,
  });
  const { oriented, dissociated, score } = assessmentSinceEnd(session);
  const { scale, least } = session.protocol.dischargeScore;
  const scaleName = scale === "aldrete" ? "modified Aldrete" : "PADSS";
  switch (name) {
    case "oriented":
      return fact(
        oriented === true,
        oriented === null
          ? "Orientation has not been observed since the infusion ended."
          : "The patient was not oriented when last observed.",
        oriented === null ? null : oriented ? "oriented" : "not oriented",
      );
    case "discharge-score":
      return fact(
        score !== null && score >= least,
        score === null
          ? `No ${scaleName} score has been recorded since the infusion ended.`
          : `The ${scaleName} score is ${score}; ${least} is needed.`,
        score === null ? null : `${score} of 10`,
      );
    case "dissociation-over":
      return fact(
        dissociated === false,
        dissociated === null
          ? "Dissociation has not been observed since the infusion ended."
          : "Dissociation was still there when last observed.",
        dissociated === null ? null : dissociated ? "present" : "over",
      );
    case "escort-named":
      return fact(
        session.escort !== null,
        "The escort's name and phone are not recorded.",
        session.escort === null ? null : `${session.escort.escortName}, ${session.escort.phone}`,
      );
  }
}

function isNearBaseline(session: Session, facts: DischargeFacts, slack: number): boolean {
  const { baseline, protocol, infusion } = session;
  if (baseline === null) return false;
  const within = protocol.dischargeWithinBaseline + slack;
  const isNear = (vital: keyof BaselineValues, value: number | null): boolean => {
    if (value === null) return false;
    // More oxygen than at baseline is no reason to keep anyone.
    if (vital === "spo2" && value >= baseline.spo2) return true;
    return Math.abs(value - baseline[vital]) <= within * baseline[vital];
  };
  const { vitals, pressureAt, before } = facts;
  if (!(["hr", "spo2", "sbp", "dbp"] as const).every((vital) => isNear(vital, vitals[vital]))) return false;
  const two = protocol.dischargeCuffs === 2;
  if (two && !(["sbp", "dbp"] as const).every((cuff) => isNear(cuff, before[cuff]))) return false;
  if (session.edition === 1) return true;
  const endedAt = infusion?.endedAt ?? Number.POSITIVE_INFINITY;
  if (pressureAt === null || pressureAt < endedAt) return false;
  if (!two) return true;
  // What nobody measured beside that cuff is not held against the patient: now it is asked for all the same.
  const wasNear = (vital: "hr" | "spo2") => before[vital] === null || isNear(vital, before[vital]);
  return before.at !== null && before.at >= endedAt && wasNear("hr") && wasNear("spo2");
}
