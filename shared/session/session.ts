/**
 * One patient's visit, from preparation to discharge. What people did stands in `acts`; everything else in it follows from
 * them (moves.ts). Elapsed time, dose and countdown are computed for any instant, never stored, so that every screen and
 * every replay shows the same second.
 */
import type { AtMs, CommandId, DurationMs, PersonId, SessionId } from "../ids/index.ts";
import type { Protocol } from "../protocol/index.ts";
import type { Act } from "./act.ts";
import type { BaselineValues, Left, Medication, Patient } from "./command.ts";
import type { Criterion } from "./criterion.ts";
import { isDissociated, type Observation, scoreTotal } from "./observation.ts";
import type { Plan } from "./plan.ts";

/** The clinical timeline (product.md). Discharged and abandoned are ends. */
export const PHASES = ["preparation", "infusing", "paused", "recovery", "ready", "discharged", "abandoned"] as const;
export type Phase = (typeof PHASES)[number];

/** Who did something, and when it holds from. */
export interface Signature {
  readonly by: PersonId;
  readonly name: string;
  readonly at: AtMs;
}

/** What the pump was set to while it ran. */
export interface RateSegment {
  readonly from: AtMs;
  /** `null` while it runs. */
  readonly to: AtMs | null;
  /** `null` when neither plan nor act tells. */
  readonly rateMlPerH: number | null;
  readonly rateMgPerMin: number | null;
}

export interface Infusion {
  readonly startedAt: AtMs;
  /** What ran before `runningSince`. */
  readonly ranMs: DurationMs;
  /** `null` while paused and after the end. */
  readonly runningSince: AtMs | null;
  readonly endedAt: AtMs | null;
  /** Oldest first; between two of them the infusion was paused. */
  readonly segments: readonly RateSegment[];
  /** What the pump is set to, running or held. */
  readonly rate: Pick<RateSegment, "rateMlPerH" | "rateMgPerMin">;
  /** Boluses of the plan's drug, oldest first. */
  readonly boluses: readonly { readonly at: AtMs; readonly mg: number }[];
  /** What was added to the plan, explicitly, oldest first; `newBag`: with another bag, as full as the first. */
  readonly extensions: readonly {
    readonly at: AtMs;
    readonly minutes: number;
    readonly mg: number;
    readonly newBag?: true;
  }[];
}

export interface Confirmation {
  /** For which part of the session: what was confirmed for the start says nothing about going home. */
  readonly part: "start" | "discharge";
  readonly check: string;
  readonly first: Signature;
  /** The second person, where the protocol asks for one. */
  readonly second: Signature | null;
}

export type RecordedObservation = Observation & Signature & { readonly act: CommandId };
export type GivenMedication = { readonly medication: Medication } & Signature & { readonly act: CommandId };

/** How the session ended. */
export interface Ending extends Signature {
  /** Why: of `abandon-session`, and of a discharge against a criterion; `null` when every criterion held. */
  readonly reason: string | null;
  /** Every discharge criterion as it was then; empty when abandoned without having had the drug. */
  readonly criteria: readonly Criterion[];
  /** Of an abandoned session: how the patient went; `null` when nobody said so. */
  readonly left: Left | null;
  /** Until when the patient must not drive or work machines; `null` when no drug was given. */
  readonly noDrivingUntil: AtMs | null;
}

/** What follows from the acts. */
export interface SessionFacts {
  readonly patient: Patient;
  readonly plan: Plan | null;
  readonly phase: Phase;
  /** Every phase so far with its beginning, oldest first. */
  readonly phases: readonly { readonly phase: Phase; readonly from: AtMs }[];
  readonly baseline: (BaselineValues & { readonly at: AtMs }) | null;
  readonly confirmed: readonly Confirmation[];
  readonly infusion: Infusion | null;
  /** Oldest first. */
  readonly observations: readonly RecordedObservation[];
  readonly medications: readonly GivenMedication[];
  readonly escort: (Signature & { readonly escortName: string; readonly phone: string }) | null;
  /** Who looks after the patient: who opened the session, then whoever it was handed over to; `null` when unknown. */
  readonly responsible: Signature | null;
  readonly ending: Ending | null;
}

export interface Session extends SessionFacts {
  readonly id: SessionId;
  /** The session keeps the rules it began with. */
  readonly protocol: Protocol;
  /** And the edition of what judges its acts (edition.ts). */
  readonly edition: number;
  readonly openedAt: AtMs;
  /** The facts before the first act. */
  readonly origin: SessionFacts;
  /** In the order of entry; nothing is ever taken out. */
  readonly acts: readonly Act[];
}

/** The drug is running, or only held: the time in which most is watched most closely. */
export const isInfusionPhase = (phase: Phase): boolean => phase === "infusing" || phase === "paused";
/** The patient has had the drug and has not left: technical alarms count more (alarms.md, "Technical alarms"). */
export const isDrugOnBoard = (phase: Phase): boolean =>
  isInfusionPhase(phase) || phase === "recovery" || phase === "ready";

/** How long the drug has run by `at`, pauses left out. */
export function infusionElapsedMs(infusion: Infusion, at: AtMs): DurationMs {
  return infusion.ranMs + (infusion.runningSince === null ? 0 : Math.max(0, at - infusion.runningSince));
}

/** How long the infusion was held by `at`: with the elapsed time it adds up to the time since the start. */
export function infusionPausedMs(infusion: Infusion, at: AtMs): DurationMs {
  return Math.max(0, (infusion.endedAt ?? at) - infusion.startedAt - infusionElapsedMs(infusion, at));
}

/** With what it was extended by; `null` before a plan is set. */
export function plannedMs(session: SessionFacts): DurationMs | null {
  if (session.plan === null) return null;
  let minutes = session.plan.plannedMin;
  for (const extension of session.infusion?.extensions ?? []) minutes += extension.minutes;
  return minutes * 60_000;
}

/** When the planned time is reached if the drug runs on; `null` while it does not run. */
export function plannedEndAt(session: SessionFacts): AtMs | null {
  const { infusion } = session;
  const planned = plannedMs(session);
  if (infusion === null || infusion.runningSince === null || planned === null) return null;
  return infusion.runningSince + planned - infusion.ranMs;
}

/** When the minimum supervised stay is over; `null` before the drug has stopped. */
export function recoveryMinimumAt(session: Session): AtMs | null {
  const endedAt = session.infusion?.endedAt ?? null;
  return endedAt === null ? null : endedAt + session.protocol.recoveryMinimumMin * 60_000;
}

/** How long after an observation the next one is due, by the part the session is in. */
export function observationIntervalMs(session: Pick<Session, "protocol" | "phase">): DurationMs {
  const minutes = session.protocol.observationIntervalMin;
  return (session.phase === "recovery" || session.phase === "ready" ? minutes.recovery : minutes.infusing) * 60_000;
}

/** A note alone looks at nothing that is owed. */
export const looksAtPatient = ({
  note: _note,
  at: _at,
  by: _by,
  name: _name,
  act: _act,
  ...seen
}: RecordedObservation) => Object.keys(seen).length > 0;

/** When the next observation is due: the protocol's interval after the last one or the start; `null` when none is owed. */
export function observationDueAt(session: Session): AtMs | null {
  if (!isDrugOnBoard(session.phase) || session.infusion === null) return null;
  const last = session.observations.findLast(looksAtPatient)?.at ?? session.infusion.startedAt;
  return Math.max(last, session.infusion.startedAt) + observationIntervalMs(session);
}

/** From when dissociation that has not ended counts as prolonged; `null` while none is known or the drug still runs. */
export function dissociationProlongedAt(session: Session): AtMs | null {
  const endedAt = session.infusion?.endedAt ?? null;
  const last = session.observations.findLast((observation) => isDissociated(observation) !== null);
  if (endedAt === null || last === undefined || isDissociated(last) === false) return null;
  return endedAt + session.protocol.dissociationExpectedMin * 60_000;
}

/** The last word since the drug stopped on what discharge asks for; `null` where nobody has looked. */
export interface Assessment {
  readonly oriented: boolean | null;
  readonly dissociated: boolean | null;
  /** By the protocol's scale. */
  readonly score: number | null;
}

export function assessmentSinceEnd({ observations, infusion, protocol }: Session): Assessment {
  const endedAt = infusion?.endedAt ?? Number.POSITIVE_INFINITY;
  let oriented: boolean | null = null;
  let dissociated: boolean | null = null;
  let score: number | null = null;
  for (let i = observations.length - 1; i >= 0; i--) {
    const observation = observations[i];
    if (observation === undefined || observation.at < endedAt) break;
    oriented ??= observation.oriented ?? null;
    dissociated ??= isDissociated(observation);
    if (observation.score?.scale === protocol.dischargeScore.scale) score ??= scoreTotal(observation.score);
  }
  return { oriented, dissociated, score };
}

/** The cuff programme of the part the session is in. */
export function cuffIntervalMs(session: Session): DurationMs {
  const minutes = session.protocol.cuffIntervalMin;
  return (session.phase === "recovery" || session.phase === "ready" ? minutes.recovery : minutes.infusing) * 60_000;
}

/** Whether a check is confirmed in full: by the first person, and by a second one where the protocol asks for that. */
export function isConfirmed(session: Session, part: Confirmation["part"], check: string): boolean {
  const found = session.confirmed.find((each) => each.part === part && each.check === check);
  if (found === undefined) return false;
  return found.second !== null || !session.protocol.secondPersonChecks.includes(check);
}
