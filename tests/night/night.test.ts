/** A short night, so that `npm run night` stays alive: everything in it but the length. */
import { expect, it } from "vitest";
import { liveNight } from "./night.ts";
import { nightTables } from "./table.ts";

it("over half an hour of three bays, hurried, with three kills: the books balance", async () => {
  const report = await liveNight({ bays: 3, hours: 0.6, speed: 100, seed: 1 }, () => undefined);
  expect(report.problems).toEqual([]);
  // It was a night: sessions, alarms that were shown, a server that came back.
  expect([...report.scenarios.values()].filter((sessions) => sessions > 0).length).toBeGreaterThan(0);
  expect(report.books.total.raised).toBeGreaterThan(0);
  expect(report.wall.seen).toBeGreaterThan(0);
  expect(report.counts["kills of the server"]).toBe(3);
  expect(report.counts["patients moved"]).toBeGreaterThan(0);
  expect(nightTables(report)).toContain("The books balance.");
});
