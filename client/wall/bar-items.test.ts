import type { BoardAlarm } from "@vigil/shared/board";
import fc from "fast-check";
import { BehaviorSubject } from "rxjs";
import { expect, it } from "vitest";
import type { LiveBay } from "../live/index.ts";
import { summarise } from "../live/summary.ts";
import { alarm, infusing } from "../live/testing/rows.ts";
import { barItems } from "./bar-items.ts";

function bay(name: string, alarms: readonly BoardAlarm[]): LiveBay {
  const row = infusing(name, 0, { alarms });
  const trend = { buckets: [], cuffs: [] };
  return { id: row.bay, name, facts: new BehaviorSubject(row), row: new BehaviorSubject(row), trend };
}
const medium = (acknowledged = false) => alarm({ id: "hr.high", priority: "medium", acknowledged });
const low = () => alarm({ id: "plan-elapsed", priority: "low" });
const itemsOf = (bays: readonly LiveBay[], flood: boolean) => barItems(summarise(bays, null).alarms, flood);

it("is every alarm while there is no flood", () => {
  const items = itemsOf([bay("1", [alarm(), medium()]), bay("2", [low()])], false);
  expect(items.map(({ kind, bay: { name } }) => `${name} ${kind}`)).toEqual(["1 alarm", "1 alarm", "2 alarm"]);
});

it("is in a flood each high alarm, then each bay with what else it has, the gravest first", () => {
  const items = itemsOf(
    [bay("1", [low()]), bay("2", [alarm(), medium(true), low(), low()]), bay("3", [medium()])],
    true,
  );
  expect(items).toMatchObject([
    { kind: "alarm", bay: { name: "2" }, alarm: { priority: "high" } },
    { kind: "count", bay: { name: "3" }, priority: "medium", waits: true, counts: { medium: 1, low: 0 } },
    { kind: "count", bay: { name: "2" }, priority: "medium", waits: false, counts: { medium: 1, low: 2 } },
    { kind: "count", bay: { name: "1" }, priority: "low", waits: true, counts: { medium: 0, low: 1 } },
  ]);
});

it("loses no alarm and counts no high one, whatever there is", () => {
  const any = fc.record({ priority: fc.constantFrom("high", "medium", "low"), acknowledged: fc.boolean() });
  fc.assert(
    fc.property(fc.array(fc.array(any, { maxLength: 6 }), { maxLength: 12 }), (given) => {
      const bays = given.map((alarms, i) =>
        bay(
          String(i),
          alarms.map((one) => alarm(one)),
        ),
      );
      const items = itemsOf(bays, true);
      const counted = { high: 0, medium: 0, low: 0 };
      for (const item of items) {
        if (item.kind === "alarm") counted[item.alarm.priority]++;
        else for (const priority of ["high", "medium", "low"] as const) counted[priority] += item.counts[priority];
        if (item.kind === "count") expect(item.counts.high).toBe(0);
      }
      for (const priority of ["high", "medium", "low"] as const) {
        expect(counted[priority]).toBe(given.flat().filter((one) => one.priority === priority).length);
      }
    }),
  );
});
