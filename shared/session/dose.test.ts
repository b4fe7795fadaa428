/** The dose at the instants where something changes. */
import { describe, expect, it } from "vitest";
import type { SessionCommand } from "./act.ts";
import { type DoseCourse, doseAt, doseCourse, drugLeftMs } from "./dose.ts";
import { isEarlyStop } from "./moves.ts";
import { end, PLAN, pause, prepared, resume, running, type Visit } from "./test-visit.ts";

const MIN = 60_000;
const bolus = (mg: number): SessionCommand => ({ type: "give-medication", medication: { kind: "bolus", mg } });
const more = (mg: number): SessionCommand => ({ type: "extend-infusion", mg, newBag: true });
/** The stretches in which the pump delivers, in minutes. */
const stretches = (visit: Visit) =>
  doseCourse(visit.now)?.deliveries.map(({ from, to, mgPerMin }) => [
    from / MIN,
    to === null ? null : to / MIN,
    mgPerMin,
  ]);

describe("the course of the dose", () => {
  it("is not known before there is a plan, and holds nothing before the start", () => {
    const visit = prepared();
    expect(doseCourse({ ...visit.now, plan: null })).toBeNull();
    expect(doseCourse(visit.now)).toEqual({
      plannedMg: 35,
      boundMg: 35,
      concentrationMgPerMl: 1,
      deliveries: [],
      boluses: [],
      unknownFrom: null,
    });
  });

  it("stops by itself when the dose is given, earlier by what a bolus took, and goes on after an extension", () => {
    expect(stretches(running())).toEqual([[10, 50, 0.875]]);
    const early = running();
    early.does(20, bolus(17.5));
    expect(stretches(early)).toEqual([
      [10, 20, 0.875],
      [20, 30, 0.875],
    ]);
    early.does(40, more(8.75));
    expect(stretches(early)).toEqual([
      [10, 20, 0.875],
      [20, 30, 0.875],
      [40, 50, 0.875],
    ]);
    expect(doseCourse(early.now)).toMatchObject({ plannedMg: 35, boundMg: 43.75 });
  });

  it("delivers nothing in a pause, and counts what was given and added meanwhile", () => {
    const visit = running();
    visit.does(20, pause);
    visit.does(22, bolus(8.75));
    visit.does(24, more(4.375));
    visit.does(30, resume);
    expect(stretches(visit)).toEqual([
      [10, 20, 0.875],
      [30, 55, 0.875],
    ]);
  });

  it("has no end of its own where neither weight nor bag bounds it", () => {
    const { bagVolumeMl: _mL, ...plan } = PLAN;
    const unbound = { ...running().now, plan, patient: { initials: "AB" } };
    expect(doseCourse(unbound)).toMatchObject({
      plannedMg: null,
      boundMg: null,
      deliveries: [{ from: 10 * MIN, to: null, mgPerMin: 0.875 }],
    });
    expect(doseAt(doseCourse(unbound)!, 110 * MIN)).toEqual({ mg: 87.5, mL: 87.5, ofPlan: null });
  });
});

describe("the dose at an instant", () => {
  const course: DoseCourse = {
    plannedMg: 20,
    boundMg: 30,
    concentrationMgPerMl: 2,
    deliveries: [{ from: 10 * MIN, to: 20 * MIN, mgPerMin: 1 }],
    boluses: [{ at: 15 * MIN, mg: 4 }],
    unknownFrom: null,
  };

  it("counts a bolus from its instant on, and the pump up to it", () => {
    expect(doseAt(course, 10 * MIN)?.mg).toBe(0);
    expect(doseAt(course, 15 * MIN - 1)?.mg).toBeCloseTo(5, 3);
    expect(doseAt(course, 15 * MIN)).toEqual({ mg: 9, mL: 4.5, ofPlan: 0.45 });
    expect(doseAt(course, 25 * MIN)?.mg).toBe(14);
  });

  it("has no volume without a concentration and no share without a plan's dose", () => {
    expect(doseAt({ ...course, concentrationMgPerMl: null, plannedMg: null }, 25 * MIN)).toEqual({
      mg: 14,
      mL: null,
      ofPlan: null,
    });
  });

  it("is unknown after the instant from which the rate is, not before", () => {
    const unknown = { ...course, unknownFrom: 15 * MIN };
    expect(doseAt(unknown, 15 * MIN)?.mg).toBe(9);
    expect(doseAt(unknown, 15 * MIN + 1)).toBeNull();
  });

  it("is never more than may be given", () => {
    expect(doseAt({ ...course, boundMg: 12 }, 25 * MIN)?.mg).toBe(12);
  });
});

describe("how long the drug lasts", () => {
  it("is told for the rate that is set, and is nothing when all is given", () => {
    expect(drugLeftMs(running().now, 20 * MIN)).toBe(30 * MIN);
    expect(drugLeftMs(running().now, 60 * MIN)).toBe(0);
  });

  it("is not told before the start, after the end, and where the bound or the rate is not known", () => {
    const { now } = running();
    expect(drugLeftMs(prepared().now, 5 * MIN)).toBeNull();
    const ended = running();
    ended.does(20, end);
    expect(drugLeftMs(ended.now, 21 * MIN)).toBeNull();
    expect(drugLeftMs({ ...now, plan: null }, 20 * MIN)).toBeNull();
    const { bagVolumeMl: _mL, ...plan } = PLAN;
    expect(drugLeftMs({ ...now, plan, patient: { initials: "AB" } }, 20 * MIN)).toBeNull();
    const unset = { ...running().now.infusion!, rate: { rateMlPerH: null, rateMgPerMin: null } };
    expect(drugLeftMs({ ...now, infusion: unset }, 20 * MIN)).toBeNull();
  });
});

describe("an end is early", () => {
  it("while less than 98 % of what may be given was given", () => {
    const { now } = running();
    expect(isEarlyStop(now, 49.1 * MIN)).toBe(true);
    expect(isEarlyStop(now, 49.3 * MIN)).toBe(false);
    const extended = running();
    extended.does(20, more(35));
    expect(isEarlyStop(extended.now, 60 * MIN)).toBe(true);
    expect(isEarlyStop(extended.now, 89.3 * MIN)).toBe(false);
  });

  it("by the planned time where the dose is not known", () => {
    const { bagVolumeMl: _mL, ...plan } = PLAN;
    const unweighed = { ...running().now, plan, patient: { initials: "AB" } };
    expect(isEarlyStop(unweighed, 49.1 * MIN)).toBe(true);
    expect(isEarlyStop(unweighed, 49.3 * MIN)).toBe(false);
  });

  it("never before the start or without a plan", () => {
    expect(isEarlyStop(prepared().now, 5 * MIN)).toBe(false);
    expect(isEarlyStop({ ...running().now, plan: null }, 20 * MIN)).toBe(false);
  });

  it("by the dose or the time, whichever is first, under the first edition", () => {
    const slow = running({}, 1);
    slow.does(20, { type: "change-rate", rateMlPerH: 26.25 });
    expect(isEarlyStop(slow.now, 49.1 * MIN)).toBe(true);
    expect(isEarlyStop(slow.now, 49.3 * MIN)).toBe(false);
    expect(isEarlyStop({ ...slow.now, edition: 2 }, 49.3 * MIN)).toBe(true);
  });
});
