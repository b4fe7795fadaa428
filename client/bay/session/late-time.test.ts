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

it("finds every minute of the last hours again, across both changes of summer time", () => {
  const changes = [Date.UTC(2026, 2, 29, 1), Date.UTC(2026, 9, 25, 1), NOW];
  const minute = fc.integer({ min: 0, max: 5 * 60 });
  fc.assert(
    fc.property(fc.constantFrom(...changes), minute, minute, (change, afterMin, agoMin) => {
      const now = change + afterMin * 60_000;
      const meant = now - agoMin * 60_000;
      const wall = new Date(meant + BERLIN.offsetMs(meant)).toISOString().slice(11, 16);
      const found = at(wall, now, now - 6 * HOUR) ?? Number.NaN;
      // Of an hour that came twice the later one is meant.
      expect([0, HOUR]).toContain(found - meant);
      expect(found).toBeLessThanOrEqual(now);
      expect(new Date(found + BERLIN.offsetMs(found)).toISOString().slice(11, 16)).toBe(wall);
    }),
  );
});
