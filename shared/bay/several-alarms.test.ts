/** More than one alarm at a bay: what happens to one leaves the others as they are. */
import { describe, expect, it } from "vitest";
import { annunciation } from "../alarms/index.ts";
import { BASELINE, infusing, NO_CHECKS, NURSE, Scene, WELL } from "./test-scene.ts";

const alarm = (scene: Scene, id: string) => scene.bay.alarms.find((each) => each.id === id)!;
const HIGH = { priority: "high" as const };
const TWO = {
  limits: {
    sbp: { low: { critical: { limit: 80, ...HIGH } }, high: { critical: { limit: 180, ...HIGH } } },
    dbp: { low: { critical: { limit: 40, ...HIGH } } },
  },
  cuffIntervalMin: { infusing: 60 },
};
/** Two high alarms of one measurement, on a link that is not expected to say anything for an hour. */
const two = (): Scene => {
  const scene = infusing(TWO);
  scene.reads(1, { sbp: 70, dbp: 30 }, { cadenceS: 1800 });
  return scene;
};

describe("in one step alarms are told of in the order of the catalogue, whatever order they came in", () => {
  const later = {
    sbp: { low: { critical: { limit: 80, ...HIGH } } },
    hr: { low: { critical: { limit: 50, ...HIGH } } },
  };
  /** The cuff's first, then the heart rate's, and both still so with other values. */
  const both = (): Scene => {
    const scene = infusing({ limits: later, escalation: [], cuffIntervalMin: { infusing: 60 } });
    scene.reads(1, { sbp: 70 }, { cadenceS: 1800 });
    scene.reads(2, { hr: 45 });
    scene.reads(3, { sbp: 72, hr: 44 });
    return scene;
  };
  const told = (lines: readonly string[], change: string) => lines.filter((line) => line.includes(` ${change} `));

  it("when the session ends, with the last valid values", () => {
    const scene = both();
    const { bay, events } = scene.outcome(9, { type: "abandon-session", reason: "left", left: "against-advice" });
    expect(bay.session).toBeNull();
    expect(
      events.flatMap((event) => (event.type === "alarm" ? [[event.change, event.alarm, event.value]] : [])),
    ).toEqual([
      ["cleared", "hr.low", 44],
      ["cleared", "sbp.low", 72],
    ]);
  });

  it("when somebody is reminded", () => {
    const scene = both();
    scene.does(4, { type: "acknowledge-alarm", alarm: "sbp.low" });
    scene.does(4, { type: "acknowledge-alarm", alarm: "hr.low" });
    expect(told(scene.waits(190), "reminded")).toEqual([
      "184 reminded hr.low critical high",
      "184 reminded sbp.low critical high",
    ]);
  });

  it("an acknowledgement bears the last valid value", () => {
    const { events } = both().outcome(9, { type: "acknowledge-alarm", alarm: "hr.low" });
    expect(events.find((event) => event.type === "alarm")).toMatchObject({ change: "acknowledged", value: 44 });
  });
});

describe("of two alarms", () => {
  it("the one that is named is acknowledged", () => {
    const scene = two();
    expect(scene.does(2, { type: "acknowledge-alarm", alarm: "dbp.low" })).toContain(
      "2 acknowledged dbp.low critical high by n1",
    );
    expect(alarm(scene, "sbp.low").acknowledgement).toBeNull();
    expect(alarm(scene, "dbp.low").acknowledgement).toEqual({ by: NURSE.id, name: NURSE.name, at: 2_000 });
  });

  it("each has the worst of its own vital", () => {
    const scene = two();
    scene.reads(2, { sbp: 60, dbp: 35 });
    scene.reads(3, { sbp: 65 });
    expect([alarm(scene, "sbp.low").extreme, alarm(scene, "dbp.low").extreme]).toEqual([60, 30]);
    scene.reads(4, { sbp: 190 });
    scene.reads(5, { sbp: 200 });
    scene.reads(6, { sbp: 195 });
    expect(alarm(scene, "sbp.high").extreme).toBe(200);
  });

  it("word of a rung reaches the one it is about, and that rung alone", () => {
    const scene = two();
    scene.waits(61);
    expect(scene.hears(62, "dbp.low", 1, "confirmed")).toEqual(["62 confirmed dbp.low 1 supervisor"]);
    expect(alarm(scene, "dbp.low").deliveries.map(({ state }) => state)).toEqual(["queued", "confirmed"]);
    expect(alarm(scene, "sbp.low").deliveries.map(({ state }) => state)).toEqual(["queued", "queued"]);
    expect(scene.does(63, { type: "acknowledge-alarm", alarm: "dbp.low" })).toEqual([
      "63 act acknowledge-alarm infusing",
      "63 cancelled dbp.low 0 second nurse",
      "63 acknowledged dbp.low critical high by n1",
    ]);
    expect(alarm(scene, "dbp.low").deliveries.map(({ state }) => state)).toEqual(["cancelled", "confirmed"]);
  });

  it("what happens to one brings no early reminder of the other", () => {
    const scene = two();
    scene.does(2, { type: "acknowledge-alarm", alarm: "dbp.low" });
    const other = scene.waits(100);
    expect(other.every((line) => line.includes("sbp.low"))).toBe(true);
    expect(scene.waits(182)).toEqual(["182 reminded dbp.low critical high"]);
  });

  it("a technical one ends with its reading although a physiological one stands", () => {
    const scene = infusing({ limits: { sbp: { low: { critical: { limit: 80 } } } } });
    scene.reads(1, { sbp: 70 }, { cadenceS: 1800 });
    expect(scene.waits(361)).toContain("361 raised pressure-overdue low");
    expect(scene.reads(362, { sbp: 72 })).toEqual(["362 cleared pressure-overdue low"]);
    expect(scene.standing).toEqual(["sbp.low"]);
  });

  it("a technical one stands on when a nurse changes limits or switches a vital’s alarms off", () => {
    const scene = infusing();
    scene.reads(1, WELL);
    scene.readsOn(2, 7, { hr: 70, rr: 14 });
    expect(scene.standing).toEqual(["signal-lost.spo2"]);
    scene.does(8, { type: "set-limits", vital: "hr", limits: { low: {}, high: {} }, relative: [] });
    scene.does(8, { type: "alarm-off", vital: "rr", reason: "electrode" });
    expect(scene.standing).toEqual(["signal-lost.spo2"]);
  });

  it("switching one vital’s alarms on again leaves the other’s off", () => {
    const scene = infusing();
    scene.does(1, { type: "alarm-off", vital: "hr", reason: "electrode" });
    scene.does(2, { type: "alarm-off", vital: "rr", reason: "electrode" });
    scene.does(3, { type: "alarm-on", vital: "hr" });
    expect(scene.bay.alarmsOff.map(({ vital }) => vital)).toEqual(["rr"]);
    scene.readsOn(4, 40, { ...WELL, hr: 200, rr: 50 });
    expect(scene.standing).toEqual(["hr.high"]);
  });
});

describe("an alarm", () => {
  it("says what kind it is", () => {
    const scene = infusing({ ...NO_CHECKS, observationIntervalMin: { infusing: 2, recovery: 2 } });
    const kinds = new Map<string, string>();
    const look = () => {
      for (const { id, kind, condition } of scene.bay.alarms) {
        kinds.set(id, kind);
        if (kind !== "physiological") expect(condition).toBe("present");
      }
    };
    scene.reads(1, { ...WELL, sbp: 60 }, { measuredAtS: 100 });
    for (let s = 2; s < 2500; s += 4) {
      scene.reads(s, { hr: 70, rr: 14 }, { measuredAtS: s + 99 });
      look();
    }
    scene.waits(2600);
    look();
    expect(Object.fromEntries(kinds)).toEqual({
      "sbp.low": "physiological",
      "signal-lost.spo2": "technical",
      "clock-skew": "technical",
      "pressure-overdue": "technical",
      "monitor-silent": "technical",
      "plan-elapsed": "procedural",
      "observation-overdue": "procedural",
    });
  });

  it("that calls at the very instant of the audio pause is paused with the rest", () => {
    const scene = two();
    scene.does(1, { type: "pause-audio", seconds: 60 });
    expect(annunciation(alarm(scene, "sbp.low"), scene.bay.audioPause)).toBe("paused");
  });
});

describe("a message that leaves a vital out", () => {
  it("tells that its signal is lost, when nothing else stands", () => {
    const scene = infusing();
    scene.reads(1, WELL);
    expect(scene.waits(7)).toEqual([]);
    expect(scene.reads(8, { hr: 70, rr: 14 })).toEqual(["8 raised signal-lost.spo2 medium"]);
  });
});

describe("the silence of a monitor", () => {
  it("counts from the opening of the session, however late that is, and is high only after 30 s", () => {
    const scene = new Scene(NO_CHECKS);
    scene.opens(1_000);
    scene.does(1_000, { type: "record-baseline", values: BASELINE });
    scene.does(1_000, { type: "start-infusion" });
    expect(scene.waits(1_060)).toEqual([
      "1010 raised monitor-silent medium",
      "1030 escalated monitor-silent high",
      "1060 queued monitor-silent 0 second nurse",
    ]);
  });

  it("that latched and comes again is a new alarm", () => {
    const scene = infusing();
    scene.waits(35);
    expect(scene.reads(36, WELL)).toEqual(["36 cleared monitor-silent high latched"]);
    expect(scene.readsOn(37, 60, WELL)).toEqual([]);
    expect(scene.waits(70)).toEqual(["70 raised monitor-silent medium"]);
  });
});

describe("the next cuff measurement", () => {
  const overdueAt = (...measured: { s: number; values: { sbp?: number; map?: number } }[]): string[] => {
    const scene = infusing({ limits: {} });
    for (const { s, values } of measured) scene.reads(s, values, { cadenceS: 1800 });
    return scene.waits(720).filter((line) => line.includes("raised"));
  };

  it("is counted from the last, whichever pressure it told", () => {
    const [first, second] = [{ s: 100 }, { s: 200 }];
    for (const [a, b] of [
      [{ map: 80 }, { sbp: 120 }],
      [{ sbp: 120 }, { map: 80 }],
    ] as const) {
      expect(overdueAt({ ...first, values: a }, { ...second, values: b })).toEqual(["560 raised pressure-overdue low"]);
    }
  });
});
