/**
 * Charts of sessions, from the journal alone. What was read of a session is remembered for a while, so that a page that
 * asks again every few seconds costs the new inputs only.
 */
import { newBay } from "@vigil/shared/bay";
import { type DecimateWindow, type SessionChart, SessionRecorder } from "@vigil/shared/chart";
import type { AtMs, BayId, SessionId } from "@vigil/shared/ids";
import { protocolSchema } from "@vigil/shared/protocol";
import type { Journal, SessionStay } from "../journal/index.ts";

/** Numbers of the journal read in one go; between two, others have their turn: it must not delay an alarm. */
const SEQS_IN_ONE_GO = 20_000;
/** Sessions remembered; of six hours at 1 Hz each takes about 1 MB. */
const REMEMBERED = 12;
interface Remembered {
  /** Of the session's opening: ids can come twice. */
  readonly openedSeq: number;
  readonly recorder: SessionRecorder;
  /** Which of the session's stays is being read. */
  stay: number;
  readSeq: number;
  lastAt: AtMs;
  /** What was asked last: one input is taken once, whoever asks. */
  asked: Promise<unknown>;
}

type ChartJournal = Pick<Journal, "staysOf" | "bayInputs" | "durableSeq" | "pending" | "lastAt">;
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
  async read(id: SessionId, window: Window): Promise<SessionChart | null> {
    const [first] = this.#journal.staysOf(id);
    if (first === undefined) return null;
    const one = this.#remember(id, first);
    const answer = one.asked.then(async () => {
      await this.#readOn(one, id);
      return one.recorder.chart(this.#knownUntil(one), {
        ...(window.from === undefined ? {} : { from: window.from }),
        ...(window.to === undefined ? {} : { to: window.to }),
        ...(window.buckets === undefined ? {} : { buckets: window.buckets }),
      });
    });
    one.asked = answer.catch(() => null);
    return await answer;
  }

  /** While inputs wait to be kept, time may only be told up to those that are: the engine does not go back. */
  #knownUntil({ lastAt }: Remembered): AtMs {
    return Math.max(lastAt, this.#journal.pending === 0 ? this.#now() : (this.#journal.lastAt() ?? 0));
  }

  #remember(id: SessionId, { bay, fromSeq: openedSeq }: SessionStay): Remembered {
    const known = this.#remembered.get(id);
    this.#remembered.delete(id);
    const one =
      known?.openedSeq === openedSeq
        ? known
        : {
            openedSeq,
            recorder: new SessionRecorder(freeBay(bay)),
            stay: 0,
            readSeq: openedSeq - 1,
            lastAt: 0,
            asked: Promise.resolve(),
          };
    this.#remembered.set(id, one);
    const oldest = this.#remembered.keys().next().value;
    if (this.#remembered.size > REMEMBERED && oldest !== undefined) this.#remembered.delete(oldest);
    return one;
  }

  async #readOn(one: Remembered, id: SessionId): Promise<void> {
    for (;;) {
      const stays = this.#journal.staysOf(id);
      const here = stays[one.stay];
      if (here === undefined) return;
      const last = here.toSeq ?? this.#journal.durableSeq;
      if (one.readSeq < last) {
        const to = Math.min(last, one.readSeq + SEQS_IN_ONE_GO);
        for (const input of this.#journal.bayInputs(here.bay, one.readSeq + 1, to)) {
          one.recorder.take(input);
          one.lastAt = Math.max(one.lastAt, input.at);
        }
        one.readSeq = to;
        await new Promise((resolve) => setImmediate(resolve));
        continue;
      }
      const next = stays[one.stay + 1];
      if (next === undefined) return;
      one.recorder.goTo(freeBay(next.bay));
      one.stay += 1;
      one.readSeq = next.fromSeq - 1;
    }
  }
}

const freeBay = (bay: BayId) => newBay(bay, protocolSchema.parse({}));
