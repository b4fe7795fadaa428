/**
 * The clinic as `npm start` runs it: the server and, unless told otherwise, the demonstration ward with its past. The one
 * place that knows both the server and the simulators.
 */
import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Clock, isLoopback, type Past, type RunningServer, type ServerConfig, startServer } from "@vigil/server";
import { demoCourses, demoHistory, pastMonth, runDemo } from "@vigil/simulators/demo";
import type { ServerDoor } from "@vigil/simulators/link";
import type { Logger } from "pino";

/** The demonstration is the same ward every time. */
const DEMO_SEED = 7;
/** Room for the inputs of the month before; a session has some five hundred. */
const PAST_INPUTS = 1_000_000;
const PAST_BEGINS_AFTER_MS = 2_000;
const PAST_PAUSE_MS = 8;

export interface ClinicOptions {
  readonly config: ServerConfig;
  readonly clock: Clock;
  readonly log: Logger;
  /** Where the built pages lie. */
  readonly clientDir: string;
  /** Takes what whoever started it should read. */
  readonly say: (sentence: string) => void;
}

export interface Clinic {
  /** Ends the demonstration, keeps what is pending, and stops. */
  close(): Promise<void>;
}

/** @throws DataDirectoryError, ListenError */
export async function openClinic({ config, clock, log, clientDir, say }: ClinicOptions): Promise<Clinic> {
  const server = await startServer({ config, clock, log, epoch: randomUUID(), clientDir });
  const stopDemo = new AbortController();
  let past: Promise<void> = Promise.resolve();
  if (config.demo && server.isNew) {
    const now = clock.now();
    const month = server.openPast(PAST_INPUTS);
    const { visits, facts } = demoCourses(now, DEMO_SEED, config.zone);
    server.backfill([...visits, ...demoHistory(now, DEMO_SEED)], facts);
    past = tellPast(month, pastMonth(now, DEMO_SEED, config.zone), stopDemo.signal);
  }
  let demo: Promise<void> = Promise.resolve();
  if (config.demo) {
    const door: ServerDoor = { url: server.url, key: demonstrationKey(server, config.dataDir) };
    say("A demonstration with simulated patients is running; VIGIL_DEMO=0 starts an empty ward.");
    demo = runDemo({ server: door, seed: DEMO_SEED, clock, signal: stopDemo.signal });
  }
  const { firstStart } = server.people;
  if (firstStart !== null) {
    const why = firstStart.isReopened
      ? "As vigil people reset asked: make an administrator, or give one a new password"
      : "There is nobody yet. Make the administrator";
    // Whoever listens on an address of the outside is asked by the proxy's name only.
    const at = isLoopback(config.host) ? server.url : (config.origin ?? server.url);
    say(`${why}, once, within this run: ${at}${firstStart.path}`);
  }
  say(`Vigil runs. The wall: ${server.url}/wall`);
  return {
    async close() {
      stopDemo.abort();
      await Promise.all([demo, past]);
      await server.close();
    },
  };
}

/** The month before, told bit by bit beside the running ward: people see the wall first, and no alarm waits for it. */
async function tellPast(month: Past, sessions: ReturnType<typeof pastMonth>, signal: AbortSignal): Promise<void> {
  await pause(PAST_BEGINS_AFTER_MS);
  for (const session of sessions) {
    if (signal.aborted) return;
    if (session !== null && !month.keep(session.bay, session.steps)) return;
    await pause(PAST_PAUSE_MS);
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Of the simulated monitors and nurses; also kept in a file, for the command line, until the next start. */
function demonstrationKey(server: RunningServer, dataDir: string): string {
  const key = server.people.openKey({ kind: "bench", name: "Demonstration", bays: null });
  writeFileSync(join(dataDir, "demonstration.key"), `${key}\n`, { mode: 0o600 });
  return key;
}
