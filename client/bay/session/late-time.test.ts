import fc from "fast-check";
import { expect, it } from "vitest";
import { zoneText } from "../../ui/zone-text.ts";
import { lateTimeOf } from "./late-time.ts";

const BERLIN = zoneText("Europe/Berlin", 0, 0);
/** Half past two in the afternoon in Berlin, in summer. */
const NOW = Date.UTC(2026, 6, 1, 12, 30);
const HOUR = 3_600_000;
const at = (text: string, now = NOW, openedAt = now - 2 * HOUR) => lateTimeOf(text, { now, openedAt, zone: BERLIN });

it("reads a time of the clinic's clock in the ways in which people type it", () => {
  const noon = Date.UTC(2026, 6, 1, 12, 3);
  for (const text of ["14:03", "14.03", "14,03", "1403", " 14:03 "]) expect(at(text)).toBe(noon);
  expect(at("14:03:20")).toBe(noon + 20_000);
  for (const text of ["", "soon", "25:00", "14:60", "14", "14:03:61"]) expect(at(text)).toBeNull();
});

it("takes the day before where only that lies in the session, and gives what is still to come as it is", () => {
  const afterMidnight = Date.UTC(2026, 6, 1, 22, 10);
  expect(at("23:50", afterMidnight)).toBe(afterMidnight - 20 * 60_000);
  expect(at("23:50", afterMidnight, afterMidnight - 60_000)).toBe(afterMidnight + (23 * 60 + 40) * 60_000);
  expect(at("14:40")).toBe(NOW + 10 * 60_000);
});

it("tells the hour that comes twice by what is not still to come", () => {
  const first = Date.UTC(2026, 9, 25, 0, 30); // 02:30 summer time
  expect(at("02:30", first + 10 * 60_000)).toBe(first);
  expect(at("02:30", first + HOUR + 10 * 60_000)).toBe(first + HOUR);
});

/** A zone, and when its clocks change in 2026: by an hour, or by half of one, forward and back. */
const CHANGES = [
  ["Europe/Berlin", Date.UTC(2026, 2, 29, 1), Date.UTC(2026, 9, 25, 1)],
  ["America/New_York", Date.UTC(2026, 2, 8, 7), Date.UTC(2026, 10, 1, 6)],
  ["Australia/Lord_Howe", Date.UTC(2026, 9, 3, 15, 30), Date.UTC(2026, 3, 4, 15)],
  ["Asia/Kathmandu", NOW, NOW],
] as const;

it.each(CHANGES)(
  "finds every minute of the last hours again in %s, across both changes of its clocks",
  (name, ...changes) => {
    const zone = zoneText(name, 0, 0);
    const wallOf = (instant: number) => new Date(instant + zone.offsetMs(instant)).toISOString().slice(11, 16);
    const minute = fc.integer({ min: 0, max: 5 * 60 });
    fc.assert(
      fc.property(fc.constantFrom(...changes), minute, minute, (change, afterMin, agoMin) => {
        const now = change + afterMin * 60_000;
        const meant = now - agoMin * 60_000;
        const found = lateTimeOf(wallOf(meant), { now, openedAt: now - 6 * HOUR, zone }) ?? Number.NaN;
        // Of a time that came twice the later one is meant.
        const back = zone.offsetMs(change - 60_000) - zone.offsetMs(change);
        expect([0, Math.max(0, back)]).toContain(found - meant);
        expect(found).toBeLessThanOrEqual(now);
        expect(wallOf(found)).toBe(wallOf(meant));
      }),
    );
  },
);

it("tells the half hour that comes twice on Lord Howe, and a time before it by the day it was", () => {
  const lordHowe = zoneText("Australia/Lord_Howe", 0, 0);
  const back = Date.UTC(2026, 3, 4, 15); // 02:00 becomes 01:30
  const typed = (text: string, now: number) => lateTimeOf(text, { now, openedAt: back - 3 * HOUR, zone: lordHowe });
  expect(typed("01:40", back - 10 * 60_000)).toBe(back - 20 * 60_000);
  expect(typed("01:40", back + 15 * 60_000)).toBe(back + 10 * 60_000);
  expect(typed("01:50", back + 15 * 60_000)).toBe(back - 10 * 60_000);
  expect(typed("23:50", back + 15 * 60_000)).toBe(back - 130 * 60_000);
});
