import { advance, type Bay, newBay } from "@vigil/shared/bay";
import { boardRow } from "@vigil/shared/board";
import { bayIdSchema, commandIdSchema } from "@vigil/shared/ids";
import type { Given } from "@vigil/shared/pharmacokinetics";
import { protocolSchema } from "@vigil/shared/protocol";
import { actorSchema, commandSchema, doseAt, doseCourse } from "@vigil/shared/session";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newPump, type Pump } from "./pump.ts";
import { viewByClock, viewOf } from "./view.ts";

const MIN = 60_000;
const plan = { drug: "ketamine", doseMgPerKg: 0.5, plannedMin: 40 };
const row = { ...boardRow(newBay(bayIdSchema.parse("1"), protocolSchema.parse({}))), drug: null };
const before = { ...row, plannedMs: 40 * MIN };
const running = { ...before, infusionStartedAt: 10 * MIN, runningSince: 10 * MIN };
const paused = { ...running, runningSince: null, ranMs: 5 * MIN };
const resumed = { ...paused, runningSince: 18 * MIN };

/** What was given by `at`. */
function mgPerKg({ runs, boluses }: Given, at: number): number {
  let sum = 0;
  for (const { from, to, rateMgPerKgPerMin } of runs)
    sum += ((Math.min(at, to ?? at) - from) / MIN) * rateMgPerKgPerMin;
  for (const bolus of boluses) sum += bolus.mgPerKg;
  return sum;
}

describe("a pump of which nothing is told but its clock", () => {
  it("follows starting, pausing and resuming", () => {
    const pump = newPump(plan);
    pump.observe(before, 9 * MIN);
    expect(pump.startedAt).toBeNull();
    pump.observe(running, 10 * MIN);
    pump.observe(paused, 15 * MIN);
    pump.observe(resumed, 18 * MIN);
    expect(pump.given.runs.map(({ from, to }) => [from, to])).toEqual([
      [10 * MIN, 15 * MIN],
      [18 * MIN, null],
    ]);
    expect(pump.startedAt).toBe(10 * MIN);
    expect(pump.ranMs(20 * MIN)).toBe(7 * MIN);
  });

  it("joined in the middle, knows the time before from the row", () => {
    const lived = newPump(plan);
    for (const [view, at] of [
      [running, 10],
      [paused, 15],
      [resumed, 18],
    ] as const) {
      lived.observe(view, at * MIN);
    }
    const joined = newPump(plan);
    joined.observe(resumed, 25 * MIN);
    expect(joined.given).toEqual(lived.given);
  });

  it("gives the plan's dose over the planned time, and no more while its clock runs on", () => {
    const pump = newPump(plan);
    for (let min = 10; min < 90; min += 1) pump.observe({ ...running, plannedMs: 60 * MIN }, min * MIN);
    expect(pump.given.runs[0]?.rateMgPerKgPerMin).toBeCloseTo(0.5 / 60, 12);
    expect(mgPerKg(pump.given, 90 * MIN)).toBeCloseTo(0.5, 12);
    expect(pump.ranMs(90 * MIN)).toBe(80 * MIN);
  });
});

// --- the session itself tells ---

const WEIGHT_KG = 80;
const by = actorSchema.parse({ id: "n1", name: "Nora", role: "nurse" });
/** What somebody entered in a browser: not the simulator's own plan. */
const ENTERED = { drug: "ketamine", doseMgPerKg: 1, plannedMin: 30, concentrationMgPerMl: 2, bagVolumeMl: 100 };

class Visit {
  bay: Bay = newBay(bayIdSchema.parse("1"), protocolSchema.parse({ startChecks: [] }));
  #acts = 0;

  constructor() {
    const patient = { initials: "AB", weightKg: WEIGHT_KG };
    this.does(0, { type: "open-session", sessionId: "s1", patient, plan: ENTERED });
    this.does(0, { type: "record-baseline", values: { hr: 70, spo2: 98, sbp: 120, dbp: 75 } });
  }

  does(at: number, document: object): string {
    const id = commandIdSchema.parse(`c${this.#acts++}`);
    this.bay = advance(this.bay, { kind: "command", at, id, by, command: commandSchema.parse(document) }).bay;
    return id;
  }

  mgPerKg(at: number): number {
    const session = this.bay.session!;
    return (doseAt(doseCourse(session)!, at)?.mg ?? 0) / WEIGHT_KG;
  }
}

const PUMP_ACTS = [
  { type: "start-infusion" },
  { type: "pause-infusion", reason: "pressure" },
  { type: "resume-infusion" },
  { type: "change-rate", rateMlPerH: 30 },
  { type: "change-rate", rateMlPerH: 240 },
  { type: "give-medication", medication: { kind: "bolus", mg: 8 } },
  { type: "extend-infusion", mg: 20, minutes: 5 },
  { type: "end-infusion", reason: "enough" },
];

function watch(visit: Visit, pump: Pump, from: number, to: number): void {
  for (let at = from; at < to; at += 1000) {
    visit.bay = advance(visit.bay, { kind: "tick", at }).bay;
    pump.observe(viewOf(visit.bay, at), at);
  }
}

describe("a pump of which the session tells", () => {
  it("gives the entered plan, follows the rate, gives a bolus once and takes an undone one back", () => {
    const visit = new Visit();
    const pump = newPump(plan);
    visit.does(MIN, { type: "start-infusion" });
    watch(visit, pump, MIN, 11 * MIN);
    // 80 mg over 30 min, for each of 80 kg.
    expect(mgPerKg(pump.given, 11 * MIN)).toBeCloseTo(10 / 30, 6);
    visit.does(11 * MIN, { type: "change-rate", rateMlPerH: 160 });
    watch(visit, pump, 11 * MIN, 12 * MIN);
    expect(mgPerKg(pump.given, 12 * MIN)).toBeCloseTo(10 / 30 + 320 / 60 / 80, 6);
    const slip = visit.does(12 * MIN, { type: "give-medication", medication: { kind: "bolus", mg: 8 } });
    watch(visit, pump, 12 * MIN, 12 * MIN + 4_000);
    expect(pump.given.boluses).toEqual([{ at: 12 * MIN, mgPerKg: 0.1 }]);
    visit.does(12 * MIN + 4_000, { type: "undo-act", act: slip });
    watch(visit, pump, 12 * MIN + 4_000, 13 * MIN);
    expect(pump.given.boluses).toEqual([]);
  });

  it("has given what the record says was given, whatever is done to it, also when it is looked at late", () => {
    const acts = fc.array(fc.tuple(fc.constantFrom(...PUMP_ACTS), fc.integer({ min: 1, max: 240 })), { maxLength: 12 });
    fc.assert(
      fc.property(acts, fc.integer({ min: 0, max: 3_000 }), (steps, joinsAtS) => {
        const visit = new Visit();
        const pump = newPump(plan);
        const joined = newPump(plan);
        let at = MIN;
        visit.does(at, { type: "start-infusion" });
        for (const [act, gapS] of [...steps, [{ type: "resume-infusion" }, 900] as const]) {
          for (let s = 0; s < gapS * 2; s += 1, at += 1000) {
            visit.bay = advance(visit.bay, { kind: "tick", at }).bay;
            pump.observe(viewOf(visit.bay, at), at);
            if (at >= joinsAtS * 1000) joined.observe(viewOf(visit.bay, at), at);
          }
          visit.does(at, act);
        }
        // A second of the fastest rate: the pump is looked at once a second.
        const second = 240 / 60 / 60 / WEIGHT_KG;
        expect(Math.abs(mgPerKg(pump.given, at) - visit.mgPerKg(at))).toBeLessThan(second * (steps.length + 2) * 2);
        if (at < joinsAtS * 1000) return;
        expect(Math.abs(mgPerKg(joined.given, at) - visit.mgPerKg(at))).toBeLessThan(second * (steps.length + 2) * 2);
      }),
      { numRuns: 30 },
    );
  });

  it("goes by the clock of the simulation where that is ahead of the server's", () => {
    const visit = new Visit();
    visit.does(MIN, { type: "start-infusion" });
    visit.does(3 * MIN, { type: "give-medication", medication: { kind: "bolus", mg: 8 } });
    const pump = newPump(plan);
    pump.observe(viewByClock(viewOf(visit.bay, 3 * MIN), 60 * MIN), 63 * MIN);
    expect(pump.startedAt).toBe(61 * MIN);
    expect(mgPerKg(pump.given, 73 * MIN)).toBeCloseTo(12 / 30 + 0.1, 6);
    expect(pump.given.boluses).toEqual([{ at: 63 * MIN, mgPerKg: 0.1 }]);
  });
});
