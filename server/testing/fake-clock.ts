import type { AtMs, DurationMs } from "@vigil/shared/ids";
import type { Clock } from "../clock.ts";

/** 2 March 2026, 9:00 UTC: when every test begins. */
export const NINE_O_CLOCK: AtMs = Date.UTC(2026, 2, 2, 9);

interface Timer {
  readonly at: AtMs;
  readonly fire: () => void;
}

/** A clock that stands still until it is told to go on. */
export class FakeClock implements Clock {
  #now: AtMs;
  readonly #timers = new Set<Timer>();

  constructor(now: AtMs = NINE_O_CLOCK) {
    this.#now = now;
  }

  now = (): AtMs => this.#now;

  at = (at: AtMs, fire: () => void): (() => void) => {
    const timer = { at, fire };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  };

  /** Timers that have not fired yet. */
  get waiting(): number {
    return this.#timers.size;
  }

  /** Lets time pass; each timer fires at its own instant. */
  advance(byMs: DurationMs): void {
    const until = this.#later(byMs);
    for (let timer = this.#nextUpTo(until); timer !== null; timer = this.#nextUpTo(until)) {
      this.#now = Math.max(this.#now, timer.at);
      this.#fire(timer);
    }
    this.#now = until;
  }

  /** Lets time pass with nobody looking, as when the machine is busy or asleep: timers fire late, all at the end. */
  jump(byMs: DurationMs): void {
    this.#now = this.#later(byMs);
    for (let timer = this.#nextUpTo(this.#now); timer !== null; timer = this.#nextUpTo(this.#now)) this.#fire(timer);
  }

  #later(byMs: DurationMs): AtMs {
    if (byMs < 0) throw new RangeError("time does not go back");
    return this.#now + byMs;
  }

  #fire(timer: Timer): void {
    this.#timers.delete(timer);
    timer.fire();
  }

  #nextUpTo(until: AtMs): Timer | null {
    let next: Timer | null = null;
    for (const timer of this.#timers) if (timer.at <= until && (next === null || timer.at < next.at)) next = timer;
    return next;
  }
}
