import type { ReadingValues } from "@vigil/shared/vitals";
import { describe, expect, it } from "vitest";
import type { Truth } from "../patient/index.ts";
import {
  type Fault,
  type Message,
  type MonitorSettings,
  type MonitorTrouble,
  newMonitor,
  USUAL_MONITOR,
} from "./index.ts";

const MIN = 60_000;
const truth: Truth = { hr: 71.6, spo2: 97.7, rr: 14.2, sbp: 128.3, dbp: 79.2 };

interface Second {
  at: number;
  messages: readonly Message[];
  /** Of the first message. */
  values: ReadingValues | null;
}

interface Run {
  seed?: number;
  minutes: number;
  faults?: (at: number) => readonly Fault[];
  trouble?: (at: number) => Partial<MonitorTrouble>;
  settings?: Partial<MonitorSettings>;
  truthAt?: (at: number) => Truth;
}

function run({ seed = 1, minutes, faults, trouble, settings, truthAt }: Run): Second[] {
  const monitor = newMonitor(seed, "m", { ...USUAL_MONITOR, ...settings });
  monitor.measurePressure(0);
  return Array.from({ length: minutes * 60 }, (_, s) => {
    const at = s * 1000;
    const now = { faults: new Set(faults?.(at) ?? []), delayMs: 0, clockMs: 0, ...trouble?.(at) };
    const messages = monitor.read(at, truthAt?.(at) ?? truth, now, 5 * MIN);
    return { at, messages, values: messages[0]?.values ?? null };
  });
}

const cuffs = (sent: Second[]) => sent.filter(({ values }) => values?.sbp !== undefined);

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
    const found = Array.from({ length: 30 }, (_, seed) => cuffs(run({ seed, minutes: 120 }))).flat();
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
    const faults = (at: number): Fault[] => (at < 10_000 ? ["probe-off"] : at < 20_000 ? ["drop-out"] : []);
    const sent = run({ minutes: 1, faults });
    expect(sent[5]?.values).toMatchObject({ hr: 72, spo2: null });
    expect(sent[15]?.values).toBeNull();
    expect(sent[25]?.values).toMatchObject({ hr: 72, spo2: 98 });
  });

  it("shakes heart rate and SpO₂ while the patient moves, within what no critical limit of the defaults reaches", () => {
    const sent = run({ minutes: 5, faults: () => ["artefact"] });
    const rates = sent.map(({ values }) => values?.hr ?? 0);
    expect(new Set(rates).size).toBeGreaterThan(20);
    expect(Math.max(...rates)).toBeLessThan(150);
  });

  it("has no SpO₂ for at most 60 s while a cuff on the probe's arm measures", () => {
    const sent = run({ minutes: 60, settings: { cuffOnProbeArm: true }, seed: 3 });
    let blind = 0;
    let longest = 0;
    for (const { values } of sent) {
      blind = values?.spo2 === null ? blind + 1 : 0;
      longest = Math.max(longest, blind);
    }
    expect(longest).toBeGreaterThan(20);
    expect(longest).toBeLessThanOrEqual(60);
  });

  it("averages: a breath held for ten seconds shows as a lower rate, not as none", () => {
    const holds = (at: number) => ({ ...truth, rr: at >= 60_000 && at < 70_000 ? 0 : truth.rr });
    const rates = run({ minutes: 2, truthAt: holds }).map(({ values }) => values?.rr ?? Number.NaN);
    expect(Math.min(...rates)).toBeGreaterThan(3);
    expect(Math.min(...rates)).toBeLessThan(7);
    expect(rates.at(-1)).toBe(14);
  });

  it("sends at its own cadence, and says it; a pressure waits for the next message", () => {
    const sent = run({ minutes: 10, settings: { cadenceS: 60 } }).filter(({ messages }) => messages.length > 0);
    expect(sent.map(({ at }) => at / MIN)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(sent[0]?.messages[0]?.cadenceS).toBe(60);
    expect(cuffs(sent).length).toBeGreaterThanOrEqual(2);
  });

  it("loses heart rate and breaths with the electrodes, not SpO₂", () => {
    const sent = run({ minutes: 1, faults: () => ["leads-off"] });
    expect(sent[30]?.values).toMatchObject({ hr: null, rr: null, spo2: 98 });
  });

  it("freezes: the same values whatever the patient does", () => {
    const falls = (at: number) => ({ ...truth, spo2: 97.7 - at / 10_000 });
    const sent = run({ minutes: 2, truthAt: falls, faults: (at) => (at >= 30_000 ? ["frozen"] : []) });
    expect(new Set(sent.slice(31).map(({ values }) => values?.spo2)).size).toBe(1);
  });

  it("measures no pressure while the hose leaks", () => {
    const found = cuffs(run({ minutes: 30, faults: () => ["cuff-leaks"] }));
    expect(found.length).toBeGreaterThan(5);
    for (const { values } of found) expect(values?.sbp).toBeNull();
  });

  it("without power sends nothing, then starts up without values, then measures again by its cycle", () => {
    const sent = run({ minutes: 20, faults: (at) => (at >= MIN && at < 2 * MIN ? ["off"] : []) });
    expect(sent.slice(60, 120).every(({ messages }) => messages.length === 0)).toBe(true);
    expect(sent[125]?.values).toMatchObject({ hr: null, spo2: null, rr: null });
    expect(sent[140]?.values).toMatchObject({ hr: 72, spo2: 98, rr: 14 });
    const next = cuffs(sent).find(({ at }) => at > 2 * MIN);
    expect(next?.at).toBeGreaterThan(7 * MIN);
    expect(next?.at).toBeLessThan(9 * MIN);
  });

  it("has a clock of its own: nearly right, off by what befalls it", () => {
    const sent = run({ minutes: 2, trouble: (at) => ({ clockMs: at >= MIN ? -9000 : 0 }) });
    const off = (second: number) => sent[second]!.messages[0]!.measuredAt - second * 1000;
    expect(Math.abs(off(10))).toBeLessThanOrEqual(400);
    expect(off(90)).toBe(off(10) - 9000);
  });

  const arrivals = (sent: Second[]) =>
    sent.flatMap(({ at, messages }) =>
      messages.map(({ measuredAt }) => [at / 1000, Math.round(measuredAt / 1000) + 0]),
    );

  it("comes late over a slow line, and in order", () => {
    const found = arrivals(run({ minutes: 1, trouble: () => ({ delayMs: 7000 }) }));
    expect(found).toHaveLength(53);
    for (const [at, measured] of found) expect(at! - measured!).toBe(7);
  });

  it("comes however late, and of what a stalled line holds only the oldest is lost", () => {
    const late = arrivals(run({ minutes: 60, trouble: () => ({ delayMs: 400_000 }) }));
    expect(late.map(([at, measured]) => [at! - 400, measured])).toEqual(Array.from({ length: 3200 }, (_, s) => [s, s]));
    const stalled = arrivals(run({ minutes: 20, faults: (at) => (at < 600_000 ? ["burst", "duplicated"] : []) }));
    expect(stalled.filter(([at]) => at === 600)).toHaveLength(301);
  });

  it("comes twice, overtaken, or in a heap, and nothing is lost", () => {
    expect(arrivals(run({ minutes: 1, faults: () => ["duplicated"] }))).toHaveLength(120);

    const overtaken = arrivals(run({ minutes: 1, faults: () => ["out-of-order"] })).map(([, measured]) => measured!);
    expect(overtaken).not.toEqual(overtaken.toSorted((a, b) => a - b));
    expect(new Set(overtaken).size).toBe(overtaken.length);
    expect(overtaken.length).toBeGreaterThan(57);

    const heap = arrivals(run({ minutes: 1, faults: (at) => (at >= 10_000 && at < 30_000 ? ["burst"] : []) }));
    expect(heap.filter(([at]) => at! >= 10 && at! < 30)).toEqual([]);
    expect(heap.filter(([at]) => at === 30)).toHaveLength(21);
    expect(heap.map(([, measured]) => measured)).toEqual(Array.from({ length: 60 }, (_, s) => s));
  });
});
