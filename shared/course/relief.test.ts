import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { courseSettingsSchema } from "./act.ts";
import { addDays } from "./calendar.ts";
import { baselineOf, reliefOf } from "./relief.ts";
import { sessionsOfCourse } from "./session-of-course.ts";
import { at, courseAfter, fact, session, total, ZONE } from "./test-course.ts";

const settings = (reliefShare = 0.5, baseline: number | null = null) =>
  courseSettingsSchema.parse({ baseline: { instrument: "phq-9", total: baseline }, reliefShare });

function reliefWith(
  share: number,
  days: readonly string[],
  scores: ReturnType<typeof total>[],
  given: number | null = null,
) {
  const rules = settings(share, given);
  const course = courseAfter(...scores);
  const sessions = sessionsOfCourse(
    days.map((day) => session(day)),
    rules,
    ZONE,
  );
  return reliefOf(sessions, course.scores, rules, baselineOf(course.scores, sessions, rules));
}

describe("relief", () => {
  it("runs from the first to the last day at or below the share of the baseline", () => {
    const relief = reliefWith(
      0.5,
      ["2026-03-02"],
      [
        total("a", "2026-03-02", 20),
        total("b", "2026-03-03", 11),
        total("c", "2026-03-04", 10),
        total("d", "2026-03-10", 8),
        total("e", "2026-03-15", 13),
      ],
    );
    expect(relief).toEqual([{ first: "2026-03-04", last: "2026-03-10", lastedDays: 8, lostOn: "2026-03-15" }]);
  });

  it("of a score taken in the morning before an infusion is the session before's", () => {
    const [first, second] = reliefWith(
      0.5,
      ["2026-03-02", "2026-03-05"],
      [total("a", "2026-03-02", 20), total("b", "2026-03-05", 6)],
    );
    expect(first?.last).toBe("2026-03-05");
    expect(second).toBeNull();
  });

  it("is not told by another instrument, and not without a baseline", () => {
    const gad = fact("x", at("2026-03-03"), { type: "record-score", instrument: "gad-7", answers: { total: 1 } });
    expect(reliefWith(0.5, ["2026-03-02"], [total("a", "2026-03-02", 20), gad])).toEqual([null]);
    expect(reliefWith(0.5, ["2026-03-02"], [gad])).toEqual([null]);
    expect(reliefWith(0.5, ["2026-03-02"], [total("a", "2026-03-02", 0), total("b", "2026-03-03", 0)])).toEqual([null]);
  });

  it("takes the last score before the first session as baseline, or what was entered", () => {
    const scores = [total("a", "2026-02-01", 26), total("b", "2026-03-01", 18), total("c", "2026-03-03", 10)];
    expect(reliefWith(0.5, ["2026-03-02"], scores)).toEqual([null]);
    expect(reliefWith(0.5, ["2026-03-02"], scores, 20)[0]?.first).toBe("2026-03-03");
  });

  it("only grows when the share grows", () => {
    const share = fc.integer({ min: 5, max: 95 }).map((percent) => percent / 100);
    const scores = fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 27 })), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(share, share, scores, (one, other, drawn) => {
        const facts = drawn.map(([day, value], i) => total(`s${i}`, addDays("2026-03-01", day), value));
        const days = ["2026-03-02", "2026-03-12", "2026-03-30"];
        const narrow = reliefWith(Math.min(one, other), days, facts, 20);
        const wide = reliefWith(Math.max(one, other), days, facts, 20);
        for (const [i, relief] of narrow.entries()) {
          if (relief === null) continue;
          expect(wide[i]!.first <= relief.first).toBe(true);
          expect(wide[i]!.last >= relief.last).toBe(true);
        }
      }),
    );
  });
});
