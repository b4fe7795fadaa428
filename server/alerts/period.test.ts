import { describe, expect, it } from "vitest";
import { periodBefore, scopeIn } from "./period.ts";

const BERLIN = "Europe/Berlin";
const HOUR = 3_600_000;

describe("times on the clinic's wall", () => {
  it("a day is that whole day, an hour shorter or longer when the clocks change", () => {
    for (const [day, hours] of [
      ["2026-03-28", 24],
      ["2026-03-29", 23],
      ["2026-10-25", 25],
    ] as const) {
      const scope = scopeIn(BERLIN, { from: day, to: day });
      expect(scope!.to - scope!.from).toBe(hours * HOUR);
    }
  });

  it("a time is that minute, an instant itself, what is left out is left out", () => {
    expect(scopeIn(BERLIN, { from: "2026-03-02T18:30", bay: "1" })).toEqual({
      from: Date.UTC(2026, 2, 2, 17, 30),
      bay: "1",
    });
    expect(scopeIn(BERLIN, { to: 7 })).toEqual({ to: 7 });
  });

  it("there is no 30 February", () => {
    expect(scopeIn(BERLIN, { from: "2026-02-30" })).toBeNull();
    expect(scopeIn(BERLIN, { to: "2026-02-01T24:30" })).toBeNull();
  });
});

describe("the period before", () => {
  const earlier = (from: string, to: string) => {
    const scope = scopeIn(BERLIN, { from, to });
    return periodBefore(BERLIN, { from, to }, scope!);
  };
  const wall = (day: string) => scopeIn(BERLIN, { from: day })?.from;

  it("of a month is the month before, of days as many days, of hours as many hours", () => {
    expect(earlier("2026-03-01", "2026-03-31")).toEqual({ from: wall("2026-02-01"), to: wall("2026-03-01") });
    expect(earlier("2026-03-02", "2026-03-31")).toEqual({ from: wall("2026-01-31"), to: wall("2026-03-02") });
    expect(earlier("2026-10-25", "2026-10-25")).toEqual({ from: wall("2026-10-24"), to: wall("2026-10-25") });
    expect(periodBefore(BERLIN, { from: 10 * HOUR, to: 12 * HOUR }, { from: 10 * HOUR, to: 12 * HOUR })).toEqual({
      from: 8 * HOUR,
      to: 10 * HOUR,
    });
  });
});
