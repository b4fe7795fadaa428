import { describe, expect, it, test } from "vitest";
import { burstLengthMs, pulseSpanMs, REPEAT_EVERY_MS, SOUNDS_IN_ORDER, type Sound, TONES } from "./tones.ts";

/** Between the effective lengths (above 90 % of the peak) of neighbours. */
const spacings = (sound: Sound): number[] =>
  TONES[sound].pulses
    .slice(1)
    .map(({ startMs }, index) => startMs - TONES[sound].pulses[index]!.startMs - TONES[sound].pulses[index]!.lengthMs);

describe("the high tone", () => {
  it("has ten pulses, as 3-2, 3-2", () => {
    const [x12, x23, between34, x45, halves, x67, x78, between89, x910, ...more] = spacings("high");
    expect(more).toEqual([]);
    for (const x of [x12, x23, x45, x67, x78, x910]) {
      expect(x).toBe(x12);
      expect(x).toBeGreaterThanOrEqual(50);
      expect(x).toBeLessThanOrEqual(125);
    }
    expect(between34).toBe(2 * x12! + TONES.high.pulses[0]!.lengthMs);
    expect(between89).toBe(between34);
    expect(halves).toBeGreaterThanOrEqual(350);
    expect(halves).toBeLessThanOrEqual(1300);
  });
  it("leaves 2.5 to 15 s of silence before it repeats", () => {
    expect(REPEAT_EVERY_MS.high).toBe(5_000);
    expect(5_000 - burstLengthMs("high")).toBeGreaterThanOrEqual(2_500);
  });
});

test("the medium tone has three pulses and the low one two, evenly spaced, repeated as prescribed", () => {
  expect([TONES.medium.pulses.length, TONES.low.pulses.length]).toEqual([3, 2]);
  for (const spacing of [...spacings("medium"), ...spacings("low")]) {
    expect(spacing).toBeGreaterThanOrEqual(125);
    expect(spacing).toBeLessThanOrEqual(250);
  }
  expect(REPEAT_EVERY_MS).toMatchObject({ medium: 10_000, low: 20_000 });
  expect(20_000 - burstLengthMs("low")).toBeGreaterThan(15_000);
});

describe.each(SOUNDS_IN_ORDER)("a pulse of the %s tone", (sound) => {
  const tone = TONES[sound];
  it.each(tone.pulses)("at $startMs ms has pitch, length, rise and fall as prescribed", (pulse) => {
    const [least, most] = sound === "high" ? [75, 200] : [125, 250];
    expect(pulse.lengthMs).toBeGreaterThanOrEqual(least);
    expect(pulse.lengthMs).toBeLessThanOrEqual(most);
    expect(pulse.fundamentalHz).toBeGreaterThanOrEqual(150);
    expect(pulse.fundamentalHz).toBeLessThanOrEqual(1000);
    const rise = 0.8 * tone.attackMs;
    expect(rise / pulse.lengthMs).toBeGreaterThanOrEqual(0.1);
    expect(rise / pulse.lengthMs).toBeLessThanOrEqual(0.4);
    expect(0.8 * tone.releaseMs).toBeLessThanOrEqual(Math.min(...spacings(sound)) - rise);
    const audible = tone.harmonicsDb.filter(
      (db, index) => Math.abs(db) < 15 && (index + 1) * pulse.fundamentalHz <= 4000,
    );
    expect(audible.length).toBeGreaterThanOrEqual(5);
  });
  it("ends before the next begins", () => {
    tone.pulses.slice(1).forEach((next, index) => {
      const before = tone.pulses[index]!;
      expect(before.startMs + pulseSpanMs(tone, before)).toBeLessThan(next.startMs);
    });
  });
});

test("a graver tone is never softer than a milder one, nor the test tone louder than the softest", () => {
  const peaks = SOUNDS_IN_ORDER.map((sound) => TONES[sound].peakDb);
  expect(peaks).toEqual([...peaks].sort((a, b) => b - a));
  expect(Math.max(...peaks)).toBeLessThan(0);
});
