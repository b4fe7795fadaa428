/** One visit, acted from its opening on, for the tests of this room. */
import { type CommandId, commandIdSchema, sessionIdSchema } from "../ids/index.ts";
import { type ProtocolDocument, protocolSchema } from "../protocol/index.ts";
import type { SessionCommand } from "./act.ts";
import { type Actor, actorSchema } from "./command.ts";
import { type MoveFacts, moveSession } from "./moves.ts";
import type { Session } from "./session.ts";

const MIN = 60_000;
/** Any time after the infusion. */
const LATER = Number.POSITIVE_INFINITY;
export const BASELINE = { hr: 70, spo2: 98, sbp: 120, dbp: 75 };
export const nurse = actorSchema.parse({ id: "n1", name: "Nora", role: "nurse" });
export const other = actorSchema.parse({ id: "n2", name: "Nils", role: "nurse" });
export const supervisor = actorSchema.parse({ id: "s1", name: "Sam", role: "supervisor" });
/** 35 mg in 35 mL over 40 min: 52.5 mL/h. */
export const PLAN = { drug: "ketamine", doseMgPerKg: 0.5, plannedMin: 40, concentrationMgPerMl: 1, bagVolumeMl: 50 };

export class Visit {
  session: Session | null = null;
  readonly facts: MoveFacts;
  #n = 0;

  constructor(protocol: ProtocolDocument = {}, edition?: number) {
    const bayProtocol = protocolSchema.parse({ startChecks: [], dischargeChecks: [], ...protocol });
    this.facts = {
      bayProtocol,
      vitals: BASELINE,
      pressureAt: LATER,
      before: { ...BASELINE, at: LATER },
      physiologicalAlarms: 0,
    };
    this.does(0, {
      type: "open-session",
      sessionId: sessionIdSchema.parse("s1"),
      patient: { initials: "AB", weightKg: 70 },
      plan: PLAN,
      edition,
    });
  }

  /** At minute `min`; with `late`, entered as done at that minute. @returns the refusal's code, or the act's id */
  does(min: number, command: SessionCommand, { late, by = nurse }: { late?: number; by?: Actor } = {}): string {
    const id = commandIdSchema.parse(`c${this.#n++}`);
    const move = this.#judged(id, min, command, late, by);
    if ("refused" in move) return move.refused.code;
    this.session = move.session;
    return id;
  }

  /** What the person would be told, who then does nothing; `null` where it would be done. */
  reasonAgainst(min: number, command: SessionCommand, { late, by = nurse }: { late?: number; by?: Actor } = {}) {
    const move = this.#judged(commandIdSchema.parse("asked"), min, command, late, by);
    return "refused" in move ? move.refused.reason : null;
  }

  #judged(id: CommandId, min: number, command: SessionCommand, late: number | undefined, by: Actor) {
    const told = late === undefined ? command : { ...command, effectiveAt: Math.round(late * MIN) };
    return moveSession(this.session, { id, at: Math.round(min * MIN), by, command: told }, this.facts);
  }

  undoes(min: number, act: string): string {
    return this.does(min, { type: "undo-act", act: commandIdSchema.parse(act) });
  }

  get now(): Session {
    if (this.session === null) throw new Error("the session was not opened");
    return this.session;
  }
}

export function prepared(protocol: ProtocolDocument = {}, edition?: number): Visit {
  const visit = new Visit(protocol, edition);
  visit.does(1, { type: "record-baseline", values: BASELINE });
  return visit;
}
export function running(protocol: ProtocolDocument = {}, edition?: number): Visit {
  const visit = prepared(protocol, edition);
  visit.does(10, { type: "start-infusion" });
  return visit;
}
export const pause: SessionCommand = { type: "pause-infusion", reason: "nausea" };
export const resume: SessionCommand = { type: "resume-infusion" };
export const end: SessionCommand = { type: "end-infusion", reason: "enough" };
