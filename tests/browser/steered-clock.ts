/** A clock that a test runs faster and slower, the same in every process of it. */
import type { AtMs } from "@vigil/shared/ids";

/** As data, to be handed to another process: from `from` on, `speed` seconds pass in a real one, and from `until` on one. */
export interface Course {
  readonly from: AtMs;
  /** When that was by the machine's steady clock, ms. */
  readonly realFrom: number;
  readonly speed: number;
  /** Said beforehand: word that it is over would come to another process when that has run far ahead. */
  readonly until: AtMs | null;
}

/** Node fires a longer timer at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** The same in every process of the machine, whoever sets its clock meanwhile. */
const realNow = (): number => Number(process.hrtime.bigint()) / 1e6;

export const courseFrom = (from: AtMs, speed = 1, until: AtMs | null = null): Course => ({
  ...{ from, realFrom: realNow(), speed, until },
});

/** Real ms from the course's beginning to an instant of it. */
const realMsTo = ({ from, speed, until }: Course, at: AtMs): number =>
  until === null || at <= until ? (at - from) / speed : (until - from) / speed + (at - until);

const instantAfter = ({ from, speed, until }: Course, realMs: number): AtMs => {
  const at = from + realMs * speed;
  return until === null || at <= until ? at : until + (realMs - (until - from) / speed);
};

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
    const { realFrom } = this.#course;
    // Two processes learn of another course one after the other: none goes back for that.
    this.#latest = Math.max(this.#latest, Math.floor(instantAfter(this.#course, realNow() - realFrom)));
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
    const left = realMsTo(this.#course, timer.when) - realMsTo(this.#course, this.now());
    const look = () => {
      if (this.now() < timer.when) return this.#arm(timer);
      this.#timers.delete(timer);
      timer.fire();
    };
    timer.handle = setTimeout(look, Math.min(LONGEST_MS, Math.max(0, left)));
  }
}
