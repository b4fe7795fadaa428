/** The server's process as the night handles it: started, measured, killed, started again on the same port. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Badges } from "../badges.ts";
import type { FromServer, ServerWords, ToServer } from "./server.child.ts";

export interface Memory {
  readonly heapUsed: number;
  readonly rss: number;
}

export class NightServer {
  readonly #child: ChildProcess;
  readonly #gone: Promise<null>;
  readonly url: string;
  readonly badges: Badges;

  private constructor(child: ChildProcess, gone: Promise<null>, { url, badges }: Pick<NightServer, "url" | "badges">) {
    this.#child = child;
    this.#gone = gone;
    this.url = url;
    this.badges = badges;
  }

  /** @param complains told of every line the server logs as an error */
  static async start(words: ServerWords, complains: (line: string) => void): Promise<NightServer> {
    const child = fork(fileURLToPath(new URL("server.child.ts", import.meta.url)), {
      execArgv: ["--expose-gc"],
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    child.stderr?.on("data", (text) => complains(String(text).trim()));
    const gone = once(child, "exit").then(() => null);
    const answer = await asked(child, gone, { start: words });
    if (answer !== null && "url" in answer) return new NightServer(child, gone, answer);
    child.kill("SIGKILL");
    throw new Error("the server of the night did not start");
  }

  /** After a collection. */
  async memory(): Promise<Memory> {
    const answer = await asked(this.#child, this.#gone, "memory");
    if (answer === null || !("rss" in answer)) throw new Error("the server of the night is gone");
    return answer;
  }

  /** kill -9, and the end of the process awaited. */
  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#gone;
  }

  /** As a person stops it. */
  async close(): Promise<void> {
    await asked(this.#child, this.#gone, "close");
    await this.#gone;
  }
}

/** The next thing the child says; `null` when it ends instead. */
async function asked(child: ChildProcess, gone: Promise<null>, what: ToServer): Promise<FromServer | null> {
  const answer = once(child, "message").then(([message]: FromServer[]) => message ?? null);
  child.send(what);
  return Promise.race([answer, gone]);
}
