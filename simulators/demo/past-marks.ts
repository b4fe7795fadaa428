/** What nurses judged of the alarms of a session when it was over, as the log asks them: whether it asked for something they then did. */
import type { AlarmEvent, AlarmKind } from "@vigil/shared/alarms";
import type { BayEvent } from "@vigil/shared/bay";
import type { AtMs } from "@vigil/shared/ids";
import type { Actor } from "@vigil/shared/session";
import type { Random } from "../random/index.ts";

export interface PastMark {
  /** Raised in this step. */
  readonly alarm: AlarmEvent["alarm"];
  readonly at: AtMs;
  readonly by: Actor;
  readonly actionable: "yes" | "no";
  readonly why: string | null;
}

/** Nobody marks everything, and the graver the rather. */
const MARKED = { high: 0.75, medium: 0.4, low: 0.06 } as const;
/** Somebody who came, came for a reason, mostly; what went by itself asked for nothing, mostly. */
const ACTIONABLE = { answered: 0.55, unanswered: 0.06 } as const;
const SAYS_WHY = 0.6;
const AFTER_MIN = [4, 35] as const;

const DONE: { readonly [K in AlarmKind]: readonly [string, ...string[]] } = {
  physiological: ["woken, breathed deeply", "head repositioned", "measured again and stayed at the bay", "spoken to"],
  technical: ["probe put back on", "cable pushed in", "cuff put on the other arm"],
  procedural: ["done at once"],
};
const NOTHING: { readonly [K in AlarmKind]: readonly [string, ...string[]] } = {
  physiological: ["moved the hand", "over before I was there", "the limit is tight for this patient"],
  technical: ["patient in the bathroom", "came back by itself"],
  procedural: ["known, was on my way"],
};

/** By the step in which the alarm was raised. */
export function marksOf(
  steps: readonly { readonly events: readonly BayEvent[] }[],
  { by, endedAt, chance }: { readonly by: Actor; readonly endedAt: AtMs; readonly chance: Random },
): ReadonlyMap<number, readonly PastMark[]> {
  const marks = new Map<number, PastMark[]>();
  for (const [step, { events }] of steps.entries()) {
    for (const raised of events) {
      if (raised.type !== "alarm" || raised.change !== "raised") continue;
      if (chance.within([0, 1]) >= MARKED[raised.priority]) continue;
      const share = isAnswered(steps, step, raised) ? ACTIONABLE.answered : ACTIONABLE.unanswered;
      const actionable = chance.within([0, 1]) < share ? "yes" : "no";
      const why =
        chance.within([0, 1]) < SAYS_WHY ? chance.pick((actionable === "yes" ? DONE : NOTHING)[raised.kind]) : null;
      const at = endedAt + Math.round(chance.within(AFTER_MIN) * 60_000);
      marks.set(step, [...(marks.get(step) ?? []), { alarm: raised.alarm, at, by, actionable, why }]);
    }
  }
  return marks;
}

/** Somebody acknowledged it before it was raised again. */
function isAnswered(
  steps: readonly { readonly events: readonly BayEvent[] }[],
  from: number,
  raised: AlarmEvent,
): boolean {
  for (const { events } of steps.slice(from)) {
    for (const event of events) {
      if (event.type !== "alarm" || event.alarm !== raised.alarm || event === raised) continue;
      if (event.change === "acknowledged") return true;
      if (event.change === "raised") return false;
    }
  }
  return false;
}
