/**
 * What one act makes of the session before it. Looks at nothing but the acts so far, so that the same acts give the same
 * session, whether they were entered in time or late.
 */
import { type Act, type ActCommand, effectiveActs } from "./act.ts";
import type { Identity, Left, Patient } from "./command.ts";
import { identityChanges } from "./identity.ts";
import { changeRate, extend, infusionOf, medicate, runPump, start, stopPump } from "./infuse.ts";
import { into, moved } from "./moved.ts";
import type { Plan } from "./plan.ts";
import { planProblems, weightProblem } from "./plan.ts";
import { type Move, refuse } from "./refusal.ts";
import { type Confirmation, isConfirmed, type Phase, type Session, type Signature } from "./session.ts";

const OPEN: readonly Phase[] = ["preparation", "infusing", "paused", "recovery", "ready"];
const PUMP: readonly Phase[] = ["infusing", "paused"];

/** In which phases each act is legal at all. */
const LEGAL_IN: { readonly [T in Exclude<ActCommand["type"], "open-session">]: readonly Phase[] } = {
  "set-patient": ["preparation"],
  "correct-patient": OPEN,
  "set-plan": ["preparation"],
  "confirm-check": ["preparation", "recovery", "ready"],
  "record-baseline": ["preparation"],
  "start-infusion": ["preparation"],
  "pause-infusion": ["infusing"],
  "resume-infusion": ["paused"],
  "change-rate": PUMP,
  "give-medication": OPEN,
  "extend-infusion": PUMP,
  "end-infusion": PUMP,
  "record-observation": OPEN,
  "name-escort": OPEN,
  "hand-over": OPEN,
  "undo-act": OPEN,
  "correct-time": OPEN,
  "transfer-session": OPEN,
  "declare-ready": ["recovery"],
  "return-to-recovery": ["ready"],
  discharge: ["recovery", "ready"],
  "abandon-session": OPEN,
};

/** Total: every act after every other gives a session or a refusal. The list of acts is the caller's. */
export function step(session: Session, act: Act): Move {
  const { command, effectiveAt: at } = act;
  if (command.type === "open-session") return { session };
  const legal = LEGAL_IN[command.type];
  if (!legal.includes(session.phase)) {
    return refuse("wrong-phase", whyNotNow(session, act, legal));
  }
  const signed: Signature = { by: act.by.id, name: act.by.name, at };
  switch (command.type) {
    case "set-patient":
      return implausible(session, command.patient, session.plan) ?? moved(session, { patient: command.patient });
    case "correct-patient":
      return correctIdentity(session, command.patient);
    case "set-plan":
      return implausible(session, session.patient, command.plan) ?? moved(session, { plan: command.plan });
    case "confirm-check":
      return confirm(session, command.check, signed);
    case "record-baseline":
      if (command.values === undefined) return refuse("no-baseline", "A late entry must bring the values it is about.");
      return crossed(session, command.values) ?? moved(session, { baseline: { ...command.values, at } });
    case "start-infusion":
      return start(session, act);
    case "pause-infusion":
      return moved(into(session, "paused", at), { infusion: stopPump(infusionOf(session), at, null) });
    case "resume-infusion":
      return moved(into(session, "infusing", at), { infusion: runPump(infusionOf(session), at) });
    case "change-rate":
      return changeRate(session, command.rateMlPerH, at);
    case "give-medication":
      return medicate(session, command.medication, act, signed);
    case "extend-infusion":
      return extend(session, {
        at,
        minutes: command.minutes ?? 0,
        mg: command.mg ?? 0,
        ...(command.newBag === true ? { newBag: true } : {}),
      });
    case "end-infusion":
      return moved(into(session, "recovery", at), { infusion: stopPump(infusionOf(session), at, at) });
    case "record-observation":
      return (
        crossed(session, command.observation.values) ??
        moved(session, {
          observations: [...session.observations, { ...command.observation, ...signed, act: act.id }],
        })
      );
    case "name-escort":
      return moved(session, { escort: { ...signed, escortName: command.name, phone: command.phone } });
    case "hand-over":
      if (session.responsible?.by === command.to.id) {
        return refuse("already-done", `${session.responsible.name} already looks after this patient.`);
      }
      return moved(session, { responsible: { by: command.to.id, name: command.to.name, at } });
    case "declare-ready":
      return moved(into(session, "ready", at), {});
    case "return-to-recovery":
      // Whatever brought the patient back, what was confirmed for going home has to be looked at again.
      return moved(into(session, "recovery", at), {
        confirmed: session.confirmed.filter(({ part }) => part === "start"),
      });
    case "discharge":
      return end(session, "discharged", signed, command.override ?? null, null);
    case "abandon-session":
      return end(session, "abandoned", signed, command.reason, command.left ?? null);
    case "undo-act":
    case "correct-time":
    case "transfer-session":
      return { session };
  }
}

function correctIdentity(session: Session, identity: Identity): Move {
  if (identityChanges(session.patient, identity).length === 0) {
    return refuse("already-done", "The patient's record says that already.");
  }
  const { weightKg } = session.patient;
  return moved(session, { patient: { ...identity, ...(weightKg === undefined ? {} : { weightKg }) } });
}

/** How a phase is said in a sentence. */
const IN_PHASE: { readonly [P in Phase]: string } = {
  preparation: "in preparation",
  infusing: "while the infusion runs",
  paused: "while the infusion is paused",
  recovery: "in recovery",
  ready: "once the patient is ready for discharge",
  discharged: "after the discharge",
  abandoned: "after the session was abandoned",
};

/** What it means that an act is too late because somebody did the same: in which phases, and how it is said. */
const DONE_BEFORE: {
  readonly [T in ActCommand["type"]]?: { readonly in: readonly Phase[]; readonly words: string };
} = {
  "start-infusion": { in: ["infusing", "paused", "recovery", "ready"], words: "has already started the infusion" },
  "pause-infusion": { in: ["paused"], words: "has already paused the infusion" },
  "resume-infusion": { in: ["infusing"], words: "has already resumed the infusion" },
  "end-infusion": { in: ["recovery", "ready"], words: "has already ended the infusion" },
  "declare-ready": { in: ["ready"], words: "has already declared the patient ready for discharge" },
  "return-to-recovery": { in: ["recovery"], words: "has already taken the patient back to recovery" },
};

/** Whoever was slower than a colleague is told of the colleague, anybody else of when it is possible. */
function whyNotNow(session: Session, { id, command }: Act, legal: readonly Phase[]): string {
  const before = DONE_BEFORE[command.type];
  const done =
    before?.in.includes(session.phase) === true
      ? effectiveActs(session.acts).findLast((each) => each.id !== id && each.command.type === command.type)
      : undefined;
  if (before !== undefined && done !== undefined) return `${done.by.name} ${before.words}.`;
  const possible = legal.map((phase) => IN_PHASE[phase]);
  const last = possible.pop() ?? "";
  const whenPossible = possible.length === 0 ? last : `${possible.join(", ")} or ${last}`;
  return `This is not possible ${IN_PHASE[session.phase]}, only ${whenPossible}.`;
}

/** The refusal of a systolic pressure that is not above the diastolic; `undefined` when they may stand. */
function crossed(session: Session, values: { sbp?: number | undefined; dbp?: number | undefined } = {}) {
  const { sbp, dbp } = values;
  if (session.edition === 1 || sbp === undefined || dbp === undefined || sbp > dbp) return undefined;
  return refuse(
    "implausible-values",
    `A systolic pressure of ${sbp} is not above a diastolic of ${dbp}. Check the figures.`,
  );
}

/** The refusal of an implausible plan or weight; `undefined` when both may stand. */
export function implausible(
  { protocol }: Pick<Session, "protocol">,
  patient: Patient,
  plan: Plan | null,
): Move | undefined {
  const { weightKg } = patient;
  const wrongWeight = weightProblem(weightKg, protocol.plan);
  const reasons: string[] = [];
  if (plan !== null) reasons.push(...planProblems(plan, weightKg, protocol.plan).map(({ reason }) => reason));
  else if (wrongWeight !== null) reasons.push(wrongWeight);
  return reasons.length === 0 ? undefined : refuse("implausible-plan", `${reasons.join(" ")} Check the figures.`);
}

function confirm(session: Session, check: string, signed: Signature): Move {
  const { startChecks, dischargeChecks, secondPersonChecks } = session.protocol;
  const part: Confirmation["part"] = session.phase === "preparation" ? "start" : "discharge";
  const named = part === "start" ? startChecks : dischargeChecks;
  if (!named.includes(check)) {
    return refuse(
      "unknown-check",
      `The protocol asks for no confirmation "${check}" now; it asks for: ${named.join(", ")}.`,
    );
  }
  const before = session.confirmed.find((each) => each.part === part && each.check === check);
  if (before === undefined) {
    return moved(session, { confirmed: [...session.confirmed, { part, check, first: signed, second: null }] });
  }
  if (isConfirmed(session, part, check)) return refuse("already-done", `"${check}" is already confirmed.`);
  if (secondPersonChecks.includes(check) && before.first.by === signed.by) {
    return refuse("second-person", `${before.first.name} has confirmed "${check}"; somebody else must check it too.`);
  }
  const confirmed = session.confirmed.map((each) => (each === before ? { ...before, second: signed } : each));
  return moved(session, { confirmed });
}

function end(
  session: Session,
  phase: "discharged" | "abandoned",
  signed: Signature,
  reason: string | null,
  left: Left | null,
): Move {
  const { infusion, protocol } = session;
  const noDrivingUntil = infusion === null ? null : signed.at + protocol.noDrivingHours * 3_600_000;
  return moved(into(session, phase, signed.at), {
    infusion: infusion === null || infusion.endedAt !== null ? infusion : stopPump(infusion, signed.at, signed.at),
    ending: { ...signed, reason, criteria: [], left, noDrivingUntil },
  });
}
