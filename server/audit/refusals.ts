/**
 * Refusals at the door: the first of a source and reason at once, those of the minute after as one entry that names whom or
 * what they were about. Whoever hammers at the door must not fill the journal.
 */
import type { NewAuditEntry } from "@vigil/shared/audit";
import type { AtMs, DurationMs } from "@vigil/shared/ids";
import type { Actor } from "@vigil/shared/session";

const GATHERED_FOR_MS: DurationMs = 60_000;
/** Sources looked after at once; more of them share one entry for each reason. */
const MOST_SOURCES = 500;
const MANY = "many";
/** Named in one entry; what was about others is counted. */
const MOST_SUBJECTS = 100;

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

interface Gathered {
  readonly refusal: Refusal;
  readonly cancel: () => void;
  more: number;
  /** Of those after the first, how often each; `null` is a subject nobody named. */
  readonly subjects: Map<string | null, number>;
}

export class Refusals {
  readonly #options: RefusalsOptions;
  readonly #gathered = new Map<string, Gathered>();

  constructor(options: RefusalsOptions) {
    this.#options = options;
  }

  note(given: Refusal): void {
    const isTooMany = this.#gathered.size >= MOST_SOURCES && !this.#gathered.has(keyOf(given));
    const refusal = isTooMany ? { ...given, actor: null, from: MANY, action: MANY } : given;
    const key = keyOf(refusal);
    const known = this.#gathered.get(key);
    if (known !== undefined) {
      const { subjects } = known;
      known.more += 1;
      const { subject } = refusal;
      if (subjects.has(subject) || subjects.size < MOST_SUBJECTS)
        subjects.set(subject, (subjects.get(subject) ?? 0) + 1);
      return;
    }
    const { clock } = this.#options;
    this.#tell(refusal, {});
    const cancel = clock.at(clock.now() + GATHERED_FOR_MS, () => this.#end(key));
    this.#gathered.set(key, { refusal, cancel, more: 0, subjects: new Map() });
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
    if (known === undefined || known.more === 0) return;
    const { refusal, more, subjects } = known;
    const [only = null] = subjects.keys();
    const times = more > 1 ? { times: more } : {};
    if (subjects.size === 1) {
      this.#tell({ ...refusal, subject: only }, times);
      return;
    }
    const counted = [...subjects.values()].reduce((sum, n) => sum + n, 0);
    const others = more > counted ? { others: more - counted } : {};
    const named = Object.fromEntries([...subjects].map(([subject, n]) => [subject ?? "", n]));
    this.#tell({ ...refusal, subject: null }, { ...times, subjects: named, ...others });
  }

  #tell({ actor, from, action, subject, code, why }: Refusal, more: Readonly<Record<string, unknown>>): void {
    const detail = { refused: code, why, ...more };
    this.#options.append({ at: this.#options.clock.now(), actor, from, action, subject, outcome: "refused", detail });
  }
}

const keyOf = ({ actor, from, action, code }: Refusal): string => JSON.stringify([actor?.id, from, action, code]);
