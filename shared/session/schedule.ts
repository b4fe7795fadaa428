/** The protocol's schedule of observations: which of its slots nobody kept, and how late others were. */
import type { AtMs, DurationMs } from "../ids/index.ts";
import { isDrugOnBoard, looksAtPatient, observationIntervalMs, type Session, type SessionFacts } from "./session.ts";

/** A nurse who is at the bed may be a little late before anybody says so. */
export const OBSERVATION_GRACE_MS: DurationMs = 5 * 60_000;

export interface MissedObservation {
  readonly dueAt: AtMs;
  /** When it was made, too late; `null`: it was not. */
  readonly doneAt: AtMs | null;
}

/**
 * The slots that were missed by `at`, oldest first. A slot is due an interval after the last observation, and then one
 * interval after the other; an observation stands for the last slot before it, those before that were not kept.
 */
export function missedObservations(
  { protocol, phases, observations, infusion }: SessionFacts & Pick<Session, "protocol">,
  at: AtMs,
): readonly MissedObservation[] {
  if (infusion === null) return [];
  const { startedAt } = infusion;
  const looks = observations.filter(looksAtPatient).flatMap((seen) => (seen.at > startedAt ? [seen.at] : []));
  const missed: MissedObservation[] = [];
  let last = startedAt;
  let open: AtMs[] = [];
  let next = 0;
  const seen = (look: AtMs) => {
    const stoodFor = open.pop();
    for (const dueAt of open) missed.push({ dueAt, doneAt: null });
    if (stoodFor !== undefined && look - stoodFor > OBSERVATION_GRACE_MS)
      missed.push({ dueAt: stoodFor, doneAt: look });
    open = [];
    last = look;
    next += 1;
  };
  for (const [i, { phase, from }] of phases.entries()) {
    if (!isDrugOnBoard(phase)) continue;
    const to = Math.min(phases[i + 1]?.from ?? at, at);
    const interval = observationIntervalMs({ protocol, phase });
    for (;;) {
      const due = Math.max((open.at(-1) ?? last) + interval, from);
      const look = looks[next];
      if (look !== undefined && look < Math.min(due, to)) seen(look);
      else if (due < to) open.push(due);
      else break;
    }
  }
  for (const look of looks.slice(next)) if (look <= at) seen(look);
  const left = phases.at(-1);
  const until = left === undefined || isDrugOnBoard(left.phase) ? at : Math.min(left.from, at);
  for (const dueAt of open) if (until - dueAt >= OBSERVATION_GRACE_MS) missed.push({ dueAt, doneAt: null });
  return missed;
}
