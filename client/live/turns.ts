import { BehaviorSubject, type Observable, type SchedulerLike, Subscription } from "rxjs";

/** So many bays change with the second itself; the next so many a moment later, and so on. */
const BAYS_A_TURN = 8;
/** Between two turns there is time for a picture; a wall of 64 bays has changed a fifth of a second later. */
const TURN_MS = 25;

/**
 * What all bays show, told to them in turns. When every countdown of a full wall changed in one picture, an alarm that came
 * meanwhile would have to wait until that picture is made.
 */
export class Turns<T> {
  readonly #scheduler: SchedulerLike;
  readonly #turns = new Map<number, BehaviorSubject<T>>();
  #pending = new Subscription();
  #value: T;

  constructor(first: T, scheduler: SchedulerLike) {
    this.#value = first;
    this.#scheduler = scheduler;
  }

  /** @param index the bay's place on the board, from 0 */
  of(index: number): Observable<T> {
    const turn = Math.floor(Math.max(0, index) / BAYS_A_TURN);
    const known = this.#turns.get(turn) ?? new BehaviorSubject(this.#value);
    this.#turns.set(turn, known);
    return known;
  }

  next(value: T): void {
    this.#value = value;
    this.#pending.unsubscribe();
    this.#pending = new Subscription();
    for (const [turn, subject] of this.#turns) {
      if (turn === 0) subject.next(value);
      else this.#pending.add(this.#scheduler.schedule(() => subject.next(value), turn * TURN_MS));
    }
  }

  close(): void {
    this.#pending.unsubscribe();
  }
}
