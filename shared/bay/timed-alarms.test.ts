/** What falls due by the session's own clocks: cuff, plan, recovery. */
import { describe, expect, it } from "vitest";
import { boardRow } from "../board/index.ts";
import { BASELINE, infusing, NO_CHECKS, recovering, Scene, WELL } from "./test-scene.ts";

const MIN = 60;
/** A quiet monitor from one minute to the next, without its cuff. */
const quiet = (scene: Scene, fromMin: number, toMin: number): string[] => {
  const told: string[] = [];
  for (let s = fromMin * MIN; s < toMin * MIN; s += 4) told.push(...scene.reads(s, { hr: 70, spo2: 98, rr: 14 }));
  return [...told, ...scene.waits(toMin * MIN)];
};

describe("pressure-overdue", () => {
  it("is low a minute after the cuff was due, medium after another interval, and cleared by a measurement", () => {
    const scene = infusing();
    expect(quiet(scene, 0, 6)).toEqual(["360 raised pressure-overdue low"]);
    expect(quiet(scene, 6, 10.9)).toEqual([]);
    expect(quiet(scene, 10.9, 11)).toEqual(["660 escalated pressure-overdue medium"]);
    expect(scene.reads(660, { sbp: 120, dbp: 75 })).toEqual(["660 cleared pressure-overdue medium"]);
    expect(quiet(scene, 11, 16.9)).toEqual([]);
    expect(quiet(scene, 16.9, 17)).toEqual(["1020 raised pressure-overdue low"]);
  });

  it("takes a failed measurement for none, and a mean pressure for one", () => {
    const scene = infusing();
    quiet(scene, 0, 3);
    scene.reads(180, { sbp: null, dbp: null });
    expect(quiet(scene, 3, 6)).toEqual(["360 raised pressure-overdue low"]);
    expect(scene.reads(360, { ...WELL, sbp: null, dbp: null, map: 80 })).toEqual(["360 cleared pressure-overdue low"]);
  });

  it("works by the recovery programme after the infusion", () => {
    const scene = recovering();
    expect(quiet(scene, 0, 15.9)).toEqual([]);
    expect(quiet(scene, 15.9, 16)).toEqual(["960 raised pressure-overdue low"]);
    const late = infusing();
    quiet(late, 0, 7);
    expect(late.does(425, { type: "end-infusion" })).toEqual([
      "425 act end-infusion recovery",
      "425 cleared pressure-overdue low",
    ]);
  });

  it("falls from medium to low when the cuff is wanted less often", () => {
    const scene = infusing({ cuffIntervalMin: { infusing: 1, recovery: 1.5 } });
    quiet(scene, 0, 3);
    expect(scene.does(182, { type: "end-infusion" })).toEqual([
      "182 act end-infusion recovery",
      "182 deescalated pressure-overdue low",
    ]);
    expect(quiet(scene, 184 / MIN, 4)).toEqual(["240 escalated pressure-overdue medium"]);
  });

  it("is owed by nobody before the infusion", () => {
    const scene = new Scene();
    scene.opens(0);
    expect(quiet(scene, 0, 30)).toEqual([]);
    expect(boardRow(scene.bay).cuffDueAt).toBeNull();
  });
});

describe("plan-elapsed", () => {
  const plan = (min: number) => ({ drug: "ketamine", doseMgPerKg: 0.5, plannedMin: min });
  const planned = (min: number) => {
    const scene = new Scene(NO_CHECKS);
    scene.opens(0);
    scene.does(0, { type: "set-plan", plan: plan(min) });
    scene.does(0, { type: "record-baseline", values: BASELINE });
    scene.does(0, { type: "start-infusion" });
    return scene;
  };

  it("is raised when the planned time is reached and the drug still runs, and cleared when it stops", () => {
    const scene = planned(2);
    expect(quiet(scene, 0, 2)).toEqual(["120 raised plan-elapsed low"]);
    expect(scene.does(125, { type: "end-infusion" })).toEqual([
      "125 act end-infusion recovery",
      "125 cleared plan-elapsed low",
    ]);
  });

  it("comes later by every pause, and rests while paused", () => {
    const scene = planned(2);
    quiet(scene, 0, 1);
    scene.does(60, { type: "pause-infusion", reason: "nausea" });
    expect(quiet(scene, 1, 3)).toEqual([]);
    scene.does(180, { type: "resume-infusion" });
    expect(quiet(scene, 3, 4.1)).toEqual(["240 raised plan-elapsed low"]);
    expect(scene.does(247, { type: "pause-infusion", reason: "end of bag" })[1]).toBe("247 cleared plan-elapsed low");
    expect(scene.does(250, { type: "resume-infusion" })[1]).toBe("250 raised plan-elapsed low");
  });
});

describe("recovery-minimum-reached", () => {
  const short = { recoveryMinimumMin: 2 };

  it("is raised at the end of the countdown, to the millisecond", () => {
    const scene = recovering(short);
    quiet(scene, 0, 1.9);
    expect(scene.waits(119.999)).toEqual([]);
    expect(scene.waits(120)).toEqual(["120 raised recovery-minimum-reached low"]);
  });

  it("gives way to ready-for-discharge as soon as every criterion holds, and that to readiness", () => {
    const scene = recovering(short);
    quiet(scene, 0, 2);
    expect(scene.reads(121, WELL)).toEqual([
      "121 cleared recovery-minimum-reached low",
      "121 raised ready-for-discharge low",
    ]);
    expect(scene.does(122, { type: "declare-ready" })).toEqual([
      "122 act declare-ready ready",
      "122 cleared ready-for-discharge low",
    ]);
    expect(scene.does(123, { type: "return-to-recovery", reason: "dizzy" })).toEqual([
      "123 act return-to-recovery recovery",
      "123 raised ready-for-discharge low",
    ]);
  });

  it("is back when a criterion no longer holds, a vital that wavers a little at the bound excepted", () => {
    const scene = recovering(short); // heart rate 70 at baseline: 56 to 84 begins, 49 to 91 goes on
    quiet(scene, 0, 2);
    scene.reads(121, { ...WELL, hr: 84 });
    expect(scene.standing).toEqual(["ready-for-discharge"]);
    expect(scene.reads(122, { ...WELL, hr: 91 })).toEqual([]);
    expect(scene.reads(123, { ...WELL, hr: 92 })).toEqual([
      "123 raised recovery-minimum-reached low",
      "123 cleared ready-for-discharge low",
    ]);
    expect(scene.reads(124, { ...WELL, hr: 85 })).toEqual([]);
  });

  it("ready-for-discharge is over at the very instant at which a physiological alarm is raised", () => {
    const scene = recovering({ ...short, dischargeWithinBaseline: 1 });
    quiet(scene, 0, 2);
    scene.reads(121, WELL);
    scene.reads(122, { ...WELL, sbp: 70 });
    expect(scene.standing).toEqual(["sbp.low", "recovery-minimum-reached"]);
  });

  it("ready-for-discharge comes with the acknowledgement of the last latched alarm, not with the next reading", () => {
    const scene = recovering(short);
    quiet(scene, 0, 1);
    scene.reads(60, { ...WELL, sbp: 70 });
    scene.reads(61, WELL);
    quiet(scene, 1.1, 2.1);
    scene.reads(126, WELL);
    expect(scene.standing).toEqual(["sbp.low", "recovery-minimum-reached"]);
    expect(scene.does(127, { type: "acknowledge-alarm", alarm: "sbp.low" })).toEqual([
      "127 act acknowledge-alarm recovery",
      "127 acknowledged sbp.low high by n1",
      "127 cleared recovery-minimum-reached low",
      "127 raised ready-for-discharge low",
    ]);
  });
});
