/**
 * Refusals at the door: the first of a source and reason at once, those of the minute after as one entry with their number.
 * Whoever hammers at the door must not fill the journal.
 */
import type { NewAuditEntry } from "@vigil/shared/audit";
import type { AtMs, DurationMs } from "@vigil/shared/ids";
import type { Actor } from "@vigil/shared/session";

const GATHERED_FOR_MS: DurationMs = 60_000;
/** Sources looked after at once; more of them share one entry. */
const MOST_SOURCES = 500;
const MANY = "many";

export interface Refusal {
  readonly actor: Actor | null;
  readonly from: string;
  readonly action: string;
  readonly subject: string | null;
  readonly code: string;
  readonly why: string;
}

export interface RefusalsOptions {
  readonly clock: { now(): AtMs; at(at: AtMs, fire: () => void): () => void };
  readonly append: (entry: NewAuditEntry) => void;
}

export class Refusals {
  readonly #options: RefusalsOptions;
  readonly #gathered = new Map<string, { refusal: Refusal; more: number; cancel: () => void }>();

  constructor(options: RefusalsOptions) {
    this.#options = options;
  }

  note(given: Refusal): void {
    const refusal =
      this.#gathered.size >= MOST_SOURCES && !this.#gathered.has(keyOf(given)) ? { ...given, from: MANY } : given;
    const key = keyOf(refusal);
    const known = this.#gathered.get(key);
    if (known !== undefined) {
      known.more += 1;
      return;
    }
    const { clock } = this.#options;
    this.#tell(refusal, 1);
    const cancel = clock.at(clock.now() + GATHERED_FOR_MS, () => this.#end(key));
    this.#gathered.set(key, { refusal, more: 0, cancel });
  }

  /** Tells what is still to be told. */
  close(): void {
    for (const [key, { cancel }] of this.#gathered) {
      cancel();
      this.#end(key);
    }
  }

  #end(key: string): void {
    const known = this.#gathered.get(key);
    this.#gathered.delete(key);
    if (known !== undefined && known.more > 0) this.#tell(known.refusal, known.more);
  }

  #tell({ actor, from, action, subject, code, why }: Refusal, times: number): void {
    const detail = { refused: code, why, ...(times > 1 ? { times } : {}) };
    this.#options.append({ at: this.#options.clock.now(), actor, from, action, subject, outcome: "refused", detail });
  }
}

const keyOf = ({ actor, from, action, code }: Refusal): string => JSON.stringify([actor?.id, from, action, code]);
