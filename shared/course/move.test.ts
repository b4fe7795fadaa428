import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CourseActInput, courseActSchema } from "./act.ts";
import { newCourse, type Score } from "./course.ts";
import { courseOf, moveCourse } from "./move.ts";
import { at, courseAfter, fact, idOf, total, ZONE } from "./test-course.ts";

const NOW = at("2026-03-10", "12:00");
const refusal = (act: CourseActInput, ...before: ReturnType<typeof fact>[]) => {
  const moved = moveCourse(courseAfter(...before), fact("now", NOW, act), ZONE);
  return "refused" in moved ? moved.refused.code : null;
};
const items = (...list: number[]) => ({ items: list });
const phq = (id: string, ...list: number[]) =>
  fact(id, NOW, { type: "record-score", instrument: "phq-9", answers: items(...list) });

/** Without who set it right and when: what remains is what it says. */
const said = ({ corrected: _corrected, ...score }: Score) => score;

describe("a score", () => {
  it.each([
    ["out-of-range", { type: "record-score", instrument: "phq-9", answers: { total: 28 } }],
    ["out-of-range", { type: "record-score", instrument: "gad-7", answers: { items: [0, 0, 0, 0, 0, 0, 0] } }],
    [
      "in-the-future",
      {
        type: "record-score",
        instrument: "phq-9",
        answers: { total: 2 },
        taken: { date: "2026-03-10", time: "12:01" },
      },
    ],
    [
      "no-such-time",
      {
        type: "record-score",
        instrument: "phq-9",
        answers: { total: 2 },
        taken: { date: "2025-03-30", time: "02:10" },
      },
    ],
    ["unknown-score", { type: "withdraw-score", score: idOf("x"), reason: "typo" }],
    [
      "unknown-score",
      { type: "correct-score", score: idOf("x"), instrument: "phq-9", answers: { total: 2 }, reason: "typo" },
    ],
  ] satisfies [string, CourseActInput][])("is refused as %s", (code, act) => {
    expect(refusal(act)).toBe(code);
  });

  it("corrected is the same as entered rightly", () => {
    const answers = fc.oneof(
      fc.record({ total: fc.integer({ min: 0, max: 21 }) }),
      fc.record({ items: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 9, maxLength: 9 }) }),
    );
    const taken = fc.record({
      date: fc.integer({ min: 1, max: 9 }).map((day) => `2026-03-0${day}`),
      time: fc.integer({ min: 0, max: 23 }).map((hour) => `${String(hour).padStart(2, "0")}:30`),
    });
    const entered = fc.record({ instrument: fc.constant("phq-9" as const), answers, taken });
    fc.assert(
      fc.property(fc.array(fc.tuple(entered, entered), { minLength: 1, maxLength: 6 }), (pairs) => {
        const wrong = pairs.map(([slip], i) => fact(`s${i}`, NOW, { type: "record-score", ...slip }));
        const mended = pairs.map(([, meant], i) =>
          fact(`c${i}`, NOW + 1, { type: "correct-score", score: idOf(`s${i}`), ...meant, reason: "slip" }),
        );
        const right = pairs.map(([, meant], i) => fact(`s${i}`, NOW, { type: "record-score", ...meant }));
        expect(courseAfter(...wrong, ...mended).scores.map(said)).toEqual(courseAfter(...right).scores.map(said));
      }),
    );
  });

  it("corrected keeps the time it was taken unless that was wrong too", () => {
    const course = courseAfter(
      total("a", "2026-03-02", 20),
      fact("c", NOW, {
        type: "correct-score",
        score: idOf("a"),
        instrument: "phq-9",
        answers: { total: 12 },
        reason: "slip",
      }),
    );
    expect(course.scores[0]).toMatchObject({ total: 12, date: "2026-03-02", corrected: { at: NOW, words: "slip" } });
  });

  it("withdrawn is as if never entered", () => {
    const course = courseAfter(
      total("a", "2026-03-02", 20),
      fact("w", NOW, { type: "withdraw-score", score: idOf("a"), reason: "other patient" }),
    );
    expect(course).toEqual(newCourse("R-1"));
  });
});

describe("thoughts of death", () => {
  it("stand until somebody wrote down what was done", () => {
    const score = phq("a", 0, 0, 0, 0, 0, 0, 0, 0, 2);
    const done = fact("b", NOW, {
      type: "answer-flag",
      score: idOf("a"),
      note: "spoke with the patient; physician told",
    });
    expect(courseAfter(score).scores[0]?.flag).toEqual({ answer: 2, done: null });
    expect(courseAfter(score, done).scores[0]?.flag?.done?.words).toContain("physician");
  });

  it("stand anew when a correction changes the answer, and go when it takes them away", () => {
    const score = phq("a", 0, 0, 0, 0, 0, 0, 0, 0, 1);
    const done = fact("b", NOW, { type: "answer-flag", score: idOf("a"), note: "spoke" });
    const correct = (last: number) =>
      fact("c", NOW, {
        type: "correct-score",
        score: idOf("a"),
        instrument: "phq-9",
        answers: items(1, 0, 0, 0, 0, 0, 0, 0, last),
        reason: "slip",
      });
    expect(courseAfter(score, done, correct(1)).scores[0]?.flag?.done).not.toBeNull();
    expect(courseAfter(score, done, correct(3)).scores[0]?.flag).toEqual({ answer: 3, done: null });
    expect(courseAfter(score, done, correct(0)).scores[0]?.flag).toBeNull();
  });
});

describe("a booking", () => {
  const booked = fact("b", NOW, { type: "book-session", date: "2026-03-12", time: "09:30" });
  it("is kept by the clock on the wall, moved and cancelled", () => {
    const moved = fact("m", NOW, {
      type: "move-booking",
      booking: idOf("b"),
      date: "2026-03-13",
      time: "14:00",
      reason: "ill",
    });
    const cancelled = fact("c", NOW, { type: "cancel-booking", booking: idOf("b"), reason: "holiday" });
    expect(courseAfter(booked).bookings).toMatchObject([{ id: "b", date: "2026-03-12", time: "09:30", bay: null }]);
    expect(courseAfter(booked, moved).bookings).toMatchObject([
      { id: "b", date: "2026-03-13", moved: { words: "ill" } },
    ]);
    expect(courseAfter(booked, cancelled).bookings).toEqual([]);
  });

  it.each([
    ["in-the-past", { type: "book-session", date: "2026-03-09", time: "09:30" }],
    ["no-such-time", { type: "book-session", date: "2026-03-29", time: "02:30" }],
    ["already-booked", { type: "book-session", date: "2026-03-12", time: "15:00" }],
    ["unknown-booking", { type: "cancel-booking", booking: idOf("x"), reason: "ill" }],
    ["unknown-booking", { type: "move-booking", booking: idOf("x"), date: "2026-03-14", time: "09:30", reason: "ill" }],
  ] satisfies [string, CourseActInput][])("is refused as %s", (code, act) => {
    expect(refusal(act, booked)).toBe(code);
  });

  it("is refused on a closed course until it is reopened", () => {
    const close = fact("c", NOW, { type: "close-course", reason: "well" });
    const book: CourseActInput = { type: "book-session", date: "2026-03-20", time: "09:30" };
    expect(refusal(book, close)).toBe("closed");
    expect(refusal({ type: "close-course", reason: "well" }, close)).toBe("already-done");
    expect(refusal(book, close, fact("o", NOW, { type: "reopen-course", reason: "relapse" }))).toBeNull();
  });
});

it("settings refuse a baseline the instrument cannot have, and intervals the wrong way round", () => {
  const settings = { baseline: { instrument: "gad-7" as const, total: 22 } };
  expect(refusal({ type: "set-course", settings })).toBe("out-of-range");
  const backwards = { ...settings, protocol: { maintenance: { intervalDays: { min: 40, max: 20 } } } };
  expect(courseActSchema.safeParse({ type: "set-course", settings: backwards }).success).toBe(false);
});

it("a refused act that was somehow kept changes nothing", () => {
  const facts = [
    total("a", "2026-03-02", 20),
    fact("x", NOW, { type: "withdraw-score", score: idOf("y"), reason: "?" }),
  ];
  expect(courseOf("R-1", facts, ZONE)).toEqual(courseAfter(facts[0]!));
});
