import { BehaviorSubject, type Observable, type SchedulerLike, Subscription } from "rxjs";

/** So many bays change with the second itself; the next so many with the next picture, and so on. */
const BAYS_A_TURN = 16;
/** When nothing else makes a picture meanwhile. */
const TURN_MS = 100;

/**
 * What all bays show, told to them in turns. When every countdown of a full wall changed in one picture, an alarm that came
 * meanwhile would have to wait until that picture is made. A turn is taken along by a picture that is made anyway: one more
 * picture costs more than what is new in it.
 */
export class Turns<T> {
  readonly #scheduler: SchedulerLike;
  readonly #turns: BehaviorSubject<T>[] = [];
  #told = 0;
  #waiting = Subscription.EMPTY;
  #value: T;

  constructor(first: T, scheduler: SchedulerLike) {
    this.#value = first;
    this.#scheduler = scheduler;
  }

  /** @param index the bay's place on the board, from 0 */
  of(index: number): Observable<T> {
    const turn = Math.floor(Math.max(0, index) / BAYS_A_TURN);
    while (this.#turns.length < turn) this.#turns.push(new BehaviorSubject(this.#value));
    const known = this.#turns[turn] ?? new BehaviorSubject(this.#value);
    this.#turns[turn] = known;
    return known;
  }

  /** The first bays at once, the others in turn. */
  next(value: T): void {
    this.#value = value;
    this.#told = 0;
    this.takeTurn();
  }

  /** A picture is about to be made: the next bays, if any wait, come with it. */
  takeTurn(): void {
    this.#waiting.unsubscribe();
    this.#turns[this.#told]?.next(this.#value);
    this.#told += 1;
    if (this.#told < this.#turns.length) this.#waiting = this.#scheduler.schedule(() => this.takeTurn(), TURN_MS);
  }

  close(): void {
    this.#waiting.unsubscribe();
  }
}
