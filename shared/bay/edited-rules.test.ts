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
  relative: [],
});
/** The pressure's limits as a nurse writes them: the high warning, and rises over the baseline. */
const sbpHigh = (limit: number, ...rises: number[]): Command => ({
  type: "set-limits",
  vital: "sbp",
  limits: { high: { warning: { ...tier, limit } } },
  relative: rises.map((riseOverBaseline) => ({ ...tier, riseOverBaseline })),
});
const off: Command = { type: "alarm-off", vital: "hr", reason: "shivering" };
const on: Command = { type: "alarm-on", vital: "hr" };
const silence = (line: string) => !line.includes("silent");

describe("new limits", () => {
  it("judge the last valid reading at once, both ways", () => {
    const scene = infusing({ limits: HR_LOW });
    scene.reads(1, { hr: 55 });
    expect(scene.does(2, hrLow(60))).toEqual([
      "2 act set-limits infusing",
      "2 raised hr.low warning medium 55 60 limits-changed",
    ]);
    expect(scene.does(3, hrLow(50))).toEqual(["3 act set-limits infusing", "3 cleared hr.low medium limits-changed"]);
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
    const high = { high: { warning: { ...tier, limit: 120 } } };
    expect(scene.does(2, { type: "set-limits", vital: "hr", limits: high, relative: [] })).toEqual([
      "2 act set-limits infusing",
      "2 cleared hr.low medium limits-changed",
    ]);
  });

  it("without the critical tier an alarm falls back to the warning", () => {
    const limits: Limits = { hr: { low: { ...HR_LOW.hr?.low, critical: { ...tier, priority: "high", limit: 40 } } } };
    const scene = infusing({ limits });
    scene.reads(1, { hr: 35 });
    expect(scene.does(2, hrLow(50))).toEqual([
      "2 act set-limits infusing",
      "2 deescalated hr.low warning medium limits-changed",
    ]);
    expect(scene.reads(3, WELL)).toEqual(["3 cleared hr.low medium latched"]);
  });

  it("with another priority for the tier of a standing alarm give it that priority", () => {
    const scene = infusing({ limits: HR_LOW });
    scene.reads(1, { hr: 45 });
    expect(scene.does(2, hrLow(50, { priority: "high" }))).toEqual([
      "2 act set-limits infusing",
      "2 escalated hr.low warning high 45 50 limits-changed",
    ]);
    expect(scene.bay.alarms.map(({ priority }) => priority)).toEqual(["high"]);
  });

  it("of which an alarm goes on show on it at once, with no event", () => {
    const scene = infusing({ limits: HR_LOW });
    scene.reads(1, { hr: 45 });
    expect(scene.does(2, hrLow(47))).toEqual(["2 act set-limits infusing"]);
    expect(scene.bay.alarms).toMatchObject([{ id: "hr.low", condition: "present", limit: 47 }]);
  });

  it("show on an alarm while its value is stale, and the value has the last word when it is back", () => {
    const scene = infusing({ limits: HR_LOW });
    scene.reads(1, { hr: 45 });
    scene.waits(6);
    scene.does(7, hrLow(47));
    expect(scene.bay.alarms).toMatchObject([{ id: "hr.low", condition: "unknown", limit: 47 }]);
    expect(scene.reads(8, { hr: 45 })).toEqual(["8 present hr.low warning medium"]);
  });

  it("are the whole truth of a vital: without a rise over the baseline there is none any more", () => {
    const scene = infusing();
    expect(scene.reads(1, { sbp: 160 })).toEqual(["1 raised sbp.high warning medium 160 156"]);
    expect(scene.does(2, sbpHigh(170))).toEqual([
      "2 act set-limits infusing",
      "2 cleared sbp.high medium limits-changed",
    ]);
    expect(scene.bay.relative.map(({ vital }) => vital)).toEqual(["dbp"]);
    expect(scene.reads(3, { sbp: 169 })).toEqual([]);
    expect(scene.reads(4, { sbp: 171, dbp: 98 })).toEqual([
      "4 raised sbp.high warning medium 171 170",
      "4 raised dbp.high warning medium 98 97.5",
    ]);
  });

  it("may bring another rise over the baseline, which goes on where the one before it was", () => {
    const scene = infusing();
    scene.reads(1, { sbp: 160 });
    expect(scene.does(2, sbpHigh(170, 0.25))).toEqual(["2 act set-limits infusing"]);
    expect(scene.bay.alarms).toMatchObject([{ id: "sbp.high", limit: 150 }]);
    expect(scene.does(3, sbpHigh(170, 0.5))).toEqual([
      "3 act set-limits infusing",
      "3 cleared sbp.high medium limits-changed",
    ]);
  });

  it("leave the rises of other vitals where they were", () => {
    const rise = { ...tier, riseOverBaseline: 0.3 };
    const relative = [
      { ...rise, vital: "sbp" as const },
      { ...rise, vital: "dbp" as const },
    ];
    const scene = infusing({ limits: {}, relative });
    scene.reads(1, { dbp: 98 });
    expect(scene.does(2, sbpHigh(170))).toEqual(["2 act set-limits infusing"]);
    expect(scene.standing).toEqual(["dbp.high"]);
  });

  it("that hold nothing are refused, with the way to switch alarms off", () => {
    const scene = infusing();
    for (const limits of [{}, { low: {} }, { low: {}, high: {} }]) {
      const before = scene.bay;
      const command = { type: "set-limits" as const, vital: "spo2" as const, limits, relative: [] };
      expect(scene.does(1, command)).toEqual(["1 refused set-limits no-limits"]);
      expect(scene.bay).toEqual(before);
    }
    expect(scene.refusals.at(-1)).toBe(
      "Without any limit SpO₂ would not alarm at all. Give at least one, or switch its alarms off with a reason (alarm-off).",
    );
  });

  it("that hold nothing are the way back where the protocol has none", () => {
    const scene = infusing();
    const limits = { low: { warning: { ...tier, limit: 60 } } };
    scene.does(1, { type: "set-limits", vital: "map", limits, relative: [] });
    expect(scene.does(2, { type: "set-limits", vital: "map", limits: {}, relative: [] })).toEqual([
      "2 act set-limits infusing",
    ]);
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
    expect(scene.does(3, on)).toEqual(["3 act alarm-on infusing", "3 raised hr.low warning medium 45 50 alarm-on"]);
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
