/**
 * What is looked at and where the cursor stands. Moving happens sixty times a second, so whoever draws listens here and
 * moves what is drawn; drawing anew is done by one lane in a frame.
 */
import type { AtMs } from "@vigil/shared/ids";
import { type TimeWindow, within } from "./view.ts";

/** A cursor that somebody else moves, as a replay does. */
export interface Playhead {
  readonly at: AtMs;
  /** @returns its undo */
  subscribe(moved: () => void): () => void;
  /** Somebody pressed on the chart, or a key: there they want it. */
  seek(at: AtMs): void;
}

export class ViewStore {
  #bounds: TimeWindow;
  #view: TimeWindow;
  #cursor: AtMs | null = null;
  #playhead: Playhead | null = null;
  readonly #listeners = new Set<() => void>();
  readonly #waiting = new Set<() => void>();
  #frame: number | null = null;

  constructor(bounds: TimeWindow) {
    this.#bounds = bounds;
    this.#view = bounds;
  }

  get bounds(): TimeWindow {
    return this.#bounds;
  }

  get view(): TimeWindow {
    return this.#view;
  }

  /** `null`: at the end of what is known. */
  get cursor(): AtMs | null {
    return this.#cursor;
  }

  /** The cursor, or the end of what is looked at. */
  get cursorAt(): AtMs {
    return Math.min(this.#cursor ?? this.#view.to, this.#bounds.to);
  }

  /** Whether a playhead moves the cursor, and not who looks. */
  get isLed(): boolean {
    return this.#playhead !== null;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  look(view: TimeWindow): void {
    const next = within(view, this.#bounds);
    if (next.from === this.#view.from && next.to === this.#view.to) return;
    this.#view = next;
    this.#tell();
  }

  /** Where somebody looks, with the pointer over the chart: a playhead stays where it is. */
  hover(at: AtMs | null): void {
    if (this.#playhead === null) this.#place(at);
  }

  /** Where somebody wants the cursor; `null`: nowhere. */
  point(at: AtMs | null): void {
    if (this.#playhead === null) this.#place(at);
    else if (at !== null) this.#playhead.seek(Math.round(this.#inside(at)));
  }

  /** From now on, until the undo, the cursor is where the playhead is. */
  follow(playhead: Playhead): () => void {
    this.#playhead = playhead;
    this.#place(playhead.at);
    const stop = playhead.subscribe(() => {
      const wasSeen = this.#cursor !== null && this.#cursor >= this.#view.from && this.#cursor <= this.#view.to;
      this.#place(playhead.at);
      // Who looks elsewhere meanwhile is not called back.
      if (wasSeen) this.reveal(this.cursorAt);
    });
    return () => {
      stop();
      this.#playhead = null;
      this.#place(null);
    };
  }

  /** Moves what is looked at, no further than needed, to where `at` is seen. */
  reveal(at: AtMs): void {
    const { from, to } = this.#view;
    const by = at < from ? at - from : Math.max(0, at - to);
    this.look({ from: from + by, to: to + by });
  }

  #inside(at: AtMs): AtMs {
    return Math.min(Math.max(at, this.#bounds.from), this.#bounds.to);
  }

  #place(cursor: AtMs | null): void {
    const next = cursor === null ? null : this.#inside(cursor);
    if (next === this.#cursor) return;
    this.#cursor = next;
    this.#tell();
  }

  /** The session goes on: who looks at all of it, or at its end, goes on with it. */
  extend(bounds: TimeWindow): void {
    const atEnd = this.#view.to >= this.#bounds.to;
    const whole = atEnd && this.#view.from <= this.#bounds.from;
    const by = bounds.to - this.#bounds.to;
    this.#bounds = bounds;
    if (whole) this.#view = bounds;
    else this.#view = within(atEnd ? { from: this.#view.from + by, to: this.#view.to + by } : this.#view, bounds);
    this.#tell();
  }

  /** Draws in a coming frame, one at a time, so that no frame waits for all of them. */
  soon(draw: () => void): void {
    this.#waiting.add(draw);
    this.#frame ??= requestAnimationFrame(this.#drawNext);
  }

  forget(draw: () => void): void {
    this.#waiting.delete(draw);
  }

  #drawNext = (): void => {
    this.#frame = null;
    const [next] = this.#waiting;
    if (next === undefined) return;
    this.#waiting.delete(next);
    next();
    if (this.#waiting.size > 0) this.#frame = requestAnimationFrame(this.#drawNext);
  };

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
