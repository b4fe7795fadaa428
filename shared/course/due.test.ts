import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, daysBetween } from "./calendar.ts";
import { courseProtocolSchema, sessionsPerWeek } from "./course-protocol.ts";
import { inductionDue, maintenanceDue } from "./due.ts";

const usual = courseProtocolSchema.parse({});
const FIRST = "2026-03-02";
const on = (...offsets: number[]) => offsets.map((offset) => addDays(FIRST, offset));
const due = (...offsets: number[]) => {
  const { from, to } = inductionDue(on(...offsets), usual);
  return [daysBetween(FIRST, from), daysBetween(FIRST, to)];
};

const protocol = fc
  .record({
    sessions: fc.integer({ min: 2, max: 12 }),
    gapDays: fc.integer({ min: 1, max: 7 }),
    window: fc.tuple(fc.integer({ min: 7, max: 40 }), fc.integer({ min: 0, max: 40 })),
  })
  .map(({ sessions, gapDays, window: [min, more] }) =>
    courseProtocolSchema.parse({ induction: { sessions, gapDays, windowDays: { min, max: min + more } } }),
  );

describe("induction", () => {
  it("lets three a week for two weeks pass, and no faster", () => {
    expect(sessionsPerWeek(usual)).toBe(3);
    expect(due(0)[0]).toBe(2);
    expect(due(0, 2)[0]).toBe(4);
    expect(due(0, 2, 4)[0]).toBe(7);
    expect(due(0, 2, 4, 7)[0]).toBe(9);
    expect(due(0, 2, 4, 7, 9)[0]).toBe(11);
  });

  it("is in time at an even pace to the window's last day", () => {
    expect([due(0)[1], due(0, 5)[1], due(0, 5, 10)[1], due(0, 5, 10, 16)[1], due(0, 5, 10, 16, 21)[1]]).toEqual([
      5, 10, 16, 21, 27,
    ]);
  });

  it("is never due before it may be, after the last session, and by the window's last day unless catching up forbids it", () => {
    fc.assert(
      fc.property(protocol, fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 11 }), (rules, gaps) => {
        const { sessions, gapDays, windowDays } = rules.induction;
        const offsets = [0];
        for (const gap of gaps.slice(0, sessions - 2)) offsets.push(offsets.at(-1)! + gap);
        const days = on(...offsets);
        const { from, to } = inductionDue(days, rules);
        expect(from <= to).toBe(true);
        expect(daysBetween(days.at(-1)!, from)).toBeGreaterThanOrEqual(gapDays);
        const lastDay = addDays(FIRST, windowDays.max - 1);
        expect(to <= lastDay || to === from).toBe(true);
      }),
    );
  });

  it("given always on the last day in time, ends on the window's last day; on the first, never sooner than the weekly number allows", () => {
    fc.assert(
      fc.property(protocol, (rules) => {
        const { sessions, windowDays } = rules.induction;
        const late = on(0);
        const early = on(0);
        while (late.length < sessions) {
          late.push(inductionDue(late, rules).to);
          early.push(inductionDue(early, rules).from);
        }
        expect(late.at(-1)! >= addDays(FIRST, windowDays.max - 1)).toBe(true);
        const perWeek = sessionsPerWeek(rules);
        for (const [index, day] of early.entries()) {
          const before = early[index - perWeek];
          if (before !== undefined) expect(daysBetween(before, day)).toBeGreaterThanOrEqual(7);
        }
      }),
    );
  });
});

it("maintenance is due three to six weeks after the last session, over a change of the clocks too", () => {
  expect(maintenanceDue("2026-03-20", usual)).toEqual({ from: "2026-04-10", to: "2026-05-01" });
  expect(maintenanceDue("2026-10-20", usual)).toEqual({ from: "2026-11-10", to: "2026-12-01" });
});
