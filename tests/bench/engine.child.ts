/** The engine alone, in a process of its own: eight bays that infuse, one reading a second each, no I/O. */
import { advance, type Bay, bayInPhase } from "@vigil/shared/bay";
import { type AtMs, bayIdSchema } from "@vigil/shared/ids";
import { protocolSchema } from "@vigil/shared/protocol";
import type { ReadingValues } from "@vigil/shared/vitals";
import { answer } from "./answer.ts";
import { CLINIC, CUFF_EVERY_S, feedValues } from "./feed.ts";
import { Meter, type Used } from "./meter.ts";
import { act, OBSERVATION } from "./sessions.ts";

const BAYS = 8;
/** The feed repeats after this: long enough that nothing is learnt by heart. */
const FEED_S = 4 * 3600;
const START = Date.UTC(2026, 2, 2, 9);
/** Then the next patient comes. */
const SESSION_S = 3600;
const OBSERVED_EVERY_S = 15 * 60;

export interface EngineRun extends Used {
  readonly readings: number;
  readonly events: number;
}

const protocol = protocolSchema.parse({});
const feed: readonly ReadingValues[] = Array.from({ length: FEED_S * BAYS }, (_, n) =>
  feedValues(CLINIC, (n % BAYS) + 1, Math.floor(n / BAYS)),
);

const newSessions = (at: AtMs): Bay[] =>
  Array.from({ length: BAYS }, (_, i) =>
    bayInPhase(bayIdSchema.parse(String(i + 1)), protocol, "infusing", at, CUFF_EVERY_S / 60),
  );

const observed = (bay: Bay, i: number, at: AtMs): Bay => advance(bay, act(i + 1, 0, at, OBSERVATION)).bay;

function run(seconds: number): EngineRun {
  let bays: Bay[] = [];
  let events = 0;
  const meter = new Meter();
  for (let second = 0; second < seconds; second++) {
    const at = START + second * 1000;
    if (second % SESSION_S === 0) bays = newSessions(at);
    if (second % OBSERVED_EVERY_S === OBSERVED_EVERY_S - 1) bays = bays.map((bay, i) => observed(bay, i, at));
    for (let i = 0; i < BAYS; i++) {
      const values = feed[(second % FEED_S) * BAYS + i]!;
      const outcome = advance(bays[i]!, { kind: "reading", at, measuredAt: null, cadenceS: null, values });
      bays[i] = outcome.bay;
      events += outcome.events.length;
    }
  }
  return { ...meter.used(), readings: seconds * BAYS, events };
}

const calls = { run };
export type EngineCalls = typeof calls;
answer(calls);
