/** A simulated ward into a feed, as fast as it goes. */
import type { DurationMs } from "@vigil/shared/ids";
import { type Bedside, newPast, nurseOfPlace } from "../bedside/index.ts";
import type { FeedHeader, FeedWriter } from "../feed/index.ts";
import { MONITOR_STEP_MS } from "../monitor/index.ts";
import { wardLine } from "./line.ts";
import { SIMULATED_PROTOCOL } from "./ward.ts";

/** Lines of all bays in time order, from 0 until before `duration`. */
export async function writeWard(
  bedsides: readonly Bedside[],
  duration: DurationMs,
  feed: FeedWriter,
  { cadence }: Pick<FeedHeader, "cadence">,
  progress: (at: DurationMs) => void,
): Promise<void> {
  const bays = bedsides.map((bedside, place) => ({
    bay: bedside.bay,
    second: newPast(bedside, bedside.bay, SIMULATED_PROTOCOL, nurseOfPlace(place)),
  }));
  for (let at = 0; at < duration; at += MONITOR_STEP_MS) {
    for (const { bay, second } of bays) {
      for (const input of second(at)) await feed.write(wardLine(bay, input, 0, cadence));
    }
    progress(at);
  }
}
