export { boardRow } from "./board-row.ts";
export { FLOOD_WINDOW_MS, type FloodWatch, floodAt, floodEndsAt, floodOnRaise, NO_FLOOD } from "./flood.ts";
export type { BoardAlarm, BoardRow, BoardVital } from "./row.ts";
export {
  addToTrend,
  emptyTrend,
  TREND_BUCKET_MS,
  TREND_SPAN_MS,
  type Trend,
  type TrendBucket,
  type TrendCuff,
} from "./trend.ts";
