/** A clock that a test runs faster and slower, the same in every process of it. */
import type { AtMs } from "@vigil/shared/ids";

/** As data, to be handed to another process: from `from` on, `speed` seconds pass in a real one. */
export interface Course {
  readonly from: AtMs;
  /** When that was by the machine's clock, ms since the epoch. */
  readonly realFrom: number;
  readonly speed: number;
}

/** Node fires a longer timer at once. */
const LONGEST_MS = 2 ** 31 - 1;

const realNow = (): number => performance.timeOrigin + performance.now();

export const courseFrom = (from: AtMs, speed = 1): Course => ({ from, realFrom: realNow(), speed });

interface Timer {
  readonly when: AtMs;
  readonly fire: () => void;
  handle: NodeJS.Timeout | undefined;
}

export class SteeredClock {
  #course: Course;
  #latest: AtMs = Number.NEGATIVE_INFINITY;
  readonly #timers = new Set<Timer>();

  constructor(course: Course) {
    this.#course = course;
  }

  get course(): Course {
    return this.#course;
  }

  now = (): AtMs => {
    const { from, realFrom, speed } = this.#course;
    // Two processes learn of another speed one after the other: none goes back for that.
    this.#latest = Math.max(this.#latest, Math.floor(from + (realNow() - realFrom) * speed));
    return this.#latest;
  };

  at = (when: AtMs, fire: () => void): (() => void) => {
    const timer: Timer = { when, fire, handle: undefined };
    this.#timers.add(timer);
    this.#arm(timer);
    return () => {
      clearTimeout(timer.handle);
      this.#timers.delete(timer);
    };
  };

  steer(course: Course): void {
    this.#course = course;
    for (const timer of this.#timers) this.#arm(timer);
  }

  #arm(timer: Timer): void {
    clearTimeout(timer.handle);
    const left = Math.min(LONGEST_MS, Math.max(0, timer.when - this.now()) / this.#course.speed);
    timer.handle = setTimeout(() => {
      if (this.now() < timer.when) return this.#arm(timer);
      this.#timers.delete(timer);
      timer.fire();
    }, left);
  }
}
