/** Time alone: what is due when, and that it does not matter how often anybody looks. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextDeadline, settle } from "./settle.ts";
import { infusing, Scene, WELL } from "./test-scene.ts";

const SELDOM = { cuffIntervalMin: { infusing: 120 }, observationIntervalMin: { infusing: 120 } };
/** An infusion on a link that is expected to say nothing for an hour: what is due is what the test makes due. */
const calm = (protocol: Parameters<typeof infusing>[0] = {}): Scene => {
  const scene = infusing({ ...SELDOM, ...protocol });
  scene.reads(0, {}, { cadenceS: 1800 });
  return scene;
};
const PLAN_MS = 2_400_000;

describe("the next deadline", () => {
  it("is that of the session where nothing else runs", () => {
    expect(nextDeadline(calm().bay)).toBe(PLAN_MS);
    expect(nextDeadline(new Scene().bay)).toBeNull();
  });

  it("of a value is its staleness, from when it came, or from when it was named and did not", () => {
    const scene = infusing(SELDOM);
    scene.reads(1, { spo2: null });
    scene.reads(3, { hr: 70 });
    expect(nextDeadline(scene.bay)).toBe(6_000);
    scene.reads(5, { spo2: 98 });
    expect(nextDeadline(scene.bay)).toBe(8_000);
    scene.waits(8);
    expect(nextDeadline(scene.bay)).toBe(10_000);
  });

  it("of a charted value is when the next observation is due", () => {
    const scene = calm({ observationIntervalMin: { infusing: 10 } });
    scene.does(60, { type: "record-observation", observation: { values: { hr: 70 } } });
    expect(nextDeadline(scene.bay)).toBe(660_000);
  });

  it("of a limit that is passed is the end of its delay", () => {
    const scene = calm();
    scene.reads(3, { hr: 130 });
    expect(nextDeadline(scene.bay)).toBe(13_000);
  });

  it("of an alarm is the next rung of the ladder in force", () => {
    const scene = calm({ escalation: [{ afterS: 7, target: "doctor" }] });
    scene.reads(3, { sbp: 70 });
    expect(nextDeadline(scene.bay)).toBe(10_000);
  });

  it("of a pause of the sound is its end", () => {
    const scene = calm();
    scene.does(4, { type: "pause-audio", seconds: 20 });
    expect(nextDeadline(scene.bay)).toBe(24_000);
  });

  it("that lies in the past by a change of the rules is now", () => {
    const scene = calm();
    scene.reads(0, { hr: 70 });
    scene.reads(60, {}, { cadenceS: 1 });
    expect(nextDeadline(scene.bay)).toBe(60_000);
    scene.waits(60);
    expect(scene.bay.vitals.hr.stale).toBe(true);
  });
});

describe("settling", () => {
  it("up to an instant takes what is due then, and leaves a bay as it is before", () => {
    const { bay } = calm();
    expect(settle(bay, PLAN_MS - 1).bay).toBe(bay);
    expect(settle(bay, PLAN_MS).events).toMatchObject([{ at: PLAN_MS, alarm: "plan-elapsed" }]);
    expect(settle(bay, PLAN_MS).bay.at).toBe(PLAN_MS);
  });

  it("makes one step of one instant: what is lost at once is told in order", () => {
    const scene = infusing(SELDOM);
    scene.readsOn(1, 12, { ...WELL, hr: 30, spo2: 80 });
    const lost = scene.waits(17).filter((line) => line.startsWith("17 "));
    expect(lost).toEqual(["17 unknown hr.low critical high", "17 unknown spo2.low critical high"]);
  });

  it("ends a pause of the sound and says why", () => {
    const scene = calm();
    scene.does(4, { type: "pause-audio", seconds: 20 });
    expect(scene.waits(23.999)).toEqual([]);
    expect(scene.waits(24)).toEqual(["24 audio pause-ended elapsed"]);
    expect(scene.bay.audioPause).toBeNull();
  });

  it("lets the silence of the whole monitor speak for the signal that was lost before it", () => {
    const scene = infusing({ ...SELDOM, escalation: [] });
    scene.reads(1, { hr: 70, spo2: 98 });
    scene.readsOn(2, 6, { hr: 70 });
    expect(scene.waits(16)).toEqual([
      "16 cleared signal-lost.spo2 medium inhibited",
      "16 raised monitor-silent medium",
    ]);
  });

  it("in one go or in any steps decides the same", () => {
    const values = fc.record({ hr: fc.constantFrom(30, 45, 70, 130), spo2: fc.constantFrom(85, 92, 98, null) });
    const looks = fc.array(fc.integer({ min: 0, max: 1_500_000 }), { maxLength: 12 });
    fc.assert(
      fc.property(fc.array(values, { minLength: 1, maxLength: 12 }), looks, (readings, instants) => {
        const scene = infusing({ cuffIntervalMin: { infusing: 3 } });
        for (const [n, each] of readings.entries()) scene.reads(n + 1, each);
        scene.does(readings.length + 1, { type: "pause-audio", seconds: 100 });
        const once = settle(scene.bay, 1_500_000);
        let { bay } = scene;
        const events = [...instants.toSorted((a, b) => a - b), 1_500_000].flatMap((instant) => {
          const looked = settle(bay, instant);
          bay = looked.bay;
          return looked.events;
        });
        expect(events).toEqual(once.events);
        expect(bay).toEqual(once.bay);
      }),
      { numRuns: 50 },
    );
  });
});
