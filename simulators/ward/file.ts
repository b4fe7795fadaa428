/** A simulated ward into a feed, as fast as it goes. */
import type { DurationMs } from "@vigil/shared/ids";
import { type Bedside, newPast, nurseOfPlace } from "../bedside/index.ts";
import type { FeedHeader, FeedWriter } from "../feed/index.ts";
import { MONITOR_STEP_MS } from "../monitor/index.ts";
import { wardLine } from "./line.ts";
import { SIMULATED_PROTOCOL } from "./ward.ts";

/** Of simulated time: so often whoever interrupts is heard. */
const BREATHES_EVERY_MS = 60_000;

/** Lines of all bays in time order, from 0 until before `duration`, or until `signal` aborts. @returns how far it came */
export async function writeWard(
  bedsides: readonly Bedside[],
  duration: DurationMs,
  feed: FeedWriter,
  { cadence }: Pick<FeedHeader, "cadence">,
  progress: (at: DurationMs) => void,
  signal: AbortSignal,
): Promise<DurationMs> {
  const bays = bedsides.map((bedside, place) => ({
    bay: bedside.bay,
    second: newPast(bedside, bedside.bay, SIMULATED_PROTOCOL, nurseOfPlace(place)),
  }));
  for (let at = 0; at < duration; at += MONITOR_STEP_MS) {
    for (const { bay, second } of bays) {
      for (const input of second(at)) await feed.write(wardLine(bay, input, 0, cadence));
    }
    progress(at);
    if (at % BREATHES_EVERY_MS === 0) await new Promise((resolve) => setImmediate(resolve));
    if (signal.aborted) return at + MONITOR_STEP_MS;
  }
  return duration;
}
