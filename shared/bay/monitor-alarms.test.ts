/** What the monitor and its link do wrong (alarms.md, "Technical alarms"). */
import { describe, expect, it } from "vitest";
import { infusing, Scene, WELL } from "./test-scene.ts";

const withoutHr = { spo2: 98, rr: 14 };
const preparing = () => {
  const scene = new Scene();
  scene.opens(0);
  return scene;
};

describe("signal-lost", () => {
  it("is raised when a continuous vital is stale while the monitor talks, and cleared by a valid value", () => {
    const scene = infusing();
    scene.reads(1, WELL);
    expect(scene.readsOn(2, 5, withoutHr)).toEqual([]);
    expect(scene.reads(6, withoutHr)).toEqual(["6 raised signal-lost.hr medium"]);
    expect(scene.reads(7, { ...withoutHr, hr: null })).toEqual([]);
    expect(scene.reads(8, WELL)).toEqual(["8 cleared signal-lost.hr medium"]);
  });

  it("is low while no drug is on board, and rises when the infusion starts", () => {
    const scene = preparing();
    scene.reads(1, WELL);
    expect(scene.readsOn(2, 6, withoutHr)).toEqual(["6 raised signal-lost.hr low"]);
    scene.does(7, { type: "record-baseline", values: { hr: 70, spo2: 98, sbp: 120, dbp: 75 } });
    expect(scene.does(7, { type: "start-infusion" })).toEqual([
      "7 act start-infusion infusing",
      "7 escalated signal-lost.hr medium",
    ]);
  });

  it("is owed from when the monitor first names the vital, even if it never has a value", () => {
    const scene = infusing();
    expect(scene.readsOn(1, 6, { spo2: 98, hr: null })).toEqual(["6 raised signal-lost.hr medium"]);
    expect(scene.readsOn(7, 60, { spo2: 98, hr: null })).toEqual([]);
  });

  it("is not owed for a vital the monitor never names, nor for the cuff", () => {
    const scene = infusing();
    scene.reads(0, { sbp: 120, dbp: 75 });
    expect(scene.readsOn(1, 300, { spo2: 98 })).toEqual([]);
  });

  it("is not raised when the monitor itself falls silent", () => {
    const scene = infusing();
    scene.reads(1, WELL);
    expect(scene.waits(60)).toEqual(["11 raised monitor-silent medium", "31 escalated monitor-silent high"]);
  });
});

describe("monitor-silent", () => {
  it("is medium at 10 s and high at 30 s, and latches when high", () => {
    const scene = infusing();
    scene.reads(5, WELL);
    expect(scene.waits(14.999)).toEqual([]);
    expect(scene.waits(15)).toEqual(["15 raised monitor-silent medium"]);
    expect(scene.waits(34.999)).toEqual([]);
    expect(scene.waits(35)).toEqual(["35 escalated monitor-silent high"]);
    expect(scene.reads(40, WELL)).toEqual(["40 cleared monitor-silent high latched"]);
  });

  it("is low before the infusion, counts from opening when nothing was ever heard, and rises with the start", () => {
    const scene = preparing();
    expect(scene.waits(60)).toEqual(["10 raised monitor-silent low"]);
    scene.does(61, { type: "record-baseline", values: { hr: 70, spo2: 98, sbp: 120, dbp: 75 } });
    expect(scene.does(61, { type: "start-infusion" })[1]).toBe("61 escalated monitor-silent high");
  });

  it("hides the signals that were lost, and shows them again when it is over", () => {
    const scene = infusing();
    scene.reads(1, WELL);
    scene.readsOn(2, 8, withoutHr);
    expect(scene.standing).toEqual(["signal-lost.hr"]);
    expect(scene.waits(18)).toEqual(["18 cleared signal-lost.hr medium inhibited", "18 raised monitor-silent medium"]);
    expect(scene.reads(20, withoutHr)).toEqual(["20 raised signal-lost.hr medium", "20 cleared monitor-silent medium"]);
  });

  it("a gateway that sends once a minute is not silent between its messages", () => {
    const scene = infusing();
    scene.reads(1, WELL, { cadenceS: 60 });
    scene.reads(61, WELL);
    expect(scene.waits(210.999)).toEqual([]);
    expect(scene.waits(240)).toEqual(["211 raised monitor-silent high"]);
  });

  it("any message will do, an empty one included", () => {
    const scene = infusing();
    expect(scene.readsOn(1, 60, {})).toEqual([]);
  });
});

describe("clock-skew", () => {
  it("is raised when the device’s clock is off by more than 5 s, and cleared when it is right again", () => {
    const scene = infusing();
    expect(scene.reads(1, {}, { measuredAtS: 6 })).toEqual([]);
    expect(infusing().reads(1, {}, { measuredAtS: 6.001 })).toEqual(["1 raised clock-skew low"]);
    expect(infusing().reads(100, WELL, { measuredAtS: 94.9 })).toContain("100 raised clock-skew low");
    const off = infusing();
    off.reads(1, WELL, { measuredAtS: 3601 });
    for (let s = 2; s < 80; s++) off.reads(s, WELL, { measuredAtS: s });
    expect(off.standing).toEqual([]);
  });

  it("one late message does not raise it", () => {
    const scene = infusing();
    for (let s = 1; s < 9; s++) scene.reads(s, WELL, { measuredAtS: s });
    expect(scene.reads(9, WELL, { measuredAtS: -21 })).toEqual([]);
  });

  it("a device that does not tell its time is not accused", () => {
    expect(infusing().readsOn(1, 30, WELL)).toEqual([]);
  });
});
