/** The part of a session that is looked at: pure arithmetic of windows. */
import type { AtMs, DurationMs } from "@vigil/shared/ids";

export interface TimeWindow {
  readonly from: AtMs;
  readonly to: AtMs;
}

/** Closer than this there is nothing more to see. */
const LEAST_SPAN_MS: DurationMs = 60_000;

export const spanOf = ({ from, to }: TimeWindow): DurationMs => to - from;

/** The same span, moved as little as needed to lie within `bounds`; never longer than they are. */
export function within(window: TimeWindow, bounds: TimeWindow): TimeWindow {
  const span = Math.min(Math.max(spanOf(window), Math.min(LEAST_SPAN_MS, spanOf(bounds))), spanOf(bounds));
  const from = Math.min(Math.max(window.from, bounds.from), bounds.to - span);
  return { from, to: from + span };
}

/** `factor` below 1 comes closer; what is at `around` stays where it is. */
export function zoomed(window: TimeWindow, factor: number, around: AtMs, bounds: TimeWindow): TimeWindow {
  const least = Math.min(LEAST_SPAN_MS, spanOf(bounds));
  const span = Math.min(Math.max(spanOf(window) * factor, least), spanOf(bounds));
  const share = (around - window.from) / spanOf(window);
  return within({ from: around - share * span, to: around + (1 - share) * span }, bounds);
}

export const moved = (window: TimeWindow, by: DurationMs, bounds: TimeWindow): TimeWindow =>
  within({ from: window.from + by, to: window.to + by }, bounds);

/** What is drawn for a window: as much again on its sides together, so that moving it shows what is there already. */
export function aroundWindow(window: TimeWindow, bounds: TimeWindow): TimeWindow {
  const margin = spanOf(window) / 2;
  return { from: Math.max(bounds.from, window.from - margin), to: Math.min(bounds.to, window.to + margin) };
}

export const covers = (outer: TimeWindow, inner: TimeWindow): boolean =>
  outer.from <= inner.from && outer.to >= inner.to;

const STEPS_MIN = [1, 2, 5, 10, 15, 30, 60, 120, 240];

/** Instants on round times of a clock that is `offsetMs` ahead of UTC: at most `most` of them in the window. */
export function timeTicks({ from, to }: TimeWindow, most: number, offsetMs: number): AtMs[] {
  const least = (to - from) / Math.max(1, most);
  const step = (STEPS_MIN.find((minutes) => minutes * 60_000 >= least) ?? 480) * 60_000;
  const ticks: AtMs[] = [];
  for (let at = Math.ceil((from + offsetMs) / step) * step - offsetMs; at <= to; at += step) ticks.push(at);
  return ticks;
}
