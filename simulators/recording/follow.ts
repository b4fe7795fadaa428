/** A recording that goes on while it is written, through whatever happens to server and connection. */
import { type Clock, wait } from "../clock/index.ts";
import { RecordingLost, recordedLines } from "./lines.ts";

export interface FollowListener {
  /** What lets in at the server. */
  readonly key: string | null;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly write: (line: string) => Promise<void>;
  /** Seconds of the feed that are known, and how many lines are written. */
  readonly known: (t: number, lines: number) => void;
  readonly lost: (reason: string) => void;
  readonly again: () => void;
}

const TRIES_AGAIN_AFTER_MS = 1_000;

/**
 * Writes the feed at `address` up to its end, or until the signal aborts. After a break the server is asked again: what is
 * kept does not change, so the lines that are written already come first and are passed over.
 * @returns how many lines were written beside the header
 * @throws RecordingRefused; RecordingLost when nothing was heard at all
 */
export async function followRecording(address: URL, listener: FollowListener): Promise<number> {
  const { clock, key, signal, write, known, lost, again } = listener;
  let written = -1;
  let tick: string | null = null;
  let isAway = false;
  for (;;) {
    try {
      let seen = -1;
      for await (const line of recordedLines(address, key, signal)) {
        if (isAway) again();
        isAway = false;
        const { t, isTick } = glance(line);
        if (isTick) tick = line;
        else {
          if (seen >= written) {
            await write(line);
            written = seen + 1;
            tick = null;
          }
          seen += 1;
        }
        if (t !== null) known(t, Math.max(0, written));
      }
      break;
    } catch (error) {
      if (!(error instanceof RecordingLost) || written < 0) throw error;
      if (!isAway) lost(error.message);
      isAway = true;
      await wait(clock, TRIES_AGAIN_AFTER_MS, signal);
      if (signal.aborted) break;
    }
  }
  // What fell due since the last line is told by how far the time is known.
  if (tick !== null) await write(tick);
  return Math.max(0, written);
}

function glance(line: string): { readonly t: number | null; readonly isTick: boolean } {
  const document: unknown = JSON.parse(line);
  if (typeof document !== "object" || document === null) return { t: null, isTick: false };
  const t = "t" in document && typeof document.t === "number" ? document.t : null;
  return { t, isTick: "tick" in document };
}
