import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Insiders, insidersOf } from "./insiders.ts";
import { type Course, courseFrom } from "./steered-clock.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

export interface VigilProcess {
  readonly url: string;
  readonly insiders: Insiders;
  readonly child: ChildProcess;
  /** As a power cut would: nothing is said goodbye to. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** Who was let in at which data directory: a program that is started again on it knows them. */
const INSIDERS = new Map<string, Insiders>();

/** A working day's morning in the clinic: what a test finds there does not hang on when it is run. */
export const MORNING = {
  zone: "Europe/Berlin",
  course: courseFrom(Date.UTC(2026, 2, 10, 8, 40)),
  lastNight: { from: "2026-03-09T19:00", to: "2026-03-10T08:00" },
} as const;

/**
 * Starts the program as `npm start` does, and waits until it says where to look.
 * @param course the clinic's time; left out: the machine's
 */
export async function startVigil(
  environment: Readonly<Record<string, string>>,
  course?: Course,
): Promise<VigilProcess> {
  // A test runner's own: with it the pages would be built for development, and stay so for whoever starts Vigil next.
  const { NODE_ENV: _, ...inherited } = process.env;
  const program =
    course === undefined ? new URL("../../start.ts", import.meta.url) : new URL("start-at.child.ts", import.meta.url);
  const child = spawn(process.execPath, [fileURLToPath(program)], {
    cwd: root,
    env: { ...inherited, ...environment, VIGIL_TEST_COURSE: JSON.stringify(course) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const gone = once(child, "exit");
  let said = "";
  const url = await new Promise<string>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      said += chunk.toString();
      const found = /(http:\/\/\S+)\/wall/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.once("exit", (code) => reject(new Error(`Vigil ended with ${code}: ${said}`)));
  });
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await gone;
  };
  const data = environment.VIGIL_DATA ?? "";
  const firstStart = /first-start#(\S+)/.exec(said)?.[1] ?? null;
  const demonstrationKey =
    environment.VIGIL_DEMO === "0" ? null : (await readFile(join(data, "demonstration.key"), "utf8")).trim();
  const known = INSIDERS.get(data);
  const insiders =
    known === undefined || demonstrationKey !== null ? await insidersOf(url, firstStart, demonstrationKey) : known;
  INSIDERS.set(data, insiders);
  return { url, insiders, child, kill: () => end("SIGKILL"), stop: () => end("SIGTERM") };
}
