/** Where the alarm log is asked. The thread that answers starts with the first question. */
import { Worker } from "node:worker_threads";
import type { AlarmLogAnswers } from "./answers.ts";
import type { Question, Told, WorkerSettings } from "./asking.ts";

export interface AlarmLogDeskOptions extends WorkerSettings {
  /** From now on changes are noted. @returns the episodes that changed since it was last called */
  readonly follow: () => () => readonly number[];
  readonly onProblem: (sentence: string, error?: unknown) => void;
}

/** The log cannot be asked now; asking again may help. */
export class AlarmLogFailed extends Error {}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: AlarmLogFailed): void;
}

type Answer<N extends Question> = Awaited<ReturnType<AlarmLogAnswers[N]>>;

export class AlarmLogDesk {
  readonly #options: AlarmLogDeskOptions;
  #thread: { readonly worker: Worker; readonly touched: () => readonly number[] } | null = null;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;
  #closed = false;

  constructor(options: AlarmLogDeskOptions) {
    this.#options = options;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#thread?.worker.terminate();
  }

  /** @throws AlarmLogFailed when there is no answer */
  ask<N extends Question>(name: N, ...given: Parameters<AlarmLogAnswers[N]>): Promise<Answer<N>> {
    if (this.#closed) return Promise.reject(new AlarmLogFailed("The server is stopping."));
    this.#thread ??= this.#start();
    const { worker, touched } = this.#thread;
    this.#asked += 1;
    const id = this.#asked;
    const answered = new Promise<Answer<N>>((resolve, reject) => {
      // Both ends are one program: the name of the question is the type of its answer.
      this.#waiting.set(id, { resolve: (value) => resolve(value as Answer<N>), reject });
    });
    worker.postMessage({ id, touched: touched(), name, given });
    return answered;
  }

  #start() {
    const { file, zone, follow, onProblem } = this.#options;
    // First, so that nothing is missed between what the thread reads and what it is told.
    const touched = follow();
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { workerData: { file, zone } });
    worker.unref();
    worker.on("message", (told: Told) => {
      const waiting = this.#waiting.get(told.id);
      this.#waiting.delete(told.id);
      if ("value" in told) waiting?.resolve(told.value);
      else this.#fail(told.failed, waiting);
    });
    worker.on("error", (error) => onProblem("the alarm log's thread ended; the next question starts another", error));
    worker.on("exit", () => {
      if (this.#thread?.worker === worker) this.#thread = null;
      for (const waiting of this.#waiting.values()) waiting.reject(new AlarmLogFailed("The alarm log gave no answer."));
      this.#waiting.clear();
    });
    return { worker, touched };
  }

  #fail(why: string, waiting: Waiting | undefined): void {
    this.#options.onProblem(`a question to the alarm log failed: ${why}`);
    waiting?.reject(new AlarmLogFailed(why));
  }
}
