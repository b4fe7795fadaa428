import { describe, expect, it } from "vitest";
import {
  daysOfMonth,
  lastMonth,
  lastShift,
  monthOfSearch,
  monthText,
  nextMonth,
  shifted,
  shiftOfSearch,
} from "./report-periods.ts";

/** At this hour by the clock of the clinic, whatever zone this runs in. */
const ZONE = "Asia/Kolkata";
const at = (day: number, hour: number) => Date.UTC(2026, 2, day, hour, 20) - 5.5 * 3_600_000;

describe("a shift", () => {
  it("is the one from 7 or 19 o'clock that ended last", () => {
    expect(lastShift(at(2, 3), ZONE)).toEqual({ from: "2026-03-01T07:00", to: "2026-03-01T19:00" });
    expect(lastShift(at(2, 8), ZONE)).toEqual({ from: "2026-03-01T19:00", to: "2026-03-02T07:00" });
    expect(lastShift(at(2, 20), ZONE)).toEqual({ from: "2026-03-02T07:00", to: "2026-03-02T19:00" });
  });

  it("has one before and one after", () => {
    const shift = { from: "2026-03-01T19:00", to: "2026-03-02T07:00" };
    expect(shifted(shift, -1)).toEqual({ from: "2026-03-01T07:00", to: "2026-03-01T19:00" });
    expect(shifted(shifted(shift, -1), 1)).toEqual(shift);
    expect(shiftOfSearch(shift)).toEqual(shift);
    expect(shiftOfSearch({ from: shift.to, to: shift.from })).toBeNull();
  });
});

it("the last whole month is the clinic's", () => {
  expect(lastMonth(Date.UTC(2026, 2, 31, 18, 29), ZONE)).toBe("2026-02");
  expect(lastMonth(Date.UTC(2026, 2, 31, 18, 31), ZONE)).toBe("2026-03");
});

it("a month has its days, its neighbours and its name", () => {
  expect(daysOfMonth("2028-02")).toEqual({ from: "2028-02-01", to: "2028-02-29" });
  expect([nextMonth("2026-12", 1), nextMonth("2026-01", -1)]).toEqual(["2027-01", "2025-12"]);
  expect(monthText("2026-10")).toBe("October 2026");
  expect([monthOfSearch({ month: "2026-13" }), monthOfSearch({ month: "2026-07" })]).toEqual([null, "2026-07"]);
});
