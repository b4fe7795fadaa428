import type { AtMs, BayId, DurationMs } from "@vigil/shared/ids";
import type { LiveListener } from "../bedside/index.ts";
import type { FeedLine, FeedWriter } from "../feed/index.ts";

/** Keeps what a live ward sends: every reading, and the commands that the server carried out. */
export function recordWard(
  feed: FeedWriter,
  startedAt: AtMs,
  failed: (error: unknown) => void,
): Required<Pick<LiveListener, "step" | "act">> {
  let latest: DurationMs = 0;
  const keep = (line: Omit<FeedLine, "at" | "other">, at: DurationMs) => {
    // Bays take turns that overlap by some milliseconds; a feed does not go back.
    latest = Math.max(latest, Math.round(at));
    feed.write({ ...line, at: latest, other: {} }).catch(failed);
  };
  return {
    step: (bay: BayId, at, { messages }) => {
      for (const { values } of messages) keep({ bay, values, command: null }, at - startedAt);
    },
    act: (bay: BayId, { command }, outcome) => {
      if (outcome.ok) keep({ bay, values: null, command }, latest);
    },
  };
}
