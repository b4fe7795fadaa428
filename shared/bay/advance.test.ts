/** What one input does to a bay, and that looking seldom for what falls due misses nothing. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commandIdSchema } from "../ids/index.ts";
import type { ReadingValues } from "../vitals/index.ts";
import { advance } from "./advance.ts";
import { type Bay, NOT_QUIET } from "./bay.ts";
import type { BayInput } from "./input.ts";
import { nextDeadline, quietUntil } from "./settle.ts";
import { infusing, NURSE, Scene, WELL } from "./test-scene.ts";

const reading = (at: number, values: ReadingValues, cadenceS: number | null = null): BayInput => ({
  kind: "reading",
  at,
  measuredAt: null,
  cadenceS,
  values,
});

describe("time", () => {
  it("does not go back: what is dated earlier counts as of now", () => {
    const scene = infusing();
    scene.reads(10, WELL);
    scene.reads(4, { hr: 71 });
    expect(scene.bay).toMatchObject({ at: 10_000, monitor: { lastMessageAt: 10_000 } });
    expect(scene.bay.vitals.hr).toMatchObject({ value: 71, validAt: 10_000 });
  });

  it("alone leaves no trace where nothing was due", () => {
    const { bay } = infusing();
    expect(advance(bay, { kind: "tick", at: 1_000 })).toEqual({ bay, events: [] });
  });

  it("comes before the input: what was due is decided at its own time", () => {
    const scene = infusing();
    scene.reads(1, WELL);
    expect(scene.reads(12, WELL).slice(0, 1)).toEqual(["11 raised monitor-silent medium"]);
  });
});

describe("a reading", () => {
  it("counts what was measured, and from when a vital was first named", () => {
    const scene = new Scene();
    scene.reads(1, { hr: null, spo2: 98 });
    scene.reads(2, { hr: 70, spo2: null });
    scene.reads(3, { hr: null });
    expect(scene.bay.vitals.hr).toMatchObject({ value: 70, validAt: 2_000, namedAt: 1_000, stale: false });
    expect(scene.bay.vitals.spo2).toMatchObject({ value: 98, validAt: 1_000, namedAt: 1_000 });
    expect(scene.bay.vitals.rr).toMatchObject({ value: null, validAt: null, namedAt: null });
  });

  it("of a cuff keeps what else was fresh then: its own, else the last, else nothing", () => {
    const besides = (scene: Scene) => scene.bay.vitals.sbp.cuffs?.counted.map(({ beside }) => beside);
    const scene = infusing();
    scene.reads(1, { hr: 70, spo2: 98 });
    scene.reads(2, { hr: 72, sbp: 120 });
    scene.reads(3, { spo2: 97, sbp: 120 });
    expect(besides(scene)).toEqual([
      { hr: 72, spo2: 98 },
      { hr: 72, spo2: 97 },
    ]);
    scene.reads(9, { sbp: 120 });
    expect(besides(scene)?.at(-1)).toEqual({ hr: null, spo2: null });
  });

  it("of a cuff that failed is no measurement", () => {
    const scene = infusing();
    scene.reads(1, WELL);
    scene.reads(2, { sbp: null });
    expect(scene.bay.vitals.sbp.cuffs?.counted).toHaveLength(1);
  });

  it("changes the cadence, and with it for how long values count, only where it says so", () => {
    const scene = infusing();
    scene.reads(1, WELL);
    const before = scene.bay.staleAfterMs;
    scene.reads(2, WELL, { cadenceS: 60 });
    expect(scene.bay.staleAfterMs.hr).toBeGreaterThan(before.hr);
    scene.reads(3, WELL);
    expect(scene.bay.monitor.cadenceS).toBe(60);
  });

  it("moves the alarms of the vitals in it and of no others", () => {
    const scene = infusing();
    expect(scene.reads(1, { map: 40, dbp: 30 })).toEqual(["1 raised dbp.low critical high 30 40"]);
    expect(scene.reads(2, { sbp: 70 })).toEqual(["2 raised sbp.low critical high 70 80"]);
    const limits = { map: { low: { warning: { limit: 60 } } } };
    expect(infusing({ limits }).reads(1, { map: 50 })).toEqual(["1 raised map.low warning medium 50 60"]);
  });
});

describe("what falls due next is not looked for with each reading", () => {
  it("but is known while all goes on, and looked for anew after anything else", () => {
    const scene = infusing();
    scene.readsOn(1, 3, WELL);
    expect(quietUntil(scene.bay)).toBe(8_000);
    expect(quietUntil(scene.bay)).toBeLessThanOrEqual(nextDeadline(scene.bay) ?? 0);
    scene.does(4, { type: "record-observation", observation: { pain: 1 } });
    expect(scene.bay.fixedUntil).toBe(NOT_QUIET);
    scene.reads(5, WELL);
    expect(scene.bay.fixedUntil).not.toBe(NOT_QUIET);
    scene.hears(6, "sbp.low", 0, "sent");
    expect(scene.bay.fixedUntil).toBe(NOT_QUIET);
  });

  it.each<[string, (scene: Scene) => unknown]>([
    ["a vital is new", (scene) => scene.reads(4, { map: 80 })],
    ["a vital is named that was not", (scene) => scene.reads(4, { map: null })],
    ["the cadence is another", (scene) => scene.reads(4, WELL, { cadenceS: 5 })],
    ["a limit is passed", (scene) => scene.reads(4, { ...WELL, spo2: 85 })],
    ["an alarm stands", (scene) => scene.reads(4, { ...WELL, sbp: 70 })],
    ["a vital is lost", (scene) => scene.readsOn(4, 9, { hr: 70, rr: 14 })],
    ["nothing came for a while", (scene) => scene.reads(20, WELL)],
  ])("and is looked for where %s", (_, then) => {
    const scene = infusing();
    scene.readsOn(1, 3, WELL);
    then(scene);
    expect(scene.bay.fixedUntil).toBe(NOT_QUIET);
  });

  it("and nothing is missed by that, whatever comes", () => {
    const vital = (...values: (number | null | undefined)[]) => fc.constantFrom(...values);
    const values = fc.record({
      hr: vital(70, 70, 70, 45, null, undefined),
      spo2: vital(98, 98, 98, 85, undefined),
      rr: vital(14, undefined),
      sbp: vital(undefined, undefined, undefined, 120, 70),
      map: vital(undefined, undefined, undefined, 80, null),
    });
    const gapMs = fc.constantFrom(500, 1_000, 1_000, 1_000, 1_000, 4_000, 6_000, 12_000);
    const step = fc.record({
      values,
      gapMs,
      times: fc.integer({ min: 1, max: 6 }),
      cadenceS: vital(null, null, null, 5),
    });
    const charted = fc.record({ gapMs, charted: fc.constantFrom(70, 98) });
    fc.assert(
      fc.property(
        fc.array(fc.oneof({ weight: 6, arbitrary: step }, { weight: 1, arbitrary: charted }), { maxLength: 14 }),
        (steps) => {
          let at = 0;
          let seldom = infusing({ cuffIntervalMin: { infusing: 1 } }).bay;
          let always = seldom;
          const both = (input: BayInput) => {
            const [few, all] = [advance(seldom, input), advance({ ...always, fixedUntil: NOT_QUIET }, input)];
            expect(few.events).toEqual(all.events);
            seldom = few.bay;
            always = all.bay;
          };
          for (const [n, each] of steps.entries()) {
            if ("charted" in each) {
              at += each.gapMs;
              const observation = { values: { hr: each.charted } };
              const id = commandIdSchema.parse(`c${100 + n}`);
              both({ kind: "command", at, id, by: NURSE, command: { type: "record-observation", observation } });
              continue;
            }
            for (let i = 0; i < each.times; i++) {
              at += each.gapMs;
              both(reading(at, each.values, each.cadenceS ?? null));
            }
          }
          both({ kind: "tick", at: at + 120_000 });
          const known = ({ fixedUntil: _, ...bay }: Bay) => bay;
          expect(known(seldom)).toEqual(known(always));
        },
      ),
      { numRuns: 60 },
    );
  });
});
