/**
 * The feed `vigil/1` (docs: feeds): newline-delimited JSON of a header and lines in time order. Everything
 * recorded, simulated or imported is kept in it.
 */
import type { ArrivalInput, DeliveryInput, TransferTarget } from "../bay/index.ts";
import type { AtMs, BayId, CommandId, DurationMs } from "../ids/index.ts";
import type { Actor, Command } from "../session/index.ts";
import type { ReadingValues } from "../vitals/index.ts";

export interface FeedHeader {
  readonly title?: string | undefined;
  readonly bays?: readonly BayId[] | undefined;
  /** ISO 8601, the instant of t = 0. */
  readonly startedAt?: string | undefined;
  /** Seconds between readings of the continuous vitals; 1 when the header does not say, `null`: only its lines do. */
  readonly cadence: number | null;
  /** Keys that this program does not know, kept as they came. */
  readonly other: Readonly<Record<string, unknown>>;
}

/** What a server knows of an input beside values and command, so that its decisions can be reached again from a file. */
export interface Recorded {
  /** By the device's clock. */
  readonly measuredAt?: AtMs;
  /** As this reading declared it, in seconds. */
  readonly cadence?: number;
  readonly id?: CommandId;
  readonly by?: Actor;
  readonly target?: TransferTarget;
  readonly arrival?: Omit<ArrivalInput, "kind" | "at">;
  readonly delivery?: Omit<DeliveryInput, "kind" | "at">;
  /** Nothing came: what fell due up to here is known. */
  readonly tick?: true;
}

/** One line: what a monitor sent, or what a person did, or both at once. */
export interface FeedLine {
  /** From the start of the feed; may be negative in imported recordings. */
  readonly at: DurationMs;
  readonly bay: BayId;
  /** `null` when nothing was measured in this line. */
  readonly values: ReadingValues | null;
  readonly command: Command | null;
  /** Left out where there is nothing of it. */
  readonly recorded?: Recorded;
  readonly other: Readonly<Record<string, unknown>>;
}

export interface NumberedLine extends FeedLine {
  /** Its place in the file, the header being line 1. */
  readonly number: number;
}
