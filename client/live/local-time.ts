import type { SchedulerLike } from "rxjs";

/** The time of this machine, handed in, so that everything live is tested in fake time. */
export interface LocalTime {
  /** Milliseconds of a clock that never goes back. Its zero means nothing: only differences do. */
  now(): number;
  readonly scheduler: SchedulerLike;
  /** Runs once, when what is in the document now has been put on the screen. */
  afterPaint(run: () => void): void;
  /** A number from 0 to 1, for jitter. */
  random(): number;
}
