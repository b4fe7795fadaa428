/**
 * Fewer points that draw the same: in each of equal stretches of time the first, the last, the lowest and the highest
 * value stay (for a line no wider than its pixels the picture is the same: Jugel et al., "M4", VLDB 2014). So an extreme
 * never disappears, and missing data stays missing.
 */
import type { AtMs } from "../ids/index.ts";

/**
 * Values over time in two columns of one length, oldest first. `null` says that from here on there is no valid value,
 * until the next that is none: nothing may be drawn across it.
 */
export interface Series {
  readonly at: readonly AtMs[];
  readonly value: readonly (number | null)[];
}

export interface DecimateWindow {
  readonly from: AtMs;
  /** Included; later than `from`. */
  readonly to: AtMs;
  /** Into how many stretches the window is cut: at most four values and as many gaps stay of each. At least 1. */
  readonly buckets: number;
}

/**
 * The part of a series that a window shows, decimated. The nearest point on either side of the window stays too, so that
 * a line runs to its edges. Gives the points themselves: none is averaged or moved.
 */
export function decimate(series: Series, window: DecimateWindow): Series {
  const { at, value } = series;
  const first = Math.max(0, lowerBound(at, window.from) - 1);
  const end = Math.min(at.length, lowerBound(at, window.to + 1) + 1);
  const kept: number[] = [];
  let stretch: Stretch | null = null;
  for (let i = first; i < end; i += 1) {
    const here = value[i];
    const when = at[i];
    if (when === undefined || here === undefined) break;
    if (here === null) {
      // One end of data is enough, however often it is told.
      if (stretch !== null) stretch.gapsAt.push(i);
      else if (kept.length > 0) stretch = newStretch(bucketOf(when, window), null, i);
      continue;
    }
    const bucket = bucketOf(when, window);
    if (stretch === null || stretch.bucket !== bucket) {
      if (stretch !== null) close(stretch, kept);
      stretch = newStretch(bucket, i, null);
      continue;
    }
    stretch.first ??= i;
    stretch.last = i;
    if (stretch.lowest === null || here < (value[stretch.lowest] ?? 0)) stretch.lowest = i;
    if (stretch.highest === null || here > (value[stretch.highest] ?? 0)) stretch.highest = i;
  }
  if (stretch !== null) close(stretch, kept);
  return { at: kept.map((i) => at[i] ?? 0), value: kept.map((i) => value[i] ?? null) };
}

/** What is kept of one stretch, as places in the series. */
interface Stretch {
  readonly bucket: number;
  first: number | null;
  last: number | null;
  lowest: number | null;
  highest: number | null;
  readonly gapsAt: number[];
}

const newStretch = (bucket: number, place: number | null, gapAt: number | null): Stretch => ({
  bucket,
  first: place,
  last: place,
  lowest: place,
  highest: place,
  gapsAt: gapAt === null ? [] : [gapAt],
});

function close({ first, last, lowest, highest, gapsAt }: Stretch, kept: number[]): void {
  const values = [...new Set([first, lowest, highest, last])].filter((place) => place !== null).sort((a, b) => a - b);
  let gap = 0;
  const gapBefore = (place: number) => {
    const found = gapsAt[gap];
    if (found === undefined || found > place) return;
    kept.push(found);
    while ((gapsAt[gap] ?? Number.POSITIVE_INFINITY) < place) gap += 1;
  };
  for (const place of values) {
    gapBefore(place);
    kept.push(place);
  }
  gapBefore(Number.POSITIVE_INFINITY);
}

/** −1 before the window and `buckets` after it: their nearest points are stretches of their own. */
function bucketOf(at: AtMs, { from, to, buckets }: DecimateWindow): number {
  if (at < from) return -1;
  if (at > to) return buckets;
  return Math.min(buckets - 1, Math.floor(((at - from) / (to - from)) * buckets));
}

/** The first place whose instant is not before `at`; the length when there is none. */
function lowerBound(instants: readonly AtMs[], at: AtMs): number {
  let low = 0;
  let high = instants.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((instants[middle] ?? Number.POSITIVE_INFINITY) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The nearest valid value no further than `withinMs` from `at`; of two as near, the earlier. */
export function nearestValue(
  { at: instants, value: values }: Series,
  at: AtMs,
  withinMs: number,
): { readonly at: AtMs; readonly value: number } | null {
  const here = lowerBound(instants, at);
  let nearest: { at: AtMs; value: number } | null = null;
  const consider = (place: number): boolean => {
    const when = instants[place];
    const value = values[place];
    if (when === undefined || Math.abs(when - at) > withinMs) return true;
    if (value === null || value === undefined) return false;
    if (nearest === null || Math.abs(when - at) < Math.abs(nearest.at - at)) nearest = { at: when, value };
    return true;
  };
  for (let place = here - 1; !consider(place); place -= 1);
  for (let place = here; !consider(place); place += 1);
  return nearest;
}

/** The value that holds at `at`: the last one not after it, unless data ended in between; `null` when there is none. */
export function valueAt({ at: instants, value: values }: Series, at: AtMs): { at: AtMs; value: number } | null {
  const place = lowerBound(instants, at + 1) - 1;
  const when = instants[place];
  const value = values[place];
  return when === undefined || value === undefined || value === null ? null : { at: when, value };
}
