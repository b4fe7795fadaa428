/**
 * The legal moves of a session. A move either gives the session after it or says, with a code and a sentence, why it is
 * refused; a refused move changes nothing.
 */
import type { AtMs } from "../ids/index.ts";
import type { Protocol } from "../protocol/index.ts";
import { type Actor, type BaselineValues, baselineValuesSchema, type Command } from "./command.ts";
import { type DischargeFacts, dischargeCriteria } from "./discharge.ts";
import { type Infusion, infusionElapsedMs, type Phase, type Session } from "./session.ts";

export const REFUSAL_CODES = {
  "session-open": "another session is open at the bay",
  "no-session": "no session is open at the bay",
  "wrong-phase": "the session's phase does not allow it",
  "no-plan": "no plan is set",
  "no-baseline": "baseline vital signs are missing",
  "checks-missing": "a confirmation that the protocol names is missing",
  "unknown-check": "the protocol names no such confirmation",
  "criteria-missing": "a discharge criterion does not hold",
  "not-allowed": "the person's role does not allow it",
  "no-such-alarm": "no such alarm stands",
  "already-done": "it is already so",
  "no-limits": "limits that hold nothing would switch the vital's alarms off without a reason",
} as const;
export type RefusalCode = keyof typeof REFUSAL_CODES;

export interface Refusal {
  readonly code: RefusalCode;
  /** A sentence for the person who asked: what is wrong, what to do. */
  readonly reason: string;
}

export type SessionCommand = Exclude<
  Command,
  { type: "acknowledge-alarm" | "pause-audio" | "resume-audio" | "set-limits" | "alarm-off" | "alarm-on" }
>;

/** What the bay knows when a move is judged: the protocol for a new session, and the vital signs now. */
export interface MoveFacts extends DischargeFacts {
  readonly bayProtocol: Protocol;
}

export type Move = { readonly session: Session } | { readonly refused: Refusal };

const refuse = (code: RefusalCode, reason: string): Move => ({ refused: { code, reason } });

/** In which phases each move is legal at all; `open-session` needs no session instead. */
const LEGAL_IN: { readonly [T in Exclude<SessionCommand["type"], "open-session">]: readonly Phase[] } = {
  "set-plan": ["preparation"],
  "confirm-check": ["preparation", "recovery", "ready"],
  "record-baseline": ["preparation"],
  "start-infusion": ["preparation"],
  "pause-infusion": ["infusing"],
  "resume-infusion": ["paused"],
  "end-infusion": ["infusing", "paused"],
  "record-observation": ["preparation", "infusing", "paused", "recovery", "ready"],
  "declare-ready": ["recovery"],
  "return-to-recovery": ["ready"],
  discharge: ["recovery", "ready"],
  "abandon-session": ["preparation", "infusing", "paused", "recovery", "ready"],
};

/** Judges and carries out one move at `at`. Total: every command in every phase gives a session or a refusal. */
export function moveSession(
  session: Session | null,
  command: SessionCommand,
  by: Actor,
  at: AtMs,
  facts: MoveFacts,
): Move {
  if (command.type === "open-session") return openSession(session, command, at, facts.bayProtocol);
  if (session === null) return refuse("no-session", "No session is open at this bay. Open one first.");
  const legal = LEGAL_IN[command.type];
  if (!legal.includes(session.phase)) {
    return refuse("wrong-phase", `Not possible in ${session.phase}; it is possible in ${legal.join(", ")}.`);
  }
  switch (command.type) {
    case "set-plan":
      return { session: { ...session, plan: command.plan } };
    case "confirm-check":
      return confirmCheck(session, command.check);
    case "record-baseline":
      return recordBaseline(session, command.values, at, facts);
    case "start-infusion":
      return startInfusion(session, at);
    case "pause-infusion":
      return { session: { ...session, phase: "paused", infusion: stopClock(session, at, null) } };
    case "resume-infusion":
      return {
        session: { ...session, phase: "infusing", infusion: { ...requireInfusion(session), runningSince: at } },
      };
    case "end-infusion":
      // What was confirmed for the start says nothing about going home.
      return { session: { ...session, phase: "recovery", confirmed: [], infusion: stopClock(session, at, at) } };
    case "record-observation":
      return { session: { ...session, observations: [...session.observations, { ...command.observation, at }] } };
    case "declare-ready":
      return ifCriteriaHold(session, facts, at, { ...session, phase: "ready" });
    case "return-to-recovery":
      // Whatever brought the patient back, what was confirmed for going home has to be looked at again.
      return { session: { ...session, phase: "recovery", confirmed: [] } };
    case "discharge":
      return discharge(session, command.override, by, at, facts);
    case "abandon-session":
      return {
        session: { ...session, phase: "abandoned", infusion: session.infusion && closeClock(session.infusion, at) },
      };
  }
}

function openSession(
  open: Session | null,
  command: Extract<SessionCommand, { type: "open-session" }>,
  at: AtMs,
  bayProtocol: Protocol,
): Move {
  if (open !== null) {
    return refuse(
      "session-open",
      `A session of ${open.patient.initials} is open at this bay. Discharge or abandon it first.`,
    );
  }
  return {
    session: {
      id: command.sessionId,
      patient: command.patient,
      protocol: command.protocol ?? bayProtocol,
      plan: command.plan ?? null,
      phase: "preparation",
      openedAt: at,
      baseline: null,
      confirmed: [],
      infusion: null,
      observations: [],
    },
  };
}

function confirmCheck(session: Session, check: string): Move {
  const { startChecks, dischargeChecks } = session.protocol;
  const named = session.phase === "preparation" ? startChecks : dischargeChecks;
  if (!named.includes(check)) {
    return refuse(
      "unknown-check",
      `The protocol asks for no confirmation "${check}" now; it asks for: ${named.join(", ")}.`,
    );
  }
  if (session.confirmed.includes(check)) return refuse("already-done", `"${check}" is already confirmed.`);
  return { session: { ...session, confirmed: [...session.confirmed, check] } };
}

function recordBaseline(session: Session, given: BaselineValues | undefined, at: AtMs, facts: MoveFacts): Move {
  if (given !== undefined) return { session: { ...session, baseline: { ...given, at } } };
  const measured = baselineValuesSchema.safeParse(facts.vitals);
  if (!measured.success) {
    return refuse(
      "no-baseline",
      "The monitor has no fresh and plausible heart rate, SpO₂ and cuff pressure. Measure, or enter the values by hand.",
    );
  }
  return { session: { ...session, baseline: { ...measured.data, at } } };
}

function startInfusion(session: Session, at: AtMs): Move {
  if (session.plan === null) return refuse("no-plan", "Set the plan (drug, dose, duration) first.");
  if (session.baseline === null) return refuse("no-baseline", "Record baseline vital signs first.");
  const missing = session.protocol.startChecks.filter((check) => !session.confirmed.includes(check));
  if (missing.length > 0) return refuse("checks-missing", `Confirm first: ${missing.join(", ")}.`);
  return {
    session: { ...session, phase: "infusing", infusion: { startedAt: at, ranMs: 0, runningSince: at, endedAt: null } },
  };
}

function ifCriteriaHold(session: Session, facts: MoveFacts, at: AtMs, then: Session): Move {
  const missing = dischargeCriteria(session, facts, at).filter((criterion) => !criterion.holds);
  if (missing.length === 0) return { session: then };
  return refuse("criteria-missing", missing.map((criterion) => criterion.reason).join(" "));
}

function discharge(session: Session, override: string | undefined, by: Actor, at: AtMs, facts: MoveFacts): Move {
  const discharged: Session = { ...session, phase: "discharged" };
  if (override === undefined) return ifCriteriaHold(session, facts, at, discharged);
  if (by.role !== "supervisor") return refuse("not-allowed", "Only a supervisor may discharge against a criterion.");
  return { session: discharged };
}

function requireInfusion(session: Session): Infusion {
  if (session.infusion === null) throw new Error(`session ${session.id} is ${session.phase} without an infusion`);
  return session.infusion;
}

function stopClock(session: Session, at: AtMs, endedAt: AtMs | null): Infusion {
  const infusion = requireInfusion(session);
  return { ...infusion, ranMs: infusionElapsedMs(infusion, at), runningSince: null, endedAt };
}

function closeClock(infusion: Infusion, at: AtMs): Infusion {
  return { ...infusion, ranMs: infusionElapsedMs(infusion, at), runningSince: null, endedAt: infusion.endedAt ?? at };
}
