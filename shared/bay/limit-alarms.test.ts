/** Limit alarms in the whole engine; each figure of them is compared with an oracle in tests/oracle. */
import { describe, expect, it } from "vitest";
import { infusing, NURSE, recovering, Scene, WELL } from "./test-scene.ts";

const low = { ...WELL, spo2: 88 };
const SPO2 = {
  limits: {
    spo2: {
      low: {
        warning: { limit: 94, delay: 15, offDelay: 5, deadband: 1 },
        critical: { limit: 90, delay: 10, offDelay: 5, deadband: 1 },
      },
    },
  },
};

describe("a limit alarm", () => {
  it("is raised at exactly its delay, with the deadline’s own time, whoever looks when", () => {
    expect(infusing(SPO2).readsOn(1, 12, low)).toEqual(["11 raised spo2.low critical high 88 90"]);
    const late = infusing(SPO2);
    late.reads(1, low);
    late.reads(5.9, low);
    late.reads(10.8, low);
    expect(late.reads(11.5, WELL)).toEqual(["11 raised spo2.low critical high 88 90"]);
  });

  it("gives no event for a tier below the one that stands", () => {
    const scene = infusing(SPO2);
    scene.readsOn(1, 12, low);
    expect(scene.readsOn(13, 20, low)).toEqual([]);
    expect(scene.readsOn(21, 30, { ...WELL, spo2: 92 })).toEqual(["26 deescalated spo2.low warning medium"]);
  });

  it("two of one instant come in catalogue order, low before high", () => {
    expect(infusing().reads(1, { dbp: 30, sbp: 200 })).toEqual([
      "1 raised sbp.high critical high 200 180",
      "1 raised dbp.low critical high 30 40",
    ]);
  });

  it("sounds in every phase of a session, preparation included", () => {
    const scene = new Scene();
    scene.opens(0);
    expect(scene.reads(1, { sbp: 70 })).toEqual(["1 raised sbp.low critical high 70 80"]);
    expect(recovering().reads(1, { sbp: 70 })).toEqual(["1 raised sbp.low critical high 70 80"]);
  });
});

describe("losing data", () => {
  const alarmed = () => {
    const scene = infusing(SPO2);
    scene.readsOn(1, 11, low);
    return scene;
  };

  it("never resolves an alarm: it becomes unknown, and stays", () => {
    const scene = alarmed();
    expect(scene.waits(3600)[0]).toBe("16 unknown spo2.low critical high");
    expect(scene.standing).toContain("spo2.low");
    expect(scene.bay.vitals.spo2).toMatchObject({ value: 88, stale: true });
  });

  it("and having it again in the same instant are two steps, told in order, and the alarm calls nobody anew", () => {
    const scene = infusing({ cuffIntervalMin: { infusing: 5 } });
    scene.reads(1, { ...WELL, sbp: 70 });
    scene.does(2, { type: "acknowledge-alarm", alarm: "sbp.low" });
    expect(
      scene.reads(601, { ...WELL, sbp: 71 }).filter((line) => line.startsWith("601") && line.includes("sbp")),
    ).toEqual(["601 unknown sbp.low critical high", "601 present sbp.low critical high"]);
    expect(scene.bay.alarms.find(({ id }) => id === "sbp.low")).toMatchObject({
      callsSince: 1_000,
      acknowledgement: { at: 2_000 },
    });
  });

  it("by null alone changes nothing; the staleness that follows does", () => {
    const scene = alarmed();
    expect(scene.readsOn(12, 15, { ...WELL, spo2: null })).toEqual([]);
    expect(scene.reads(16, { ...WELL, spo2: null })).toEqual([
      "16 unknown spo2.low critical high",
      "16 raised signal-lost.spo2 medium",
    ]);
  });

  it("stops an alarm that was going away, and drops one that was coming", () => {
    const scene = alarmed();
    scene.reads(12, WELL);
    expect(scene.waits(16.999)).toEqual([]);
    expect(scene.waits(17)[0]).toBe("17 cleared spo2.low high latched"); // offDelay and staleness end together
    const going = infusing({ ...SPO2, staleAfter: { spo2: 4 } });
    going.readsOn(1, 11, low);
    going.reads(12, WELL);
    expect(going.waits(60)[0]).toBe("16 unknown spo2.low critical high");
    const coming = infusing(SPO2);
    coming.reads(1, low);
    expect(coming.waits(60).filter((line) => line.includes("spo2.low"))).toEqual([]);
  });

  it("is over with the next valid value", () => {
    const scene = alarmed();
    scene.waits(60);
    expect(scene.reads(61, low)).toContain("61 present spo2.low critical high");
    expect(scene.bay.alarms.find(({ id }) => id === "spo2.low")?.condition).toBe("present");
  });

  it("of the cuff takes two cuff intervals", () => {
    const scene = infusing();
    scene.reads(1, { sbp: 70 });
    expect(scene.waits(601).filter((line) => / (unknown|cleared) sbp/.test(line))).toEqual([
      "601 unknown sbp.low critical high",
    ]);
  });

  it("of the cuff takes two intervals of the programme of the phase", () => {
    const scene = recovering({ cuffIntervalMin: { infusing: 1, recovery: 3 } });
    scene.reads(1, { sbp: 70 });
    expect(scene.waits(3600).filter((line) => / (unknown|cleared) sbp/.test(line))).toEqual([
      "361 unknown sbp.low critical high",
    ]);
  });

  it("takes longer with the slower cadence that a monitor declares, and at once shorter with a faster one", () => {
    const scene = infusing(SPO2);
    scene.readsOn(1, 11, low);
    scene.reads(12, low, { cadenceS: 60 });
    expect(scene.waits(161.999)).toEqual(["41 queued spo2.low 0 second nurse", "71 queued spo2.low 1 supervisor"]);
    expect(scene.waits(162)[0]).toBe("162 unknown spo2.low critical high");
    scene.reads(170, low);
    scene.reads(200, { hr: 70 }, { cadenceS: 1 });
    expect(scene.reads(201, { hr: 70 })).toContain("200 unknown spo2.low critical high");
  });
});

describe("relative rules", () => {
  it("alarm above the session’s baseline, and share the alarm with absolute limits", () => {
    const scene = infusing(); // baseline 120/75: +30 % is 156 and 97.5
    expect(scene.reads(1, { sbp: 156, dbp: 97 })).toEqual([]);
    expect(scene.reads(2, { sbp: 157, dbp: 98 })).toEqual([
      "2 raised sbp.high warning medium 157 156",
      "2 raised dbp.high warning medium 98 97.5",
    ]);
    expect(scene.reads(3, { sbp: 170, dbp: 98 })).toEqual([]);
    expect(scene.reads(4, { sbp: 181, dbp: 98 })).toEqual(["4 escalated sbp.high critical high 181 180"]);
    expect(scene.reads(5, { sbp: 160, dbp: 94 })).toEqual([
      "5 deescalated sbp.high warning medium",
      "5 cleared dbp.high medium",
    ]);
    expect(scene.reads(6, { sbp: 153 })).toEqual(["6 cleared sbp.high medium latched"]);
  });

  it("need a baseline, and judge the last pressure as soon as there is one", () => {
    const scene = new Scene();
    scene.opens(0);
    expect(scene.reads(1, { sbp: 150 })).toEqual([]);
    const baseline = { type: "record-baseline" as const, values: { hr: 70, spo2: 98, sbp: 100, dbp: 60 } };
    expect(scene.does(2, baseline)).toEqual([
      "2 act record-baseline preparation",
      "2 raised sbp.high warning medium 150 130 limits-changed",
    ]);
    expect(scene.does(3, { ...baseline, values: { ...baseline.values, sbp: 120 } })).toEqual([
      "3 act record-baseline preparation",
      "3 cleared sbp.high medium limits-changed",
    ]);
  });

  it("two of one vital survive a change of another vital’s limits", () => {
    const rise = { vital: "sbp" as const, offDelay: 0, deadband: 3 };
    const relative = [
      { ...rise, riseOverBaseline: 0.1, delay: 60 },
      { ...rise, riseOverBaseline: 0.3, delay: 0 },
    ];
    const scene = infusing({ limits: {}, relative });
    expect(scene.reads(1, { sbp: 170 })).toEqual(["1 raised sbp.high warning medium 170 156"]);
    expect(scene.does(2, { type: "set-limits", vital: "hr", limits: {}, relative: [] })).toEqual([
      "2 act set-limits infusing",
    ]);
    expect(scene.standing).toEqual(["sbp.high"]);
  });

  it("of a graver priority are not hidden behind an absolute limit of the same tier", () => {
    const relative = [{ vital: "sbp" as const, riseOverBaseline: 0.3, priority: "high" as const }];
    const limits = { sbp: { high: { warning: { limit: 150 } } } };
    const scene = infusing({ limits, relative });
    scene.reads(1, { sbp: 152 });
    scene.reads(2, { sbp: 160 });
    expect(scene.bay.alarms.map(({ priority }) => priority)).toEqual(["high"]);
  });
});

describe("acknowledging", () => {
  const acknowledge = { type: "acknowledge-alarm" as const, alarm: "sbp.low" };

  it("is a named person’s, is logged, and is needed again after an escalation", () => {
    const scene = infusing();
    scene.reads(1, { sbp: 85 });
    expect(scene.does(2, acknowledge)).toEqual([
      "2 act acknowledge-alarm infusing",
      "2 acknowledged sbp.low warning medium by n1",
    ]);
    expect(scene.bay.alarms[0]?.acknowledgement).toEqual({ by: NURSE.id, name: "Nora", at: 2_000 });
    expect(scene.does(3, acknowledge)).toEqual(["3 refused acknowledge-alarm already-done"]);
    scene.reads(4, { sbp: 75 });
    expect(scene.bay.alarms[0]?.acknowledgement).toBeNull();
    expect(scene.does(5, acknowledge)[0]).toBe("5 act acknowledge-alarm infusing");
  });

  it("leaves the other direction’s and the other vitals’ alarms alone", () => {
    const scene = infusing();
    scene.reads(1, { sbp: 70, dbp: 30 });
    scene.does(2, acknowledge);
    expect(scene.bay.alarms.map(({ id, acknowledgement }) => `${id} ${acknowledgement !== null}`)).toEqual([
      "sbp.low true",
      "dbp.low false",
    ]);
  });

  it("takes a latched alarm away", () => {
    const scene = infusing();
    scene.reads(1, { sbp: 70 });
    expect(scene.reads(2, WELL)).toEqual(["2 cleared sbp.low high latched"]);
    expect(scene.standing).toEqual(["sbp.low"]);
    expect(scene.does(3, acknowledge)[1]).toBe("3 acknowledged sbp.low high by n1");
    expect(scene.standing).toEqual([]);
  });

  it("an alarm that does not stand, or with nobody in the bay, is refused", () => {
    expect(infusing().does(1, acknowledge)).toEqual(["1 refused acknowledge-alarm no-such-alarm"]);
    expect(new Scene().does(1, acknowledge)).toEqual(["1 refused acknowledge-alarm no-such-alarm"]);
  });
});
