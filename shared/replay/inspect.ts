/** One bay at one instant: its last input, everything that was decided from it on, why, and the bay before and after. */
import { type Bay, type BayEvent, type BayInput, nextDeadline, reasonOf, settle } from "../bay/index.ts";
import type { AtMs, BayId } from "../ids/index.ts";
import type { Position, Replay } from "./replay.ts";
import { lastInput } from "./steps.ts";

export interface Decision {
  readonly event: BayEvent;
  /** Why, in words; `null` when the event says it all. */
  readonly reason: string | null;
  /** `time`: nothing came, a delay or a wait was over. */
  readonly cause: "input" | "time";
}

export interface Inspection {
  readonly bay: BayId;
  /** The bay's last input with its place among all inputs, from 0; `null` when none has come yet. */
  readonly last: { readonly index: number; readonly input: BayInput } | null;
  /** In order: what fell due at the input's instant, what the input did, what time has done since. */
  readonly decisions: readonly Decision[];
  /** Before the input, and as the bay stands at the instant. */
  readonly before: Bay;
  readonly after: Bay;
}

/** Of one bay, or of that of the last input of all; `null` when there is nothing to look at. */
export function inspect(replay: Replay, { at, taken }: Position, bay?: BayId): Inspection | null {
  const index = lastInput(replay.inputs, taken, bay);
  const last = index === null ? undefined : replay.inputs[index];
  const taking = index === null ? null : replay.taking(index);
  if (index === null || last === undefined || taking === null) {
    const first = replay.firstBays().find(({ id }) => id === bay);
    if (first === undefined) return null;
    const decisions: Decision[] = [];
    const after = pass(first, at, decisions);
    return { bay: first.id, last: null, decisions, before: first, after };
  }
  const { input } = last;
  const cameAt = Math.max(input.at, taking.before.at);
  const decisions: Decision[] = [];
  const before = settle(taking.before, cameAt - 1).bay;
  const due = pass(before, cameAt, decisions);
  const { bay: decided, events } = taking.take();
  const settledBefore = settle(taking.before, cameAt).events.length;
  for (const event of events.slice(settledBefore)) {
    decisions.push({ event, reason: reasonOf(event, due, decided), cause: "input" });
  }
  return { bay: last.bay, last: { index, input }, decisions, before, after: pass(decided, at, decisions) };
}

/** Time passes, deadline by deadline, so that each decision is seen with the bay as it was then. */
function pass(bay: Bay, until: AtMs, decisions: Decision[]): Bay {
  let now = bay;
  for (;;) {
    const deadline = nextDeadline(now);
    if (deadline === null || deadline > until) return now;
    const { bay: next, events } = settle(now, deadline);
    if (next === now) return now;
    for (const event of events) decisions.push({ event, reason: reasonOf(event, now, next), cause: "time" });
    now = next;
  }
}
