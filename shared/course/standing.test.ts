import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CourseActInput } from "./act.ts";
import { addDays } from "./calendar.ts";
import { standingOf } from "./standing.ts";
import { at, courseAfter, fact, session, total, ZONE } from "./test-course.ts";

const stand = (today: string, days: readonly string[], ...acts: ReturnType<typeof fact>[]) =>
  standingOf(
    courseAfter(...acts),
    days.map((day) => session(day)),
    at(today, "18:00"),
    ZONE,
  );
const book = (date: string, id = "b") =>
  fact(id, at("2026-03-01"), { type: "book-session", date, time: "09:30" } satisfies CourseActInput);
const codes = (standing: ReturnType<typeof stand>) => standing.flags.map(({ code }) => code);
const SIX = ["2026-03-02", "2026-03-04", "2026-03-06", "2026-03-09", "2026-03-11", "2026-03-13"];

describe("where a course stands", () => {
  it("in induction: session 3 of 6, day 12 of 28", () => {
    const standing = stand("2026-03-13", SIX.slice(0, 3));
    expect(standing.stage).toBe("induction");
    expect(standing.induction).toEqual({ done: 3, of: 6, day: 12, days: 28 });
    expect(standing.due).toEqual({ from: "2026-03-09", to: "2026-03-18" });
    expect(standing.onSchedule).toBe(true);
  });

  it("after the last session of the induction, maintenance", () => {
    const standing = stand("2026-03-20", SIX);
    expect([standing.stage, standing.induction]).toEqual(["maintenance", null]);
    expect(standing.due).toEqual({ from: "2026-04-03", to: "2026-04-24" });
    const booster = stand("2026-04-20", [...SIX, "2026-04-10"]);
    expect(booster.sessions.at(-1)).toMatchObject({ stage: "maintenance", number: 1 });
  });

  it("late once the last day in time is over, not on it", () => {
    expect(codes(stand("2026-04-24", SIX))).toEqual([]);
    const late = stand("2026-04-27", SIX);
    expect(late.flags).toEqual([{ code: "late", days: 3, date: "2026-04-24", score: null }]);
    expect(late.onSchedule).toBe(false);
  });

  it("missing once a booked day is over without a session, until one takes place", () => {
    const days = SIX.slice(0, 1);
    expect(codes(stand("2026-03-04", days, book("2026-03-04")))).toEqual([]);
    expect(codes(stand("2026-03-05", days, book("2026-03-04")))).toEqual(["missing"]);
    expect(codes(stand("2026-03-06", [...days, "2026-03-04"], book("2026-03-04")))).toEqual([]);
    expect(codes(stand("2026-03-06", [...days, "2026-03-06"], book("2026-03-04")))).toEqual([]);
  });

  it("beyond the induction's window while sessions of it are to come, also when the next is not late by itself", () => {
    const slow = ["2026-03-02", "2026-03-09", "2026-03-16", "2026-03-23", "2026-03-31"];
    expect(codes(stand("2026-03-29", slow.slice(0, 4)))).not.toContain("window-over");
    const over = stand("2026-04-01", slow);
    expect(over.induction).toEqual({ done: 5, of: 6, day: 31, days: 28 });
    expect(over.due).toEqual({ from: "2026-04-02", to: "2026-04-02" });
    expect(over.flags).toEqual([{ code: "window-over", days: 3, date: "2026-03-29", score: null }]);
    expect(over.onSchedule).toBe(false);
    expect(codes(stand("2026-04-04", slow))).toEqual(["window-over", "late"]);
    expect(codes(stand("2026-04-02", [...slow, "2026-04-02"]))).toEqual([]);
    const close = fact("c", at("2026-03-31"), { type: "close-course", reason: "moved away" });
    expect(codes(stand("2026-04-04", slow, close))).toEqual([]);
  });

  it("booked too late", () => {
    expect(codes(stand("2026-03-03", SIX.slice(0, 1), book("2026-03-07")))).toEqual([]);
    expect(codes(stand("2026-03-03", SIX.slice(0, 1), book("2026-03-08")))).toEqual(["booked-late"]);
  });

  it("owes nothing while a session is going on, before the first, and once it is closed", () => {
    const open = standingOf(courseAfter(), [session("2026-03-02", "10:00", { open: true })], at("2026-03-02"), ZONE);
    expect([open.due, open.flags]).toEqual([null, []]);
    expect(stand("2026-03-02", []).due).toBeNull();
    const closed = stand("2027-01-01", SIX, fact("c", at("2026-03-20"), { type: "close-course", reason: "well" }));
    expect([closed.due, closed.flags]).toEqual([null, []]);
  });

  it("counts only visits in which the drug was given, from the day the course began", () => {
    const visit = { ...session("2026-03-02"), startedAt: null };
    const settings = { from: "2026-03-05", baseline: { instrument: "phq-9" as const, total: null } };
    const course = courseAfter(fact("s", at("2026-03-01"), { type: "set-course", settings }));
    const past = [visit, session("2026-03-04"), session("2026-03-06")];
    expect(standingOf(course, past, at("2026-03-07"), ZONE).sessions).toMatchObject([
      { number: 1, date: "2026-03-06" },
    ]);
  });

  it("asks for what was done about thoughts of death even when all else is in order, or closed", () => {
    const answers = { items: [0, 0, 0, 0, 0, 0, 0, 0, 1] };
    const score = fact("a", at("2026-03-02"), { type: "record-score", instrument: "phq-9", answers });
    const close = fact("c", at("2026-03-02"), { type: "close-course", reason: "moved away" });
    expect(codes(stand("2026-03-03", SIX.slice(0, 1), score, close))).toEqual(["thoughts-of-death"]);
    const done = fact("d", at("2026-03-02"), { type: "answer-flag", score: score.id, note: "spoke" });
    expect(codes(stand("2026-03-03", SIX.slice(0, 1), score, done))).toEqual([]);
  });

  it("is late or in time, never both ways round: every later day is at least as late", () => {
    const gaps = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(gaps, fc.integer({ min: 0, max: 120 }), fc.integer({ min: 0, max: 30 }), (days, wait, more) => {
        let day = "2026-03-02";
        const dates = [day, ...days.map((gap) => (day = addDays(day, gap)))];
        const daysLate = (today: string) =>
          stand(today, dates, total("a", "2026-03-01", 20)).flags.find(({ code }) => code === "late")?.days ?? 0;
        const now = addDays(day, wait);
        const later = daysLate(addDays(now, more));
        expect(later).toBeGreaterThanOrEqual(daysLate(now));
        if (daysLate(now) > 0) expect(later - daysLate(now)).toBe(more);
      }),
      { numRuns: 40 },
    );
  });
});
