/**
 * `npm start`: builds the client when it is missing or older than its sources, starts the server on this machine, and
 * (unless VIGIL_DEMO=0) the demonstration ward. The one place that knows both the server and the simulators.
 */
import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  ConfigError,
  DataDirectoryError,
  ListenError,
  type Past,
  type RunningServer,
  readConfig,
  startServer,
  systemClock,
} from "@vigil/server";
import { demoCourses, demoHistory, pastMonth, runDemo } from "@vigil/simulators/demo";
import type { ServerDoor } from "@vigil/simulators/link";
import pino from "pino";
import { buildClient } from "./build-client.ts";

const root = fileURLToPath(new URL(".", import.meta.url));
/** The demonstration is the same ward every time. */
const DEMO_SEED = 7;
/** Room for the inputs of the month before; a session has some five hundred. */
const PAST_INPUTS = 1_000_000;
const PAST_BEGINS_AFTER_MS = 2_000;
const PAST_PAUSE_MS = 8;

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = pino({ level: config.logLevel });
  const clientDir = await buildClient(root);
  const clock = systemClock();
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
  const key = config.demo ? demonstrationKey(server, config.dataDir) : null;
  const demo = key === null ? Promise.resolve() : startDemo({ url: server.url, key }, stopDemo.signal);
  const { firstStart } = server.people;
  if (firstStart !== null) {
    process.stdout.write(
      `There is nobody yet. Make the administrator, once, within this run: ${server.url}${firstStart}\n`,
    );
  }
  process.stdout.write(`Vigil runs. The wall: ${server.url}/wall\n`);

  const stop = (signal: NodeJS.Signals) => {
    process.stdout.write(`\n${signal}: stopping; everything is kept.\n`);
    stopDemo.abort();
    Promise.all([demo, past])
      .then(() => server.close())
      .then(
        () => process.exit(0),
        (error: unknown) => fail(error),
      );
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
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

function startDemo(door: ServerDoor, signal: AbortSignal): Promise<void> {
  process.stdout.write("A demonstration with simulated patients is running; VIGIL_DEMO=0 starts an empty ward.\n");
  return runDemo({ server: door, seed: DEMO_SEED, clock: systemClock(), signal });
}

function fail(error: unknown): never {
  const expected = error instanceof ConfigError || error instanceof DataDirectoryError || error instanceof ListenError;
  process.stderr.write(`${expected ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
  process.exit(1);
}

main().catch(fail);
