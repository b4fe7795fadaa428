/** Sessions for every bay, as the inputs that people and monitors would have given. */
import type { BayInput } from "@vigil/shared/bay";
import { type AtMs, type BayId, bayIdSchema, commandIdSchema } from "@vigil/shared/ids";
import { protocolSchema } from "@vigil/shared/protocol";
import { actorSchema, type Command, commandSchema } from "@vigil/shared/session";
import { CLINIC, cuffValues, feedValues, secondsSinceCuff } from "./feed.ts";

/** What a session has behind it. */
export interface Past {
  readonly seconds: number;
  readonly everyS: number;
}
/**
 * As much as a wall's trend shows; whole cuff cycles, so that the live feed goes on in step. Sparser than live, and close
 * enough that nothing goes stale.
 */
const TREND: Past = { seconds: 15 * 60, everyS: 4 };
const NO_PAST: Past = { seconds: 0, everyS: 1 };
/** Of each four bays, this many have ended their infusion and count down their recovery. */
const RECOVERING_OF_FOUR = 1;
const RECOVERING_FOR_S = 5 * 60;

const nurse = actorSchema.parse({ id: "bench", name: "Bench", role: "nurse" });
const { startChecks } = protocolSchema.parse({});

interface History {
  readonly bay: BayId;
  readonly inputs: readonly BayInput[];
}

/** Bays 1 … `bays`, each with its session under way at `now`; the first `withPast` of them with a past, usually a full trend. */
export const sessionsUnderWay = (bays: number, withPast: number, now: AtMs, past = TREND): History[] =>
  Array.from({ length: bays }, (_, i) => historyOf(i + 1, i < withPast ? past : NO_PAST, now));

function historyOf(bay: number, { seconds, everyS }: Past, now: AtMs): History {
  const begunAt = now - seconds * 1000;
  const inputs: BayInput[] = opening(bay).map((command, i) => act(bay, i, begunAt, command));
  for (let second = 0; second < seconds; second += everyS) {
    // One that falls between two of the sparse readings comes with the earlier.
    const isCuff = secondsSinceCuff(bay, second + everyS - 1) < everyS;
    const values = { ...feedValues(CLINIC, bay, second), ...(isCuff ? cuffValues(bay, second) : {}) };
    inputs.push({ kind: "reading", at: begunAt + second * 1000, measuredAt: null, cadenceS: null, values });
  }
  if (bay % 4 < RECOVERING_OF_FOUR) {
    const endedAt = Math.max(begunAt, now - RECOVERING_FOR_S * 1000);
    inputs.push(act(bay, inputs.length, endedAt, { type: "end-infusion", reason: "the plan of a benchmark" }));
    inputs.sort((a, b) => a.at - b.at);
  }
  inputs.push(act(bay, inputs.length, now, OBSERVATION));
  return { bay: bayIdSchema.parse(String(bay)), inputs };
}

/** What a nurse records every quarter of an hour; without it each bay would soon ask for it, all the time. */
export const OBSERVATION = commandSchema.parse({
  type: "record-observation",
  observation: { dissociation: 3, sedation: 4 },
});

const opening = (bay: number): Command[] =>
  [
    {
      type: "open-session",
      sessionId: `bench-${bay}`,
      patient: { initials: "B.B.", weightKg: 70 },
      plan: { drug: "ketamine", doseMgPerKg: 0.5, plannedMin: 60 },
    },
    { type: "record-baseline", values: { hr: 72, spo2: 98, sbp: 128, dbp: 79 } },
    ...startChecks.map((check) => ({ type: "confirm-check", check })),
    { type: "start-infusion" },
  ].map((command) => commandSchema.parse(command));

export const act = (bay: number, n: number, at: AtMs, command: Command): BayInput => ({
  kind: "command",
  at,
  id: commandIdSchema.parse(`bench-${bay}-${n}`),
  by: nurse,
  command,
});
