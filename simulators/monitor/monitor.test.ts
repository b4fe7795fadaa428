import type { ReadingValues } from "@vigil/shared/vitals";
import { describe, expect, it } from "vitest";
import type { Truth } from "../patient/index.ts";
import type { Fault } from "../scenario/index.ts";
import { newMonitor } from "./index.ts";

const MIN = 60_000;
const truth: Truth = { hr: 71.6, spo2: 97.7, rr: 14.2, sbp: 128.3, dbp: 79.2 };
const NONE: ReadonlySet<Fault> = new Set();

interface Sent {
  at: number;
  values: ReadingValues | null;
}

function run(options: {
  seed?: number;
  minutes: number;
  faults?: (at: number) => ReadonlySet<Fault>;
  probeArm?: boolean;
}): Sent[] {
  const monitor = newMonitor(options.seed ?? 1, "m", options.probeArm ?? false);
  monitor.measurePressure(0);
  return Array.from({ length: options.minutes * 60 }, (_, s) => ({
    at: s * 1000,
    values: monitor.read(s * 1000, truth, options.faults?.(s * 1000) ?? NONE, 5 * MIN),
  }));
}

const cuffs = (sent: Sent[]) => sent.filter(({ values }) => values?.sbp !== undefined);

describe("a simulated monitor", () => {
  it("sends whole numbers once a second", () => {
    for (const { values } of run({ minutes: 2 })) {
      expect(values).toMatchObject({ hr: 72, spo2: 98, rr: 14 });
      for (const value of Object.values(values ?? {})) expect(Number.isInteger(value)).toBe(true);
    }
  });

  it("gives a pressure 20–45 s after each start of the cuff, every five minutes, once", () => {
    const found = cuffs(run({ seed: 4, minutes: 61 })).filter(({ values }) => values?.sbp !== null);
    expect(found.length).toBeGreaterThanOrEqual(12);
    for (const { at } of found) {
      const after = at % (5 * MIN);
      expect(after).toBeGreaterThanOrEqual(20_000);
      expect(after).toBeLessThanOrEqual(105_000);
    }
  });

  it("is off by about 4 mmHg and fails in about 3 % of measurements, then tries again", () => {
    const found = Array.from({ length: 60 }, (_, seed) => cuffs(run({ seed, minutes: 120 }))).flat();
    const failed = found.filter(({ values }) => values?.sbp === null);
    expect(failed.length / found.length).toBeGreaterThan(0.015);
    expect(failed.length / found.length).toBeLessThan(0.05);
    const errors = found.flatMap(({ values }) => (typeof values?.sbp === "number" ? [values.sbp - truth.sbp] : []));
    const sd = Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length);
    expect(sd).toBeGreaterThan(3.5);
    expect(sd).toBeLessThan(4.5);
    for (const { values } of found) {
      if (values?.sbp === null) expect(values).toMatchObject({ dbp: null, map: null });
      else expect(values?.map).toBe(Math.round((values?.dbp ?? 0) + ((values?.sbp ?? 0) - (values?.dbp ?? 0)) / 3));
    }
  });

  it("says null for SpO₂ while the probe is off, nothing at all while it drops out", () => {
    const faults = (at: number) => new Set<Fault>(at < 10_000 ? ["probe-off"] : at < 20_000 ? ["drop-out"] : []);
    const sent = run({ minutes: 1, faults });
    expect(sent[5]?.values).toMatchObject({ hr: 72, spo2: null });
    expect(sent[15]?.values).toBeNull();
    expect(sent[25]?.values).toMatchObject({ hr: 72, spo2: 98 });
  });

  it("shakes heart rate and SpO₂ while the patient moves, within what no critical limit of the defaults reaches", () => {
    const sent = run({ minutes: 5, faults: () => new Set<Fault>(["artefact"]) });
    const rates = sent.map(({ values }) => values?.hr ?? 0);
    expect(new Set(rates).size).toBeGreaterThan(20);
    expect(Math.max(...rates)).toBeLessThan(150);
  });

  it("has no SpO₂ for at most 60 s while a cuff on the probe's arm measures", () => {
    const sent = run({ minutes: 60, probeArm: true, seed: 3 });
    let blind = 0;
    let longest = 0;
    for (const { values } of sent) {
      blind = values?.spo2 === null ? blind + 1 : 0;
      longest = Math.max(longest, blind);
    }
    expect(longest).toBeGreaterThan(20);
    expect(longest).toBeLessThanOrEqual(60);
  });
});
