import type { AtMs } from "@vigil/shared/ids";

/** Where the server's time comes from: handed to every room, so that tests and replays bring their own. */
export interface Clock {
  /** Milliseconds since the epoch; never less than what it said before. */
  now(): AtMs;
  /** Calls `fire` once, not before `at`; the answer takes it back. */
  at(at: AtMs, fire: () => void): () => void;
}

/** Ahead of the machine's clock by more than this, it was set back: patients do not wait for it. */
const SLEW_BELOW_MS = 1_000;
/** How fast it then counts, until the machine's clock has caught up. */
const SLEW_RATE = 0.99;

/** Longest wait a timer takes in one go; a later deadline is waited for in steps. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

/**
 * The machine's clock, made fit to time patients by: it never goes back, and it goes on counting when the machine's clock
 * is set back; when that is set forward, or the machine slept, it follows.
 */
export function systemClock(): Clock {
  let latest: number = Date.now();
  let countedAt = performance.now();
  const now = (): AtMs => {
    const counted = performance.now();
    const machine = Date.now();
    // Small corrections of the machine's clock are followed slowly, so that the two do not drift apart.
    const rate = latest > machine && latest - machine < SLEW_BELOW_MS ? SLEW_RATE : 1;
    latest = Math.max(machine, latest + (counted - countedAt) * rate);
    countedAt = counted;
    return Math.floor(latest);
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

/** The same clock, ahead by what it lacks to `earliest`: a journal goes on from where it stood, whatever the machine says. */
export function clockNotBefore(clock: Clock, earliest: AtMs): Clock {
  const aheadMs = Math.max(0, earliest - clock.now());
  if (aheadMs === 0) return clock;
  return { now: () => clock.now() + aheadMs, at: (when, fire) => clock.at(when - aheadMs, fire) };
}
