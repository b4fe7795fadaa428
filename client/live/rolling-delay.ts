import type { DurationMs } from "@vigil/shared/ids";

const KEPT = 11;
/** A figure older than this says nothing about now. */
const EXPIRES_MS = 10_000;

/** The usual delay from reading to screen: the median of the last pictures, so that one hiccup does not show. */
export class RollingDelay {
  #measured: { readonly delay: DurationMs; readonly at: number }[] = [];

  add(delay: DurationMs, at: number): void {
    this.#measured.push({ delay: Math.max(0, delay), at });
    if (this.#measured.length > KEPT) this.#measured.shift();
  }

  /** `null`: nothing was measured lately. */
  figure(at: number): DurationMs | null {
    const sorted = this.#measured.filter((one) => one.at > at - EXPIRES_MS).map((one) => one.delay);
    sorted.sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? null;
  }
}
