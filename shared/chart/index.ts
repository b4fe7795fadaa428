export { type DecimateWindow, decimate, nearestValue, type Series, valueAt } from "./decimate.ts";
export { givenMgPerKg } from "./given.ts";
export { SessionRecorder } from "./recorder.ts";
export {
  type AlarmEpisode,
  type Cuff,
  type GridCell,
  type GridRow,
  type LimitSpan,
  type Medication,
  type PhaseSpan,
  type RecordedAct,
  type RecordedObservation,
  type SessionChart,
  sessionChartSchema,
} from "./session-chart.ts";
