/**
 * Resting variability: smooth noise by interpolation between values drawn once. It is a function of time, so any instant
 * can be asked for in any order, and it uses only + − ×, so it gives the same bits on any machine.
 */
import type { AtMs } from "@vigil/shared/ids";
import { type Random, randomFrom } from "../random/index.ts";

/** One band of wandering: how long it takes to change, and its standard deviation in the vital's unit. */
export interface Band {
  readonly periodS: number;
  readonly sd: number;
}

const POINTS = 4096;
/** Interpolated values spread less than the points: this brings the standard deviation back to what the band says. */
const SPREAD = 1.22;

let drawn: readonly number[] | null = null;

/** One table for everybody: each band of each patient begins at a place of its own in it. */
function table(): readonly number[] {
  if (drawn !== null) return drawn;
  const random = randomFrom(0, "variability");
  drawn = Array.from({ length: POINTS }, () => random.normal());
  return drawn;
}

function wanderInBand(band: Band, random: Random): (at: AtMs) => number {
  const points = table();
  const start = Math.floor(random.within([0, POINTS]));
  const height = band.sd * SPREAD * (random.chance(0.5) ? 1 : -1);
  const point = (i: number) => points[(((i + start) % POINTS) + POINTS) % POINTS] ?? 0;
  return (at) => {
    const position = at / (band.periodS * 1000);
    const before = Math.floor(position);
    const x = position - before;
    const ease = x * x * (3 - 2 * x);
    return height * (point(before) + (point(before + 1) - point(before)) * ease);
  };
}

/** The sum of several bands. */
export function wander(bands: readonly Band[], random: Random): (at: AtMs) => number {
  const parts = bands.map((band) => wanderInBand(band, random));
  return (at) => parts.reduce((sum, part) => sum + part(at), 0);
}
