/** Technical and procedural conditions: when each holds, to the millisecond, and when there is nothing to hold. */
import { describe, expect, it } from "vitest";
import type { Bay } from "./bay.ts";
import {
  cuffDueAt,
  deadlineWithoutSilence,
  derivedConditions,
  dischargeFacts,
  dischargeSlack,
  isJudgedForDischarge,
  isSilent,
  silenceDeadline,
  silentAfterMs,
  silentHighAfterMs,
} from "./conditions.ts";
import { infusing, NO_CHECKS, recovering, Scene, WELL } from "./test-scene.ts";

/** The same bay at another instant, with nothing else happening. */
const at = ({ bay }: Scene, s: number): Bay => ({ ...bay, at: s * 1000 });
const holding = (bay: Bay) => derivedConditions(bay).holding.map(({ id, priority }) => `${id} ${priority}`);
const NEVER = Number.POSITIVE_INFINITY;
const SELDOM = { cuffIntervalMin: { infusing: 120, recovery: 120 } };
/** A monitor that sends so seldom that its silence is far off. */
const slow = (scene: Scene): Scene => {
  scene.reads(0, {}, { cadenceS: 1800 });
  return scene;
};

describe("a monitor is silent", () => {
  const cadence = (cadenceS: number) => {
    const scene = infusing();
    scene.reads(0, {}, { cadenceS });
    return [silentAfterMs(scene.bay), silentHighAfterMs(scene.bay)];
  };

  it("after ten seconds or two and a half messages, gravely so after thirty seconds or as many messages", () => {
    expect([1, 4, 5, 60].map(cadence)).toEqual([
      [10_000, 30_000],
      [10_000, 30_000],
      [12_500, 30_000],
      [150_000, 150_000],
    ]);
  });

  it("to the millisecond, also in a free bay, and not where none was ever heard", () => {
    for (const scene of [infusing(), new Scene()]) {
      scene.reads(1, WELL);
      expect([isSilent(at(scene, 10.999)), isSilent(at(scene, 11))]).toEqual([false, true]);
    }
    expect(isSilent(at(new Scene(), 100))).toBe(false);
  });

  it("counted from the session's opening where that came later", () => {
    const scene = new Scene();
    scene.reads(1, WELL);
    scene.opens(100);
    expect([isSilent(at(scene, 109.999)), isSilent(at(scene, 110))]).toEqual([false, true]);
    const never = new Scene();
    never.opens(100);
    expect([isSilent(at(never, 109.999)), isSilent(at(never, 110))]).toEqual([false, true]);
  });

  it("with a priority by how long and by the drug", () => {
    const scene = infusing();
    expect([9.999, 10, 29.999, 30].map((s) => holding(at(scene, s)))).toEqual([
      [],
      ["monitor-silent medium"],
      ["monitor-silent medium"],
      ["monitor-silent high"],
    ]);
    const before = new Scene();
    before.opens(0);
    expect(holding(at(before, 30))).toEqual(["monitor-silent low"]);
  });
});

describe("a signal is lost", () => {
  const lost = (scene: Scene) => {
    scene.reads(1, { hr: 70, spo2: 98 });
    scene.readsOn(2, 6, { hr: 70 });
    return scene;
  };

  it("when its values are stale and the monitor has spoken since, and hidden when that is silent", () => {
    const scene = lost(infusing());
    expect(derivedConditions(scene.bay)).toEqual({
      holding: [{ id: "signal-lost.spo2", kind: "technical", priority: "medium" }],
      inhibited: [],
    });
    expect(derivedConditions(at(scene, 16)).inhibited).toEqual(["signal-lost.spo2"]);
    expect(holding(at(scene, 16))).toEqual(["monitor-silent medium"]);
  });

  it("of low priority without a drug, and nothing at all in a free bay", () => {
    const scene = new Scene();
    scene.opens(0);
    expect(holding(lost(scene).bay)).toEqual(["signal-lost.spo2 low"]);
    expect(derivedConditions(lost(new Scene()).bay)).toEqual({ holding: [], inhibited: [] });
  });

  it("not where the monitor's last word was that very value", () => {
    const scene = infusing();
    scene.reads(1, { spo2: 98 });
    scene.waits(7);
    expect(scene.bay.vitals.spo2.stale).toBe(true);
    expect(holding(scene.bay)).toEqual([]);
  });
});

describe("a cuff pressure is due", () => {
  it("an interval after the last one, or after the start where none came since", () => {
    const scene = new Scene(NO_CHECKS);
    expect(cuffDueAt(scene.bay)).toBeNull();
    scene.opens(0);
    scene.reads(10, WELL);
    expect(cuffDueAt(scene.bay)).toBeNull();
    scene.does(10, { type: "record-baseline", values: { hr: 70, spo2: 98, sbp: 120, dbp: 75 } });
    scene.does(60, { type: "start-infusion" });
    expect(cuffDueAt(scene.bay)).toBe(360_000);
    scene.reads(100, { map: 80 });
    expect(cuffDueAt(scene.bay)).toBe(400_000);
    scene.does(110, { type: "end-infusion" });
    expect(cuffDueAt(scene.bay)).toBe(100_000 + scene.bay.protocol.cuffIntervalMin.recovery * 60_000);
  });

  it("and overdue a minute later, more so after another interval", () => {
    const scene = slow(infusing());
    const cuff = (s: number) => holding(at(scene, s)).filter((line) => line.startsWith("pressure"));
    expect([359.999, 360, 659.999, 660].map(cuff)).toEqual([
      [],
      ["pressure-overdue low"],
      ["pressure-overdue low"],
      ["pressure-overdue medium"],
    ]);
  });
});

describe("what falls due by the session's clocks holds from its instant on", () => {
  it.each([
    ["plan-elapsed low", 2_400, () => slow(infusing(SELDOM))],
    ["observation-overdue low", 1_200, () => slow(infusing(SELDOM))],
    ["recovery-minimum-reached low", 120, () => slow(recovering({ ...SELDOM, recoveryMinimumMin: 2 }))],
    [
      "dissociation-prolonged low",
      20 + 1_800,
      () => {
        const scene = slow(infusing({ ...SELDOM, dissociationExpectedMin: 30 }));
        scene.does(10, { type: "record-observation", observation: { dissociation: 6 } });
        scene.does(20, { type: "end-infusion" });
        return scene;
      },
    ],
  ])("%s", (condition, fromS, made) => {
    const scene = made();
    expect(holding(at(scene, fromS - 0.001))).not.toContain(condition);
    expect(holding(at(scene, fromS))).toContain(condition);
    expect(deadlineWithoutSilence(at(scene, fromS - 0.001))).toBe(fromS * 1000);
  });
});

describe("the next deadline", () => {
  const nextOf = (bay: Bay) => Math.min(deadlineWithoutSilence(bay), silenceDeadline(bay));

  it("is the earliest of what is still to come, the silence among it", () => {
    const scene = infusing();
    scene.reads(1, WELL);
    const instants = [1, 11, 31, 361, 661, 1_200].map((s) => nextOf(at(scene, s)));
    expect(instants).toEqual([11_000, 31_000, 361_000, 661_000, 1_200_000, 2_400_000]);
    expect(deadlineWithoutSilence(at(scene, 1))).toBe(361_000);
    expect(deadlineWithoutSilence(at(scene, 2_400))).toBe(NEVER);
  });

  it("of a free bay is its monitor's silence, or nothing", () => {
    const free = new Scene();
    expect(nextOf(free.bay)).toBe(NEVER);
    free.reads(1, WELL);
    expect([1, 11].map((s) => nextOf(at(free, s)))).toEqual([11_000, NEVER]);
    expect(deadlineWithoutSilence(free.bay)).toBe(NEVER);
  });

  it("of one who waits in preparation knows of no least stay", () => {
    const scene = new Scene();
    scene.opens(0);
    expect([0, 10, 30].map((s) => nextOf(at(scene, s)))).toEqual([10_000, 30_000, NEVER]);
  });
});

describe("the way home", () => {
  const home = { ...SELDOM, recoveryMinimumMin: 2, dischargeFacts: [], dischargeCuffs: 1, limits: {} };

  it("is judged in recovery, once the least stay is over", () => {
    const scene = slow(recovering(home));
    expect([119.999, 120].map((s) => isJudgedForDischarge(at(scene, s)))).toEqual([false, true]);
    expect([slow(infusing(home)), new Scene()].map((each) => isJudgedForDischarge(at(each, 10_000)))).toEqual([
      false,
      false,
    ]);
  });

  it("is one word at a time, and once it is open values may waver", () => {
    const scene = slow(recovering(home));
    scene.reads(119, WELL);
    expect(dischargeSlack(scene.bay)).toBe(0);
    expect(scene.waits(120)).toContain("120 raised ready-for-discharge low");
    expect(scene.standing).not.toContain("recovery-minimum-reached");
    expect(dischargeSlack(scene.bay)).toBe(0.1);
  });

  it("goes by fresh values, by the pressure that is complete, and by the set before it", () => {
    const scene = slow(infusing(home));
    scene.reads(10, { hr: 70, spo2: 98, sbp: 120 });
    expect(dischargeFacts(scene.bay)).toMatchObject({
      vitals: { hr: 70, spo2: 98, sbp: 120, dbp: null },
      pressureAt: null,
      before: { hr: null, spo2: null, sbp: null, dbp: null, at: null },
      physiologicalAlarms: 0,
    });
    scene.reads(12, { dbp: 75 });
    expect(dischargeFacts(scene.bay).pressureAt).toBe(10_000);
    scene.reads(20, { hr: 72, sbp: 122, dbp: 76 });
    expect(dischargeFacts(scene.bay)).toMatchObject({
      pressureAt: 20_000,
      before: { hr: 70, spo2: 98, sbp: 120, dbp: 75, at: 10_000 },
    });
    scene.waits(20_000);
    expect(dischargeFacts(scene.bay).vitals).toEqual({ hr: null, spo2: null, sbp: null, dbp: null });
  });

  it("counts the alarms of vital signs that stand, and no others", () => {
    const scene = infusing();
    scene.reads(1, { sbp: 70, dbp: 30 });
    scene.waits(15);
    expect(scene.standing).toContain("monitor-silent");
    expect(dischargeFacts(scene.bay).physiologicalAlarms).toBe(2);
  });
});
