/** A patient goes to another bay: what goes along, and what does not. */
import { describe, expect, it } from "vitest";
import { bayIdSchema, commandIdSchema } from "../ids/index.ts";
import { advance } from "./advance.ts";
import type { Carried, CarriedVital } from "./carried.ts";
import { departure } from "./command.ts";
import type { ArrivalInput } from "./input.ts";
import { newBay } from "./new-bay.ts";
import { infusing, NURSE, type Scene, WELL } from "./test-scene.ts";

const OTHER = bayIdSchema.parse("2");

/** What the patient of this scene would take along now. */
function carriedFrom(scene: Scene, s: number): Carried {
  const { bay } = scene;
  const input = { kind: "command", at: s * 1000, by: NURSE, command: { type: "transfer-session", to: OTHER } } as const;
  const carried = departure(bay, { ...input, id: commandIdSchema.parse("t"), target: "free" });
  if (carried === null) throw new Error("the patient may not go");
  return carried;
}

const arrivalOf = (scene: Scene, s: number, carried: Carried): ArrivalInput => ({
  kind: "arrival",
  at: s * 1000,
  by: NURSE,
  from: scene.bay.id,
  carried,
});

describe("in the other bay", () => {
  it("nothing is missed yet that no monitor has measured: its own owes it from when it names it", () => {
    const scene = infusing();
    scene.readsOn(1, 8, { ...WELL, hr: null });
    expect(scene.standing).toEqual(["signal-lost.hr"]);
    scene.moves(9);
    expect(scene.standing).toEqual([]);
    expect(scene.readsOn(10, 14, { ...WELL, hr: null })).toEqual([]);
    expect(scene.reads(15, { ...WELL, hr: null })).toEqual(["15 raised signal-lost.hr medium"]);
  });

  it("a value that is old stays old, and its alarm stands", () => {
    const scene = infusing();
    scene.readsOn(1, 12, { ...WELL, spo2: 85 });
    scene.readsOn(13, 20, { ...WELL, spo2: null });
    scene.moves(21);
    const [alarm] = scene.bay.alarms;
    expect(alarm).toMatchObject({ id: "spo2.low", condition: "unknown", priority: "high" });
    expect(scene.bay.vitals.spo2).toMatchObject({ value: 85, stale: true });
  });

  it("a vital whose alarms are off stays so, and only that", () => {
    const scene = infusing();
    scene.reads(1, WELL);
    scene.does(2, { type: "alarm-off", vital: "spo2", reason: "cold hands" });
    scene.moves(3);
    scene.readsOn(4, 20, { ...WELL, spo2: 80, hr: 160 });
    expect(scene.standing).toEqual(["hr.high"]);
  });

  it("nobody is taken in where somebody is", () => {
    const scene = infusing();
    const carried = carriedFrom(scene, 5);
    const occupied = infusing();
    const { bay, events } = advance(occupied.bay, arrivalOf(scene, 5, carried));
    expect(bay.session).toBe(occupied.bay.session);
    expect(events).toEqual([
      {
        type: "refused",
        at: 5_000,
        command: "transfer-session",
        by: NURSE,
        code: "bay-occupied",
        reason: "Another session is open at this bay.",
      },
    ]);
  });
});

describe("what an earlier version took along", () => {
  const arrivedWith = (change: (sbp: CarriedVital) => CarriedVital) => {
    const scene = infusing();
    scene.reads(1, { ...WELL, sbp: 120 });
    const carried = carriedFrom(scene, 2);
    const { cuffs: _cuffs, ...sbp } = carried.vitals.sbp;
    const vitals = { ...carried.vitals, sbp: change(sbp) };
    return advance(newBay(OTHER, scene.bay.protocol), arrivalOf(scene, 2, { ...carried, vitals })).bay.vitals.sbp;
  };
  const nothingBeside = { hr: null, spo2: null };
  const before = { at: 0, value: 131, beside: nothingBeside };
  const last = { at: 1_000, value: 120, beside: nothingBeside };

  it("the pressure before the last, a bare figure, counts without its time", () => {
    const { cuffs } = arrivedWith((sbp) => ({ ...sbp, previous: 131 }));
    expect(cuffs).toEqual({ measured: [before, last], counted: [before, last] });
  });

  it("of a last one that was charted by hand the monitor has only the one before", () => {
    const hand = { act: commandIdSchema.parse("c9"), validForMs: 60_000 };
    const { cuffs } = arrivedWith((sbp) => ({ ...sbp, previous: 131, hand }));
    expect(cuffs).toEqual({ measured: [before], counted: [before, last] });
  });

  it("without one before, and where both are kept whole, nothing is made up", () => {
    expect(arrivedWith((sbp) => sbp).cuffs).toBeUndefined();
    expect(arrivedWith((sbp) => ({ ...sbp, value: null, validAt: null, previous: 131 })).cuffs).toBeUndefined();
    const whole = { measured: [last], counted: [last] };
    expect(arrivedWith((sbp) => ({ ...sbp, previous: 131, cuffs: whole })).cuffs).toEqual(whole);
  });
});
