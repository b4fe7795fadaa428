import { describe, expect, it } from "vitest";
import { changeText, flagText, placeText } from "./course-text.ts";
import { awayText, dateOfDay, dayNumber, dayPoint, spanText } from "./day-text.ts";
import { plotView } from "./plot-view.ts";
import { detailOf, fact, NOON, visit } from "./testing.tsx";

const TODAY = "2026-03-10";

it("says where a course stands", () => {
  const induction = { done: 3, of: 6, day: 12, days: 28 };
  expect(placeText({ stage: "induction", induction, sessions: 3 }, false)).toBe("Induction 3 of 6, day 12 of 28");
  expect(placeText({ stage: "induction", induction: { ...induction, day: 31 }, sessions: 3 }, false)).toBe(
    "Induction 3 of 6, 3 days past the window of 28",
  );
  expect(placeText({ stage: "maintenance", induction: null, sessions: 8 }, false)).toBe("Maintenance");
  expect(placeText({ stage: "induction", induction: null, sessions: 0 }, false)).toBe("No session yet");
  expect(placeText({ stage: "maintenance", induction: null, sessions: 7 }, true)).toBe("Closed after 7 sessions");
});

it("says days as people do", () => {
  expect([awayText("2026-03-10", TODAY), awayText("2026-03-11", TODAY), awayText("2026-03-08", TODAY)]).toEqual([
    "today",
    "in 1 day",
    "2 days ago",
  ]);
  expect(spanText("2026-12-29", "2027-01-04", TODAY)).toBe("29 Dec – 4 Jan 2027");
  expect(flagText({ code: "window-over", days: 3, date: TODAY, score: null }, TODAY)).toBe("Window over by 3 days");
  expect(flagText({ code: "late", days: 1, date: TODAY, score: null }, TODAY)).toBe("Late by 1 day");
  expect([changeText({ change: -11 }), changeText({ change: 2 }), changeText({ change: 0 })]).toEqual([
    "down 11, better",
    "up 2, worse",
    "unchanged",
  ]);
});

it("puts days at whole numbers, whatever the clocks do", () => {
  expect(dayNumber("2026-03-30") - dayNumber("2026-03-28")).toBe(2);
  expect(dayPoint("2026-03-29", "12:00") - dayNumber("2026-03-29")).toBe(0.5);
  expect(dateOfDay(dayPoint("2026-03-29", "23:59"))).toBe("2026-03-29");
});

describe("the plot", () => {
  const score = (id: string, daysAgo: number, total: number) =>
    fact(id, NOON - daysAgo * 86_400_000 - 3_600_000, {
      type: "record-score",
      instrument: "phq-9",
      answers: { total },
    });
  const detail = detailOf(
    [score("a", 8, 20), score("b", 5, 9), score("c", 3, 8), score("d", 1, 15)],
    [visit(7), visit(2)],
  );

  it("shades relief from the first to the last day at or below the share", () => {
    const view = plotView(detail, "phq-9");
    expect(view.reliefAt).toBe(10);
    expect(view.relief.map(({ from, to }) => [dateOfDay(from), dateOfDay(to)])).toEqual([["2026-03-05", "2026-03-08"]]);
    expect(view.sessions.map(({ label }) => label)).toEqual(["I1", "I2"]);
    expect(view.points.map(({ total }) => total)).toEqual([20, 9, 8, 15]);
  });

  it("shows another instrument without the baseline's relief", () => {
    const view = plotView(detail, "gad-7");
    expect([view.points, view.relief, view.reliefAt, view.max]).toEqual([[], [], null, 21]);
  });

  it("holds everything between its first and its last day, with few ticks however long it is", () => {
    const long = plotView(detailOf([score("a", 700, 20), score("b", 1, 9)], [visit(690)]), "phq-9");
    expect(long.ticks.length).toBeLessThanOrEqual(9);
    for (const day of [...long.points.map((point) => point.day), long.today, long.due!.to]) {
      expect(day).toBeGreaterThan(long.days[0]);
      expect(day).toBeLessThan(long.days[1]);
    }
  });
});
