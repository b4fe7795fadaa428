/** Time, handed in: the same shape as the server's clock, so that one clock can run both. */
import type { AtMs } from "@vigil/shared/ids";

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): AtMs;
  /** Calls `fire` once, not before `at`; the answer takes it back. */
  at(at: AtMs, fire: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  at(when, fire) {
    const timer = setTimeout(fire, Math.max(0, when - Date.now()));
    return () => clearTimeout(timer);
  },
};

/** Resolves at `at`, or as soon as `signal` aborts. */
export function waitUntil(clock: Clock, at: AtMs, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<void>();
  const takeBack = clock.at(at, done);
  function done() {
    takeBack();
    signal.removeEventListener("abort", done);
    resolve();
  }
  signal.addEventListener("abort", done);
  return promise;
}

/** As {@link waitUntil}, for a length of time from now. */
export const wait = (clock: Clock, ms: number, signal: AbortSignal): Promise<void> =>
  waitUntil(clock, clock.now() + ms, signal);
