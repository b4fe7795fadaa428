/** What people do by a scenario's script, each once, when its time has come. */
import type { AtMs, DurationMs } from "@vigil/shared/ids";
import type { Command } from "@vigil/shared/session";
import { randomFrom } from "../random/index.ts";
import type { Mark, Marks, Scenario } from "../scenario/index.ts";

export interface Script {
  /** What is to be done now; `null`: nothing. What it gave it does not give again. */
  next(at: AtMs, marks: Marks): Command | null;
}

/** What is further past than this was done before, by whoever stood here then. */
const MISSED_AFTER_MS: DurationMs = 60_000;

export function newScript(scenario: Scenario, seed: number, session: string): Script {
  const random = randomFrom(seed, `script/${session}`);
  let left: readonly { since: Mark; from: DurationMs; command: Command }[] = scenario.acts.map(
    ({ since, atMin, command }) => ({ since, from: random.within(atMin) * 60_000, command }),
  );
  return {
    next(at, marks) {
      if (left.length === 0) return null;
      const lateBy = (each: (typeof left)[number]): DurationMs => {
        const origin = marks[each.since];
        return origin === null ? Number.NEGATIVE_INFINITY : at - origin - each.from;
      };
      left = left.filter((each) => lateBy(each) < MISSED_AFTER_MS);
      const due = left.find((each) => lateBy(each) >= 0);
      if (due === undefined) return null;
      left = left.filter((each) => each !== due);
      return due.command;
    },
  };
}
