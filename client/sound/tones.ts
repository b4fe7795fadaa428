/**
 * The tones, as data. Their form is that of IEC 60601-1-8:2006 with A1:2012 and A2:2020, 6.3.3.1, tables 3 and 4 (numbers as
 * cited in alarms.md, "Annunciation"):
 *
 * | | high | medium | low |
 * |---|---|---|---|
 * | pulses | 10, as 3-2, 3-2 | 3 | 1–2 |
 * | spacing | x = 50–125 ms; third to fourth 2x + length; between the halves 0.35–1.3 s | y = 125–250 ms | y |
 * | effective length of a pulse (above 90 % of its peak) | 75–200 ms | 125–250 ms | 125–250 ms |
 * | rise, 10 to 90 % | 10–40 % of the length | same | same |
 * | fall, 90 to 10 % | at most spacing − rise | same | same |
 * | silence between two bursts | 2.5–15 s | 2.5–30 s | more than 15 s |
 * | fundamental, harmonics | 150–1000 Hz; four harmonics or more in 300–4000 Hz within ± 15 dB of it | same | same |
 *
 * High and medium keep one pitch, as the standard's "general" melody does; low falls by a third.
 */
import type { Priority } from "@vigil/shared/protocol";

/** What a burst can say. `test` is what a person confirms to have heard. */
export type Sound = Priority | "test";

/** Gravest first. */
export const SOUNDS_IN_ORDER: readonly Sound[] = ["high", "medium", "low", "test"];

export const isGraver = (a: Sound, b: Sound): boolean => SOUNDS_IN_ORDER.indexOf(a) < SOUNDS_IN_ORDER.indexOf(b);

export interface Pulse {
  /** Its first sample, counted from that of the burst. */
  readonly startMs: number;
  /** Effective length: above 90 % of the peak. */
  readonly lengthMs: number;
  readonly fundamentalHz: number;
}

export interface Tone {
  readonly pulses: readonly Pulse[];
  /** The straight line from nothing to the peak. Rise (10 to 90 %) is 0.8 of it. */
  readonly attackMs: number;
  /** The straight line back to nothing. Fall (90 to 10 %) is 0.8 of it. */
  readonly releaseMs: number;
  /** Levels of the fundamental and its multiples, relative to the fundamental. */
  readonly harmonicsDb: readonly number[];
  /** Peak, relative to full scale. A graver tone is never softer than a milder one. */
  readonly peakDb: number;
}

/** From the first sample of one burst to that of the next, while its alarm sounds. */
export const REPEAT_EVERY_MS: { readonly [P in Priority]: number } = { high: 5_000, medium: 10_000, low: 20_000 };

const C5 = 523.25;
const E5 = 659.26;
const G5 = 783.99;

const X_MS = 70;
const HIGH_PULSE_MS = 100;
const BETWEEN_THREE_AND_TWO_MS = 2 * X_MS + HIGH_PULSE_MS;
const BETWEEN_HALVES_MS = 400;
const Y_MS = 200;
const CALM = { lengthMs: 200, attackMs: 50, releaseMs: 60, harmonicsDb: [0, -3, -6, -8, -10, -12] };

export const TONES: { readonly [S in Sound]: Tone } = {
  high: tone({
    pitches: [C5, C5, C5, C5, C5, C5, C5, C5, C5, C5],
    spacingsMs: [
      ...[X_MS, X_MS, BETWEEN_THREE_AND_TWO_MS, X_MS],
      BETWEEN_HALVES_MS,
      ...[X_MS, X_MS, BETWEEN_THREE_AND_TWO_MS, X_MS],
    ],
    lengthMs: HIGH_PULSE_MS,
    attackMs: 25,
    releaseMs: 30,
    // Stronger upper harmonics carry further and sound more urgent.
    harmonicsDb: [0, -1, -2, -4, -6, -8, -10],
    peakDb: -1,
  }),
  medium: tone({ ...CALM, pitches: [C5, C5, C5], spacingsMs: [Y_MS, Y_MS], peakDb: -4 }),
  low: tone({ ...CALM, pitches: [E5, C5], spacingsMs: [Y_MS], peakDb: -7 }),
  // As soft as the softest alarm: who hears it hears them all.
  test: tone({ ...CALM, pitches: [C5, E5, G5], spacingsMs: [Y_MS, Y_MS], peakDb: -7 }),
};

interface Score extends Omit<Tone, "pulses"> {
  readonly pitches: readonly number[];
  /** Between the effective lengths of neighbours: one fewer than pitches. */
  readonly spacingsMs: readonly number[];
  readonly lengthMs: number;
}

function tone({ pitches, spacingsMs, lengthMs, ...form }: Score): Tone {
  let startMs = 0;
  const pulses = pitches.map((fundamentalHz, index) => {
    const pulse = { startMs, lengthMs, fundamentalHz };
    startMs += lengthMs + (spacingsMs[index] ?? 0);
    return pulse;
  });
  return { ...form, pulses };
}

/** From the first sample of a pulse to its last. */
export function pulseSpanMs({ attackMs, releaseMs }: Tone, { lengthMs }: Pulse): number {
  return lengthMs + 0.9 * (attackMs + releaseMs);
}

/** From the first sample of a burst to its last. */
export function burstLengthMs(sound: Sound): number {
  const { pulses } = TONES[sound];
  const last = pulses.at(-1);
  return last === undefined ? 0 : last.startMs + pulseSpanMs(TONES[sound], last);
}

export const decibels = (db: number): number => 10 ** (db / 20);
