/** What people change in the rules of one session: limits, and alarms off. */
import { describe, expect, it } from "vitest";
import type { Limits } from "../protocol/index.ts";
import type { Command } from "../session/index.ts";
import { infusing, NURSE, Scene, WELL } from "./test-scene.ts";

const tier = { priority: "medium" as const, delay: 0, offDelay: 0, deadband: 0 };
const HR_LOW: Limits = { hr: { low: { warning: { ...tier, limit: 50 } } } };
const hrLow = (limit: number, more: object = {}): Command => ({
  type: "set-limits",
  vital: "hr",
  limits: { low: { warning: { ...tier, limit, ...more } } },
});
const off: Command = { type: "alarm-off", vital: "hr", reason: "shivering" };
const on: Command = { type: "alarm-on", vital: "hr" };
const silence = (line: string) => !line.includes("silent");

describe("new limits", () => {
  it("judge the last valid reading at once, both ways", () => {
    const scene = infusing({ limits: HR_LOW });
    scene.reads(1, { hr: 55 });
    expect(scene.does(2, hrLow(60))).toEqual(["2 act set-limits infusing", "2 raised hr.low warning medium 55 60"]);
    expect(scene.does(3, hrLow(50))).toEqual(["3 act set-limits infusing", "3 cleared hr.low medium"]);
  });

  it("count their delay from the command", () => {
    const scene = infusing({ limits: HR_LOW });
    scene.reads(1, { hr: 55 });
    expect(scene.does(3, hrLow(60, { delay: 2 }))).toEqual(["3 act set-limits infusing"]);
    expect(scene.waits(5)).toEqual(["5 raised hr.low warning medium 55 60"]);
  });

  it("take a stale value for no evidence, neither for an alarm nor against one", () => {
    const quiet = infusing({ limits: HR_LOW });
    quiet.reads(1, { hr: 55 });
    quiet.waits(6);
    expect(quiet.does(7, hrLow(60))).toEqual(["7 act set-limits infusing"]);
    expect(quiet.reads(8, { hr: 55 })).toEqual(["8 raised hr.low warning medium 55 60"]);
    const loud = infusing({ limits: HR_LOW });
    loud.reads(1, { hr: 45 });
    loud.waits(6);
    expect(loud.does(7, hrLow(40))).toEqual(["7 act set-limits infusing"]);
    expect(loud.bay.alarms.map(({ id, condition }) => `${id} ${condition}`)).toEqual(["hr.low unknown"]);
    expect(loud.reads(8, { hr: 45 })).toContain("8 cleared hr.low medium");
  });

  it("leave a delay that runs and the alarms of other vitals alone", () => {
    const scene = infusing({ limits: { ...HR_LOW, rr: { low: { warning: { ...tier, limit: 8, delay: 10 } } } } });
    scene.reads(1, { hr: 45, rr: 5 });
    expect(scene.does(4, hrLow(50))).toEqual(["4 act set-limits infusing"]);
    scene.reads(5, { hr: 45, rr: 5 });
    expect(scene.waits(10).filter(silence)).toEqual(["10 unknown hr.low warning medium"]); // rr went stale with it
    const steady = infusing({ limits: { rr: { low: { warning: { ...tier, limit: 8, delay: 10 } } } } });
    steady.readsOn(1, 6, { rr: 5 });
    steady.does(6, hrLow(50));
    expect(steady.readsOn(7, 11, { rr: 5 })).toEqual(["11 raised rr.low warning medium 5 8"]);
  });

  it("without the direction of an alarm that stands clear it, with the reason", () => {
    const scene = infusing({ limits: HR_LOW });
    scene.reads(1, { hr: 45 });
    expect(scene.does(2, { type: "set-limits", vital: "hr", limits: {} })).toEqual([
      "2 act set-limits infusing",
      "2 cleared hr.low medium limits-changed",
    ]);
  });

  it("without the critical tier an alarm falls back to the warning", () => {
    const limits: Limits = { hr: { low: { ...HR_LOW.hr?.low, critical: { ...tier, priority: "high", limit: 40 } } } };
    const scene = infusing({ limits });
    scene.reads(1, { hr: 35 });
    expect(scene.does(2, hrLow(50))).toEqual(["2 act set-limits infusing", "2 deescalated hr.low warning medium"]);
    expect(scene.reads(3, WELL)).toEqual(["3 cleared hr.low medium latched"]);
  });

  it("with another priority for the tier of a standing alarm give it that priority", () => {
    const scene = infusing({ limits: HR_LOW });
    scene.reads(1, { hr: 45 });
    scene.does(2, hrLow(50, { priority: "high" }));
    expect(scene.bay.alarms.map(({ priority }) => priority)).toEqual(["high"]);
  });

  it("need a session", () => {
    for (const command of [hrLow(50), off, on]) {
      expect(new Scene().does(1, command)).toEqual([`1 refused ${command.type} no-session`]);
    }
  });
});

describe("an alarm that is switched off", () => {
  it("is gone at once, seen or not, and stays quiet whatever the vital does", () => {
    const scene = infusing({ limits: { hr: { low: { critical: { ...tier, priority: "high", limit: 50 } } } } });
    scene.reads(1, { hr: 45 });
    expect(scene.does(2, off)).toEqual(["2 act alarm-off infusing", "2 cleared hr.low high alarm-off"]);
    expect(scene.standing).toEqual([]);
    expect(scene.readsOn(3, 60, { hr: 0 })).toEqual([]);
    expect(scene.bay.alarmsOff).toEqual([{ vital: "hr", by: NURSE.id, name: "Nora", reason: "shivering" }]);
  });

  it("leaves the other vitals’ alarms and the lost signal on", () => {
    const scene = infusing();
    scene.does(1, off);
    expect(scene.reads(2, { hr: 10, sbp: 70 })).toEqual(["2 raised sbp.low critical high 70 80"]);
    expect(scene.readsOn(3, 7, { spo2: 98 })).toEqual(["7 raised signal-lost.hr medium"]);
  });

  it("does not take away one that is already cleared and not seen", () => {
    const scene = infusing({ limits: { hr: { low: { critical: { ...tier, priority: "high", limit: 50 } } } } });
    scene.reads(1, { hr: 45 });
    scene.reads(2, { hr: 60 });
    scene.does(3, off);
    expect(scene.bay.alarms.map(({ id, condition }) => `${id} ${condition}`)).toEqual(["hr.low gone"]);
  });

  it("switched on judges the last valid reading at once, unless it is stale", () => {
    const scene = infusing({ limits: HR_LOW });
    scene.does(1, off);
    scene.reads(2, { hr: 45 });
    expect(scene.does(3, on)).toEqual(["3 act alarm-on infusing", "3 raised hr.low warning medium 45 50"]);
    scene.does(4, off);
    scene.waits(8);
    expect(scene.does(9, on)).toEqual(["9 act alarm-on infusing"]);
  });

  it("takes edited limits for when it is on again", () => {
    const scene = infusing({ limits: HR_LOW });
    scene.does(1, off);
    scene.reads(2, { hr: 45 });
    expect(scene.does(3, hrLow(40))).toEqual(["3 act set-limits infusing"]);
    expect(scene.does(4, on)).toEqual(["4 act alarm-on infusing"]);
  });

  it("twice, or on when it is on, is refused", () => {
    const scene = infusing();
    expect(scene.does(1, on)).toEqual(["1 refused alarm-on already-done"]);
    scene.does(2, off);
    expect(scene.does(3, off)).toEqual(["3 refused alarm-off already-done"]);
  });
});
