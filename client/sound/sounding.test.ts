import { BehaviorSubject } from "rxjs";
import { expect, it } from "vitest";
import { alarm, infusing } from "../live/testing/rows.ts";
import { REMINDER_LASTS_MS, soundingOf } from "./sounding.ts";

const NOW = 1_000_000;

function heard(given: Parameters<typeof alarm>[0], now = NOW) {
  const row = infusing("1", 0, { alarms: [alarm({ callsSince: 5, ...given })] });
  const bay = {
    id: row.bay,
    name: "1",
    facts: new BehaviorSubject(row),
    row: new BehaviorSubject(row),
    trend: { buckets: [], cuffs: [] },
  };
  return soundingOf(
    row.alarms.map((one) => ({ bay, alarm: one })),
    now,
  );
}

it("is every alarm that sounds, from when it called", () => {
  expect(heard({})).toEqual([{ bay: "1", id: "spo2.low", priority: "high", callsSince: 5 }]);
  expect(heard({ annunciation: "paused" })).toEqual([]);
  expect(heard({ annunciation: "silent", acknowledged: true })).toEqual([]);
});

it("is, once, an acknowledged alarm of which somebody was reminded, on a screen opened within the minute too", () => {
  const reminded = { annunciation: "silent", acknowledged: true, remindedAt: NOW } as const;
  const call = [{ bay: "1", id: "spo2.low", priority: "high", callsSince: NOW, once: true }];
  expect(heard(reminded)).toEqual(call);
  expect(heard(reminded, NOW + REMINDER_LASTS_MS - 1)).toEqual(call);
  expect(heard(reminded, NOW + REMINDER_LASTS_MS)).toEqual([]);
});
