/** What-ifs over the sessions of a period, one after the other. */
import type { AtMs, SessionId } from "@vigil/shared/ids";
import { type ComparedSource, sumSources } from "@vigil/shared/replay";
import type { WhatIfLine, WhatIfRequest } from "@vigil/shared/wire";
import type { Journal, SessionStay } from "../journal/index.ts";
import { type CrewOptions, doJobs, type JobResult } from "./crew.ts";
import type { Job } from "./job.ts";

export interface WhatIfDeskOptions {
  readonly journal: Pick<Journal, "sessions" | "staysOf" | "durableSeq" | "pending" | "lastAt">;
  /** Readings of it were thinned: what is left would not lead to the same decisions, under any rules. */
  readonly isThinned: (stays: readonly SessionStay[]) => boolean;
  readonly dataDir: string;
  readonly crew: CrewOptions;
  readonly now: () => AtMs;
  /** The clinic's own (IANA). */
  readonly zone: string;
}

const SESSIONS_IN_ONE = 200;
const PROGRESS_EVERY_MS = 250;
/** With the one that is computed. Each is minutes of every core: who comes later would wait for an hour. */
const MOST_IN_LINE = 8;

export class WhatIfDesk {
  readonly #options: WhatIfDeskOptions;
  /** Comparisons under way or in line: two at once would both be slower. */
  #last: Promise<void> = Promise.resolve();
  #inLine = 0;

  constructor(options: WhatIfDeskOptions) {
    this.#options = options;
  }

  /** Nobody else finds room in the line. */
  get isFull(): boolean {
    return this.#inLine >= MOST_IN_LINE;
  }

  /** Tells line by line, as text, what it finds; ends early when `signal` aborts. */
  async compare(request: WhatIfRequest, tell: (line: string) => void, signal: AbortSignal): Promise<void> {
    const say = (line: WhatIfLine) => tell(JSON.stringify(line));
    const before = this.#last;
    const turn = Promise.withResolvers<void>();
    this.#last = turn.promise;
    this.#inLine += 1;
    try {
      if (this.#inLine > 1) say({ type: "waiting" });
      await Promise.race([before, aborted(signal)]);
      if (!signal.aborted) await this.#compare(request, say, tell, signal);
    } finally {
      this.#inLine -= 1;
      // Who gave up in line leaves it as it was.
      void before.then(turn.resolve);
    }
  }

  async #compare(
    request: WhatIfRequest,
    say: (line: WhatIfLine) => void,
    tell: (line: string) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const { crew, now, zone, dataDir } = this.#options;
    const begunAt = now();
    const { whole: ids, thinned } = await this.#sessions(request, signal);
    say({ type: "begun", sessions: ids.length, thinned, zone });
    let sources: readonly ComparedSource[] = [];
    let done = 0;
    let toldAt = begunAt;
    const take = (result: JobResult) => {
      done += 1;
      if (result.kind === "failed") say({ type: "failed", id: result.id, reason: result.reason });
      else {
        sources = sumSources([sources, result.sources]);
        const { id, differences } = result;
        if (differences !== null) {
          tell(`{"type":"session","id":${JSON.stringify(id)},"differences":${differences}}`);
        }
      }
      if (now() - toldAt < PROGRESS_EVERY_MS) return;
      toldAt = now();
      say({ type: "progress", done, sources: [...sources] });
    };
    const setup = { kind: "setup", dataDir, before: request.before, after: request.after } as const;
    const size = Math.min(crew.size, ids.length);
    await doJobs({ ...crew, size }, setup, this.#jobs(ids), take, signal);
    if (signal.aborted) return;
    say({ type: "progress", done, sources: [...sources] });
    say({ type: "done", tookMs: now() - begunAt });
  }

  /** Those whose readings are whole, oldest first, by pages: between two, others have their turn. */
  async #sessions(
    { from, to }: WhatIfRequest,
    signal: AbortSignal,
  ): Promise<{ readonly whole: readonly SessionId[]; readonly thinned: number }> {
    const { journal, isThinned } = this.#options;
    const ids = new Set<SessionId>();
    let thinned = 0;
    let before: number | undefined;
    while (!signal.aborted) {
      const query = { from: from ?? undefined, until: to ?? undefined, before, limit: SESSIONS_IN_ONE };
      const page = journal.sessions(query);
      for (const { id } of page) {
        if (ids.has(id)) continue;
        if (isThinned(journal.staysOf(id))) thinned += 1;
        else ids.add(id);
      }
      before = page.at(-1)?.cursor;
      if (page.length < SESSIONS_IN_ONE) break;
      await new Promise((resolve) => setImmediate(resolve));
    }
    return { whole: [...ids].reverse(), thinned };
  }

  *#jobs(ids: readonly SessionId[]): Generator<Job> {
    const { journal, now } = this.#options;
    for (const id of ids) {
      // While inputs wait to be kept, time may only be told up to those that are.
      const known = journal.pending === 0 ? now() : (journal.lastAt() ?? 0);
      yield { kind: "job", id, stays: journal.staysOf(id), lastSeq: journal.durableSeq, known };
    }
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
