/**
 * Resting variability: smooth noise by interpolation between values drawn once. It is a function of time, so any instant
 * can be asked for in any order, and it uses only + − ×, so it gives the same bits on any machine.
 */
import type { AtMs } from "@vigil/shared/ids";
import type { Random } from "../random/index.ts";

/** One band of wandering: how long it takes to change, and its standard deviation in the vital's unit. */
export interface Band {
  readonly periodS: number;
  readonly sd: number;
}

const POINTS = 512;
/** Interpolated values spread less than the points: this brings the standard deviation back to what the band says. */
const SPREAD = 1.22;

function wanderInBand(band: Band, random: Random): (at: AtMs) => number {
  const points = Array.from({ length: POINTS }, () => random.normal() * band.sd * SPREAD);
  const point = (i: number) => points[((i % POINTS) + POINTS) % POINTS] ?? 0;
  return (at) => {
    const position = at / (band.periodS * 1000);
    const before = Math.floor(position);
    const x = position - before;
    const ease = x * x * (3 - 2 * x);
    return point(before) + (point(before + 1) - point(before)) * ease;
  };
}

/** The sum of several bands. */
export function wander(bands: readonly Band[], random: Random): (at: AtMs) => number {
  const parts = bands.map((band) => wanderInBand(band, random));
  return (at) => parts.reduce((sum, part) => sum + part(at), 0);
}
