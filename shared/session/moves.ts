/**
 * The legal moves of a session. A move either gives the session after it or says, with a code and a sentence, why it is
 * refused; a refused move changes nothing.
 *
 * A late entry (`effectiveAt` before now) takes its place among the acts by the time at which it was done, and the session
 * is derived anew from all of them; it is refused when an act that was entered before would then not have been possible.
 * So are an undoing and a correction of an act's time. What a person judged by the vital signs of a moment (that the patient is ready) is not judged again;
 * discharge judges everything by the facts as they are then.
 */
import type { AtMs, CommandId } from "../ids/index.ts";
import type { Protocol } from "../protocol/index.ts";
import { type Act, effectiveActs, isLate, isTimed, type SessionCommand, toldActs } from "./act.ts";
import { type Actor, baselineValuesSchema } from "./command.ts";
import { type DischargeFacts, dischargeCriteria } from "./discharge.ts";
import { doseAt, doseCourse } from "./dose.ts";
import { EDITION } from "./edition.ts";
import { type Move, refuse } from "./refusal.ts";
import { infusionElapsedMs, plannedMs, type Session, type SessionFacts } from "./session.ts";
import { implausible, step } from "./step.ts";

/** A slip is taken back at once or stays in the record as it is. */
export const UNDO_WITHIN_MS = 10_000;

/** A command with who gave it and when it came in. */
export interface Entry<C extends SessionCommand = SessionCommand> {
  readonly id: CommandId;
  readonly at: AtMs;
  readonly by: Actor;
  readonly command: C;
}

/** What the bay knows when a move is judged: the protocol for a new session, and the vital signs now. */
export interface MoveFacts extends DischargeFacts {
  readonly bayProtocol: Protocol;
}

/** Judges and carries out one move. Total: every command in every phase gives a session or a refusal. */
export function moveSession(session: Session | null, entry: Entry, facts: MoveFacts): Move {
  const { command, at } = entry;
  if (command.type === "open-session") return openSession(session, { ...entry, command }, facts.bayProtocol);
  if (session === null) return refuse("no-session", "No session is open at this bay. Open one first.");
  if (command.type === "undo-act") return undo(session, { ...entry, command });
  const effectiveAt = ("effectiveAt" in command ? command.effectiveAt : undefined) ?? at;
  const wrongTime = outside(session, effectiveAt, at);
  if (wrongTime !== undefined) return wrongTime;
  if (command.type === "correct-time") return correctTime(session, { ...entry, command });
  let act: Act = { id: entry.id, enteredAt: at, effectiveAt, by: entry.by, command };
  if (command.type === "record-baseline" && command.values === undefined && !isLate(act)) {
    const measured = baselineValuesSchema.safeParse(facts.vitals);
    // Only in preparation is the missing value the matter; elsewhere the phase is.
    if (measured.success) act = { ...act, command: { ...command, values: measured.data } };
    else if (session.phase === "preparation") return NOT_MEASURED;
  }
  const acts = [...session.acts, act];
  const next = isLate(act) ? derive(session, acts, { act, facts }) : judged(session, act, facts);
  if ("refused" in next) return next;
  return { session: { ...next.session, acts } };
}

function outside(session: Session, time: AtMs, now: AtMs): Move | undefined {
  if (time > now) return refuse("in-future", "That time is still to come. Enter when it was done.");
  if (time < session.openedAt) {
    return refuse("before-session", "That is before the session was opened. Enter a time since then.");
  }
  return undefined;
}

const NOT_MEASURED = refuse(
  "no-baseline",
  "The monitor has no fresh and plausible heart rate, SpO₂ and cuff pressure. Measure, or enter the values by hand.",
);

function openSession(
  open: Session | null,
  { id, at, by, command }: Entry<Extract<SessionCommand, { type: "open-session" }>>,
  bayProtocol: Protocol,
): Move {
  if (open !== null) {
    return refuse(
      "session-open",
      `A session of ${open.patient.initials} is open at this bay. Discharge or abandon it first.`,
    );
  }
  const { protocol = bayProtocol, edition = EDITION, ...opening } = command;
  const { sessionId, patient, plan = null } = opening;
  const wrong = implausible({ protocol }, patient, plan);
  if (wrong !== undefined) return wrong;
  const origin: SessionFacts = {
    patient,
    plan,
    phase: "preparation",
    phases: [{ phase: "preparation", from: at }],
    baseline: null,
    confirmed: [],
    infusion: null,
    observations: [],
    medications: [],
    escort: null,
    responsible: { by: by.id, name: by.name, at },
    ending: null,
  };
  const act: Act = { id, enteredAt: at, effectiveAt: at, by, command: opening };
  return { session: { ...origin, id: sessionId, protocol, edition, openedAt: at, origin, acts: [act] } };
}

/** One act that is entered now, judged by the session before it and what is known beside it. */
function judged(session: Session, act: Act, facts: MoveFacts): Move {
  const move = step(session, act);
  if ("refused" in move) return move;
  const { command, effectiveAt: at } = act;
  switch (command.type) {
    case "end-infusion":
      if (command.reason === undefined && session.protocol.reasonForEarlyStop && isEarlyStop(session, at)) {
        return refuse("reason-needed", "The dose is not given yet. Say why it stops early.");
      }
      return move;
    case "declare-ready":
      return criteriaMissing(session, facts, at) ?? move;
    case "discharge": {
      const missing = criteriaMissing(session, facts, at);
      if (command.override === undefined && missing !== undefined) return missing;
      if (command.override !== undefined && act.by.role !== "supervisor") {
        return refuse("not-allowed", "Only a supervisor may discharge against a criterion.");
      }
      const { ending } = move.session;
      const criteria = dischargeCriteria(session, facts, at);
      return { session: { ...move.session, ending: ending && { ...ending, criteria } } };
    }
    case "abandon-session": {
      if (session.infusion === null || session.edition === 1) return move;
      if (command.left === undefined && act.by.role !== "supervisor") {
        return refuse(
          "not-allowed",
          "The patient has had the drug: discharge them when the criteria hold. If they left against advice or were taken elsewhere for care, say so; otherwise only a supervisor may abandon the session.",
        );
      }
      const { ending } = move.session;
      const criteria = dischargeCriteria(session, facts, at);
      return { session: { ...move.session, ending: ending && { ...ending, criteria } } };
    }
    default:
      return move;
  }
}

function criteriaMissing(session: Session, facts: DischargeFacts, at: AtMs): Move | undefined {
  const missing = dischargeCriteria(session, facts, at).filter((criterion) => !criterion.holds);
  return missing.length === 0
    ? undefined
    : refuse("criteria-missing", missing.map((criterion) => criterion.reason).join(" "));
}

/** As much as a plan may be off by: whoever stops the pump as it runs empty owes no reason. */
const NEARLY = 0.98;

/**
 * Whether to end the infusion at `at` is to stop it while clearly less than the dose was given. Where the dose is not
 * known, the planned time tells.
 */
export function isEarlyStop(session: SessionFacts & Pick<Session, "edition">, at: AtMs): boolean {
  const planned = plannedMs(session);
  const course = doseCourse(session);
  if (session.infusion === null || planned === null || course === null) return false;
  const isTimeOver = infusionElapsedMs(session.infusion, at) >= NEARLY * planned;
  const dose = doseAt(course, at);
  if (session.edition === 1 && isTimeOver) return false;
  if (dose === null || course.plannedMg === null || course.boundMg === null) return !isTimeOver;
  return dose.mg < NEARLY * course.boundMg;
}

/** The session that all these acts make, from the first on. `fresh` is the one that is being entered. */
function derive(session: Session, acts: readonly Act[], fresh: { act: Act; facts: MoveFacts } | null): Move {
  let derived: Session = { ...session, ...session.origin, acts };
  for (const act of effectiveActs(acts)) {
    const isFresh = act === fresh?.act;
    const move = isFresh ? judged(derived, act, fresh.facts) : step(derived, act);
    if ("refused" in move) {
      if (isFresh) return move;
      const what = `${act.command.type.replaceAll("-", " ")} by ${act.by.name}`;
      return refuse("breaks-sequence", `Then an act already entered (${what}) would not stand: ${move.refused.reason}`);
    }
    derived = move.session;
  }
  return { session: derived };
}

/** Where the patient is, or whether they are here at all, is not a slip of the finger; a session that ended is closed. */
const NEVER_UNDONE: ReadonlySet<Act["command"]["type"]> = new Set<Act["command"]["type"]>([
  "open-session",
  // Every list and log names the patient by it; a wrong correction is corrected.
  "correct-patient",
  "transfer-session",
  "undo-act",
  "discharge",
  "abandon-session",
]);
export const isUndoable = (act: Act): boolean => !NEVER_UNDONE.has(act.command.type);

function undo(session: Session, entry: Entry<Extract<SessionCommand, { type: "undo-act" }>>): Move {
  const { id, at, by, command } = entry;
  const target = toldActs(session.acts).find(({ act }) => act.id === command.act);
  if (target === undefined || !isUndoable(target.act)) {
    return refuse("no-such-act", "This session has no such act that could be undone.");
  }
  if (target.undoing !== null) return refuse("already-done", `${target.undoing.by.name} has already undone it.`);
  if (at - target.act.enteredAt > UNDO_WITHIN_MS) {
    const instead = isTimed(target.act)
      ? "Was only its time wrong, correct the time; else enter what is right as a new act."
      : "Enter what is right as a new act.";
    return refuse("too-late", `An act can be undone within 10 seconds. ${instead}`);
  }
  const act: Act = { id, enteredAt: at, effectiveAt: at, by, command };
  return derive(session, [...session.acts, act], null);
}

/** Pressed too late, or entered for a wrong time: the act holds from when it was really done. */
function correctTime(session: Session, entry: Entry<Extract<SessionCommand, { type: "correct-time" }>>): Move {
  const { id, at, by, command } = entry;
  const target = toldActs(session.acts).find((each) => each.act.id === command.act);
  if (target === undefined || !isTimed(target.act)) {
    return refuse("no-such-act", "This session has no such act whose time could be corrected.");
  }
  if (target.undoing !== null) return refuse("no-such-act", `${target.undoing.by.name} has undone it: it has no time.`);
  if (target.at === command.effectiveAt) return refuse("already-done", "It has that time already.");
  const act: Act = { id, enteredAt: at, effectiveAt: at, by, command };
  return derive(session, [...session.acts, act], null);
}
