/** The session's clocks: elapsed, paused, planned end, countdown. */
import { describe, expect, it } from "vitest";
import { commandIdSchema, personIdSchema, sessionIdSchema } from "../ids/index.ts";
import { protocolSchema } from "../protocol/index.ts";
import type { SessionCommand } from "./act.ts";
import { moveSession } from "./moves.ts";
import type { Observation } from "./observation.ts";
import {
  assessmentSinceEnd,
  cuffIntervalMs,
  dissociationProlongedAt,
  infusionElapsedMs,
  infusionPausedMs,
  isDrugOnBoard,
  isInfusionPhase,
  observationDueAt,
  PHASES,
  plannedEndAt,
  recoveryMinimumAt,
  type Session,
} from "./session.ts";

const MIN = 60_000;
/** Any time after the infusion. */
const LATER = Number.POSITIVE_INFINITY;
const protocol = protocolSchema.parse({
  startChecks: [],
  dischargeChecks: [],
  recoveryMinimumMin: 90,
  reasonForEarlyStop: false,
});
const baseline = { hr: 70, spo2: 98, sbp: 120, dbp: 75 };
const facts = {
  bayProtocol: protocol,
  vitals: baseline,
  pressureAt: LATER,
  before: { ...baseline, at: LATER },
  physiologicalAlarms: 0,
};
const nurse = { id: personIdSchema.parse("n1"), name: "Nora", role: "nurse" as const };
const open: SessionCommand = {
  type: "open-session",
  sessionId: sessionIdSchema.parse("s1"),
  patient: { initials: "AB", weightKg: 70 },
  plan: { drug: "ketamine", doseMgPerKg: 0.5, plannedMin: 40 },
};

/** `[minute, command]` one after the other. */
function session(...moves: [min: number, command: SessionCommand][]): Session {
  let now: Session | null = null;
  for (const [min, command] of [[0, open], [0, { type: "record-baseline" }], ...moves] as typeof moves) {
    const moved = moveSession(
      now,
      { id: commandIdSchema.parse(`${command.type}-${min}`), at: min * MIN, by: nurse, command },
      facts,
    );
    if ("refused" in moved) throw new Error(moved.refused.reason);
    now = moved.session;
  }
  return now!;
}
const start: [number, SessionCommand] = [10, { type: "start-infusion" }];
const pause = (min: number): [number, SessionCommand] => [min, { type: "pause-infusion", reason: "nausea" }];
const resume = (min: number): [number, SessionCommand] => [min, { type: "resume-infusion" }];
const end = (min: number): [number, SessionCommand] => [min, { type: "end-infusion" }];

const clocks = ({ infusion }: Session, min: number) => [
  infusionElapsedMs(infusion!, min * MIN) / MIN,
  infusionPausedMs(infusion!, min * MIN) / MIN,
];

describe("elapsed and paused", () => {
  it("run from the start, not from opening", () => {
    expect(session().infusion).toBeNull();
    expect(clocks(session(start), 10)).toEqual([0, 0]);
    expect(clocks(session(start), 35.5)).toEqual([25.5, 0]);
  });

  it("a pause stops the one and runs the other; resuming turns them round", () => {
    expect(clocks(session(start, pause(20)), 27)).toEqual([10, 7]);
    expect(clocks(session(start, pause(20), resume(27)), 30)).toEqual([13, 7]);
    expect(clocks(session(start, pause(20), resume(27), pause(30), resume(31)), 40)).toEqual([22, 8]);
  });

  it("both stand still after the end, whether it came running or paused", () => {
    expect(clocks(session(start, pause(20), resume(27), end(30)), 99)).toEqual([13, 7]);
    expect(clocks(session(start, pause(20), end(30)), 99)).toEqual([10, 10]);
  });

  it("abandoning stops the clock; what had ended keeps its end", () => {
    const abandon = (min: number): [number, SessionCommand] => [
      min,
      { type: "abandon-session", reason: "left", left: "against-advice" },
    ];
    const running = session(start, abandon(30));
    expect(clocks(running, 99)).toEqual([20, 0]);
    expect(running.infusion?.endedAt).toBe(30 * MIN);
    expect(session(start, end(20), abandon(30)).infusion?.endedAt).toBe(20 * MIN);
    expect(session(abandon(5)).infusion).toBeNull();
  });

  it("are never below zero, asked for an instant before the start", () => {
    expect(clocks(session(start), 9)).toEqual([0, 0]);
  });
});

describe("the planned end", () => {
  it("is the start and the plan, later by every pause", () => {
    expect(plannedEndAt(session(start))).toBe(50 * MIN);
    expect(plannedEndAt(session(start, pause(20), resume(27)))).toBe(57 * MIN);
  });

  it("is unknown before the start, while paused, and after the end", () => {
    for (const each of [session(), session(start, pause(20)), session(start, end(20))]) {
      expect(plannedEndAt(each)).toBeNull();
    }
  });
});

describe("the recovery countdown", () => {
  it("runs from the end of the drug for the protocol’s minimum", () => {
    expect(recoveryMinimumAt(session(start, end(50)))).toBe(140 * MIN);
  });

  it("has no end before the drug has stopped", () => {
    for (const each of [session(), session(start), session(start, pause(20))])
      expect(recoveryMinimumAt(each)).toBeNull();
  });

  it("is not begun anew by a return to recovery", () => {
    const ready: [number, SessionCommand] = [140, { type: "declare-ready" }];
    const back: [number, SessionCommand] = [150, { type: "return-to-recovery", reason: "dizzy" }];
    expect(recoveryMinimumAt(session(start, end(50), ready, back))).toBe(140 * MIN);
  });
});

it("the cuff works by the recovery programme once the drug has stopped", () => {
  const intervals = PHASES.map((phase) => `${phase} ${cuffIntervalMs({ ...session(), phase }) / MIN}`);
  expect(intervals.slice(0, 5)).toEqual(["preparation 5", "infusing 5", "paused 5", "recovery 15", "ready 15"]);
});

it("the drug is on board from the start until the patient leaves", () => {
  expect(PHASES.filter(isInfusionPhase)).toEqual(["infusing", "paused"]);
  expect(PHASES.filter(isDrugOnBoard)).toEqual(["infusing", "paused", "recovery", "ready"]);
});

const look = (min: number, observation: Observation): [number, SessionCommand] => [
  min,
  { type: "record-observation", observation },
];

describe("the next observation", () => {
  const ready: [number, SessionCommand] = [140, { type: "declare-ready" }];

  it("is due an interval after the start or the last look, a longer one once the drug has stopped", () => {
    expect(observationDueAt(session(start))).toBe(25 * MIN);
    expect(observationDueAt(session(start, look(20, { pain: 1 })))).toBe(35 * MIN);
    expect(observationDueAt(session(start, end(50), look(60, { pain: 1 })))).toBe(90 * MIN);
    expect(observationDueAt(session(start, end(50), look(60, { pain: 1 }), ready))).toBe(90 * MIN);
  });

  it("counts from the start where the last look was before it", () => {
    expect(observationDueAt(session(look(5, { pain: 1 }), start))).toBe(25 * MIN);
  });

  it("is not owed before the drug and after the patient has left", () => {
    expect(observationDueAt(session(look(5, { pain: 1 })))).toBeNull();
    expect(observationDueAt({ ...session(start, end(50)), phase: "discharged" })).toBeNull();
  });
});

describe("dissociation that has not ended", () => {
  it("counts as prolonged from the protocol’s time after the drug, by the last look at it", () => {
    const seen = look(45, { dissociation: 3 });
    expect(dissociationProlongedAt(session(start, seen))).toBeNull();
    expect(dissociationProlongedAt(session(start, seen, end(50)))).toBe(110 * MIN);
    expect(dissociationProlongedAt(session(start, seen, end(50), look(60, { nausea: 1 })))).toBe(110 * MIN);
    expect(dissociationProlongedAt(session(start, seen, end(50), look(60, { dissociation: 0 })))).toBeNull();
  });

  it("is not known where nobody has looked", () => {
    expect(dissociationProlongedAt(session(start, end(50)))).toBeNull();
    expect(dissociationProlongedAt(session(start, end(50), look(60, { nausea: 1 })))).toBeNull();
    expect(dissociationProlongedAt(session())).toBeNull();
  });
});

describe("what was observed for going home", () => {
  const aldrete = (activity: number) =>
    ({ scale: "aldrete", activity, respiration: 2, circulation: 2, consciousness: 2, oxygen: 2 }) as const;

  it("is the last word on each thing since the drug stopped, its very moment included", () => {
    const seen = session(
      start,
      end(50),
      look(50, { oriented: false, dissociation: 2, score: aldrete(0) }),
      look(60, { oriented: true, score: aldrete(1) }),
      look(70, { dissociation: 0 }),
    );
    expect(assessmentSinceEnd(seen)).toEqual({ oriented: true, dissociated: false, score: 9 });
    expect(assessmentSinceEnd(session(start, end(50), look(50, { oriented: false })))).toMatchObject({
      oriented: false,
    });
  });

  it("leaves out what was seen while the drug ran, or before it", () => {
    const nothing = { oriented: null, dissociated: null, score: null };
    const whole = { oriented: true, dissociation: 0, score: aldrete(2) };
    expect(assessmentSinceEnd(session(look(5, whole)))).toEqual(nothing);
    expect(assessmentSinceEnd(session(start, look(20, whole)))).toEqual(nothing);
    expect(assessmentSinceEnd(session(start, look(49, whole), end(50)))).toEqual(nothing);
  });

  it("leaves out a score by another scale than the protocol’s", () => {
    const padss = { scale: "padss", vitalSigns: 2, activity: 2, nausea: 2, pain: 2, bleeding: 2 } as const;
    const seen = session(start, end(50), look(60, { score: aldrete(0) }), look(70, { score: padss }));
    expect(assessmentSinceEnd(seen).score).toBe(8);
  });
});
