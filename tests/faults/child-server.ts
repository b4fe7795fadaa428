/** A server in a process of its own, which a test may kill. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { asBench, type Badges } from "../badges.ts";

const SCRIPT = fileURLToPath(new URL("./server-process.ts", import.meta.url));

export interface ChildServer {
  readonly url: string;
  readonly badges: Badges;
  /** From the start of the process to its first healthy answer. */
  readonly readyMs: number;
  /** kill -9, and the end of the process awaited. */
  kill(): Promise<void>;
}

/** Starts a server on a free port; the test that started it never leaves it behind. */
export async function startChild(dataDir: string): Promise<ChildServer> {
  const begun = performance.now();
  const child = spawn(process.execPath, [SCRIPT, dataDir], { stdio: ["pipe", "pipe", "pipe"] });
  let complaints = "";
  child.stderr.on("data", (text) => (complaints += text));
  const kill = async () => {
    if (!hasEnded(child)) {
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    }
  };
  onTestFinished(kill);
  const lines = createInterface({ input: child.stdout });
  const said = await Promise.race([
    once(lines, "line").then(([line]): { url: string; badges: Badges } => JSON.parse(line)),
    once(child, "exit").then(() => null),
  ]);
  if (said === null) throw new Error(`the server did not start: ${complaints}`);
  const { url, badges } = said;
  const health = await fetch(`${url}/api/health`, { headers: asBench(badges) });
  if (!health.ok) throw new Error(`the server is not healthy: ${await health.text()}`);
  return {
    url,
    badges,
    readyMs: Math.round(performance.now() - begun),
    kill,
  };
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;
