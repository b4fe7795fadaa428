/**
 * The feed `vigil/1` (docs: feeds): newline-delimited JSON of a header and lines in time order. Everything
 * recorded, simulated or imported is kept in it.
 */
import type { BayId, DurationMs } from "@vigil/shared/ids";
import type { Command } from "@vigil/shared/session";
import type { ReadingValues } from "@vigil/shared/vitals";

export interface FeedHeader {
  readonly title?: string | undefined;
  readonly bays?: readonly BayId[] | undefined;
  /** ISO 8601, the instant of t = 0. */
  readonly startedAt?: string | undefined;
  /** Seconds between readings of the continuous vitals; 1 when the header does not say. */
  readonly cadence: number;
  /** Keys that this program does not know, kept as they came. */
  readonly other: Readonly<Record<string, unknown>>;
}

/** One line: what a monitor sent, or what a person did, or both at once. */
export interface FeedLine {
  /** From the start of the feed; may be negative in imported recordings. */
  readonly at: DurationMs;
  readonly bay: BayId;
  /** `null` when the line is a command alone. */
  readonly values: ReadingValues | null;
  readonly command: Command | null;
  readonly other: Readonly<Record<string, unknown>>;
}

export interface NumberedLine extends FeedLine {
  /** Its place in the file, the header being line 1. */
  readonly number: number;
}

/** What is wrong with a feed, and where. */
export class FeedError extends Error {
  constructor(path: string, line: number | null, reason: string) {
    super(line === null ? `${path}: ${reason}` : `${path}:${line}: ${reason}`);
    this.name = "FeedError";
  }
}
