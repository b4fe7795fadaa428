/** What the monitor and its link do wrong (alarms.md, "Technical alarms"). */
import fc from "fast-check";
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
  /** One message a second from `fromS` on, each with the device's clock that many seconds off ours. */
  function tells(scene: Scene, fromS: number, ...offsetsS: number[]): string[] {
    return offsetsS.flatMap((offset, i) => scene.reads(fromS + i, WELL, { measuredAtS: fromS + i + offset }));
  }

  it("is raised when five messages have the clock off by more than 5 s, and cleared when it is right again", () => {
    const ahead = infusing();
    expect(tells(ahead, 1, 5, 5, 5, 5, 5, 5)).toEqual([]);
    expect(tells(ahead, 10, 5.001, 5.001)).toEqual(["11 raised clock-skew low"]);
    expect(tells(ahead, 12, 0, 0, 0, 0)).toEqual(["15 cleared clock-skew low"]);
    const behind = infusing();
    expect(tells(behind, 1, -5.1, -5.1, -5.1, -5.1)).toEqual([]);
    expect(tells(behind, 5, -5.1)).toEqual(["5 raised clock-skew low"]);
    expect(tells(behind, 6, 0, 0)).toEqual(["7 cleared clock-skew low"]);
  });

  it("is not raised by a late message, the first included", () => {
    expect(tells(infusing(), 1, -30, 0, 0, 0, 0, 0)).toEqual([]);
    expect(tells(infusing(), 1, 0, 0, 0, 0, 0, -30, 0)).toEqual([]);
  });

  it("is not raised by what was held up on the way and comes all at once", () => {
    const scene = infusing();
    tells(scene, 1, 0, 0, 0, 0);
    const told: string[] = [];
    for (let s = 5; s < 14; s++) told.push(...scene.reads(13.9 + s / 1000, WELL, { measuredAtS: s }));
    told.push(...tells(scene, 15, 0, 0, 0));
    expect(told).toEqual([]);
  });

  it("whatever one message says among others that are right, and whenever, is not raised", () => {
    const right = fc.double({ min: -5, max: 5, noNaN: true });
    const wrong = fc.double({ min: -86_400, max: 300, noNaN: true });
    fc.assert(
      fc.property(fc.array(right, { minLength: 4, maxLength: 12 }), wrong, fc.nat(), (offsets, bad, place) => {
        const told = offsets.toSpliced(place % (offsets.length + 1), 0, bad);
        expect(tells(infusing(), 1, ...told.map((offset) => Math.trunc(offset * 1000) / 1000))).toEqual([]);
      }),
    );
  });

  it("is raised by the fifth message of a clock that is off, however late the messages come, and not before", () => {
    const skew = fc.oneof(fc.integer({ min: -86_400, max: -6 }), fc.integer({ min: 66, max: 300 }));
    const lateness = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(skew, lateness, (off, late) => {
        expect(tells(infusing(), 1, ...late.map((s) => off - s))).toEqual(["5 raised clock-skew low"]);
      }),
    );
  });

  it("a device that does not tell its time is not accused", () => {
    expect(infusing().readsOn(1, 30, WELL)).toEqual([]);
  });
});

it("what is told of a lost signal bears no value: it is about none", () => {
  const scene = infusing();
  scene.reads(1, WELL);
  scene.readsOn(2, 8, { ...WELL, hr: null });
  expect(scene.standing).toEqual(["signal-lost.hr"]);
  const { events } = scene.outcome(9, { type: "acknowledge-alarm", alarm: "signal-lost.hr" });
  expect(events.find(({ type }) => type === "alarm")).toMatchObject({
    change: "acknowledged",
    value: null,
    limit: null,
  });
});
