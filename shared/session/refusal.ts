import type { Session } from "./session.ts";

export const REFUSAL_CODES = {
  "session-open": "another session is open at the bay",
  "no-session": "no session is open at the bay",
  "wrong-phase": "the session's phase does not allow it",
  "no-plan": "no plan is set",
  "implausible-plan": "the plan, or a figure it rests on, is implausible",
  "implausible-values": "vital signs that cannot be together",
  "no-baseline": "baseline vital signs are missing",
  "checks-missing": "a confirmation that the protocol names is missing",
  "unknown-check": "the protocol names no such confirmation",
  "second-person": "a second person must confirm it",
  "reason-needed": "it needs a reason",
  "dose-unknown": "the dose would not be known",
  "implausible-rate": "the rate is far above the planned one",
  "bag-empty": "the bag does not hold that much",
  "dose-exceeded": "it would exceed the dose",
  "criteria-missing": "a discharge criterion does not hold",
  "in-future": "the time given is in the future",
  "before-session": "the time given is before the session was opened",
  "breaks-sequence": "with it, an act entered before would not be possible",
  "no-such-act": "the session has no such act to undo",
  "too-late": "it can no longer be undone",
  "bay-occupied": "the other bay is occupied",
  "no-such-bay": "there is no such bay to go to",
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

export type Move = { readonly session: Session } | { readonly refused: Refusal };

export const refuse = (code: RefusalCode, reason: string): { readonly refused: Refusal } => ({
  refused: { code, reason },
});
