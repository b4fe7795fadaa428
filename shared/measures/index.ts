export { BENCHMARKS, type Benchmark, DEFINITIONS, type Definition } from "./definitions.ts";
export { type CareSpan, MARKS, type Marked, type MeasuredEpisode, type MeasuredNote } from "./episode.ts";
export {
  ACKNOWLEDGE_BUCKETS_S,
  type Distribution,
  type FloodSpan,
  type GroupMeasures,
  type Measures,
  MeasuresOf,
  type MeasuresSettings,
} from "./measures.ts";
export type { Place, PlaceOf } from "./place.ts";
