import { limitWatches } from "../alarms/index.ts";
import { type AtMs, type BayId, sessionIdSchema } from "../ids/index.ts";
import type { Protocol } from "../protocol/index.ts";
import { EDITION, isDrugOnBoard, type Phase, type Session, type SessionFacts } from "../session/index.ts";
import { type Bay, NO_MONITOR, NO_VITALS, NOT_QUIET } from "./bay.ts";
import { staleTimes } from "./stale-times.ts";

/** A free bay that has heard nothing yet. */
export function newBay(id: BayId, protocol: Protocol): Bay {
  return {
    id,
    protocol,
    at: Number.NEGATIVE_INFINITY,
    session: null,
    ended: null,
    departed: null,
    monitor: NO_MONITOR,
    vitals: NO_VITALS,
    staleAfterMs: staleTimes(protocol, null, NO_MONITOR.cadenceS),
    watches: [],
    limits: protocol.limits,
    relative: protocol.relative,
    alarms: [],
    audioPause: null,
    alarmsOff: [],
    fixedUntil: NOT_QUIET,
  };
}

export type OpenPhase = Exclude<Phase, "discharged" | "abandoned">;

/**
 * A bay that stands in `phase` from `at` on, for looking at a feed as if it were all of that phase (`vigil alarms --phase`).
 * `cuffIntervalMin` replaces the protocol's cuff programme. It has no plan that could end and no baseline.
 */
export function bayInPhase(id: BayId, given: Protocol, phase: OpenPhase, at: AtMs, cuffIntervalMin: number): Bay {
  const protocol: Protocol = { ...given, cuffIntervalMin: { infusing: cuffIntervalMin, recovery: cuffIntervalMin } };
  const runs = phase === "infusing";
  const ended = phase === "recovery" || phase === "ready";
  const bay = newBay(id, protocol);
  const rate = { rateMlPerH: null, rateMgPerMin: null };
  const origin: SessionFacts = {
    patient: { initials: "–" },
    plan: null,
    phase,
    phases: [{ phase, from: at }],
    baseline: null,
    confirmed: [],
    infusion: isDrugOnBoard(phase)
      ? {
          startedAt: at,
          ranMs: 0,
          runningSince: runs ? at : null,
          endedAt: ended ? at : null,
          segments: runs ? [{ from: at, to: null, ...rate }] : [],
          rate,
          boluses: [],
          extensions: [],
        }
      : null,
    observations: [],
    medications: [],
    escort: null,
    responsible: null,
    ending: null,
  };
  const session: Session = {
    ...origin,
    id: sessionIdSchema.parse("offline"),
    protocol,
    edition: EDITION,
    openedAt: at,
    origin,
    acts: [],
  };
  return {
    ...bay,
    at,
    session,
    staleAfterMs: staleTimes(protocol, session, bay.monitor.cadenceS),
    watches: limitWatches(protocol.limits, protocol.relative, null, []),
  };
}
