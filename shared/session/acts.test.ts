/** Late entries, undoing, and what every sequence of acts must leave behind. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commandIdSchema, personIdSchema, sessionIdSchema } from "../ids/index.ts";
import type { ProtocolDocument } from "../protocol/index.ts";
import { type SessionCommand, toldActs } from "./act.ts";
import { commandSchema } from "./command.ts";
import { doseAt, doseCourse, drugLeftMs } from "./dose.ts";
import { identityCorrections } from "./identity.ts";
import { moveSession } from "./moves.ts";
import { planFigures } from "./plan.ts";
import {
  type Infusion,
  infusionElapsedMs,
  infusionPausedMs,
  observationDueAt,
  plannedEndAt,
  recoveryMinimumAt,
  type Session,
} from "./session.ts";
import {
  BASELINE,
  end,
  nurse,
  other,
  PLAN,
  pause,
  prepared,
  resume,
  running,
  supervisor,
  Visit,
} from "./test-visit.ts";

const MIN = 60_000;

/** All that follows from the acts, without the acts and their names. */
function factsOf({ acts: _acts, origin: _origin, ...facts }: Session): unknown {
  return JSON.parse(JSON.stringify(facts, (key, value) => (key === "act" ? undefined : value)));
}

describe("a late entry", () => {
  it("of a forgotten start moves the clock, the planned end and the dose", () => {
    const visit = prepared();
    visit.does(20, { type: "start-infusion" }, { late: 10 });
    expect(visit.now.infusion?.startedAt).toBe(10 * MIN);
    expect(infusionElapsedMs(visit.now.infusion!, 20 * MIN)).toBe(10 * MIN);
    expect(plannedEndAt(visit.now)).toBe(50 * MIN);
    expect(doseAt(doseCourse(visit.now)!, 30 * MIN)?.mg).toBeCloseTo(17.5);
    expect(visit.now.acts.at(-1)).toMatchObject({ enteredAt: 20 * MIN, effectiveAt: 10 * MIN });
  });

  it("of a forgotten end begins the countdown then", () => {
    const visit = running();
    visit.does(60, { type: "end-infusion" }, { late: 50 });
    expect(recoveryMinimumAt(visit.now)).toBe(110 * MIN);
  });

  it("of a pause and a resume between other acts holds the clock for that while", () => {
    const visit = running();
    visit.does(30, { type: "record-observation", observation: { dissociation: 6 } });
    // A pause alone would end in paused, and the observation may be made then too.
    visit.does(31, pause, { late: 20 });
    expect(visit.now.phase).toBe("paused");
    visit.does(32, resume, { late: 25 });
    expect(visit.now.phase).toBe("infusing");
    expect(infusionPausedMs(visit.now.infusion!, 40 * MIN)).toBe(5 * MIN);
  });

  it("is refused in the future, before the session, and where an act already entered would not stand", () => {
    const visit = running();
    expect(visit.does(20, pause, { late: 21 })).toBe("in-future");
    expect(visit.does(20, pause, { late: -1 })).toBe("before-session");
    expect(visit.does(20, pause, { late: 5 })).toBe("wrong-phase");
    visit.does(30, pause);
    expect(visit.does(31, end, { late: 25 })).toBe("breaks-sequence");
    expect(visit.now.phase).toBe("paused");
  });

  it("of a baseline must bring its values: the monitor tells only what is now", () => {
    const visit = new Visit();
    expect(visit.does(9, { type: "record-baseline" }, { late: 5 })).toBe("no-baseline");
  });

  it("of a note leaves the next observation due when it was: nobody has looked at the patient by it", () => {
    const visit = running();
    visit.does(20, { type: "record-observation", observation: { dissociation: 2 } });
    visit.does(30, { type: "record-observation", observation: { note: "asks for water" } });
    expect(observationDueAt(visit.now)).toBe(35 * MIN);
  });

  it("of an observation takes its place among the others", () => {
    const visit = running();
    visit.does(40, { type: "record-observation", observation: { dissociation: 2 } });
    visit.does(41, { type: "record-observation", observation: { dissociation: 8 } }, { late: 25 });
    expect(visit.now.observations.map(({ dissociation, at }) => [dissociation, at / MIN])).toEqual([
      [8, 25],
      [2, 40],
    ]);
  });
});

it("a systolic pressure that is not above the diastolic is refused, as baseline and as observation", () => {
  const visit = prepared();
  expect(visit.does(2, { type: "record-baseline", values: { ...BASELINE, sbp: 75, dbp: 120 } })).toBe(
    "implausible-values",
  );
  visit.does(10, { type: "start-infusion" });
  const crossed = { type: "record-observation", observation: { values: { sbp: 80, dbp: 80 } } } as const;
  expect(visit.does(11, crossed)).toBe("implausible-values");
  expect(visit.now.observations).toEqual([]);
});

describe("a plan put right after the start", () => {
  const { concentrationMgPerMl: _mgPerMl, bagVolumeMl: _mL, ...SHORT } = PLAN;
  const inBag = (mgPerMl: number): SessionCommand => ({
    type: "set-plan",
    plan: { ...SHORT, concentrationMgPerMl: mgPerMl },
    reason: "was missing",
  });
  function begun(plan: SessionCommand): Visit {
    const visit = new Visit();
    visit.does(1, plan);
    visit.does(2, { type: "record-baseline", values: BASELINE });
    visit.does(10, { type: "start-infusion" });
    return visit;
  }

  it("makes known what a rate gives, as if it had been entered in time", () => {
    const visit = begun({ type: "set-plan", plan: SHORT });
    expect(visit.does(20, { type: "change-rate", rateMlPerH: 30 })).toBe("dose-unknown");
    expect(visit.does(21, inBag(1))).toBe("wrong-phase");
    visit.does(21, inBag(1), { late: 1 });
    visit.does(22, { type: "change-rate", rateMlPerH: 30 });
    const inTime = begun(inBag(1));
    inTime.does(22, { type: "change-rate", rateMlPerH: 30 });
    expect(factsOf(visit.now)).toEqual(factsOf(inTime.now));
    expect(visit.now.acts.map(({ command }) => command.type).filter((type) => type === "set-plan")).toHaveLength(2);
  });

  it("is taken back at once, refused when implausible or when what was done since would not stand, and outlives an earlier start", () => {
    const visit = begun({ type: "set-plan", plan: SHORT });
    expect(visit.does(20, inBag(500), { late: 1 })).toBe("implausible-plan");
    const slip = visit.does(20, inBag(2), { late: 1 });
    visit.undoes(20.1, slip);
    expect(visit.now.plan).toEqual(SHORT);
    visit.does(21, inBag(1), { late: 1 });
    visit.does(22, { type: "change-rate", rateMlPerH: 200 });
    // Of twice the concentration it would be more than four times the planned rate.
    expect(visit.does(23, inBag(2), { late: 1 })).toBe("breaks-sequence");
    const start = visit.now.acts.find(({ command }) => command.type === "start-infusion")!;
    visit.does(24, { type: "correct-time", act: start.id, effectiveAt: 3 * MIN, reason: "pressed late" });
    expect(visit.now.plan?.concentrationMgPerMl).toBe(1);
    expect(visit.now.infusion?.startedAt).toBe(3 * MIN);
  });
});

describe("who the patient is, put right after the start", () => {
  const corrected: SessionCommand = {
    type: "correct-patient",
    patient: { initials: "CD", name: "C. Dee", recordNumber: "KET-2", birthDate: "1980-02-29" },
    reason: "mixed up with another patient",
  };

  it("leaves the weight, the plan and the dose as they were, and what was said before in the record", () => {
    const visit = running();
    const dose = doseCourse(visit.now);
    visit.does(20, corrected);
    expect(visit.now.patient).toEqual({ ...corrected.patient, weightKg: 70 });
    expect(doseCourse(visit.now)).toEqual(dose);
    expect(visit.now.acts[0]?.command).toMatchObject({ patient: { initials: "AB" } });
    const acts = visit.now.acts.map((act) => ({ ...act, undone: null }));
    expect([...identityCorrections(acts).values()]).toEqual([
      [
        { field: "name", was: undefined, is: "C. Dee" },
        { field: "initials", was: "AB", is: "CD" },
        { field: "recordNumber", was: undefined, is: "KET-2" },
        { field: "birthDate", was: undefined, is: "1980-02-29" },
      ],
    ]);
  });

  it("is refused where it says nothing new, and is corrected, not undone", () => {
    const visit = running();
    const id = visit.does(20, corrected);
    expect(visit.does(21, corrected)).toBe("already-done");
    expect(visit.undoes(20.1, id)).toBe("no-such-act");
    visit.does(22, { ...corrected, patient: { initials: "AB" } });
    expect(visit.now.patient).toEqual({ initials: "AB", weightKg: 70 });
  });

  it("stands through whatever is entered late before it", () => {
    const visit = running();
    visit.does(20, corrected);
    visit.does(21, pause, { late: 15 });
    visit.does(21, resume, { late: 16 });
    expect(visit.now.patient).toMatchObject({ initials: "CD" });
  });
});

describe("undoing", () => {
  it("takes an act back within ten seconds and keeps both in the record", () => {
    const visit = running();
    const slip = visit.does(20, end);
    visit.undoes(20 + 10 / 60, slip);
    expect(visit.now.phase).toBe("infusing");
    expect(visit.now.infusion).toMatchObject({ runningSince: 10 * MIN, endedAt: null });
    expect(visit.now.acts.slice(-2).map((act) => act.command.type)).toEqual(["end-infusion", "undo-act"]);
  });

  it("is refused later, twice, of what is not there, and of what others rest on", () => {
    const visit = running();
    const slip = visit.does(20, pause);
    expect(visit.undoes(20.2, slip)).toBe("too-late");
    expect(visit.undoes(20.1, "nothing")).toBe("no-such-act");
    expect(visit.undoes(20.1, visit.now.acts[0]!.id)).toBe("no-such-act");
    visit.does(20.05, resume);
    expect(visit.undoes(20.1, slip)).toBe("breaks-sequence");
    const again = visit.does(20.1, pause);
    visit.undoes(20.1, again);
    expect(visit.undoes(20.1, again)).toBe("already-done");
    expect(visit.now.phase).toBe("infusing");
  });

  it("leaves the session as if the act had never been", () => {
    const [one, two] = [running(), running()];
    const slip = one.does(20, pause);
    one.undoes(20.1, slip);
    one.does(30, pause);
    two.does(30, pause);
    expect(factsOf(one.now)).toEqual(factsOf(two.now));
  });
});

describe("correcting the time of an act", () => {
  const corrects = (visit: Visit, min: number, act: string, to: number): string =>
    visit.does(min, {
      type: "correct-time",
      act: commandIdSchema.parse(act),
      effectiveAt: Math.round(to * MIN),
      reason: "pressed late",
    });

  it("of a start and an end that were pressed late moves clock, dose and countdown, however long ago that was", () => {
    const visit = prepared();
    const start = visit.does(20, { type: "start-infusion" });
    corrects(visit, 35, start, 10);
    expect(plannedEndAt(visit.now)).toBe(50 * MIN);
    expect(doseAt(doseCourse(visit.now)!, 30 * MIN)?.mg).toBeCloseTo(17.5);
    const finish = visit.does(65, end);
    corrects(visit, 70, finish, 50);
    expect(recoveryMinimumAt(visit.now)).toBe(110 * MIN);
    expect(visit.now.phases.map(({ from }) => from / MIN)).toEqual([0, 10, 50]);
  });

  it("keeps what was entered, the correction and who made it, and can itself be taken back at once", () => {
    const visit = prepared();
    const start = visit.does(20, { type: "start-infusion" });
    const correction = corrects(visit, 35, start, 10);
    corrects(visit, 36, start, 12);
    const told = () => toldActs(visit.now.acts).find(({ act }) => act.id === start);
    expect(told()).toMatchObject({
      act: { effectiveAt: 20 * MIN },
      at: 12 * MIN,
      corrections: [
        { by: nurse, enteredAt: 35 * MIN, was: 20 * MIN, reason: "pressed late" },
        { enteredAt: 36 * MIN, was: 10 * MIN },
      ],
    });
    visit.undoes(36.1, visit.now.acts.at(-1)!.id);
    expect(visit.now.infusion?.startedAt).toBe(10 * MIN);
    expect(visit.undoes(36.1, correction)).toBe("too-late");
  });

  it("is refused where other acts would then not stand, of what has no time of its own, and for a time that cannot be", () => {
    const visit = prepared();
    const start = visit.does(20, { type: "start-infusion" });
    expect(corrects(visit, 35, start, 0.5)).toBe("breaks-sequence");
    expect(corrects(visit, 35, start, 36)).toBe("in-future");
    expect(corrects(visit, 35, start, -1)).toBe("before-session");
    expect(corrects(visit, 35, start, 20)).toBe("already-done");
    expect(corrects(visit, 35, visit.now.acts[0]!.id, 10)).toBe("no-such-act");
    const slip = visit.does(40, pause);
    visit.undoes(40.1, slip);
    expect(corrects(visit, 41, slip, 39)).toBe("no-such-act");
    expect(visit.now.infusion?.startedAt).toBe(20 * MIN);
  });

  it("is what the refusal of a late undoing points to", () => {
    const visit = running();
    const slip = visit.does(20, end);
    const undoing = { type: "undo-act", act: commandIdSchema.parse(slip) } as const;
    const move = moveSession(
      visit.now,
      { id: commandIdSchema.parse("u"), at: 21 * MIN, by: nurse, command: undoing },
      visit.facts,
    );
    expect("refused" in move && move.refused.reason).toMatch(/correct the time/);
  });
});

describe("the dose given", () => {
  const mg = (visit: Visit, min: number) => doseAt(doseCourse(visit.now)!, min * MIN)?.mg ?? null;

  it("follows the rate, stands still in a pause, and stops at the plan", () => {
    const visit = running();
    expect(mg(visit, 9)).toBe(0);
    expect(mg(visit, 30)).toBeCloseTo(17.5);
    visit.does(30, pause);
    expect(mg(visit, 35)).toBeCloseTo(17.5);
    visit.does(35, resume);
    expect(mg(visit, 55)).toBeCloseTo(35);
    expect(mg(visit, 99)).toBe(35);
    expect(doseAt(doseCourse(visit.now)!, 99 * MIN)).toEqual({ mg: 35, mL: 35, ofPlan: 1 });
  });

  it("follows a change of rate from then on, also one that was made while paused", () => {
    const visit = running();
    visit.does(20, { type: "change-rate", rateMlPerH: 105 });
    expect(mg(visit, 30)).toBeCloseTo(8.75 + 17.5);
    expect(visit.does(21, { type: "change-rate", rateMlPerH: 105 })).toBe("already-done");
    visit.does(22, pause);
    visit.does(23, { type: "change-rate", rateMlPerH: 60 });
    visit.does(24, resume);
    expect(mg(visit, 25)).toBeCloseTo(8.75 + 3.5 + 1);
  });

  it("counts a bolus, and none beyond the plan without an extension", () => {
    const visit = running();
    const bolus: SessionCommand = { type: "give-medication", medication: { kind: "bolus", mg: 20 } };
    visit.does(20, bolus);
    expect(mg(visit, 20)).toBeCloseTo(28.75);
    expect(visit.does(21, bolus)).toBe("dose-exceeded");
    expect(mg(visit, 50)).toBe(35);
    visit.does(60, { type: "extend-infusion", mg: 35, minutes: 20, newBag: true });
    // The pump is taken to deliver again from then on.
    expect(mg(visit, 80)).toBeCloseTo(35 + 17.5);
    expect(mg(visit, 300)).toBe(70);
    expect(plannedEndAt(visit.now)).toBe(70 * MIN);
  });

  it("of another drug is kept with the drug's own name beside the name of who gave it", () => {
    const visit = running();
    const medication = { kind: "other", name: "ondansetron", dose: 4, unit: "mg", route: "IV" } as const;
    visit.does(20, { type: "give-medication", medication });
    expect(visit.now.medications).toMatchObject([{ medication, by: "n1", name: "Nora", at: 20 * MIN }]);
  });

  it("is extended only as far as the protocol allows", () => {
    const visit = running();
    expect(visit.does(20, { type: "extend-infusion", mg: 200 })).toBe("implausible-plan");
    expect(visit.does(20, { type: "extend-infusion" })).toBe("implausible-plan");
  });

  /** A short plan: neither concentration nor bag. */
  const short = (weightKg?: number, edition?: number): Visit => {
    const visit = new Visit();
    visit.session = null;
    visit.does(0, {
      type: "open-session",
      sessionId: sessionIdSchema.parse("s2"),
      patient: { initials: "AB", weightKg },
      plan: { drug: "ketamine", doseMgPerKg: 0.5, plannedMin: 40 },
      edition,
    });
    visit.does(0, { type: "record-baseline", values: BASELINE });
    return visit;
  };

  it("must be known to start: without a weight the start is refused, until it is given", () => {
    const visit = short();
    expect(visit.does(10, { type: "start-infusion" })).toBe("dose-unknown");
    expect(visit.now.phase).toBe("preparation");
    visit.does(11, { type: "set-patient", patient: { initials: "AB", weightKg: 70 } });
    visit.does(12, { type: "start-infusion" });
    expect(mg(visit, 32)).toBeCloseTo(17.5);
  });

  it("must stay known: another rate needs the concentration, which the plan can be given late", () => {
    const visit = short(70);
    visit.does(10, { type: "start-infusion" });
    const rate: SessionCommand = { type: "change-rate", rateMlPerH: 105 };
    expect(visit.does(20, rate)).toBe("dose-unknown");
    visit.does(20, { type: "set-plan", plan: PLAN }, { late: 9 });
    visit.does(20, rate);
    expect(mg(visit, 25)).toBeCloseTo(8.75 + 8.75);
  });

  it("is told as before in a session of the rules before: started without a weight, of any rate and extension", () => {
    const unknown = short(undefined, 2);
    unknown.does(10, { type: "start-infusion" });
    expect(mg(unknown, 20)).toBeNull();
    const known = running({}, 2);
    expect(known.does(20, { type: "change-rate", rateMlPerH: 2_000 })).toMatch(/^c/);
    expect(known.does(21, { type: "extend-infusion", minutes: 1_440, mg: 35 })).toMatch(/^c/);
  });

  it("is not pumped at more than four times the planned rate", () => {
    const visit = running();
    expect(visit.does(20, { type: "change-rate", rateMlPerH: 2_000 })).toBe("implausible-rate");
    expect(visit.does(20, { type: "change-rate", rateMlPerH: 210.1 })).toBe("implausible-rate");
    expect(visit.does(20, { type: "change-rate", rateMlPerH: 210 })).toMatch(/^c/);
  });

  it("is extended by no more time than the protocol allows in all", () => {
    const visit = running();
    expect(visit.does(20, { type: "extend-infusion", minutes: 441 })).toBe("implausible-plan");
    expect(visit.does(20, { type: "extend-infusion", minutes: 400 })).toMatch(/^c/);
    expect(visit.does(21, { type: "extend-infusion", minutes: 41 })).toBe("implausible-plan");
  });

  it("is extended beyond what the bag holds only with a new bag, and then by no more than that holds", () => {
    const visit = running();
    expect(visit.does(20, { type: "extend-infusion", mg: 15 })).toMatch(/^c/);
    expect(visit.does(21, { type: "extend-infusion", mg: 1 })).toBe("bag-empty");
    expect(visit.does(21, { type: "extend-infusion", mg: 51, newBag: true })).toBe("bag-empty");
    expect(visit.does(21, { type: "extend-infusion", mg: 20, newBag: true })).toMatch(/^c/);
    // Time alone takes nothing from the bag.
    expect(visit.does(22, { type: "extend-infusion", minutes: 5 })).toMatch(/^c/);
    expect(visit.does(23, { type: "extend-infusion", mg: 30 })).toMatch(/^c/);
    expect(visit.does(24, { type: "extend-infusion", mg: 1 })).toBe("bag-empty");
  });

  it("needs a reason to stop before the dose is nearly given", () => {
    const visit = running();
    expect(visit.does(40, { type: "end-infusion" })).toBe("reason-needed");
    visit.does(41, { type: "give-medication", medication: { kind: "bolus", mg: 7.8 } });
    expect(visit.does(41, { type: "end-infusion" })).toMatch(/^c/);
  });

  it("ends later than planned at a lower rate, and an end at the planned time owes its reason", () => {
    const visit = running();
    visit.does(20, { type: "change-rate", rateMlPerH: 26.25 });
    expect(plannedEndAt(visit.now)).toBe(50 * MIN);
    expect(drugLeftMs(visit.now, 20 * MIN)).toBe(60 * MIN);
    expect(drugLeftMs(visit.now, 50 * MIN)).toBe(30 * MIN);
    expect(visit.does(50, { type: "end-infusion" })).toBe("reason-needed");
    visit.does(51, pause);
    expect(drugLeftMs(visit.now, 70 * MIN)).toBe(29 * MIN);
    visit.does(71, resume);
    expect(visit.does(100, { type: "end-infusion" })).toMatch(/^c/);
    expect(drugLeftMs(visit.now, 101 * MIN)).toBeNull();
  });

  it("owes a reason by the clock alone where the session was opened under the first edition of the rules", () => {
    const visit = running({}, 1);
    visit.does(20, { type: "change-rate", rateMlPerH: 26.25 });
    expect(visit.does(50, { type: "end-infusion" })).toMatch(/^c/);
  });
});

it("a second person, another than the first, confirms what the protocol wants checked twice", () => {
  const visit = prepared({ startChecks: ["dose", "identity"], secondPersonChecks: ["dose"] });
  visit.does(2, { type: "confirm-check", check: "identity" });
  visit.does(2, { type: "confirm-check", check: "dose" });
  expect(visit.does(3, { type: "start-infusion" })).toBe("checks-missing");
  expect(visit.does(3, { type: "confirm-check", check: "dose" })).toBe("second-person");
  visit.does(4, { type: "confirm-check", check: "dose" }, { by: other });
  expect(visit.now.confirmed.at(-1)).toEqual({
    part: "start",
    check: "dose",
    first: { by: "n1", name: "Nora", at: 2 * MIN },
    second: { by: "n2", name: "Nils", at: 4 * MIN },
  });
  expect(visit.does(5, { type: "confirm-check", check: "dose" })).toBe("already-done");
  expect(visit.does(5, { type: "start-infusion" })).toMatch(/^c/);
});

it("a discharge states until when not to drive, who overrode what, and every criterion as it was", () => {
  const visit = running();
  visit.does(50, end);
  visit.does(60, { type: "discharge", override: "lives next door" }, { by: supervisor });
  expect(visit.now.ending).toMatchObject({
    by: "s1",
    reason: "lives next door",
    noDrivingUntil: 60 * MIN + 24 * 3_600_000,
  });
  expect(visit.now.ending?.criteria.find(({ id }) => id === "recovery-minimum")?.holds).toBe(false);
});

it("after the drug a session is abandoned by saying how the patient went, or by a supervisor, and tells what was missing", () => {
  const abandon: SessionCommand = { type: "abandon-session", reason: "wants to go" };
  const left: SessionCommand = { ...abandon, left: "against-advice" };
  const missing = ({ now }: Visit) =>
    now.ending?.criteria.flatMap(({ id, holds }) => (holds ? [] : [id])).filter((id) => id === "recovery-minimum");
  const visit = running();
  visit.does(50, end);
  expect(visit.does(60, abandon)).toBe("not-allowed");
  visit.does(60, left);
  expect(visit.now.ending).toMatchObject({ left: "against-advice", reason: "wants to go" });
  expect(missing(visit)).toEqual(["recovery-minimum"]);
  const another = running();
  another.does(20, abandon, { by: supervisor });
  expect(another.now.ending).toMatchObject({ left: null });
  expect(missing(another)).toEqual(["recovery-minimum"]);
  const before = prepared();
  before.does(20, abandon);
  expect(before.now.ending).toMatchObject({ left: null, criteria: [], noDrivingUntil: null });
  const first = running({}, 1);
  first.does(20, abandon);
  expect(first.now.ending).toMatchObject({ criteria: [] });
});

it("the one to whom the patient was handed over is responsible", () => {
  const visit = running();
  expect(visit.now.responsible).toEqual({ by: "n1", name: "Nora", at: 0 });
  const to = { id: personIdSchema.parse("n2"), name: "Nils" };
  visit.does(20, { type: "hand-over", to, summary: "calm, dissociation 4" });
  expect(visit.now.responsible).toEqual({ by: "n2", name: "Nils", at: 20 * MIN });
  expect(visit.does(21, { type: "hand-over", to, summary: "again" })).toBe("already-done");
});

// --- properties ---

const written = (document: object): SessionCommand => {
  const command = commandSchema.parse(document);
  if (command.type === "acknowledge-alarm" || command.type === "pause-audio" || command.type === "resume-audio")
    throw new Error("no act");
  if (command.type === "set-limits" || command.type === "alarm-off" || command.type === "alarm-on")
    throw new Error("no act");
  return command;
};
const anyAct = fc.constantFrom(
  ...[
    { type: "record-baseline", values: BASELINE },
    { type: "start-infusion" },
    { type: "start-infusion" },
    { type: "pause-infusion", reason: "r" },
    { type: "resume-infusion" },
    { type: "change-rate", rateMlPerH: 30 },
    { type: "change-rate", rateMlPerH: 120 },
    { type: "give-medication", medication: { kind: "bolus", mg: 5 } },
    { type: "give-medication", medication: { kind: "other", name: "ondansetron", dose: 4, unit: "mg", route: "IV" } },
    { type: "extend-infusion", minutes: 10 },
    { type: "extend-infusion", mg: 10 },
    { type: "extend-infusion", mg: 10, newBag: true },
    { type: "end-infusion", reason: "r" },
    { type: "record-observation", observation: { dissociation: 4 } },
    { type: "record-observation", observation: { dissociation: 0, oriented: true } },
    { type: "name-escort", name: "E. Scort", phone: "555 0100" },
    { type: "declare-ready" },
    { type: "return-to-recovery", reason: "r" },
  ].map(written),
);
/** No two at one minute: then their order is that of their times. */
const apart = fc.array(fc.record({ command: anyAct, gapMin: fc.integer({ min: 1, max: 12 }) }), { maxLength: 25 });
const day = fc.array(fc.record({ command: anyAct, gapMin: fc.integer({ min: 0, max: 12 }) }), {
  maxLength: 25,
  size: "max",
});

const unextended = day.map((steps) => steps.filter(({ command }) => command.type !== "extend-infusion"));

interface Bag {
  readonly weightKg: number;
  readonly concentrationMgPerMl: number;
  /** Beyond the dose. */
  readonly spareMl: number;
}
/** Often filled with the dose and no drop more. */
const filled: fc.Arbitrary<Bag> = fc.record({
  weightKg: fc.integer({ min: 40, max: 100 }),
  concentrationMgPerMl: fc.constantFrom(0.5, 1, 2),
  spareMl: fc.constantFrom(0, 0, 2, 10),
});

/** What pump and hands would have given by `now` if nothing ever ran empty. */
function pumpedMg({ segments, boluses }: Infusion, now: number): number {
  const pumped = segments.reduce(
    (mg, { from, to, rateMgPerMin }) => mg + ((Math.min(to ?? now, now) - from) / MIN) * (rateMgPerMin ?? 0),
    0,
  );
  return boluses.reduce((mg, each) => mg + each.mg, pumped);
}

/** The acts that were accepted, with their minutes. */
function live(steps: readonly { command: SessionCommand; gapMin: number }[], bag?: Bag) {
  const visit = prepared();
  if (bag !== undefined) {
    const { weightKg, concentrationMgPerMl, spareMl } = bag;
    const bagVolumeMl = (0.5 * weightKg) / concentrationMgPerMl + spareMl;
    expect(visit.does(1, written({ type: "set-patient", patient: { initials: "AB", weightKg } }))).toMatch(/^c/);
    const plan = { ...PLAN, concentrationMgPerMl, bagVolumeMl };
    expect(visit.does(1, written({ type: "set-plan", plan }))).toMatch(/^c/);
  }
  const accepted: { min: number; command: SessionCommand }[] = [];
  let min = 1;
  for (const { command, gapMin } of steps) {
    min += gapMin;
    if (/^c\d/.test(visit.does(min, command))) accepted.push({ min, command });
  }
  return { visit, accepted, min };
}

describe("whatever was done", () => {
  it("elapsed and paused add up to the time since the start, and the dose never exceeds its bound", () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 300 }), (steps, laterMin) => {
        const { visit, min } = live(steps);
        const { infusion } = visit.now;
        // Where something had to happen, the cases in which it did not are drawn again, so that none is told for nothing.
        fc.pre(infusion !== null);
        const now = (min + laterMin) * MIN;
        const sum = infusionElapsedMs(infusion, now) + infusionPausedMs(infusion, now);
        expect(sum).toBe((infusion.endedAt ?? now) - infusion.startedAt);
        const extended = infusion.extensions.reduce((mg, each) => mg + each.mg, 0);
        const dose = doseAt(doseCourse(visit.now)!, now);
        expect(dose!.mg).toBeLessThanOrEqual(35 + extended + 1e-9);
        const earlier = doseAt(doseCourse(visit.now)!, now - 7 * MIN);
        expect(earlier!.mg).toBeLessThanOrEqual(dose!.mg + 1e-9);
        const delivered = infusion.segments.reduce((ms, { from, to }) => ms + (to ?? now) - from, 0);
        expect(delivered).toBe(infusionElapsedMs(infusion, now));
      }),
    );
  });

  it("without an extension the dose is at most the plan's, whatever the bag holds, and all of it when the pump ran for it", () => {
    fc.assert(
      fc.property(filled, unextended, fc.integer({ min: 0, max: 300 }), (bag, steps, laterMin) => {
        const { visit, min } = live(steps, bag);
        const { infusion, plan, patient } = visit.now;
        const now = (min + laterMin) * MIN;
        fc.pre(infusion !== null);
        const { doseMg, bagMg } = planFigures(plan!, patient.weightKg);
        fc.pre(pumpedMg(infusion, now) > doseMg!);
        expect(doseMg).toBeLessThanOrEqual(bagMg!);
        expect(doseAt(doseCourse(visit.now)!, now)!.mg).toBeCloseTo(doseMg!, 6);
        const course = doseCourse(visit.now)!;
        for (let at = infusion.startedAt; at < now; at += 3 * MIN) {
          expect(doseAt(course, at)!.mg).toBeLessThanOrEqual(doseMg! + 1e-9);
        }
      }),
    );
  });

  it("where no weight tells the plan's dose, without an extension the dose is at most what is in the bag", () => {
    fc.assert(
      fc.property(filled, unextended, fc.integer({ min: 0, max: 300 }), (bag, steps, laterMin) => {
        const { visit, min } = live(steps, bag);
        const { infusion, plan, patient } = visit.now;
        const now = (min + laterMin) * MIN;
        fc.pre(infusion !== null);
        const { bagMg } = planFigures(plan!, patient.weightKg);
        fc.pre(pumpedMg(infusion, now) > bagMg!);
        const unweighed = doseCourse({ ...visit.now, patient: { initials: "AB" } })!;
        expect(unweighed).toMatchObject({ plannedMg: null, boundMg: bagMg });
        expect(doseAt(unweighed, now)!.mg).toBeCloseTo(bagMg!, 6);
        const delivered = unweighed.deliveries.reduce(
          (mg, { from, to, mgPerMin }) => mg + ((Math.min(to ?? now, now) - from) / MIN) * mgPerMin,
          0,
        );
        const pushed = unweighed.boluses.reduce((mg, each) => mg + each.mg, 0);
        expect(delivered + pushed).toBeCloseTo(bagMg!, 6);
      }),
    );
  });

  it("the session can be abandoned, and after an end of the drug discharged by a supervisor", () => {
    fc.assert(
      fc.property(day, (steps) => {
        const { visit, min } = live(steps);
        const { phase } = visit.now;
        const before = visit.session;
        expect(visit.does(min, { type: "abandon-session", reason: "r", left: "against-advice" })).toMatch(/^c/);
        visit.session = before;
        if (phase === "preparation") visit.does(min, { type: "start-infusion" });
        if (phase !== "recovery" && phase !== "ready") visit.does(min, end);
        expect(visit.does(min, { type: "discharge", override: "r" }, { by: supervisor })).toMatch(/^c/);
        expect(visit.now.phase).toBe("discharged");
      }),
    );
  });

  it("entering some of it late, in order, gives the same session as entering it in time", () => {
    fc.assert(
      fc.property(apart, fc.array(fc.boolean(), { minLength: 25, maxLength: 25 }), (steps, forgotten) => {
        const { visit, accepted, min } = live(steps);
        const told = accepted.map((each, i) => ({
          ...each,
          // Only what can be entered late is.
          isLate: forgotten[i] === true && !["declare-ready", "return-to-recovery"].includes(each.command.type),
        }));
        const again = prepared();
        const inTime = told.filter(({ isLate }) => !isLate);
        const late = told.filter(({ isLate }) => isLate);
        for (const { min: at, command } of inTime) again.does(at, command);
        for (const { min: at, command } of late) again.does(min, command, { late: at });
        fc.pre(inTime.length > 0 && late.length > 0);
        // What rests on something forgotten is refused meanwhile; where everything was taken, it is the same.
        fc.pre(again.now.acts.length === visit.now.acts.length);
        expect(factsOf(again.now)).toEqual(factsOf(visit.now));
      }),
    );
  });

  it("entering all of it afterwards gives the same session", () => {
    fc.assert(
      fc.property(day, (steps) => {
        const { visit, accepted, min } = live(
          steps.filter(({ command }) => command.type !== "declare-ready" && command.type !== "return-to-recovery"),
        );
        const again = prepared();
        for (const { min: at, command } of accepted) {
          expect(again.does(min, command, { late: at })).toMatch(/^c/);
        }
        expect(factsOf(again.now)).toEqual(factsOf(visit.now));
      }),
    );
  });

  it("a time that is corrected gives the same session as having entered it right", () => {
    fc.assert(
      fc.property(day, fc.nat(24), fc.nat(200), (steps, place, toMin) => {
        const { visit, accepted, min } = live(
          steps.filter(({ command }) => command.type !== "declare-ready" && command.type !== "return-to-recovery"),
        );
        const chosen = accepted[place % accepted.length];
        const act = chosen === undefined ? undefined : visit.now.acts[2 + (place % accepted.length)];
        fc.pre(chosen !== undefined && act !== undefined);
        const to = Math.min(toMin, min);
        const correction: SessionCommand = {
          type: "correct-time",
          act: act.id,
          effectiveAt: to * MIN,
          reason: "pressed late",
        };
        fc.pre(/^c\d/.test(visit.does(min, correction)));
        const right = accepted
          .map((each) => (each === chosen ? { ...each, min: to } : each))
          .toSorted((a, b) => a.min - b.min);
        const again = prepared();
        for (const { min: at, command } of right) expect(again.does(min, command, { late: at })).toMatch(/^c/);
        expect(factsOf(again.now)).toEqual(factsOf(visit.now));
      }),
      { numRuns: 300 },
    );
  });

  it("a slip that is undone at once leaves nothing but its record", () => {
    fc.assert(
      fc.property(day, anyAct, (steps, slip) => {
        const { visit, min } = live(steps);
        const before = factsOf(visit.now);
        const acts = visit.now.acts.length;
        const done = visit.does(min, slip);
        fc.pre(/^c\d/.test(done));
        expect(visit.undoes(min, done)).toMatch(/^c/);
        expect(factsOf(visit.now)).toEqual(before);
        expect(visit.now.acts.length).toBe(acts + 2);
      }),
    );
  });
});

// --- anything people may do, in any order, with slips, undoings, late entries and corrected times ---

const WHOLE: ProtocolDocument = {
  startChecks: ["identity", "dose"],
  secondPersonChecks: ["dose"],
  dischargeChecks: ["escort present"],
  dischargeFacts: ["oriented", "discharge-score", "dissociation-over", "escort-named"],
  dischargeCuffs: 2,
};
const WELL = {
  dissociation: 0,
  oriented: true,
  score: { scale: "aldrete", activity: 2, respiration: 2, circulation: 2, consciousness: 2, oxygen: 2 },
};
const OTHER_PLAN = { ...PLAN, plannedMin: 60 };
const people = [nurse, other, supervisor];
const anythingAtAll = fc.oneof(
  { arbitrary: anyAct, weight: 3 },
  // What is possible only after each other, and so is refused most of the time.
  {
    arbitrary: fc.constantFrom(
      ...[
        { type: "pause-infusion", reason: "r" },
        { type: "resume-infusion" },
        { type: "give-medication", medication: { kind: "bolus", mg: 1 } },
      ].map(written),
    ),
    weight: 3,
  },
  {
    arbitrary: fc.constantFrom(
      ...[
        { type: "set-patient", patient: { initials: "AB", weightKg: 72 } },
        { type: "set-plan", plan: OTHER_PLAN },
        { type: "confirm-check", check: "identity" },
        { type: "confirm-check", check: "dose" },
        { type: "confirm-check", check: "escort present" },
        { type: "hand-over", to: { id: "n2", name: "Nils" }, summary: "calm" },
        { type: "hand-over", to: { id: "n1", name: "Nora" }, summary: "calm" },
        { type: "transfer-session", to: "2" },
        { type: "record-observation", observation: WELL },
        { type: "declare-ready" },
        { type: "discharge" },
      ].map(written),
    ),
    weight: 2,
  },
);
const anyStep = fc.record({
  command: anythingAtAll,
  by: fc.nat(2),
  gapS: fc.integer({ min: 0, max: 900 }),
  /** Entered for so much earlier. */
  lateS: fc.option(fc.integer({ min: 1, max: 1800 })),
  undone: fc.boolean(),
  /** Then found to have been done so much earlier than it was entered for. */
  correctedS: fc.option(fc.integer({ min: 1, max: 1800 }), { freq: 2 }),
});
type Step = typeof anyStep extends fc.Arbitrary<infer T> ? T : never;

const inTime = (document: object, by = 0): Step => ({
  command: written(document),
  by,
  gapS: 60,
  lateS: null,
  undone: false,
  correctedS: null,
});
/** What chance hardly ever finds by itself: all that the start wants. */
const PREPARED = [
  inTime({ type: "record-baseline", values: BASELINE }),
  inTime({ type: "confirm-check", check: "identity" }),
  inTime({ type: "confirm-check", check: "dose" }),
  inTime({ type: "confirm-check", check: "dose" }, 1),
];
const STARTED = [inTime({ type: "set-plan", plan: OTHER_PLAN }), ...PREPARED, inTime({ type: "start-infusion" })];
const RECOVERING = [...STARTED, inTime({ type: "end-infusion", reason: "r" })];
const anyDay = fc
  .tuple(fc.constantFrom([], PREPARED, STARTED, STARTED, RECOVERING), fc.array(anyStep, { maxLength: 30, size: "max" }))
  .map(([before, steps]) => [...before, ...steps]);

/** @returns the visit and the minute at which it stands; a session that was discharged is left at that */
function lived(steps: readonly Step[]): { visit: Visit; min: number } {
  const visit = new Visit(WHOLE);
  let min = 1;
  for (const { command, by, gapS, lateS, undone, correctedS } of steps) {
    min += gapS / 60;
    const late = lateS === null || !LATE.has(command.type) ? {} : { late: Math.max(0, min - lateS / 60) };
    const done = visit.does(min, command, { ...late, by: people[by] ?? nurse });
    if (/^c\d/.test(done) && undone) visit.undoes(min + 5 / 60, done);
    if (/^c\d/.test(done) && correctedS !== null) {
      const told = toldActs(visit.now.acts).find(({ act }) => act.id === done);
      const effectiveAt = Math.max(0, (told?.at ?? 0) - correctedS * 1_000);
      const correction = { type: "correct-time", act: done, effectiveAt, reason: "pressed late" };
      visit.does(min + 6 / 60, written(correction));
    }
    if (visit.now.ending !== null) break;
  }
  return { visit, min: min + 1 };
}

const LATE: ReadonlySet<string> = new Set([
  ...["set-plan", "confirm-check", "record-baseline", "start-infusion", "pause-infusion", "resume-infusion"],
  ...["change-rate", "give-medication", "extend-infusion", "end-infusion", "record-observation", "name-escort"],
]);

describe("whatever people do, with slips, undoings, late entries and corrected times", () => {
  it("the session can be abandoned at any time, and taken to its ordinary discharge by a nurse, without overriding anything", () => {
    fc.assert(
      fc.property(anyDay, (steps) => {
        const { visit, min } = lived(steps);
        fc.pre(visit.now.ending === null);
        const before = visit.session;
        expect(visit.does(min, { type: "abandon-session", reason: "r", left: "against-advice" })).toMatch(/^c/);
        visit.session = before;

        const home = min + 24 * 60;
        if (visit.now.phase === "preparation") {
          visit.does(min, { type: "record-baseline", values: BASELINE });
          for (const check of ["identity", "dose"])
            for (const by of [nurse, other]) visit.does(min, { type: "confirm-check", check }, { by });
          expect(visit.does(min, { type: "start-infusion" })).toMatch(/^c/);
        }
        if (visit.now.phase === "infusing" || visit.now.phase === "paused") expect(visit.does(min, end)).toMatch(/^c/);
        visit.does(home, written({ type: "record-observation", observation: WELL }));
        visit.does(home, { type: "name-escort", name: "E. Scort", phone: "555 0100" });
        visit.does(home, { type: "confirm-check", check: "escort present" });
        expect(visit.does(home, { type: "discharge" })).toMatch(/^c/);
        const discharged: Session = visit.now;
        const { ending, phase } = discharged;
        expect(ending?.criteria.every(({ holds }) => holds)).toBe(true);
        expect(phase).toBe("discharged");
      }),
      { numRuns: 300 },
    );
  });

  it("clocks add up, the dose keeps its bound, phases follow one another, and the acts alone give the same session again", () => {
    const days = new Map<string, number>();
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 300 }), (steps, laterMin) => {
        const { visit, min } = lived(steps);
        const { infusion, phases } = visit.now;
        expect(phases.map(({ from }) => from)).toEqual(phases.map(({ from }) => from).toSorted((a, b) => a - b));
        const again = new Visit(WHOLE);
        again.session = null;
        for (const { id, enteredAt, effectiveAt, by, command } of visit.now.acts) {
          const told = effectiveAt < enteredAt ? { ...command, effectiveAt } : command;
          const move = moveSession(again.session, { id, at: enteredAt, by, command: written(told) }, again.facts);
          if ("refused" in move) throw new Error(move.refused.reason);
          again.session = move.session;
        }
        expect({ ...again.now, protocol: null }).toEqual({ ...visit.now, protocol: null });
        fc.pre(infusion !== null);
        const kinds = new Set<string>(visit.now.acts.map(({ command }) => command.type));
        if (visit.now.acts.some(({ enteredAt, effectiveAt }) => effectiveAt < enteredAt)) kinds.add("late entry");
        for (const kind of kinds) days.set(kind, (days.get(kind) ?? 0) + 1);
        const now = Math.round((min + laterMin) * MIN);
        const sum = infusionElapsedMs(infusion, now) + infusionPausedMs(infusion, now);
        expect(sum).toBe((infusion.endedAt ?? now) - infusion.startedAt);
        const extended = infusion.extensions.reduce((mg, each) => mg + each.mg, 0);
        expect(doseAt(doseCourse(visit.now)!, now)!.mg).toBeLessThanOrEqual(36 + extended + 1e-9);
      }),
      { numRuns: 300 },
    );
    // Nothing that people may do is missing from these days.
    for (const kind of [...LATE, "late entry", "undo-act", "correct-time", "hand-over", "transfer-session"]) {
      expect([kind, (days.get(kind) ?? 0) >= 10]).toEqual([kind, true]);
    }
  });

  it("a slip that is undone, and what was right entered for the time it was done, gives the session that was right at once", () => {
    fc.assert(
      fc.property(day, fc.nat(24), anyAct, (steps, place, slip) => {
        const { visit, accepted } = live(steps);
        const again = prepared();
        let slips = 0;
        for (const [i, { min, command }] of accepted.entries()) {
          if (i !== place % accepted.length || !LATE.has(command.type)) {
            expect(again.does(min, command)).toMatch(/^c/);
            continue;
          }
          const wrong = again.does(min, slip);
          if (/^c\d/.test(wrong)) {
            slips++;
            expect(again.undoes(min + 5 / 60, wrong)).toMatch(/^c/);
          }
          expect(again.does(min + 8 / 60, command, { late: min })).toMatch(/^c/);
        }
        fc.pre(slips > 0);
        expect(factsOf(again.now)).toEqual(factsOf(visit.now));
      }),
      { numRuns: 200 },
    );
  });
});
