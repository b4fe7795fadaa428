/** Where the benchmark works: its processes and its temporary directory. However it ends, nothing of it is left. */
import { type ChildProcess, fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Answer, Call, Calls } from "./answer.ts";

export interface Child<C extends Calls> {
  call<N extends keyof C & string>(name: N, ...argument: Parameters<C[N]>): Promise<Awaited<ReturnType<C[N]>>>;
  /** Lets it free what it holds, and waits until it is gone. */
  stop(): Promise<void>;
}

/** A child that does not end by itself in this time is killed. */
const PATIENCE_MS = 5_000;

export class Workshop {
  readonly directory = mkdtempSync(join(tmpdir(), "vigil-bench-"));
  readonly #processes = new Set<ChildProcess>();
  readonly #closing = new Set<() => Promise<unknown>>();
  #directories = 0;

  constructor() {
    process.once("exit", () => {
      for (const each of this.#processes) each.kill("SIGKILL");
      rmSync(this.directory, { recursive: true, force: true, maxRetries: 5 });
    });
    for (const [signal, code] of [
      ["SIGINT", 130],
      ["SIGTERM", 143],
    ] as const) {
      process.once(signal, () => {
        const closed = Promise.allSettled([...this.#closing].map((close) => close()));
        const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
        void Promise.race([closed, patience]).then(() => process.exit(code));
      });
    }
  }

  /** What leaves something behind unless it is closed: done first when the benchmark is broken off. */
  closeFirst(close: () => Promise<unknown>): void {
    this.#closing.add(close);
  }

  /** A new directory's name; who is handed it makes it. */
  newDirectory(name: string): string {
    this.#directories += 1;
    return join(this.directory, `${name}-${this.#directories}`);
  }

  /** Forks a program of this folder, named with its ending. `flags`: of the runtime. */
  fork<C extends Calls>(program: URL, flags: readonly string[] = []): Child<C> {
    const child = fork(fileURLToPath(program), {
      execArgv: [...process.execArgv, ...flags],
      serialization: "advanced",
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    this.#processes.add(child);
    const waiting = new Map<number, { resolve(value: unknown): void; reject(reason: Error): void }>();
    let calls = 0;
    child.on("message", (answer: Answer) => {
      const asked = waiting.get(answer.id);
      waiting.delete(answer.id);
      if ("error" in answer) asked?.reject(new Error(answer.error));
      else asked?.resolve(answer.value);
    });
    const gone = new Promise<void>((resolve) => {
      child.once("exit", (code, signal) => {
        this.#processes.delete(child);
        const why = new Error(`${program.pathname} ended (${signal ?? code})`);
        for (const asked of waiting.values()) asked.reject(why);
        waiting.clear();
        resolve();
      });
    });
    return {
      call: (name, ...[argument]) =>
        new Promise((resolve, reject) => {
          calls += 1;
          // Both ends are one program: the type of the calls is the type of the answers.
          waiting.set(calls, { resolve: resolve as (value: unknown) => void, reject });
          child.send({ id: calls, name, argument } satisfies Call, (error) => error !== null && reject(error));
        }),
      async stop() {
        if (child.connected) child.disconnect();
        const impatient = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS);
        await gone;
        clearTimeout(impatient);
      },
    };
  }
}
