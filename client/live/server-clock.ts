import type { AtMs, DurationMs } from "@vigil/shared/ids";

/** How long a round trip counts. Two ordinary clocks drift apart by less than 6 ms in that time. */
const WINDOW_MS = 60_000;
/** A difference beyond this is not drift: someone set a clock, or this machine slept. It is taken over at once. */
const STEP_MS = 5_000;
/** How fast the shown clock moves towards the estimate: at worst a second lasts 0.9 or 1.1 s. */
const SLEW = 0.1;
/** Room for the scheduling of both machines when two round trips are compared. */
const TOLERANCE_MS = 50;

interface RoundTrip {
  readonly offset: DurationMs;
  readonly delay: DurationMs;
  readonly at: number;
}

/**
 * Estimates the server's clock from `time` round trips, after Cristian: the true offset lies within ± delay / 2 of the
 * middle, so the quickest round trip of the last minute wins. What is shown moves towards it smoothly and never goes back,
 * but for a server whose own clock was set back by more than 5 s.
 */
export class ServerClock {
  readonly #local: () => number;
  #trips: RoundTrip[] = [];
  #target: DurationMs | null = null;
  #offset: DurationMs | null = null;
  #movedAt = 0;

  constructor(local: () => number) {
    this.#local = local;
  }

  /** One answer: asked and received by the local clock, `serverAt` by the server's. */
  roundTrip(askedAt: number, serverAt: AtMs, receivedAt: number): void {
    const delay = Math.max(0, receivedAt - askedAt);
    const trip: RoundTrip = { offset: serverAt - (askedAt + receivedAt) / 2, delay, at: receivedAt };
    const agrees = (other: RoundTrip): boolean =>
      Math.abs(other.offset - trip.offset) <= (other.delay + delay) / 2 + TOLERANCE_MS;
    // Two round trips that cannot both be true mean that a clock was set in between: the older ones are void.
    this.#trips = this.#trips.filter((other) => other.at > receivedAt - WINDOW_MS && agrees(other));
    this.#trips.push(trip);
    this.#target = this.#trips.reduce((best, other) => (other.delay <= best.delay ? other : best)).offset;
    this.#offset ??= this.#target;
  }

  /** A server instant that came with something else: good enough until the first round trip. */
  hint(serverAt: AtMs): void {
    if (this.#trips.length > 0) return;
    this.#target = serverAt - this.#local();
    this.#offset = this.#target;
    this.#movedAt = this.#local();
  }

  /** The server's clock now; `null` before anything was heard. */
  now(): AtMs | null {
    const local = this.#local();
    if (this.#offset === null || this.#target === null) return null;
    const behind = this.#target - this.#offset;
    const reach = SLEW * Math.max(0, local - this.#movedAt);
    this.#offset = Math.abs(behind) > STEP_MS ? this.#target : this.#offset + Math.max(-reach, Math.min(reach, behind));
    this.#movedAt = local;
    return local + this.#offset;
  }
}
