/**
 * Charts of sessions, from the journal alone. What was read of a session is remembered for a while, so that a page that
 * asks again every few seconds costs the new inputs only.
 */
import { newBay } from "@vigil/shared/bay";
import { type DecimateWindow, type SessionChart, SessionRecorder } from "@vigil/shared/chart";
import type { AtMs, BayId, SessionId } from "@vigil/shared/ids";
import { protocolSchema } from "@vigil/shared/protocol";
import type { Journal, StoredSession } from "../journal/index.ts";

/** Numbers of the journal read in one go; between two, others have their turn: it must not delay an alarm. */
const SEQS_IN_ONE_GO = 20_000;
/** Sessions remembered; of six hours at 1 Hz each takes about 1 MB. */
const REMEMBERED = 12;
interface Remembered {
  readonly openedSeq: number;
  readonly recorder: SessionRecorder;
  readSeq: number;
  lastAt: AtMs;
  /** What was asked last: one input is taken once, whoever asks. */
  asked: Promise<unknown>;
}

type ChartJournal = Pick<Journal, "session" | "bayInputs" | "durableSeq" | "pending" | "lastAt">;
type Window = { readonly [K in keyof DecimateWindow]?: DecimateWindow[K] | undefined };

export class SessionCharts {
  readonly #journal: ChartJournal;
  readonly #now: () => AtMs;
  /** Longest unused first. */
  readonly #remembered = new Map<SessionId, Remembered>();

  constructor(journal: ChartJournal, now: () => AtMs) {
    this.#journal = journal;
    this.#now = now;
  }

  /** `null`: there is no session of this id. */
  async read(id: SessionId, window: Window): Promise<{ readonly bay: BayId; readonly chart: SessionChart } | null> {
    const stored = this.#journal.session(id);
    if (stored === null) return null;
    const one = this.#remember(id, stored);
    const answer = one.asked.then(async () => {
      await this.#readOn(one, stored);
      return one.recorder.chart(this.#knownUntil(one), {
        ...(window.from === undefined ? {} : { from: window.from }),
        ...(window.to === undefined ? {} : { to: window.to }),
        ...(window.buckets === undefined ? {} : { buckets: window.buckets }),
      });
    });
    one.asked = answer.catch(() => null);
    const chart = await answer;
    return chart === null ? null : { bay: stored.bay, chart };
  }

  /** While inputs wait to be kept, time may only be told up to those that are: the engine does not go back. */
  #knownUntil({ lastAt }: Remembered): AtMs {
    return Math.max(lastAt, this.#journal.pending === 0 ? this.#now() : (this.#journal.lastAt() ?? 0));
  }

  #remember(id: SessionId, { bay, openedSeq }: StoredSession): Remembered {
    const known = this.#remembered.get(id);
    this.#remembered.delete(id);
    const one =
      known?.openedSeq === openedSeq
        ? known
        : {
            openedSeq,
            recorder: new SessionRecorder(newBay(bay, protocolSchema.parse({}))),
            readSeq: openedSeq - 1,
            lastAt: 0,
            asked: Promise.resolve(),
          };
    this.#remembered.set(id, one);
    const oldest = this.#remembered.keys().next().value;
    if (this.#remembered.size > REMEMBERED && oldest !== undefined) this.#remembered.delete(oldest);
    return one;
  }

  async #readOn(one: Remembered, { bay, endedSeq }: StoredSession): Promise<void> {
    const last = () => endedSeq ?? this.#journal.durableSeq;
    while (one.readSeq < last()) {
      const to = Math.min(last(), one.readSeq + SEQS_IN_ONE_GO);
      for (const input of this.#journal.bayInputs(bay, one.readSeq + 1, to)) {
        one.recorder.take(input);
        one.lastAt = Math.max(one.lastAt, input.at);
      }
      one.readSeq = to;
      if (one.readSeq < last()) await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
