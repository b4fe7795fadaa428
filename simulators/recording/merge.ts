/** Feeds that go on, as one: lines in time order, none before it is known that nothing earlier comes. */
import type { FeedLine } from "@vigil/shared/feed";
import type { AtMs } from "@vigil/shared/ids";

/** A line with the instant that it is of. */
interface Dated {
  readonly at: AtMs;
  readonly line: FeedLine;
}

interface Part {
  readonly waiting: Dated[];
  /** Nothing before this comes any more. */
  known: AtMs;
}

export class MergedLines {
  readonly #parts: readonly Part[];

  constructor(count: number) {
    this.#parts = Array.from({ length: count }, () => ({ waiting: [], known: Number.NEGATIVE_INFINITY }));
  }

  push(part: number, line: Dated): void {
    this.#parts[part]?.waiting.push(line);
    this.known(part, line.at);
  }

  /** Time is known of this part up to `at`; infinite: it has ended. */
  known(part: number, at: AtMs): void {
    const found = this.#parts[part];
    if (found !== undefined) found.known = Math.max(found.known, at);
  }

  /** Up to where time is known of all. */
  get knownOfAll(): AtMs {
    return Math.min(...this.#parts.map(({ known }) => known));
  }

  /** What no later line can precede any more. */
  *take(): Generator<Dated, void, undefined> {
    for (;;) {
      const next = this.#next();
      const first = next?.waiting[0];
      if (next === null || first === undefined) return;
      const mayBePreceded = this.#parts.some(({ waiting, known }) => waiting.length === 0 && known <= first.at);
      if (mayBePreceded) return;
      next.waiting.shift();
      yield first;
    }
  }

  #next(): Part | null {
    let best: Part | null = null;
    for (const part of this.#parts) {
      const [head] = part.waiting;
      const [least] = best?.waiting ?? [];
      if (head !== undefined && (least === undefined || precedes(head, least))) best = part;
    }
    return best;
  }
}

/** Of one instant, whoever moves leaves before they arrive. */
function precedes(one: Dated, other: Dated): boolean {
  if (one.at !== other.at) return one.at < other.at;
  return other.line.recorded?.arrival !== undefined && one.line.recorded?.arrival === undefined;
}
