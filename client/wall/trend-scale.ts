/** Scales of a bay's trend, in shares of its band: 0 left and top, 1 right and bottom. */
import { TREND_SPAN_MS } from "@vigil/shared/board";
import type { AtMs } from "@vigil/shared/ids";

export interface Scale {
  readonly bottom: number;
  readonly top: number;
}

export interface Limits {
  readonly low: number | null;
  readonly high: number | null;
}

/** Enough to hold both limits with a margin, wider where the values went further, so that limits stay where they are. */
export function scaleOf(usual: Scale, limits: Limits, values: readonly number[], margin: number): Scale {
  let bottom = limits.low === null ? usual.bottom : Math.min(usual.bottom, limits.low - margin);
  let top = limits.high === null ? usual.top : Math.max(usual.top, limits.high + margin);
  for (const value of values) {
    if (value - margin / 2 < bottom) bottom = value - margin / 2;
    if (value + margin / 2 > top) top = value + margin / 2;
  }
  return { bottom, top };
}

export const yOf = (value: number, { bottom, top }: Scale): number => 1 - (value - bottom) / (top - bottom);
export const xOf = (at: AtMs, now: AtMs): number => 1 - (now - at) / TREND_SPAN_MS;
