/** The chain of the running journal, walked from its beginning in small steps, for who wants to see that it is whole. */
import { type AuditCheckpoint, type AuditFault, faultText, type Unproven, unprovenText } from "@vigil/shared/audit";
import type { AtMs, DurationMs } from "@vigil/shared/ids";
import type { AuditVerification } from "@vigil/shared/wire";

/** However many ask: one walk in this time. */
const KEPT_FOR_MS: DurationMs = 10_000;
/** More of them are counted, not listed. */
const MOST_NAMED = 50;

export interface VerifierOptions {
  readonly now: () => AtMs;
  /** A walk in steps of some milliseconds. */
  readonly steps: () => Generator<
    undefined,
    { entries: number; end: AuditCheckpoint; faults: readonly AuditFault[]; unproven: readonly Unproven[] }
  >;
}

export class Verifier {
  readonly #options: VerifierOptions;
  #walk: { readonly begunAt: AtMs; readonly outcome: Promise<AuditVerification> } | null = null;

  constructor(options: VerifierOptions) {
    this.#options = options;
  }

  verify(): Promise<AuditVerification> {
    const begunAt = this.#options.now();
    if (this.#walk === null || begunAt - this.#walk.begunAt >= KEPT_FOR_MS) {
      const outcome = this.#verify();
      this.#walk = { begunAt, outcome };
      outcome.catch(() => {
        this.#walk = null;
      });
    }
    return this.#walk.outcome;
  }

  async #verify(): Promise<AuditVerification> {
    const steps = this.#options.steps();
    let step = steps.next();
    while (step.done !== true) {
      await new Promise((resolve) => setImmediate(resolve));
      step = steps.next();
    }
    const { entries, end, faults, unproven } = step.value;
    const named = faults.slice(0, MOST_NAMED).map(faultText);
    const more = faults.length - named.length;
    return {
      at: this.#options.now(),
      entries,
      end,
      faults: more > 0 ? [...named, `And ${more} more.`] : named,
      unproven: unproven.map(unprovenText),
    };
  }
}
