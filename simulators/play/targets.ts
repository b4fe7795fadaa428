import { startOf } from "@vigil/shared/feed";
import type { BayId, DurationMs } from "@vigil/shared/ids";
import type { ReadingMessage } from "@vigil/shared/wire";
import type { FeedHeader, NumberedLine } from "../feed/index.ts";

/** Which bays of the server each bay of the feed is played to. */
export type Targets = ReadonlyMap<BayId, readonly BayId[]>;

/**
 * One bay to one or many, or several to as many, in order; none given: each to its own.
 * @returns a sentence when the numbers do not fit
 */
export function targetsOf(feedBays: readonly BayId[], given: readonly BayId[]): Targets | string {
  const [only] = feedBays;
  if (given.length === 0) return new Map(feedBays.map((bay) => [bay, [bay]]));
  if (feedBays.length === 1 && only !== undefined) return new Map([[only, given]]);
  if (given.length !== feedBays.length) {
    return `the feed has ${feedBays.length} bays (${feedBays.join(", ")}); name as many, or none`;
  }
  return new Map(feedBays.map((bay, i) => [bay, given.slice(i, i + 1)]));
}

/** A reading for the server, but for its device's time, which is told when it is sent. */
export interface PlayedReading {
  readonly reading: ReadingMessage;
  /** By so much the device's clock was ahead of the server's; `null`: the device told no time. */
  readonly deviceAheadMs: DurationMs | null;
}

/** The values exactly as recorded, with the cadence that the line or the header declares. */
export function readingsOf(line: NumberedLine, header: FeedHeader, targets: Targets): PlayedReading[] {
  const { bay, at, values, recorded = {} } = line;
  if (values === null) return [];
  const cadence = recorded.cadence ?? header.cadence;
  const declared = cadence === null ? {} : { cadence };
  const deviceAheadMs = recorded.measuredAt === undefined ? null : recorded.measuredAt - (startOf(header) + at);
  return (targets.get(bay) ?? []).map((target) => ({
    reading: { bay: target, ...declared, ...values },
    deviceAheadMs,
  }));
}
