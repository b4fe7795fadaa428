/** For tests: an output that plays into a list. */
import type { SoundOutput } from "./output.ts";
import { burstLengthMs, type Sound } from "./tones.ts";

export class FakeOutput implements SoundOutput {
  readonly played: Sound[] = [];
  stops = 0;
  closed = false;
  /** What resume() answers; `never` as a browser does that waits for a press. */
  answer: "running" | "never" | "rejected" = "running";
  /** Everything is silent though it plays. */
  silent = false;
  /** The clock of the audio device stands still. */
  stalled = false;
  resumes = 0;
  readonly #now: () => number;
  #running = false;
  #loudUntil = -1;
  #rendered = 0;
  #watchers = new Set<() => void>();

  constructor(now: () => number) {
    this.#now = now;
  }

  isRunning(): boolean {
    return this.#running;
  }
  renderedS(): number {
    if (!this.stalled) this.#rendered = this.#now() / 1000;
    return this.#rendered;
  }
  peak(): number {
    if (this.silent) return 0;
    return this.#now() <= this.#loudUntil ? 0.4 : 6e-5;
  }
  async resume(): Promise<void> {
    this.resumes++;
    if (this.answer === "rejected") throw new Error("no device");
    if (this.answer === "never") return new Promise(() => undefined);
    this.becomes("running");
  }
  play(sound: Sound): { stop(): number } {
    this.played.push(sound);
    this.#loudUntil = this.#now() + burstLengthMs(sound);
    return {
      stop: () => {
        if (this.#now() < this.#loudUntil) this.stops++;
        this.#loudUntil = -1;
        return 0;
      },
    };
  }
  onChange(changed: () => void): () => void {
    this.#watchers.add(changed);
    return () => this.#watchers.delete(changed);
  }
  close(): void {
    this.closed = true;
    this.becomes("suspended");
  }
  becomes(state: "running" | "suspended"): void {
    this.#running = state === "running";
    for (const changed of this.#watchers) changed();
  }
}
