/**
 * Recordings: the kept inputs as a feed, whole, so that a replay reaches the same decisions. Only what is durable is given
 * out: a recording that goes on while it is read can be asked for again after a crash, and begins with the same lines.
 */
import { type FeedHeader, feedLineOf, headerText, lineText } from "@vigil/shared/feed";
import type { AtMs, BayId, SessionId } from "@vigil/shared/ids";
import type { Clock } from "../clock.ts";
import type { Journal, Thinning } from "../journal/index.ts";

/** Numbers of the journal read in one go; between two, others have their turn: it must not delay an alarm. */
const SEQS_IN_ONE_GO = 20_000;
/** While a recording goes on, what is new is looked for this often. */
const LOOK_EVERY_MS = 500;

interface Part {
  readonly bay: BayId;
  readonly fromSeq: number;
  /** `null`: it goes on. */
  readonly toSeq: number | null;
}

export interface Recording {
  readonly header: FeedHeader;
  readonly startedAt: AtMs;
  /** In order; only the last may go on. */
  readonly parts: readonly Part[];
  /** Nothing after it belongs to the recording; `null`: as far as there is. */
  readonly until: AtMs | null;
  /** Waits for what is still to come, up to `until`. */
  readonly follow: boolean;
}

export interface RecordingsOptions {
  readonly journal: Pick<
    Journal,
    "staysOf" | "sessionAt" | "seqAt" | "bayInputs" | "durableSeq" | "pending" | "lastAt"
  > & { readonly thinning: Pick<Thinning, "thinnedUntil"> };
  readonly clock: Clock;
  /** The clinic's own, told in the header for whoever shows times of day. */
  readonly zone: string;
}

export class Recordings {
  readonly #options: RecordingsOptions;

  constructor(options: RecordingsOptions) {
    this.#options = options;
  }

  /**
   * Whether readings of it were thinned: what is left would not lead to the same decisions, and a recording that does not is
   * none.
   */
  isThinned({ parts }: Pick<Recording, "parts">): boolean {
    const { thinning } = this.#options.journal;
    return parts.some(({ bay, fromSeq }) => Math.max(1, fromSeq) <= thinning.thinnedUntil(bay));
  }

  /** A session from its opening to its end, or to now, at whichever bays it was; `null`: there is none of this id. */
  ofSession(id: SessionId): Recording | null {
    const { journal } = this.#options;
    const parts = journal.staysOf(id);
    const [first] = parts;
    const opening = first === undefined ? undefined : journal.bayInputs(first.bay, first.fromSeq, first.fromSeq)[0];
    if (opening === undefined) return null;
    const bays = [...new Set(parts.map(({ bay }) => bay))];
    return this.#recording(`Session ${id}`, bays, opening.at, { parts, until: null, follow: false });
  }

  /**
   * A bay from `from` to `to`. One that begins within a session begins with that session's opening: without it nobody could
   * decide its alarms again.
   */
  ofBay(bay: BayId, from: AtMs, to: AtMs | null, follow: boolean): Recording {
    const { journal } = this.#options;
    const session = journal.sessionAt(bay, from);
    const startedAt = session?.openedAt ?? from;
    const part = { bay, fromSeq: session?.fromSeq ?? journal.seqAt(bay, from), toSeq: null };
    return this.#recording(`Bay ${bay}`, [bay], startedAt, { parts: [part], until: to, follow });
  }

  #recording(
    title: string,
    bays: readonly BayId[],
    startedAt: AtMs,
    rest: Pick<Recording, "parts" | "until" | "follow">,
  ): Recording {
    const { zone } = this.#options;
    const header = { title, bays, startedAt: new Date(startedAt).toISOString(), cadence: null, other: { zone } };
    return { ...rest, startedAt, header };
  }

  /** The feed as pieces of text, each of whole lines. Ends early when `signal` aborts. */
  async *texts(recording: Recording, signal: AbortSignal): AsyncGenerator<string, void, undefined> {
    yield `${headerText(recording.header)}\n`;
    for (const part of recording.parts) yield* this.#part(recording, part, signal);
  }

  async *#part(
    { startedAt, until, follow }: Recording,
    { bay, fromSeq, toSeq }: Part,
    signal: AbortSignal,
  ): AsyncGenerator<string, void, undefined> {
    const { journal, clock } = this.#options;
    const end = until ?? Number.POSITIVE_INFINITY;
    let next = fromSeq;
    let lastAt = startedAt;
    for (;;) {
      const last = Math.min(toSeq ?? journal.durableSeq, next + SEQS_IN_ONE_GO - 1);
      const inputs = journal.bayInputs(bay, next, last);
      const within = inputs.filter(({ at }) => at <= end);
      lastAt = within.at(-1)?.at ?? lastAt;
      next = last + 1;
      const isOver = within.length < inputs.length;
      const isRead = isOver || next > (toSeq ?? journal.durableSeq);
      // While inputs wait to be kept, time may only be told up to those that are.
      const known = Math.max(lastAt, journal.pending === 0 ? clock.now() : (journal.lastAt() ?? 0));
      const isDone = isRead && (toSeq !== null || isOver || !follow || known >= end);
      const lines = within.map((input) => feedLineOf(bay, input, startedAt));
      if (isRead && toSeq === null) {
        const at = Math.max(lastAt, Math.min(known, end));
        lines.push(feedLineOf(bay, { kind: "tick", at }, startedAt));
      }
      if (lines.length > 0) yield lines.map((line) => `${lineText(line)}\n`).join("");
      if (isDone || signal.aborted) return;
      await (isRead ? this.#wait(signal) : new Promise((resolve) => setImmediate(resolve)));
      if (signal.aborted) return;
    }
  }

  #wait(signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    const { promise, resolve } = Promise.withResolvers<void>();
    const takeBack = clock.at(clock.now() + LOOK_EVERY_MS, done);
    function done() {
      takeBack();
      signal.removeEventListener("abort", done);
      resolve();
    }
    signal.addEventListener("abort", done);
    return promise;
  }
}
