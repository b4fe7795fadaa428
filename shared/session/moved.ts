/** How an act changes the session: facts put in place of others, and the phases that follow one another. */
import type { AtMs } from "../ids/index.ts";
import type { Move } from "./refusal.ts";
import type { Phase, Session } from "./session.ts";

export const moved = (session: Session, facts: Partial<Session>): Move => ({ session: { ...session, ...facts } });

export const into = (session: Session, phase: Phase, at: AtMs): Session => ({
  ...session,
  phase,
  phases: [...session.phases, { phase, from: at }],
});
