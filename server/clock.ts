import type { AtMs } from "@vigil/shared/ids";

/** Where the server's time comes from: handed to every room, so that tests and replays bring their own. */
export interface Clock {
  /** Milliseconds since the epoch; never less than what it said before. */
  now(): AtMs;
  /** Calls `fire` once, not before `at`; the answer takes it back. */
  at(at: AtMs, fire: () => void): () => void;
}

/** Longest wait a timer takes in one go; a later deadline is waited for in steps. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

export function systemClock(): Clock {
  let latest = 0;
  const now = (): AtMs => {
    // The machine's clock can be set back; a session's cannot.
    latest = Math.max(latest, Date.now());
    return latest;
  };
  const at = (when: AtMs, fire: () => void): (() => void) => {
    let timer: NodeJS.Timeout;
    const wait = () => {
      const left = when - now();
      timer = setTimeout(left > LONGEST_WAIT_MS ? wait : fire, Math.min(LONGEST_WAIT_MS, Math.max(0, left)));
      timer.unref();
    };
    wait();
    return () => clearTimeout(timer);
  };
  return { now, at };
}
