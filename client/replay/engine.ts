/** The worker as something to ask. */
import type { AskName, Asks, Reply } from "./asking.ts";

export interface ReplayEngine {
  ask<N extends AskName>(name: N, ask: Asks[N]["ask"]): Promise<Asks[N]["answer"]>;
  close(): void;
}

export function startEngine(): ReplayEngine {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  const waiting = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>();
  let asked = 0;
  worker.addEventListener("message", ({ data }: MessageEvent<Reply>) => {
    const one = waiting.get(data.id);
    waiting.delete(data.id);
    if ("failed" in data) one?.reject(new Error(data.failed));
    else one?.resolve(data.answer);
  });
  const fail = () => {
    for (const { reject } of waiting.values()) reject(new Error("The replay's engine could not be started."));
    waiting.clear();
  };
  worker.addEventListener("error", fail);
  return {
    ask: <N extends AskName>(name: N, ask: Asks[N]["ask"]) =>
      new Promise<Asks[N]["answer"]>((resolve, reject) => {
        asked += 1;
        const id = asked;
        const begunAt = performance.now();
        waiting.set(id, {
          // Both ends are one program: the name of a question says the type of its answer.
          resolve: (answer) => {
            performance.measure(`replay ${name}`, { start: begunAt, end: performance.now() });
            resolve(answer as Asks[N]["answer"]);
          },
          reject,
        });
        worker.postMessage({ id, name, ask });
      }),
    close() {
      worker.terminate();
      fail();
    },
  };
}
