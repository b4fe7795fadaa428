import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, daysBetween, instantOf, isZone, localDateOf, localTimeOf } from "./calendar.ts";

const ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Africa/Casablanca", "UTC"];
const zone = fc.constantFrom(...ZONES);
const instant = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2060, 0, 1) });
const days = fc.integer({ min: -800, max: 800 });

describe("a local day", () => {
  it("is the clinic's, not the server's: midnight falls where the clinic is", () => {
    const at = Date.UTC(2026, 2, 28, 23, 30);
    expect(localDateOf(at, "UTC")).toBe("2026-03-28");
    expect(localDateOf(at, "Europe/Berlin")).toBe("2026-03-29");
    expect(localDateOf(at, "America/New_York")).toBe("2026-03-28");
  });

  it("never drifts: n days on from any instant is n days on, over every change of the clocks", () => {
    fc.assert(
      fc.property(instant, days, zone, (at, n, where) => {
        const date = localDateOf(at, where);
        const then = addDays(date, n);
        expect(daysBetween(date, then)).toBe(n);
        const noon = instantOf(then, "12:00", where);
        expect(noon).not.toBeNull();
        expect(localDateOf(noon!, where)).toBe(then);
        expect(localTimeOf(noon!, where)).toBe("12:00");
      }),
    );
  });

  it("keeps the time on the wall when a booking lies beyond a change of the clocks", () => {
    const before = instantOf("2026-03-28", "09:30", "Europe/Berlin")!;
    const after = instantOf("2026-03-29", "09:30", "Europe/Berlin")!;
    expect(after - before).toBe(23 * 3_600_000);
    expect(localTimeOf(after, "Europe/Berlin")).toBe("09:30");
  });

  it("has no instant that the clocks skip, and the first of one that comes twice", () => {
    expect(instantOf("2026-03-29", "02:30", "Europe/Berlin")).toBeNull();
    expect(instantOf("2026-10-25", "02:30", "Europe/Berlin")).toBe(Date.UTC(2026, 9, 25, 0, 30));
  });
});

it("knows a zone from a misspelt one", () => {
  expect(ZONES.every(isZone)).toBe(true);
  expect(["", "Berlin", "Europe/Nowhere"].some(isZone)).toBe(false);
});
