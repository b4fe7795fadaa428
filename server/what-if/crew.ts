/**
 * Processes that decide sessions again: one for each core, behind everything else on the machine in line. Processes rather
 * than threads, because only they can be made to wait for the server that people watch.
 */
import { type ChildProcess, fork } from "node:child_process";
import { constants, setPriority } from "node:os";
import type { SessionId } from "@vigil/shared/ids";
import type { Job, Result, Setup } from "./job.ts";

export interface CrewOptions {
  /** The program of a process. */
  readonly program: URL;
  readonly size: number;
}

export type JobResult = Exclude<Result, { kind: "ready" }>;

/** Jobs on their way to one process: while it works on the first, the next is there already. */
const AT_ONCE = 2;

/**
 * Does all jobs; `done` is told of each in whatever order. Resolves when there is none left, and soon when `signal` aborts.
 * A session on which a process dies has failed; the others go on in a new one.
 */
export async function doJobs(
  { program, size }: CrewOptions,
  setup: Setup,
  jobs: Iterable<Job>,
  done: (result: JobResult) => void,
  signal: AbortSignal,
): Promise<void> {
  const waiting = jobs[Symbol.iterator]();
  if (size === 0) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const crew = new Set<ChildProcess>();
  let isDry = false;

  function hire(): void {
    const underWay = new Map<SessionId, Job>();
    let isReady = false;
    const child = fork(program, { stdio: ["ignore", "ignore", "inherit", "ipc"], execArgv: [] });
    crew.add(child);
    const feed = () => {
      while (!isDry && underWay.size < AT_ONCE) {
        const next = waiting.next();
        isDry = next.done === true;
        if (next.done === true) break;
        underWay.set(next.value.id, next.value);
        child.send(next.value);
      }
      if (underWay.size === 0) child.disconnect();
    };
    child.on("message", (result: Result) => {
      if (signal.aborted) return;
      if (result.kind === "ready") isReady = true;
      else {
        underWay.delete(result.id);
        done(result);
      }
      feed();
    });
    child.on("error", () => undefined);
    child.once("exit", () => {
      crew.delete(child);
      if (!signal.aborted) {
        const reason = "The process that was to decide it ended before it had.";
        for (const { id } of underWay.values()) done({ kind: "failed", id, reason });
        // One that never began would begin no better.
        if (isReady && underWay.size > 0) hire();
      }
      if (crew.size === 0) resolve();
    });
    child.send(setup);
    if (child.pid !== undefined) waitForOthers(child.pid);
  }

  const stop = () => {
    for (const child of crew) child.kill("SIGKILL");
  };
  signal.addEventListener("abort", stop);
  for (let i = 0; i < size; i += 1) hire();
  await promise;
  signal.removeEventListener("abort", stop);
  if (signal.aborted) return;
  for (let next = waiting.next(); next.done !== true; next = waiting.next()) {
    done({ kind: "failed", id: next.value.id, reason: "No process could be started to decide it." });
  }
}

function waitForOthers(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It has gone already, or the system has no such order.
  }
}
