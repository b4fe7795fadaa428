/** Something that a person can hold, and let go again. */
export class Hold {
  #held: PromiseWithResolvers<void> | null = null;
  #change = new AbortController();

  get isOn(): boolean {
    return this.#held !== null;
  }

  /** Aborts with the next change. */
  get changes(): AbortSignal {
    return this.#change.signal;
  }

  toggle(): void {
    if (this.#held === null) this.#held = Promise.withResolvers();
    else {
      this.#held.resolve();
      this.#held = null;
    }
    this.#change.abort();
    this.#change = new AbortController();
  }

  /** Resolves when it is let go, or when `signal` aborts. */
  async ends(signal: AbortSignal): Promise<void> {
    if (this.#held === null || signal.aborted) return;
    const given = Promise.withResolvers<void>();
    const giveUp = () => given.resolve();
    signal.addEventListener("abort", giveUp);
    await Promise.race([this.#held.promise, given.promise]);
    signal.removeEventListener("abort", giveUp);
  }
}
