/** A comparison on its way: asked of the server, told as it comes, stopped when nobody wants it any more. */
import { LineSplitter } from "@vigil/shared/feed";
import type { SessionId } from "@vigil/shared/ids";
import type { ComparedSource, Difference } from "@vigil/shared/replay";
import { type WhatIfRequestInput, whatIfLineSchema } from "@vigil/shared/wire";
import { BehaviorSubject } from "rxjs";

export interface Found {
  readonly session: SessionId;
  readonly difference: Difference;
}

interface Results {
  readonly zone: string;
  readonly sessions: number;
  /** Left out: their readings were thinned to minutes. */
  readonly thinned: number;
  readonly done: number;
  readonly sources: readonly ComparedSource[];
  /** In order of time, once all are there. */
  readonly found: readonly Found[];
  readonly failed: readonly { readonly session: SessionId; readonly reason: string }[];
}

export type RunState =
  | { readonly kind: "none" }
  | { readonly kind: "asked" | "waiting" }
  | { readonly kind: "running" | "stopped" | "done"; readonly tookMs: number; readonly results: Results }
  | { readonly kind: "refused"; readonly reason: string };

const startOf = ({ difference: { before, after } }: Found): number =>
  Math.min(before?.raisedAt ?? Number.POSITIVE_INFINITY, after?.raisedAt ?? Number.POSITIVE_INFINITY);

export class WhatIfRun {
  readonly state = new BehaviorSubject<RunState>({ kind: "none" });
  #leaving: AbortController | null = null;

  async start(request: WhatIfRequestInput): Promise<void> {
    this.#leaving?.abort();
    const leaving = new AbortController();
    this.#leaving = leaving;
    const say = (state: RunState) => {
      if (this.#leaving === leaving) this.state.next(state);
    };
    say({ kind: "asked" });
    try {
      const response = await fetch("/api/what-if", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(request),
        signal: leaving.signal,
      });
      if (!response.ok || response.body === null) return say({ kind: "refused", reason: await sentenceOf(response) });
      await this.#take(response.body, say);
    } catch {
      if (!leaving.signal.aborted) {
        say({ kind: "refused", reason: "The connection to the server broke off. Compare again when it is back." });
      }
    }
  }

  /** Stays with what was done by then. */
  stop(): void {
    this.#leaving?.abort();
    this.#leaving = null;
    const { value } = this.state;
    if (value.kind === "running") this.state.next({ ...value, kind: "stopped", results: inOrder(value.results) });
    else if (value.kind === "asked" || value.kind === "waiting") this.state.next({ kind: "none" });
  }

  end(): void {
    this.#leaving?.abort();
    this.#leaving = null;
  }

  async #take(body: ReadableStream<Uint8Array<ArrayBuffer>>, say: (state: RunState) => void): Promise<void> {
    const begunAt = performance.now();
    const found: Found[] = [];
    const failed: Results["failed"][number][] = [];
    let results: Results = { zone: "UTC", sessions: 0, thinned: 0, done: 0, sources: [], found, failed };
    const tookMs = () => performance.now() - begunAt;
    for await (const text of linesOf(body)) {
      const line = whatIfLineSchema.parse(JSON.parse(text));
      switch (line.type) {
        case "waiting":
          say({ kind: "waiting" });
          break;
        case "begun":
          results = { ...results, sessions: line.sessions, thinned: line.thinned, zone: line.zone };
          say({ kind: "running", tookMs: tookMs(), results });
          break;
        case "session":
          for (const difference of line.differences) found.push({ session: line.id, difference });
          break;
        case "failed":
          failed.push({ session: line.id, reason: line.reason });
          break;
        case "progress":
          results = { ...results, done: line.done, sources: line.sources };
          say({ kind: "running", tookMs: tookMs(), results });
          break;
        case "done":
          return say({ kind: "done", tookMs: line.tookMs, results: inOrder(results) });
      }
    }
    say({ kind: "refused", reason: "The server stopped before it was done. Compare again." });
  }
}

const inOrder = (results: Results): Results => ({
  ...results,
  found: results.found.toSorted((a, b) => startOf(a) - startOf(b)),
});

async function sentenceOf(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => null);
  const told = typeof body === "object" && body !== null && "detail" in body ? String(body.detail) : "";
  return told === "" ? `The server refused (${response.status}).` : told;
}

async function* linesOf(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string, void, undefined> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  const lines = new LineSplitter();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield* lines.push(value);
  }
}
