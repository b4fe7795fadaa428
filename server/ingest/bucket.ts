import type { AtMs } from "@vigil/shared/ids";

/** A token bucket: `perSecond` on average, `burst` at once. Time is handed in. */
export class Bucket {
  readonly #perSecond: number;
  readonly #burst: number;
  #tokens: number;
  #at: AtMs | null = null;

  constructor(perSecond: number, burst: number) {
    this.#perSecond = perSecond;
    this.#burst = burst;
    this.#tokens = burst;
  }

  /** Takes one token if there is one at `at`. */
  take(at: AtMs): boolean {
    if (this.#at !== null)
      this.#tokens = Math.min(this.#burst, this.#tokens + ((at - this.#at) / 1000) * this.#perSecond);
    this.#at = at;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
