/** Vital signs that a person charts: with a monitor, without one, late, and taken back. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boardRow } from "../board/index.ts";
import { commandIdSchema } from "../ids/index.ts";
import { dischargeCriteria, type HandValues } from "../session/index.ts";
import { dischargeFacts } from "./conditions.ts";
import { infusing, recovering, type Scene, SUPERVISOR, WELL } from "./test-scene.ts";

const charts = (scene: Scene, s: number, values: HandValues, lateS?: number) =>
  scene.does(s, {
    type: "record-observation",
    observation: { values },
    ...(lateS === undefined ? {} : { effectiveAt: lateS * 1000 }),
  });
const undoesLast = (scene: Scene, s: number) =>
  scene.does(s, { type: "undo-act", act: commandIdSchema.parse(scene.bay.session!.acts.at(-1)!.id) });
/** Only what alarms of vital signs do. */
const ofVitals = (told: string[]) => told.filter((line) => /(raised|cleared|unknown) (hr|spo2|rr|sbp|dbp)/.test(line));

describe("without a monitor", () => {
  it("a charted value raises its alarm after the delay, and the next one clears it", () => {
    const scene = infusing();
    charts(scene, 60, { spo2: 88, sbp: 185, dbp: 90 });
    expect(scene.standing).toContain("sbp.high");
    expect(ofVitals(scene.waits(70))).toEqual(["70 raised spo2.low critical high 88 90"]);
    charts(scene, 100, { spo2: 97 });
    expect(ofVitals(scene.waits(110))).toEqual(["105 cleared spo2.low high latched"]);
  });

  it("it is valid until the next observation is due, then unknown, and no lost signal", () => {
    const scene = infusing();
    charts(scene, 60, { hr: 160 });
    scene.waits(959);
    expect(scene.bay.vitals.hr.stale).toBe(false);
    expect(ofVitals(scene.waits(961))).toEqual(["960 unknown hr.high critical high"]);
    expect(scene.standing).not.toContain("signal-lost.hr");
  });

  it("the wall says that it is by hand, and for how long it counts", () => {
    const scene = infusing();
    charts(scene, 60, { hr: 80 });
    expect(boardRow(scene.bay).vitals.hr).toMatchObject({ value: 80, at: 60_000, byHand: true, staleAfterMs: 900_000 });
  });

  it("a patient can be discharged by charted values", () => {
    const scene = recovering({ recoveryMinimumMin: 1, dischargeCuffs: 2, dischargeChecks: [] });
    charts(scene, 30, { hr: 72, spo2: 97, sbp: 122, dbp: 76 });
    expect(scene.does(61, { type: "discharge" }).at(-1)).toBe("61 refused discharge criteria-missing");
    charts(scene, 62, { hr: 71, sbp: 121, dbp: 75 });
    expect(scene.does(63, { type: "discharge" })[0]).toBe("63 act discharge");
  });
});

describe("with a monitor", () => {
  it("a value that it measures now is charted and not overruled; a cuff pressure by hand counts", () => {
    const scene = infusing();
    scene.readsOn(1, 10, WELL);
    charts(scene, 10, { hr: 30, sbp: 170 });
    expect(scene.bay.vitals.hr.value).toBe(70);
    expect(scene.standing).toEqual(["sbp.high"]);
    expect(scene.bay.session?.observations.at(-1)?.values).toEqual({ hr: 30, sbp: 170 });
  });

  it("stands in for a lost signal, which stays lost until the monitor has it again", () => {
    const scene = infusing();
    scene.readsOn(1, 10, WELL);
    scene.readsOn(11, 20, { ...WELL, spo2: null });
    expect(scene.standing).toEqual(["signal-lost.spo2"]);
    charts(scene, 21, { spo2: 96 });
    scene.readsOn(22, 40, { ...WELL, spo2: null });
    expect(scene.bay.vitals.spo2).toMatchObject({ value: 96, stale: false });
    expect(scene.standing).toEqual(["signal-lost.spo2"]);
    expect(scene.reads(41, WELL)).toEqual(["41 cleared signal-lost.spo2 medium"]);
    expect(scene.bay.vitals.spo2.hand).toBeUndefined();
    // The monitor's own value is stale after its own time again.
    scene.readsOn(42, 47, { ...WELL, spo2: null });
    expect(scene.bay.vitals.spo2.stale).toBe(true);
  });
});

describe("entered late", () => {
  it("it counts from when it was read off, unless something newer is known", () => {
    const scene = infusing();
    charts(scene, 300, { sbp: 185, dbp: 90 }, 120);
    expect(scene.bay.vitals.sbp).toMatchObject({ value: 185, validAt: 120_000 });
    expect(scene.standing).toContain("sbp.high");
    charts(scene, 310, { sbp: 120 }, 100);
    expect(scene.bay.vitals.sbp.value).toBe(185);
  });

  it("it raises nothing when it is too old to say how the patient is", () => {
    const scene = infusing();
    charts(scene, 2_000, { hr: 190, sbp: 200 }, 60);
    expect(scene.bay.vitals.hr.value).toBeNull();
    expect(scene.standing).not.toContain("sbp.high");
    expect(scene.bay.session?.observations).toHaveLength(1);
  });

  it("a forgotten end starts the countdown, and what is due follows at once", () => {
    const scene = infusing();
    scene.readsOn(1, 5, WELL);
    scene.does(4_000, { type: "end-infusion", effectiveAt: 10_000 });
    expect(scene.standing).toContain("recovery-minimum-reached");
    expect(scene.does(4_001, { type: "discharge", override: "slept long" }, SUPERVISOR)[0]).toBe("4001 act discharge");
  });
});

describe("taken back", () => {
  it("a slip leaves the value and the alarms that stood before", () => {
    const scene = infusing();
    charts(scene, 60, { sbp: 120, dbp: 75 });
    charts(scene, 61, { sbp: 12 });
    expect(scene.standing).toContain("sbp.low");
    expect(ofVitals(undoesLast(scene, 65))).toEqual(["65 cleared sbp.low high latched"]);
    expect(scene.bay.vitals.sbp).toMatchObject({ value: 120, validAt: 60_000 });
    expect(scene.bay.session?.observations).toHaveLength(1);
  });

  it("the first value of all leaves none", () => {
    const scene = infusing();
    charts(scene, 60, { sbp: 12 });
    undoesLast(scene, 61);
    expect(scene.bay.vitals.sbp.value).toBeNull();
  });
});

describe("on top of what a monitor told and lost", () => {
  const LOST = { hr: 70, rr: 14, spo2: null };
  const watched = ({ bay }: Scene, vital: string) => bay.watches.filter((watch) => watch.vital === vital);
  /** An alarm since 11 s, its value lost since 17 s. */
  const lost = (): Scene => {
    const scene = infusing();
    scene.readsOn(1, 12, { ...WELL, spo2: 85 });
    scene.readsOn(13, 20, LOST);
    return scene;
  };

  it("a value taken back leaves the alarm, its tiers and the stale value as they were", () => {
    const scene = lost();
    const [state, tiers] = [scene.bay.vitals.spo2, watched(scene, "spo2")];
    charts(scene, 21, { spo2: 97 });
    expect(scene.bay.vitals.spo2).toMatchObject({ value: 97, stale: false });
    undoesLast(scene, 24);
    expect(scene.bay.vitals.spo2).toEqual(state);
    expect(watched(scene, "spo2")).toEqual(tiers);
    expect(scene.bay.alarms.find(({ id }) => id === "spo2.low")?.condition).toBe("unknown");
  });

  it("a value read off before the monitor's last is charted and does not count; one read off after it does", () => {
    const scene = lost();
    charts(scene, 30, { spo2: 97 }, 5);
    expect(scene.bay.vitals.spo2).toMatchObject({ value: 85, validAt: 12_000, stale: true });
    charts(scene, 31, { spo2: 96 }, 15);
    expect(scene.bay.vitals.spo2).toMatchObject({ value: 96, validAt: 15_000, stale: false });
  });

  it("one taken back is missed from when the monitor owed it, and not where it owes nothing", () => {
    const named = (undoneS: number) => {
      const scene = infusing();
      scene.reads(1, { spo2: null });
      charts(scene, 3, { spo2: 97, hr: 70 });
      undoesLast(scene, undoneS);
      return [scene.bay.vitals.spo2.stale, scene.bay.vitals.hr.stale];
    };
    expect([named(5.999), named(6), named(8)]).toEqual([
      [false, false],
      [true, false],
      [true, false],
    ]);
  });
});

describe("what else is entered leaves a charted value alone", () => {
  const notes = (scene: Scene, s: number) =>
    scene.does(s, { type: "record-observation", observation: { note: "asleep" } });

  it("a delay that runs goes on, also by the next value", () => {
    const scene = infusing();
    charts(scene, 60, { spo2: 88 });
    notes(scene, 62);
    charts(scene, 65, { spo2: 87 });
    expect(ofVitals(scene.waits(80))).toEqual(["70 raised spo2.low critical high 87 90"]);
  });

  it("one that is no longer valid stays the last that is known", () => {
    const scene = infusing();
    charts(scene, 60, { hr: 72 });
    scene.waits(960);
    notes(scene, 970);
    expect(scene.bay.vitals.hr).toMatchObject({ value: 72, validAt: 60_000, stale: true });
    expect(scene.bay.vitals.hr.hand).toBeDefined();
  });

  it("a correction of its time moves it", () => {
    const scene = infusing();
    charts(scene, 300, { hr: 72, sbp: 130 });
    const act = scene.bay.session!.acts.at(-1)!.id;
    scene.does(310, { type: "correct-time", act, effectiveAt: 250_000, reason: "pressed late" });
    expect([scene.bay.vitals.hr.validAt, scene.bay.vitals.sbp.validAt]).toEqual([250_000, 250_000]);
  });
});

it("a value read off so long ago that the next one was due is charted only", () => {
  const valid = (s: number) => {
    const scene = infusing();
    charts(scene, s, { hr: 72 }, 60);
    return scene.bay.vitals.hr.value;
  };
  expect([valid(959.999), valid(960)]).toEqual([72, null]);
});

it("a charted set is one set: its heart rate and SpO₂ stand beside its pressure", () => {
  const scene = infusing();
  charts(scene, 60, { hr: 72, spo2: 97, sbp: 122, dbp: 76 });
  charts(scene, 120, { sbp: 120, dbp: 75 });
  expect(dischargeFacts(scene.bay).before).toEqual({ hr: 72, spo2: 97, sbp: 122, dbp: 76, at: 60_000 });
});

it("one kept by an earlier version, without what the monitor told before, leaves none when it is taken back", () => {
  const scene = infusing();
  charts(scene, 60, { hr: 190 });
  const { hand, ...hr } = scene.bay.vitals.hr;
  const kept = { act: hand!.act, validForMs: hand!.validForMs };
  scene.bay = { ...scene.bay, vitals: { ...scene.bay.vitals, hr: { ...hr, hand: kept } } };
  undoesLast(scene, 65);
  expect(scene.bay.vitals.hr).toMatchObject({ value: null, validAt: null, stale: false });
  charts(scene, 66, { hr: 190 });
  expect(ofVitals(scene.waits(80))).toEqual(["71 raised hr.high critical high 190 150"]);
});

describe("whatever the order in which pressures are entered and taken back", () => {
  const pressures = fc.array(
    fc.record({ byHand: fc.boolean(), gapS: fc.integer({ min: 1, max: 200 }), sbp: fc.integer({ min: 95, max: 150 }) }),
    { minLength: 1, maxLength: 8 },
  );
  type Pressure = { byHand: boolean; s: number; sbp: number };
  const dated = (given: readonly { byHand: boolean; gapS: number; sbp: number }[]): Pressure[] => {
    let s = 10;
    return given.map(({ byHand, gapS, sbp }) => {
      s += gapS;
      return { byHand, s, sbp };
    });
  };
  const values = ({ sbp }: Pressure) => ({ sbp, dbp: 75 });
  /** What is known of the pressures, without who entered them when. */
  const known = ({ bay }: Scene) => {
    const { vitals, pressureAt, before } = dischargeFacts(bay);
    const { value, validAt, stale } = bay.vitals.sbp;
    return { sbp: { value, validAt, stale }, now: [vitals.sbp, vitals.dbp], pressureAt, before };
  };

  it("those entered late are known as those entered in time", () => {
    fc.assert(
      fc.property(pressures, (given) => {
        const all = dated(given);
        const [inTime, late] = [recovering(), recovering()];
        for (const each of all) {
          if (each.byHand) charts(inTime, each.s, values(each));
          else for (const scene of [inTime, late]) scene.reads(each.s, values(each));
        }
        const end = (all.at(-1)?.s ?? 10) + 1;
        for (const each of all) if (each.byHand) charts(late, end, values(each), each.s);
        inTime.waits(end);
        expect(known(late)).toEqual(known(inTime));
      }),
    );
  });

  it("those taken back leave what would be known without them", () => {
    fc.assert(
      fc.property(pressures, fc.nat(7), (given, place) => {
        const all = dated(given);
        const slip = all[place % all.length];
        const [without, undone] = [recovering(), recovering()];
        const end = (all.at(-1)?.s ?? 10) + 1;
        for (const each of all) {
          if (each === slip) continue;
          for (const scene of [without, undone]) {
            if (each.byHand) charts(scene, each.s, values(each));
            else scene.reads(each.s, values(each));
          }
        }
        charts(undone, end, { sbp: 140, dbp: 75 }, slip?.s);
        undoesLast(undone, end + 1);
        without.waits(end + 1);
        expect(known(undone)).toEqual(known(without));
      }),
    );
  });

  it("a slip that another value was charted on top of is gone too, and the monitor's value counts again", () => {
    const scene = infusing();
    scene.reads(50, { sbp: 118, dbp: 74 });
    charts(scene, 60, { sbp: 12 });
    const slip = scene.bay.session!.acts.at(-1)!.id;
    charts(scene, 62, { hr: 80, sbp: 121 });
    const second = scene.bay.session!.acts.at(-1)!.id;
    scene.does(63, { type: "undo-act", act: slip });
    expect(scene.bay.vitals.sbp).toMatchObject({ value: 121, validAt: 62_000 });
    scene.does(64, { type: "undo-act", act: second });
    expect(scene.bay.vitals.sbp).toMatchObject({ value: 118, validAt: 50_000, stale: false });
    expect(scene.bay.vitals.sbp.hand).toBeUndefined();
    expect(scene.bay.vitals.hr.value).toBeNull();
  });

  it("a slip is taken back at the next bay as well", () => {
    const scene = infusing();
    charts(scene, 50, { hr: 72 });
    charts(scene, 60, { hr: 190 });
    scene.moves(61);
    scene.does(63, {
      type: "undo-act",
      act: scene.bay.session!.acts.find(({ enteredAt }) => enteredAt === 60_000)!.id,
    });
    expect(scene.bay.vitals.hr).toMatchObject({ value: 72, validAt: 50_000 });
  });

  it("a value of which the time is corrected holds from then", () => {
    const scene = infusing();
    charts(scene, 60, { sbp: 118 });
    charts(scene, 300, { sbp: 130 });
    const act = scene.bay.session!.acts.at(-1)!.id;
    scene.does(310, { type: "correct-time", act, effectiveAt: 30_000, reason: "wrong time" });
    expect(scene.bay.vitals.sbp).toMatchObject({ value: 118, validAt: 60_000 });
  });
});

describe("near the baseline", () => {
  const isNear = ({ bay }: Scene) =>
    dischargeCriteria(bay.session!, dischargeFacts(bay), bay.at).find(({ id }) => id === "near-baseline")?.holds;
  const ended = () => {
    const scene = infusing({ dischargeCuffs: 2 });
    scene.reads(90, WELL);
    scene.does(100, { type: "end-infusion" });
    return scene;
  };

  it("takes two sets of vital signs since the infusion ended", () => {
    const scene = ended();
    scene.reads(110, WELL);
    expect(isNear(scene)).toBe(false);
    scene.reads(120, WELL);
    expect(isNear(scene)).toBe(true);
  });

  it("takes heart rate and SpO₂ at the pressure before the last as well", () => {
    const scene = ended();
    scene.reads(110, { ...WELL, hr: 90 });
    scene.reads(120, WELL);
    expect(isNear(scene)).toBe(false);
    scene.reads(130, WELL);
    expect(isNear(scene)).toBe(true);
  });
});
