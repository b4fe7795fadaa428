/**
 * One patient's visit, from preparation to discharge: the facts. Elapsed time and countdown are computed from them for
 * any instant, never stored, so that every screen and every replay shows the same second.
 */
import type { AtMs, DurationMs, SessionId } from "../ids/index.ts";
import type { Protocol } from "../protocol/index.ts";
import type { BaselineValues, Observation, Patient, Plan } from "./command.ts";

/** The clinical timeline (product.md). Discharged and abandoned are ends. */
export const PHASES = ["preparation", "infusing", "paused", "recovery", "ready", "discharged", "abandoned"] as const;
export type Phase = (typeof PHASES)[number];

export interface Infusion {
  readonly startedAt: AtMs;
  /** What ran before `runningSince`. */
  readonly ranMs: DurationMs;
  /** `null` while paused and after the end. */
  readonly runningSince: AtMs | null;
  readonly endedAt: AtMs | null;
}

export interface Session {
  readonly id: SessionId;
  readonly patient: Patient;
  /** The session keeps the rules it began with. */
  readonly protocol: Protocol;
  readonly plan: Plan | null;
  readonly phase: Phase;
  readonly openedAt: AtMs;
  readonly baseline: (BaselineValues & { readonly at: AtMs }) | null;
  /** What people confirmed before the start, and after the infusion for discharge, in the protocol's words. */
  readonly confirmed: readonly string[];
  readonly infusion: Infusion | null;
  /** Oldest first. */
  readonly observations: readonly (Observation & { readonly at: AtMs })[];
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

/** `null` before a plan is set. */
export function plannedMs(session: Session): DurationMs | null {
  return session.plan === null ? null : session.plan.plannedMin * 60_000;
}

/** When the planned time is reached if the drug runs on; `null` while it does not run. */
export function plannedEndAt(session: Session): AtMs | null {
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

/** When the next observation is due: the protocol's interval after the last one or the start; `null` when none is owed. */
export function observationDueAt(session: Session): AtMs | null {
  if (!isDrugOnBoard(session.phase) || session.infusion === null) return null;
  const minutes = session.protocol.observationIntervalMin;
  const interval = isInfusionPhase(session.phase) ? minutes.infusing : minutes.recovery;
  const last = session.observations.at(-1)?.at ?? session.infusion.startedAt;
  return Math.max(last, session.infusion.startedAt) + interval * 60_000;
}

/** From when dissociation that has not ended counts as prolonged; `null` while none is known or the drug still runs. */
export function dissociationProlongedAt(session: Session): AtMs | null {
  const endedAt = session.infusion?.endedAt ?? null;
  const last = session.observations.findLast((observation) => observation.dissociation !== undefined);
  if (endedAt === null || last === undefined || last.dissociation === 0) return null;
  return endedAt + session.protocol.dissociationExpectedMin * 60_000;
}

/** The cuff programme of the part the session is in. */
export function cuffIntervalMs(session: Session): DurationMs {
  const minutes = session.protocol.cuffIntervalMin;
  return (session.phase === "recovery" || session.phase === "ready" ? minutes.recovery : minutes.infusing) * 60_000;
}
