/** Readings taken many at once: the same as one after the other, and where such a run has to end. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ReadingValues } from "../vitals/index.ts";
import { advance } from "./advance.ts";
import type { BayInput, ReadingInput } from "./input.ts";
import { advanceQuietly } from "./quiet-run.ts";
import { infusing, recovering, Scene, WELL } from "./test-scene.ts";

const CALM: ReadingValues = { hr: 70, spo2: 98, rr: 14 };
const SELDOM = {
  cuffIntervalMin: { infusing: 120, recovery: 120 },
  observationIntervalMin: { infusing: 120, recovery: 120 },
};

const reading = (s: number, values: ReadingValues = CALM, says: Partial<ReadingInput> = {}): ReadingInput => ({
  kind: "reading",
  at: s * 1000,
  measuredAt: null,
  cadenceS: null,
  values,
  ...says,
});
/** One a second, from the third on. */
const readings = (...all: ReadingValues[]): ReadingInput[] => all.map((values, n) => reading(3 + n, values));
const times = (count: number, values: ReadingValues = CALM) => Array.from({ length: count }, () => values);

/** How many are taken at once; what comes of it must be what comes of them one by one, with nothing decided. */
function taken({ bay: start }: Pick<Scene, "bay">, inputs: readonly BayInput[], from = 0): number {
  const quiet = advanceQuietly(start, inputs, from);
  let bay = start;
  for (const input of inputs.slice(from, from + quiet.taken)) {
    const next = advance(bay, input);
    expect(next.events).toEqual([]);
    bay = next.bay;
  }
  expect(quiet.bay).toEqual(bay);
  return quiet.taken;
}

/** Two readings of everything, in an infusion in which little falls due. */
const calm = (protocol: Parameters<typeof infusing>[0] = {}): Scene => {
  const scene = infusing({ ...SELDOM, ...protocol });
  scene.readsOn(1, 2, WELL);
  return scene;
};

describe("a run is quiet", () => {
  it("while values stay where nothing happens, with a session and without", () => {
    expect(taken(calm(), readings(...times(100)))).toBe(100);
    const free = new Scene();
    free.readsOn(1, 2, WELL);
    expect(taken(free, readings(...times(100)))).toBe(100);
  });

  it("from the input on that it is told", () => {
    expect(taken(calm(), [{ kind: "tick", at: 2_000 }, ...readings(...times(5))], 1)).toBe(5);
    expect(taken(calm(), [{ kind: "tick", at: 2_000 }, ...readings(...times(5))])).toBe(0);
  });

  it("also where there are no more inputs", () => {
    const { bay } = calm();
    expect(advanceQuietly(bay, [], 0)).toEqual({ bay, taken: 0 });
  });

  it("when a monitor repeats its cadence, and tells a time that is not far from ours", () => {
    const says = { cadenceS: 1, measuredAt: 8_000 };
    expect(taken(calm(), [reading(3, CALM, says)])).toBe(1);
    expect(taken(calm(), [reading(3, CALM, { measuredAt: 8_001 })])).toBe(0);
    expect(taken(calm(), [reading(6, CALM, { measuredAt: 1_000 })])).toBe(1);
    expect(taken(calm(), [reading(6, CALM, { measuredAt: 999 })])).toBe(0);
  });

  it("at the very limit of a vital, and not beyond", () => {
    expect(taken(calm(), readings(CALM, { ...CALM, hr: 120, rr: 30 }, { ...CALM, hr: 50, rr: 8, spo2: 94 }))).toBe(3);
    const beyond = [{ hr: 121 }, { hr: 49 }, { spo2: 93 }, { rr: 31 }, { rr: 7 }];
    expect(beyond.map((values) => taken(calm(), readings(CALM, { ...CALM, ...values }, CALM)))).toEqual(
      beyond.map(() => 1),
    );
  });

  it("with an empty value of a vital that was named, not of one that is new", () => {
    expect(taken(calm(), readings({ ...CALM, hr: null, sbp: null }, CALM))).toBe(2);
    expect(taken(calm(), readings({ ...CALM, map: null }))).toBe(0);
  });
});

describe("a run ends", () => {
  it.each<[string, BayInput]>([
    ["what is no reading", { kind: "tick", at: 4_000 }],
    ["a cuff pressure", reading(4, WELL)],
    ["a mean pressure alone", reading(4, { map: 80 })],
    ["a lower pressure alone", reading(4, { dbp: 75 })],
    ["another cadence", reading(4, CALM, { cadenceS: 2 })],
    ["a time that is past", reading(2.5)],
  ])("before %s", (_, input) => {
    expect(taken(calm(), [reading(3), input, reading(5)])).toBe(1);
  });

  it("before the monitor had been silent", () => {
    const slow = calm({ staleAfter: { hr: 60, spo2: 60, rr: 60 } });
    expect(taken(slow, [reading(11.9), reading(21.8), reading(31.8)])).toBe(2);
  });

  it("before a value would be stale, and not while each comes in time", () => {
    const without = (...vitals: string[]) =>
      Object.fromEntries(Object.entries(CALM).filter(([vital]) => !vitals.includes(vital)));
    for (const vital of ["hr", "spo2", "rr"]) {
      // Last measured at 2 s: stale at 7 s.
      expect(taken(calm(), readings(...times(10, without(vital))))).toBe(4);
      expect(taken(calm(), readings(...times(4, without(vital)), ...times(20)))).toBe(4);
      expect(taken(calm(), readings(...times(3, without(vital)), ...times(20)))).toBe(23);
    }
  });

  it("before what falls due: an observation, a cuff, the sound's pause, the next rung of the ladder", () => {
    const watched = calm({ observationIntervalMin: { infusing: 1, recovery: 1 } });
    expect(taken(watched, readings(...times(600)))).toBe(357);
    const cuff = calm({ cuffIntervalMin: { infusing: 1, recovery: 1 } });
    expect(taken(cuff, readings(...times(200)))).toBe(119);
    const paused = calm();
    paused.does(2, { type: "pause-audio", seconds: 20 });
    expect(taken(paused, readings(...times(100)))).toBe(19);
    const loud = calm();
    loud.reads(2, { sbp: 70 });
    expect(taken(loud, readings(...times(100)))).toBe(29);
  });

  it("before a delay ends", () => {
    const scene = calm();
    scene.reads(2, { ...CALM, hr: 130 });
    expect(taken(scene, readings(...times(30, { ...CALM, hr: 130 })))).toBe(9);
  });
});

describe("a run does not begin", () => {
  it("where something else was done after the last message", () => {
    const scene = calm();
    scene.does(3, { type: "record-observation", observation: { pain: 1 } });
    expect(taken(scene, [reading(4)])).toBe(0);
    scene.reads(5, CALM);
    expect(taken(scene, [reading(6)])).toBe(1);
  });

  it("while a charted value counts", () => {
    const scene = infusing(SELDOM);
    scene.readsOn(1, 2, { hr: 70 });
    scene.does(2, { type: "record-observation", observation: { values: { sbp: 120 } } });
    expect(taken(scene, readings({ hr: 70 }))).toBe(0);
  });

  it("while the monitor's clock is in doubt", () => {
    const scene = calm();
    scene.reads(2.6, CALM, { measuredAtS: 62.6 });
    expect(taken(scene, readings(CALM))).toBe(0);
  });

  it("with the message after a silence", () => {
    const scene = calm();
    scene.waits(12);
    expect(taken(scene, [reading(12), reading(13)])).toBe(0);
  });

  it("with a vital that was lost, but for what the others do", () => {
    const scene = calm();
    scene.readsOn(3, 9, { hr: 70, rr: 14 });
    expect(scene.standing).toEqual(["signal-lost.spo2"]);
    const on = (values: ReadingValues) => [reading(10, values), reading(11, values)];
    expect(taken(scene, on({ hr: 71, rr: 14 }))).toBe(2);
    expect(taken(scene, on({ hr: 71, rr: 14, spo2: null }))).toBe(2);
    expect(taken(scene, on(CALM))).toBe(0);
  });
});

describe("with an alarm that stands, a run is quiet", () => {
  const low = { ...CALM, spo2: 92 };
  /** Low since 3 s, with the warning's alarm since 18 s; its extreme is 91. */
  const alarmed = (): Scene => {
    const scene = calm({ escalation: [] });
    scene.readsOn(3, 20, low);
    scene.reads(21, { ...CALM, spo2: 91 });
    return scene;
  };
  const then = (...all: number[]) => all.map((spo2, n) => reading(22 + n, { ...CALM, spo2 }));

  it("between its worst value and the one that begins to end it", () => {
    expect(taken(alarmed(), then(91, 94, 94.9, 92))).toBe(4);
    expect(taken(alarmed(), then(91, 90.5))).toBe(1);
    expect(taken(alarmed(), then(91, 95))).toBe(1);
  });

  it("while it recovers, until it does not or has", () => {
    const scene = alarmed();
    scene.reads(22, { ...CALM, spo2: 96 });
    const on = (...all: number[]) => all.map((spo2, n) => reading(23 + n, { ...CALM, spo2 }));
    expect(taken(scene, on(95, 96, 97, 98, 98))).toBe(4);
    expect(taken(scene, on(96, 94))).toBe(1);
  });

  it("above as below", () => {
    const fast = calm({ escalation: [] });
    fast.readsOn(3, 14, { ...CALM, hr: 130 });
    const on = (...all: number[]) => all.map((hr, n) => reading(15 + n, { ...CALM, hr }));
    expect(taken(fast, on(130, 119, 118.1, 125))).toBe(4);
    expect(taken(fast, on(130, 131))).toBe(1);
    expect(taken(fast, on(130, 118))).toBe(1);
  });

  it("that is gone and waits to be seen as if it did not stand", () => {
    const scene = calm({ escalation: [] });
    scene.reads(2, { ...CALM, sbp: 70, dbp: 75 });
    scene.reads(2, { ...CALM, sbp: 120 });
    expect(scene.standing).toEqual(["sbp.low"]);
    expect(taken(scene, readings(...times(20)))).toBe(20);
  });

  it("until a person is reminded of it", () => {
    const scene = calm({ escalation: [] });
    scene.reads(2, { ...CALM, sbp: 70 });
    scene.does(2, { type: "acknowledge-alarm", alarm: "sbp.low" });
    expect(taken(scene, readings(...times(200)))).toBe(179);
  });
});

describe("on the way home a run is quiet", () => {
  const home = { recoveryMinimumMin: 1, dischargeCuffs: 1, dischargeFacts: [], limits: {}, ...SELDOM };
  /** The baseline is 70 and 98: ready within a fifth (56 to 84, 78.4), ready still within three tenths (49 to 91, 68.6). */
  const staying = (values: ReadingValues): Scene => {
    const scene = recovering(home);
    scene.reads(1, WELL);
    scene.readsOn(2, 61, { ...CALM, ...values });
    return scene;
  };
  const then = (...all: ReadingValues[]) => all.map((values, n) => reading(62 + n, { ...CALM, ...values }));

  it("for one who is ready while they stay so, with what they may waver", () => {
    const ready = staying({});
    expect(ready.standing).toEqual(["ready-for-discharge"]);
    expect(taken(ready, then({ hr: 50 }, { hr: 90 }, { spo2: 69 }))).toBe(3);
    expect(taken(ready, then({ hr: 48 }))).toBe(0);
    expect(taken(ready, then({ hr: 92 }))).toBe(0);
    expect(taken(ready, then({ spo2: 68 }))).toBe(0);
  });

  it("for one whom values alone keep, not at all", () => {
    const fast = staying({ hr: 100 });
    expect(fast.standing).toEqual(["recovery-minimum-reached"]);
    expect(taken(fast, then({ hr: 100 }))).toBe(0);
  });

  it("for one whom something else keeps, whatever the values", () => {
    const scene = recovering({ ...home, dischargeChecks: ["escort"] });
    scene.readsOn(1, 61, WELL);
    expect(taken(scene, then({ hr: 100 }, { hr: 40 }))).toBe(2);
  });

  it("up to the end of the least stay", () => {
    const scene = recovering(home);
    scene.readsOn(1, 40, WELL);
    expect(
      taken(
        scene,
        Array.from({ length: 40 }, (_, n) => reading(41 + n)),
      ),
    ).toBe(19);
  });
});

it("whatever values come, taken at once or one by one they lead to the same", () => {
  const values = fc.record(
    {
      hr: fc.constantFrom(45, 49, 50, 51, 52, 53, 70, 117, 118, 120, 121),
      spo2: fc.constantFrom(88, 89, 90, 91, 93, 94, 95, 97),
      rr: fc.constantFrom(7, 8, 9, 14, 14, null),
      sbp: fc.constantFrom(70, 85, 120),
    },
    { requiredKeys: ["hr"] },
  );
  const stretch = fc.record({ values, times: fc.integer({ min: 1, max: 12 }) });
  fc.assert(
    fc.property(fc.array(stretch, { maxLength: 8 }), (stretches) => {
      const inputs = readings(...stretches.flatMap((each) => times(each.times, each.values)));
      let { bay } = calm();
      for (let next = 0; next < inputs.length; next += 1) {
        taken({ bay }, inputs, next);
        const quiet = advanceQuietly(bay, inputs, next);
        next += quiet.taken;
        const input = inputs[next];
        bay = input === undefined ? quiet.bay : advance(quiet.bay, input).bay;
      }
    }),
    { numRuns: 40 },
  );
});
