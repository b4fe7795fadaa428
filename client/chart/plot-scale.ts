import type { AtMs } from "@vigil/shared/ids";

/** From instants and values to pixels of a drawing. */
export interface PlotScale {
  readonly x: (at: AtMs) => number;
  readonly y: (value: number) => number;
}
