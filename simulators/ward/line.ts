import type { BayInput } from "@vigil/shared/bay";
import { feedLineOf } from "@vigil/shared/feed";
import type { AtMs, BayId } from "@vigil/shared/ids";
import type { FeedLine } from "../feed/index.ts";

/** The line that keeps an input whole, in a feed whose header declares `cadence`: what the header says it leaves out. */
export function wardLine(bay: BayId, input: BayInput, startedAt: AtMs, cadence: number | null): FeedLine {
  const line = feedLineOf(bay, input, startedAt);
  if (line.recorded?.cadence !== cadence) return line;
  const { cadence: _, ...recorded } = line.recorded;
  return { ...line, recorded };
}
