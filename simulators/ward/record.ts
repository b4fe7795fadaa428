import type { BayInput } from "@vigil/shared/bay";
import type { AtMs, BayId } from "@vigil/shared/ids";
import type { LiveListener } from "../bedside/index.ts";
import type { FeedHeader, FeedWriter } from "../feed/index.ts";
import { wardLine } from "./line.ts";

/** Keeps what a live ward sends: every reading, and the commands that the server carried out. */
export function recordWard(
  feed: FeedWriter,
  { cadence }: Pick<FeedHeader, "cadence">,
  startedAt: AtMs,
  failed: (error: unknown) => void,
): Required<Pick<LiveListener, "step" | "act">> {
  let latest = startedAt;
  const keep = (bay: BayId, input: BayInput) => {
    feed.write(wardLine(bay, input, startedAt, cadence)).catch(failed);
  };
  return {
    step: (bay, when, { messages }) => {
      // Bays take turns that overlap by some milliseconds; a feed does not go back.
      latest = Math.max(latest, Math.round(when));
      for (const { measuredAt, cadenceS, values } of messages) {
        keep(bay, { kind: "reading", at: latest, measuredAt: Math.round(measuredAt), cadenceS, values });
      }
    },
    act: (bay, { id, command }, outcome, by) => {
      if (outcome.ok) keep(bay, { kind: "command", at: latest, id, by, command });
    },
  };
}
