import { expect, it } from "vitest";
import { everyDay } from "./every-day.ts";

it("a day without alarms or sessions has its place among the others, by the clinic's calendar", () => {
  // From Friday 22:30 to Monday 21:30 UTC, when the clocks go forward in between: in Berlin Friday to Monday.
  const period = { from: Date.UTC(2026, 2, 27, 22, 30), to: Date.UTC(2026, 2, 30, 21, 30) };
  const friday = { date: "2026-03-27", sessionHours: 2, high: 1, medium: 2, low: 3 };
  const monday = { date: "2026-03-30", sessionHours: 1, high: 0, medium: 0, low: 4 };
  const none = { sessionHours: 0, high: 0, medium: 0, low: 0 };
  expect(everyDay({ days: [friday, monday], ...period }, "Europe/Berlin")).toEqual([
    friday,
    { date: "2026-03-28", ...none },
    { date: "2026-03-29", ...none },
    monday,
  ]);
});
