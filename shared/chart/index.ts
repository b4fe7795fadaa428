export { type MeanPressure, meanPressure } from "./cuffs.ts";
export { type DecimateWindow, decimate, nearestValue, type Series, valueAt } from "./decimate.ts";
export { medicationText } from "./people.ts";
export { SessionRecorder } from "./recorder.ts";
export {
  type AlarmEpisode,
  type Cuff,
  type GridCell,
  type GridRow,
  type HandSigns,
  type LimitSpan,
  type PhaseSpan,
  type RecordedAct,
  type RecordedCheck,
  type RecordedMedication,
  type RecordedObservation,
  type SessionChart,
  sessionChartSchema,
} from "./session-chart.ts";
