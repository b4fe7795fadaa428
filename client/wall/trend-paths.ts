/** A bay's trend as SVG paths: the last 15 minutes of HR and SpO₂, their limits, what lies beyond them, and the cuff. */

import { type BoardRow, type BoardVital, TREND_BUCKET_MS, type Trend } from "@vigil/shared/board";
import type { AtMs } from "@vigil/shared/ids";
import { type Limits, type Scale, scaleOf, xOf, yOf } from "./trend-scale.ts";
import { showsValues } from "./vital-view.ts";

/** Where the trend stands on its sheet, px. */
export interface TrendBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** What a trend is made of, in the order in which it is drawn. */
export const TREND_LINES = [
  "grid",
  "cuff",
  "cuff-limits",
  "hr-limits",
  "hr-line",
  "hr-beyond",
  "spo2-limits",
  "spo2-line",
  "spo2-beyond",
] as const;
export type TrendLine = (typeof TREND_LINES)[number];
/** The path of each. */
export type TrendLines = { readonly [L in TrendLine]: string };

/** Of a bay that shows no values. */
export const NO_TREND: TrendLines = {
  grid: "",
  cuff: "",
  "cuff-limits": "",
  "hr-limits": "",
  "hr-line": "",
  "hr-beyond": "",
  "spo2-limits": "",
  "spo2-line": "",
  "spo2-beyond": "",
};

export function trendLines(trend: Trend, row: BoardRow, now: AtMs, box: TrendBox): TrendLines {
  if (!showsValues(row)) return NO_TREND;
  const { vitals } = row;
  const hr = vitalPaths(trend, "hr", vitals.hr, now, box);
  const spo2 = vitalPaths(trend, "spo2", vitals.spo2, now, box);
  return {
    grid: gridPath(box),
    cuff: cuffPath(trend, now, box),
    "cuff-limits": cuffLimitPath(trend, vitals, now, box),
    "hr-limits": hr.limits,
    "hr-line": hr.line,
    "hr-beyond": hr.beyond,
    "spo2-limits": spo2.limits,
    "spo2-line": spo2.line,
    "spo2-beyond": spo2.beyond,
  };
}

/** A line at each five minutes. */
const gridPath = ({ left, top, width, height }: TrendBox): string =>
  [1, 2].map((n) => `M${left + Math.round((n * width) / 3) + 0.5} ${top}v${height}`).join("");

export interface VitalPaths {
  readonly line: string;
  /** The parts of the line below the low or above the high limit. */
  readonly beyond: string;
  readonly limits: string;
}

interface Band {
  /** Shares of the box's height. */
  readonly from: number;
  readonly to: number;
  /** What is shown at least, and kept around limits and values, in the vital's unit. */
  readonly usual: Scale;
  readonly margin: number;
}

const BANDS: { readonly [V in "hr" | "spo2"]: Band } = {
  hr: { from: 0.03, to: 0.57, usual: { bottom: 45, top: 125 }, margin: 8 },
  spo2: { from: 0.64, to: 0.97, usual: { bottom: 88, top: 100.5 }, margin: 2 },
};
/** Cuff bars share the upper band on their own scale. */
const CUFF: Scale = { bottom: 30, top: 200 };
/** Extremes of a bucket closer than the line is thick are one point of it; a share of the height, and px. */
const MERGED_SHARE = 0.035;
const MERGED_PX = 2;

/** Lowest and highest of a bucket at an instant. */
type Point = readonly [at: AtMs, low: number, high: number];

export function vitalPaths(
  trend: Trend,
  vital: "hr" | "spo2",
  limits: BoardVital,
  now: AtMs,
  box: TrendBox,
): VitalPaths {
  const band = BANDS[vital];
  const points = pointsOf(trend, vital, now);
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (const [, low, high] of points) {
    if (low < lowest) lowest = low;
    if (high > highest) highest = high;
  }
  const scale = scaleOf(band.usual, limits, points.length === 0 ? [] : [lowest, highest], band.margin);
  const x = (at: AtMs) => box.left + Math.min(1, xOf(at, now)) * box.width;
  const y = (value: number) => box.top + (band.from + (band.to - band.from) * yOf(value, scale)) * box.height;
  // Data missing for longer than it may is a gap, never a line drawn across.
  const lines = split(points, Math.max(limits.staleAfterMs, 2 * TREND_BUCKET_MS));
  const merged = Math.max(MERGED_PX, box.height * MERGED_SHARE);
  const path = (some: readonly (readonly Point[])[]) => some.map((line) => pathOf(line, x, y, merged)).join("");
  const { low, high } = limits;
  const below =
    low === null || lowest >= low
      ? []
      : split(
          points.flatMap((p) => clampedBelow(p, low)),
          2 * TREND_BUCKET_MS,
        );
  const above =
    high === null || highest <= high
      ? []
      : split(
          points.flatMap((p) => clampedAbove(p, high)),
          2 * TREND_BUCKET_MS,
        );
  return {
    line: path(lines),
    beyond: path(below) + path(above),
    // On a pixel's middle, so that a thin line is one pixel and not two half ones.
    limits: [low, high]
      .map((limit) => (limit === null ? "" : `M${box.left} ${Math.round(y(limit)) + 0.5}h${box.width}`))
      .join(""),
  };
}

/** Half the width of the mark that a limit makes across a bar, px. */
const LIMIT_MARK_PX = 3;

/** Across each bar a mark where its limits are, when the bar goes beyond them. */
export function cuffLimitPath(
  trend: Trend,
  { sbp, dbp }: { readonly sbp: Limits; readonly dbp: Limits },
  now: AtMs,
  { left, top, width, height }: TrendBox,
): string {
  const { from, to } = BANDS.hr;
  const y = (value: number) => px(top + (from + (to - from) * yOf(value, CUFF)) * height);
  const beyond = (value: number, { low, high }: Limits): number[] => [
    ...(low !== null && value < low ? [low] : []),
    ...(high !== null && value > high ? [high] : []),
  ];
  return trend.cuffs
    .filter(([at]) => xOf(at, now) >= 0)
    .flatMap(([at, systolic, diastolic]) =>
      [...beyond(systolic, sbp), ...beyond(diastolic, dbp)].map(
        (limit) => `M${px(left + xOf(at, now) * width - LIMIT_MARK_PX)} ${y(limit)}h${2 * LIMIT_MARK_PX}`,
      ),
    )
    .join("");
}

export function cuffPath(trend: Trend, now: AtMs, { left, top, width, height }: TrendBox): string {
  const { from, to } = BANDS.hr;
  const y = (value: number) => px(top + (from + (to - from) * yOf(value, CUFF)) * height);
  return trend.cuffs
    .filter(([at]) => xOf(at, now) >= 0)
    .map(([at, sbp, dbp]) => `M${px(left + xOf(at, now) * width)} ${y(sbp)}V${y(dbp)}`)
    .join("");
}

function pointsOf(trend: Trend, vital: "hr" | "spo2", now: AtMs): Point[] {
  const points: Point[] = [];
  for (const [bucket, hrMin, hrMax, spo2Min, spo2Max] of trend.buckets) {
    const low = vital === "hr" ? hrMin : spo2Min;
    const high = vital === "hr" ? hrMax : spo2Max;
    const at = (bucket + 0.5) * TREND_BUCKET_MS;
    if (low !== null && high !== null && xOf(at, now) >= 0) points.push([at, low, high]);
  }
  return points;
}

const clampedBelow = ([at, low, high]: Point, limit: number): Point[] =>
  low < limit ? [[at, low, Math.min(high, limit)]] : [];
const clampedAbove = ([at, low, high]: Point, limit: number): Point[] =>
  high > limit ? [[at, Math.max(low, limit), high]] : [];

function split(points: readonly Point[], gapMs: number): Point[][] {
  const lines: Point[][] = [];
  let lastAt = Number.NEGATIVE_INFINITY;
  for (const point of points) {
    if (point[0] - lastAt > gapMs) lines.push([]);
    lines.at(-1)?.push(point);
    lastAt = point[0];
  }
  return lines;
}

/** A dip of one second is still a dip: both extremes of a bucket are touched, the nearer first. */
function pathOf(line: readonly Point[], x: (at: AtMs) => number, y: (value: number) => number, merged: number): string {
  let path = "";
  let before: number | null = null;
  for (const [at, low, high] of line) {
    const top = y(high);
    const bottom = y(low);
    const isOne = bottom - top < merged;
    const rising: boolean = before !== null && Math.abs(before - bottom) < Math.abs(before - top);
    const first: number = isOne ? (top + bottom) / 2 : rising ? bottom : top;
    const last: number = isOne ? first : rising ? top : bottom;
    const across = px(x(at));
    path += `${before === null ? "M" : "L"}${across} ${px(first)}`;
    if (!isOne) path += `L${across} ${px(last)}`;
    before = last;
  }
  // A round cap makes a lone point a dot.
  return line.length === 1 && path.indexOf("L") < 0 ? `${path}h0` : path;
}

/** To a tenth: a screen shows no more, and the text stays short. */
const px = (value: number): number => Math.round(value * 10) / 10;
