/** What is refused at the pump, and what the person at it is told. */
import { describe, expect, it } from "vitest";
import { sessionIdSchema } from "../ids/index.ts";
import type { SessionCommand } from "./act.ts";
import type { Plan } from "./plan.ts";
import { BASELINE, PLAN, pause, prepared, running, Visit } from "./test-visit.ts";

const start: SessionCommand = { type: "start-infusion" };
const rate = (rateMlPerH: number): SessionCommand => ({ type: "change-rate", rateMlPerH });
const bolus = (mg: number): SessionCommand => ({ type: "give-medication", medication: { kind: "bolus", mg } });
const extend = (by: { mg?: number; minutes?: number; newBag?: true }): SessionCommand => ({
  type: "extend-infusion",
  ...by,
});

const { concentrationMgPerMl: _mgPerMl, bagVolumeMl: _mL, ...SHORT } = PLAN;

/** A visit of this plan and weight, the baseline taken at minute 1. */
function visitOf(plan: Plan | undefined, weightKg?: number, edition?: number): Visit {
  const visit = new Visit();
  visit.session = null;
  const patient = { initials: "AB", weightKg };
  visit.does(0, { type: "open-session", sessionId: sessionIdSchema.parse("s2"), patient, plan, edition });
  visit.does(1, { type: "record-baseline", values: BASELINE });
  return visit;
}
function begun(...of: Parameters<typeof visitOf>): Visit {
  const visit = visitOf(...of);
  visit.does(10, start);
  return visit;
}

describe("before the start it is said what is missing", () => {
  it("the plan, the baseline, the confirmations by name, the weight", () => {
    expect(visitOf(undefined, 70).reasonAgainst(10, start)).toBe("Set the plan (drug, dose, duration) first.");
    expect(new Visit().reasonAgainst(10, start)).toBe("Record baseline vital signs first.");
    const unchecked = prepared({ startChecks: ["identity", "dose"] });
    expect(unchecked.reasonAgainst(10, start)).toBe("Confirm first: identity, dose.");
    expect(visitOf(SHORT).reasonAgainst(10, start)).toBe(
      "Without the patient's weight the dose in mg is not known. Enter the weight first.",
    );
  });

  const remedy =
    " At that time it was not: if it had been done by then, enter it late, or correct its time; then enter the start.";

  it("of a late start, what to do about things that were entered for later", () => {
    expect(prepared().reasonAgainst(10, start, { late: 0.5 })).toBe(`Record baseline vital signs first.${remedy}`);
    const unchecked = prepared({ startChecks: ["identity"] });
    expect(unchecked.reasonAgainst(10, start, { late: 5 })).toBe(`Confirm first: identity.${remedy}`);
    expect(visitOf(undefined, 70).reasonAgainst(10, start, { late: 5 })).toBe(
      `Set the plan (drug, dose, duration) first.${remedy}`,
    );
  });

  it("without that remedy in a session of the rules before", () => {
    expect(prepared({}, 2).reasonAgainst(10, start, { late: 0.5 })).toBe("Record baseline vital signs first.");
    expect(prepared({}, 3).reasonAgainst(10, start, { late: 0.5 })).toBe(`Record baseline vital signs first.${remedy}`);
  });
});

describe("another rate", () => {
  it("is refused with the figures when it is the same, far above the plan, or gives nobody knows what", () => {
    expect(running().reasonAgainst(20, rate(52.5))).toBe("The rate is 52.5 mL/h already.");
    expect(running().reasonAgainst(20, rate(2_000))).toBe(
      "2000 mL/h is more than 4 times the planned 52.5 mL/h (210 mL/h). Check the figure.",
    );
    expect(begun(SHORT, 70).reasonAgainst(20, rate(30))).toMatch(
      /^The plan tells no concentration: .*mg\/mL in the bag/,
    );
  });

  it("gives as many milligrams as the bag's concentration tells", () => {
    const visit = begun({ ...PLAN, concentrationMgPerMl: 2 }, 70);
    visit.does(20, rate(30));
    expect(visit.now.infusion?.rate).toEqual({ rateMlPerH: 30, rateMgPerMin: 1 });
  });

  it("gives nobody knows how much where no concentration is known, in a session of the rules before", () => {
    const visit = begun(SHORT, 70, 2);
    visit.does(20, rate(30));
    expect(visit.now.infusion?.rate).toEqual({ rateMlPerH: 30, rateMgPerMin: null });
  });

  it("while paused waits for the resume: nothing runs meanwhile", () => {
    const visit = running();
    visit.does(20, pause);
    visit.does(21, rate(60));
    expect(visit.now.infusion).toMatchObject({ runningSince: null, rate: { rateMlPerH: 60 } });
    expect(visit.now.infusion?.segments).toHaveLength(1);
  });
});

describe("a bolus", () => {
  it("may take all that is left of the plan, and is told how much that is when it would take more", () => {
    expect(running().reasonAgainst(20, bolus(26.25))).toBeNull();
    expect(running().reasonAgainst(20, bolus(30))).toBe(
      "30 mg is more than the 26.25 mg left of the plan. Extend the infusion first.",
    );
    expect(running().reasonAgainst(60, bolus(5))).toBe(
      "5 mg is more than the 0 mg left of the plan. Extend the infusion first.",
    );
  });

  it("needs an infusion that has not ended", () => {
    const sentence = "A bolus of the plan's drug is possible only while the infusion runs or is paused.";
    expect(prepared().reasonAgainst(5, bolus(5))).toBe(sentence);
    const ended = running();
    ended.does(20, { type: "end-infusion", reason: "enough" });
    expect(ended.reasonAgainst(21, bolus(5))).toBe(sentence);
  });

  it("is held against no bound where none is known, in a session of the rules before", () => {
    // Neither weight nor bag: not even at the instant of the start, when nothing was given yet.
    const unweighed = begun(SHORT, undefined, 2);
    expect(unweighed.reasonAgainst(10, bolus(500))).toBeNull();
    expect(unweighed.reasonAgainst(20, bolus(500))).toBeNull();
    // At a rate that tells no milligrams nobody knows what is left.
    const unknown = begun(SHORT, 70, 2);
    unknown.does(20, rate(30));
    expect(unknown.reasonAgainst(30, bolus(500))).toBeNull();
  });
});

describe("an extension", () => {
  it("says by how much, and reaches the protocol's dose for each kilogram but not beyond", () => {
    expect(running().reasonAgainst(20, extend({}))).toBe("Say by how many minutes or milligrams to extend.");
    expect(running().reasonAgainst(20, extend({ mg: 200 }))).toBe(
      "With that the dose would be 3.36 mg/kg; the protocol allows 2 mg/kg.",
    );
    expect(running({}, 2).reasonAgainst(20, extend({ mg: 105 }))).toBeNull();
    expect(running({}, 2).reasonAgainst(20, extend({ mg: 105.1 }))).toMatch(/allows 2 mg\/kg/);
  });

  it("reaches the protocol's time but not beyond", () => {
    expect(running().reasonAgainst(20, extend({ minutes: 440 }))).toBeNull();
    expect(running().reasonAgainst(20, extend({ minutes: 441 }))).toBe(
      "With that the infusion would be planned for 481 min; the protocol allows 480 min. Check the figure.",
    );
  });

  it("takes from the bag what it holds, and is told of one bag or of several", () => {
    expect(running().reasonAgainst(20, extend({ mg: 15 }))).toBeNull();
    expect(running().reasonAgainst(20, extend({ mg: 16 }))).toBe(
      "With that the dose would be 51 mg; the bag holds 50 mg. Check the figure, or say that a new bag is hung.",
    );
    expect(running().reasonAgainst(20, extend({ mg: 66, newBag: true }))).toBe(
      "With that the dose would be 101 mg; 2 bags hold 100 mg. Check the figure, or say that a new bag is hung.",
    );
  });

  it("is held against no bag where the plan tells of none", () => {
    expect(begun(SHORT, 70).reasonAgainst(20, extend({ mg: 60 }))).toBeNull();
    expect(begun(SHORT, undefined, 2).reasonAgainst(20, extend({ mg: 60 }))).toBeNull();
  });
});
