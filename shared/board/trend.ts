/**
 * The wall's trend: the last 15 minutes of a bay in buckets, extremes kept, so that a dip of one second is still a dip.
 * The server keeps one for each bay and sends it with the snapshot; the client goes on with the readings it receives.
 */
import type { AtMs } from "../ids/index.ts";
import type { ReadingValues } from "../vitals/index.ts";

export const TREND_SPAN_MS = 15 * 60_000;
export const TREND_BUCKET_MS = 5_000;
export const TREND_BUCKETS = TREND_SPAN_MS / TREND_BUCKET_MS;

/** One bucket: number of the bucket since the epoch, then lowest and highest HR and SpO₂; `null` where none was valid. */
export type TrendBucket = readonly [
  bucket: number,
  hrMin: number | null,
  hrMax: number | null,
  spo2Min: number | null,
  spo2Max: number | null,
];
/** One cuff measurement. */
export type TrendCuff = readonly [at: AtMs, sbp: number, dbp: number];

/** Oldest first; a bucket without any valid value is left out. */
export interface Trend {
  readonly buckets: TrendBucket[];
  readonly cuffs: TrendCuff[];
}

export const emptyTrend = (): Trend => ({ buckets: [], cuffs: [] });

const lower = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : Math.min(a, b));
const higher = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.max(a, b);

/** Adds the values valid at `at` to the trend, in place, and drops what is older than the span. */
export function addToTrend(trend: Trend, at: AtMs, values: ReadingValues): void {
  const hr = values.hr ?? null;
  const spo2 = values.spo2 ?? null;
  if (hr !== null || spo2 !== null) {
    const bucket = Math.floor(at / TREND_BUCKET_MS);
    const last = trend.buckets.at(-1);
    if (last !== undefined && last[0] === bucket) {
      trend.buckets[trend.buckets.length - 1] = [
        bucket,
        lower(last[1], hr),
        higher(last[2], hr),
        lower(last[3], spo2),
        higher(last[4], spo2),
      ];
    } else {
      trend.buckets.push([bucket, hr, hr, spo2, spo2]);
    }
  }
  if (typeof values.sbp === "number" && typeof values.dbp === "number") trend.cuffs.push([at, values.sbp, values.dbp]);
  const oldest = Math.floor(at / TREND_BUCKET_MS) - TREND_BUCKETS;
  while ((trend.buckets[0]?.[0] ?? Number.POSITIVE_INFINITY) <= oldest) trend.buckets.shift();
  while ((trend.cuffs[0]?.[0] ?? at) <= at - TREND_SPAN_MS) trend.cuffs.shift();
}
