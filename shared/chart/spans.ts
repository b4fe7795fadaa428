import type { AtMs } from "../ids/index.ts";

/** A fact with the time in which it held; `to` is `null` while it does. */
export type Spanned<Fact> = Fact & { readonly from: AtMs; readonly to: AtMs | null };

/** Facts that begin and end: told again and again what holds now, it keeps from when to when each did. */
export class Spans<Fact extends object> {
  readonly #all: Spanned<Fact>[] = [];
  readonly #sameness: (fact: Fact) => string;

  /** Two facts are one when `sameness` gives the same text for both. */
  constructor(sameness: (fact: Fact) => string) {
    this.#sameness = sameness;
  }

  /** What holds from `at` on, whole. A fact that lasted no time at all is forgotten. */
  now(at: AtMs, holding: readonly Fact[]): void {
    const keys = new Set(holding.map(this.#sameness));
    const known = new Set<string>();
    for (let i = this.#all.length - 1; i >= 0; i -= 1) {
      const span = this.#all[i];
      if (span === undefined || span.to !== null) continue;
      const key = this.#sameness(span);
      if (keys.has(key)) known.add(key);
      else if (span.from === at) this.#all.splice(i, 1);
      else this.#all[i] = { ...span, to: at };
    }
    for (const fact of holding) {
      if (!known.has(this.#sameness(fact))) this.#all.push({ ...fact, from: at, to: null });
    }
  }

  /** In the order in which they began. */
  get all(): readonly Spanned<Fact>[] {
    return this.#all;
  }
}
