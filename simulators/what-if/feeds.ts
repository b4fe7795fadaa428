/** Feeds compared on every core, in their order. */
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { FeedAnswer, FeedAsked, Setup } from "./compared.ts";

/** Ends early when `signal` aborts. */
export async function* compareFeeds(
  paths: readonly string[],
  setup: Setup,
  signal: AbortSignal,
): AsyncGenerator<FeedAnswer & { readonly path: string }, void, undefined> {
  const answers = paths.map(() => Promise.withResolvers<FeedAnswer>());
  let next = 0;
  const workers = Array.from({ length: Math.min(availableParallelism(), paths.length) }, () => {
    const worker = new Worker(new URL("./feed.worker.ts", import.meta.url));
    let current = -1;
    const ask = () => {
      const path = paths[next];
      if (path === undefined) return;
      current = next;
      next += 1;
      worker.postMessage({ setup, path } satisfies FeedAsked);
    };
    worker.on("message", (answer: FeedAnswer) => {
      answers[current]?.resolve(answer);
      ask();
    });
    worker.on("error", (error: Error) =>
      answers[current]?.resolve({ compared: null, wrong: `${paths[current]}: ${error.message}` }),
    );
    ask();
    return worker;
  });
  const stopped = new Promise<null>((resolve) => {
    signal.addEventListener("abort", () => resolve(null), { once: true });
  });
  try {
    for (const [i, path] of paths.entries()) {
      const answer = signal.aborted ? null : await Promise.race([answers[i]?.promise, stopped]);
      if (answer === null || answer === undefined) return;
      yield { path, ...answer };
    }
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
