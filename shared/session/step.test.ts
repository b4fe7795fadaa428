/** What an act makes of the session, and what is said where it makes nothing of it. */
import { describe, expect, it } from "vitest";
import { commandIdSchema, personIdSchema, sessionIdSchema } from "../ids/index.ts";
import type { SessionCommand } from "./act.ts";
import type { Phase } from "./session.ts";
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
const start: SessionCommand = { type: "start-infusion" };
const ready: SessionCommand = { type: "declare-ready" };
const back: SessionCommand = { type: "return-to-recovery", reason: "dizzy" };
const check = (name: string): SessionCommand => ({ type: "confirm-check", check: name });
const patient = (weightKg?: number): SessionCommand => ({
  type: "set-patient",
  patient: { initials: "AB", weightKg },
});

function recovering(): Visit {
  const visit = running();
  visit.does(50, end);
  return visit;
}
function readyToGo(): Visit {
  const visit = recovering();
  visit.does(120, ready);
  return visit;
}

describe("whoever is slower than a colleague is told of the colleague", () => {
  const told = (visit: Visit, command: SessionCommand) => visit.reasonAgainst(200, command, { by: other });

  it("who started, also long after", () => {
    const paused = running();
    paused.does(20, pause);
    for (const visit of [running(), paused, recovering(), readyToGo()]) {
      expect(told(visit, start)).toBe("Nora has already started the infusion.");
    }
  });

  it("who resumed, ended, or took the patient back", () => {
    const resumed = running();
    resumed.does(20, pause);
    resumed.does(21, resume);
    expect(told(resumed, resume)).toBe("Nora has already resumed the infusion.");
    expect(told(readyToGo(), end)).toBe("Nora has already ended the infusion.");
    const returned = readyToGo();
    returned.does(121, back);
    expect(told(returned, back)).toBe("Nora has already taken the patient back to recovery.");
  });

  it("not of the own act, when that is entered late", () => {
    const visit = running();
    visit.does(20, pause);
    expect(visit.reasonAgainst(30, pause, { by: other, late: 25 })).toBe("Nora has already paused the infusion.");
  });

  it("not of an act that has no part in it: who paused says nothing to whoever resumes too early", () => {
    expect(told(recovering(), back)).toBe(
      "This is not possible in recovery, only once the patient is ready for discharge.",
    );
    expect(told(recovering(), pause)).toBe("This is not possible in recovery, only while the infusion runs.");
  });
});

it("who paused long ago is no answer to a pause after the end", () => {
  const visit = running();
  visit.does(20, pause);
  visit.does(30, end);
  expect(visit.reasonAgainst(40, pause)).toBe("This is not possible in recovery, only while the infusion runs.");
});

it("an act at the wrong time is told of every phase in which it is possible", () => {
  const visit = running();
  const at = (phase: Phase, command: SessionCommand) => {
    const asked = new Visit();
    asked.session = { ...visit.now, phase };
    return asked.reasonAgainst(30, command);
  };
  const rate: SessionCommand = { type: "change-rate", rateMlPerH: 10 };
  const pumping = "only while the infusion runs or while the infusion is paused.";
  expect(at("preparation", rate)).toBe(`This is not possible in preparation, ${pumping}`);
  expect(at("recovery", rate)).toBe(`This is not possible in recovery, ${pumping}`);
  expect(at("ready", rate)).toBe(`This is not possible once the patient is ready for discharge, ${pumping}`);
  expect(at("discharged", rate)).toBe(`This is not possible after the discharge, ${pumping}`);
  expect(at("abandoned", rate)).toBe(`This is not possible after the session was abandoned, ${pumping}`);
  expect(at("discharged", { type: "name-escort", name: "E. Scort", phone: "555 0100" })).toBe(
    "This is not possible after the discharge, only in preparation, while the infusion runs, while the infusion is paused, in recovery or once the patient is ready for discharge.",
  );
});

describe("a confirmation", () => {
  it("that nobody asks for now is told what is asked for", () => {
    const visit = prepared({ startChecks: ["identity", "dose"], dischargeChecks: ["escort present"] });
    expect(visit.reasonAgainst(2, check("escort present"))).toBe(
      'The protocol asks for no confirmation "escort present" now; it asks for: identity, dose.',
    );
  });

  it("is wanted of somebody else the second time, and then of nobody", () => {
    const visit = prepared({ startChecks: ["identity", "dose"], secondPersonChecks: ["dose"] });
    visit.does(2, check("identity"));
    visit.does(2, check("dose"));
    expect(visit.reasonAgainst(3, check("dose"))).toBe('Nora has confirmed "dose"; somebody else must check it too.');
    expect(visit.reasonAgainst(3, check("identity"), { by: other })).toBe('"identity" is already confirmed.');
    visit.does(3, check("dose"), { by: other });
    expect(visit.now.confirmed.map(({ check: name, second }) => [name, second?.name])).toEqual([
      ["identity", undefined],
      ["dose", "Nils"],
    ]);
    expect(visit.reasonAgainst(4, check("dose"))).toBe('"dose" is already confirmed.');
  });

  it("of the same name for the start and for going home is two confirmations, each with who made it", () => {
    const visit = prepared({ startChecks: ["identity"], dischargeChecks: ["identity"] });
    visit.does(2, check("identity"));
    visit.does(10, start);
    visit.does(50, end);
    visit.does(60, check("identity"), { by: other });
    expect(visit.now.confirmed.map(({ part, first, second }) => [part, first.name, second])).toEqual([
      ["start", "Nora", null],
      ["discharge", "Nils", null],
    ]);
  });

  it("for going home is looked at again after a return to recovery, those for the start stand", () => {
    const visit = prepared({ startChecks: ["identity"], dischargeChecks: ["escort present"] });
    visit.does(2, check("identity"));
    visit.does(10, start);
    visit.does(50, end);
    visit.does(110, check("escort present"));
    visit.does(120, ready);
    visit.does(121, back);
    expect(visit.now.confirmed.map(({ part, check: name }) => [part, name])).toEqual([["start", "identity"]]);
    expect(visit.now.phases.at(-1)).toEqual({ phase: "recovery", from: 121 * MIN });
  });
});

describe("figures that cannot be", () => {
  it("pressures that cross are named; one alone says nothing, and the first edition takes them as they come", () => {
    const pressures = (sbp: number, dbp?: number): SessionCommand => ({
      type: "record-observation",
      observation: { values: dbp === undefined ? { sbp } : { sbp, dbp } },
    });
    expect(running().reasonAgainst(20, pressures(80, 90))).toBe(
      "A systolic pressure of 80 is not above a diastolic of 90. Check the figures.",
    );
    expect(running().reasonAgainst(20, pressures(81, 80))).toBeNull();
    expect(running().reasonAgainst(20, pressures(80))).toBeNull();
    expect(
      running().reasonAgainst(20, { type: "record-observation", observation: { values: { dbp: 80 } } }),
    ).toBeNull();
    expect(running({}, 1).reasonAgainst(20, pressures(80, 90))).toBeNull();
    expect(running({}, 2).reasonAgainst(20, pressures(80, 90))).toMatch(/is not above/);
  });

  it("a weight is judged alone before there is a plan, with the plan's other figures after", () => {
    const unplanned = new Visit();
    unplanned.session = { ...unplanned.now, plan: null };
    const heavy = "A weight of 300 kg is outside the protocol's 30 to 250 kg.";
    expect(unplanned.reasonAgainst(1, patient(300))).toBe(`${heavy} Check the figures.`);
    expect(unplanned.reasonAgainst(1, patient(80))).toBeNull();
    // 0.5 mg/kg are 150 mg, of which the bag holds 50.
    expect(new Visit().reasonAgainst(1, patient(300))).toBe(
      `${heavy} The bag holds 50 mg, less than the dose of 150 mg. Check the figures.`,
    );
    expect(
      new Visit().reasonAgainst(1, { type: "set-plan", plan: { ...PLAN, doseMgPerKg: 5, bagVolumeMl: 500 } }),
    ).toBe("A dose of 5 mg/kg is outside the protocol's 0.1 to 2 mg/kg. Check the figures.");
  });
});

it("a late baseline must bring its values, and is told so", () => {
  expect(new Visit().reasonAgainst(9, { type: "record-baseline" }, { late: 5 })).toBe(
    "A late entry must bring the values it is about.",
  );
});

it("who already looks after the patient is named; an identity that says nothing new is not taken", () => {
  const to = (id: string, name: string): SessionCommand => ({
    type: "hand-over",
    to: { id: personIdSchema.parse(id), name },
    summary: "calm",
  });
  const visit = running();
  expect(visit.reasonAgainst(20, to("n1", "Nora"))).toBe("Nora already looks after this patient.");
  expect(visit.reasonAgainst(20, to("n2", "Nils"))).toBeNull();
  const unknown = running();
  unknown.session = { ...unknown.now, responsible: null };
  expect(unknown.reasonAgainst(20, to("n1", "Nora"))).toBeNull();
  const same: SessionCommand = { type: "correct-patient", patient: { initials: "AB" }, reason: "wrong" };
  expect(visit.reasonAgainst(20, same)).toBe("The patient's record says that already.");
});

it("a patient without a weight has none after a correction of the name either", () => {
  const visit = new Visit();
  visit.session = { ...visit.now, plan: null };
  visit.does(1, patient());
  visit.does(2, { type: "correct-patient", patient: { initials: "CD" }, reason: "another's name" });
  expect(visit.now.patient).toStrictEqual({ initials: "CD" });
});

describe("what was done stands with who did it and when", () => {
  it("a new bag, the escort, and nothing where an extension says neither", () => {
    const visit = running();
    visit.does(20, { type: "extend-infusion", mg: 5, newBag: true });
    visit.does(21, { type: "extend-infusion", minutes: 5, newBag: false });
    expect(visit.now.infusion?.extensions).toEqual([
      { at: 20 * MIN, minutes: 0, mg: 5, newBag: true },
      { at: 21 * MIN, minutes: 5, mg: 0 },
    ]);
    visit.does(22, { type: "name-escort", name: "E. Scort", phone: "555 0100" });
    expect(visit.now.escort).toEqual({
      by: "n1",
      name: "Nora",
      at: 22 * MIN,
      escortName: "E. Scort",
      phone: "555 0100",
    });
  });

  it("the baseline with its time, an observation with its act", () => {
    const visit = running();
    expect(visit.now.baseline).toEqual({ ...BASELINE, at: MIN });
    const act = visit.does(20, { type: "record-observation", observation: { pain: 2 } });
    expect(visit.now.observations).toEqual([{ pain: 2, by: "n1", name: "Nora", at: 20 * MIN, act }]);
  });

  it("an ordinary discharge gives no reason and no way of leaving, and ends what had ended when it ended", () => {
    const visit = readyToGo();
    visit.does(130, { type: "discharge" });
    expect(visit.now.ending).toMatchObject({ by: "n1", at: 130 * MIN, reason: null, left: null });
    expect(visit.now.infusion?.endedAt).toBe(50 * MIN);
    expect(visit.now.phases.map(({ phase }) => phase)).toEqual([
      ...["preparation", "infusing", "recovery", "ready", "discharged"],
    ]);
  });

  it("what a session begins with", () => {
    const visit = new Visit();
    expect(visit.now).toMatchObject({
      edition: 3,
      openedAt: 0,
      phases: [{ phase: "preparation", from: 0 }],
      responsible: { by: "n1", name: "Nora", at: 0 },
      ending: null,
      escort: null,
      observations: [],
      medications: [],
    });
    expect(visit.now.acts).toHaveLength(1);
  });
});

describe("what is refused is said in words a person can act on", () => {
  it("no session, a time to come, a time before the session", () => {
    const none = new Visit();
    none.session = null;
    expect(none.reasonAgainst(1, start)).toBe("No session is open at this bay. Open one first.");
    expect(running().reasonAgainst(20, pause, { late: 21 })).toBe(
      "That time is still to come. Enter when it was done.",
    );
    expect(running().reasonAgainst(20, pause, { late: -1 })).toBe(
      "That is before the session was opened. Enter a time since then.",
    );
  });

  it("an open session, and a plan that cannot be at the opening", () => {
    const sessionId = sessionIdSchema.parse("s2");
    const open = (weightKg: number): SessionCommand => ({
      type: "open-session",
      sessionId,
      patient: { initials: "CD", weightKg },
      plan: PLAN,
    });
    expect(new Visit().reasonAgainst(1, open(70))).toBe(
      "A session of AB is open at this bay. Discharge or abandon it first.",
    );
    const free = new Visit();
    free.session = null;
    expect(free.reasonAgainst(1, open(300))).toMatch(/^A weight of 300 kg .* Check the figures\.$/);
  });

  it("an early stop, a discharge or an end of the session that is a supervisor's", () => {
    expect(running().reasonAgainst(20, { type: "end-infusion" })).toBe(
      "The dose is not given yet. Say why it stops early.",
    );
    const override: SessionCommand = { type: "discharge", override: "lives next door" };
    expect(recovering().reasonAgainst(60, override)).toBe("Only a supervisor may discharge against a criterion.");
    expect(recovering().reasonAgainst(60, override, { by: supervisor })).toBeNull();
    expect(recovering().reasonAgainst(60, { type: "abandon-session", reason: "gone" })).toMatch(
      /^The patient has had the drug: .* only a supervisor may abandon the session\.$/,
    );
  });

  it("every criterion that is missing, one after the other", () => {
    const visit = recovering();
    const hurried = new Visit({ dischargeChecks: ["escort present"] });
    hurried.session = { ...visit.now, protocol: hurried.now.protocol };
    for (const command of [ready, { type: "discharge" } as const]) {
      expect(hurried.reasonAgainst(60, command)).toBe(
        "The minimum recovery time is not over. Not confirmed yet: escort present.",
      );
    }
  });

  it("an act that others rest on is named with who did it", () => {
    const visit = running();
    const slip = visit.does(20, pause);
    visit.does(20.05, resume);
    expect(visit.reasonAgainst(20.1, { type: "undo-act", act: commandIdSchema.parse(slip) })).toMatch(
      /^Then an act already entered \(resume infusion by Nora\) would not stand: This is not possible/,
    );
  });

  it("an undoing that is too late, of what has a time and of what has none; twice; and of nothing", () => {
    const visit = running();
    const undo = (act: string): SessionCommand => ({ type: "undo-act", act: commandIdSchema.parse(act) });
    const slip = visit.does(20, pause);
    expect(visit.reasonAgainst(21, undo(slip))).toBe(
      "An act can be undone within 10 seconds. Was only its time wrong, correct the time; else enter what is right as a new act.",
    );
    const to = { id: personIdSchema.parse("n2"), name: "Nils" };
    const handed = visit.does(21, { type: "hand-over", to, summary: "calm" });
    expect(visit.reasonAgainst(22, undo(handed))).toBe(
      "An act can be undone within 10 seconds. Enter what is right as a new act.",
    );
    expect(visit.reasonAgainst(22, undo("nothing"))).toBe("This session has no such act that could be undone.");
    visit.does(21.1, undo(handed), { by: nurse });
    expect(visit.reasonAgainst(21.1, undo(handed))).toBe("Nora has already undone it.");
  });

  it("a time that cannot be corrected, is that time already, or belongs to what was undone", () => {
    const visit = running();
    const corrected = (act: string, min: number): SessionCommand => ({
      type: "correct-time",
      act: commandIdSchema.parse(act),
      effectiveAt: min * MIN,
      reason: "pressed late",
    });
    const slip = visit.does(20, pause);
    expect(visit.reasonAgainst(21, corrected("nothing", 19))).toBe(
      "This session has no such act whose time could be corrected.",
    );
    expect(visit.reasonAgainst(21, corrected(slip, 20))).toBe("It has that time already.");
    visit.undoes(20.1, slip);
    expect(visit.reasonAgainst(21, corrected(slip, 19))).toBe("Nora has undone it: it has no time.");
  });

  it("a monitor that measures nothing is the matter in preparation only", () => {
    const visit = new Visit();
    const blind = (min: number) => {
      const asked = Object.assign(new Visit(), { facts: { ...visit.facts, vitals: { ...BASELINE, hr: null } } });
      asked.session = min < 10 ? visit.now : running().now;
      return asked.reasonAgainst(min, { type: "record-baseline" });
    };
    expect(blind(5)).toBe(
      "The monitor has no fresh and plausible heart rate, SpO₂ and cuff pressure. Measure, or enter the values by hand.",
    );
    expect(blind(20)).toBe("This is not possible while the infusion runs, only in preparation.");
  });
});
