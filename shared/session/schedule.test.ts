import { expect, it } from "vitest";
import { commandIdSchema, personIdSchema, sessionIdSchema } from "../ids/index.ts";
import { protocolSchema } from "../protocol/index.ts";
import type { SessionCommand } from "./act.ts";
import { actorSchema } from "./command.ts";
import { type MoveFacts, moveSession } from "./moves.ts";
import { missedObservations } from "./schedule.ts";
import type { Session } from "./session.ts";

const MIN = 60_000;
const VITALS = { hr: 70, spo2: 98, sbp: 120, dbp: 75 };
const nurse = actorSchema.parse({ id: personIdSchema.parse("n"), name: "Nora", role: "nurse" });
const facts: MoveFacts = {
  bayProtocol: protocolSchema.parse({
    startChecks: [],
    observationIntervalMin: { infusing: 15, recovery: 30 },
    reasonForEarlyStop: false,
  }),
  vitals: VITALS,
  pressureAt: Number.POSITIVE_INFINITY,
  before: { ...VITALS, at: Number.POSITIVE_INFINITY },
  physiologicalAlarms: 0,
};

type Step = readonly [min: number, command: SessionCommand];
const OPEN: readonly Step[] = [
  [
    -5,
    {
      type: "open-session",
      sessionId: sessionIdSchema.parse("s"),
      patient: { initials: "AB", weightKg: 70 },
      plan: { drug: "ketamine", doseMgPerKg: 0.5, plannedMin: 40 },
    },
  ],
  [-4, { type: "record-baseline" }],
  [0, { type: "start-infusion" }],
];
const look = (min: number, more: { readonly effectiveAt?: number } = {}): Step => [
  min,
  { type: "record-observation", observation: { dissociation: 1 }, ...more },
];

/** Minutes after the start: when each was due and done. */
function missed(steps: readonly Step[], until: number) {
  let session: Session | null = null;
  for (const [i, [min, command]] of [...OPEN, ...steps].entries()) {
    const move = moveSession(
      session,
      { id: commandIdSchema.parse(`c${i}`), at: (min + 60) * MIN, by: nurse, command },
      facts,
    );
    if ("refused" in move) throw new Error(move.refused.reason);
    session = move.session;
  }
  if (session === null) throw new Error("nothing was opened");
  const minute = (at: number | null) => (at === null ? null : at / MIN - 60);
  return missedObservations(session, (until + 60) * MIN).map(({ dueAt, doneAt }) => [minute(dueAt), minute(doneAt)]);
}

it("lists nothing while every observation is made in time, a few minutes late, or early", () => {
  expect(missed([look(15), look(34), look(40), look(55)], 59)).toEqual([]);
  expect(missed([], 19)).toEqual([]);
});

it("lists what was not done and how late the next was; an observation stands for the last slot before it", () => {
  expect(missed([], 20)).toEqual([[15, null]]);
  expect(missed([look(52)], 60)).toEqual([
    [15, null],
    [30, null],
    [45, 52],
  ]);
  // A note alone looks at nobody.
  expect(missed([[14, { type: "record-observation", observation: { note: "tea" } }]], 20)).toEqual([[15, null]]);
});

it("counts an observation that was entered late as made when it was made", () => {
  expect(missed([look(50, { effectiveAt: (16 + 60) * MIN })], 36)).toEqual([[31, null]]);
});

it("goes by the interval of each phase, and ends with the session", () => {
  const end: Step = [40, { type: "end-infusion" }];
  expect(missed([look(15), look(30), end], 64)).toEqual([]);
  expect(missed([look(15), look(30), end], 66)).toEqual([[60, null]]);
  expect(missed([look(15), end, look(70)], 90)).toEqual([
    [30, null],
    [60, 70],
  ]);
  const left: Step = [63, { type: "abandon-session", reason: "left", left: "against-advice" }];
  expect(missed([look(15), look(30), end, left], 300)).toEqual([]);
});
