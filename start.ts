/**
 * `npm start`: builds the client when it is missing or older than its sources, starts the server on this machine, and
 * (unless VIGIL_DEMO=0) the demonstration ward. The one place that knows both the server and the simulators.
 */
import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { ConfigError, DataDirectoryError, ListenError, readConfig, startServer, systemClock } from "@vigil/server";
import { demoCourses, demoHistory, runDemo } from "@vigil/simulators/demo";
import pino from "pino";
import { buildClient } from "./build-client.ts";

const root = fileURLToPath(new URL(".", import.meta.url));
/** The demonstration is the same ward every time. */
const DEMO_SEED = 7;

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = pino({ level: config.logLevel });
  const clientDir = await buildClient(root);
  const clock = systemClock();
  const server = await startServer({ config, clock, log, epoch: randomUUID(), clientDir });
  if (config.demo && server.isNew) {
    const now = clock.now();
    const { visits, facts } = demoCourses(now, DEMO_SEED, config.zone);
    server.backfill([...visits, ...demoHistory(now, DEMO_SEED)], facts);
  }
  process.stdout.write(`Vigil runs. The wall: ${server.url}/wall\n`);
  const stopDemo = new AbortController();
  const demo = config.demo ? startDemo(server.url, stopDemo.signal) : Promise.resolve();

  const stop = (signal: NodeJS.Signals) => {
    process.stdout.write(`\n${signal}: stopping; everything is kept.\n`);
    stopDemo.abort();
    demo
      .then(() => server.close())
      .then(
        () => process.exit(0),
        (error: unknown) => fail(error),
      );
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}

function startDemo(url: string, signal: AbortSignal): Promise<void> {
  process.stdout.write("A demonstration with simulated patients is running; VIGIL_DEMO=0 starts an empty ward.\n");
  return runDemo({ url, seed: DEMO_SEED, clock: systemClock(), signal });
}

function fail(error: unknown): never {
  const expected = error instanceof ConfigError || error instanceof DataDirectoryError || error instanceof ListenError;
  process.stderr.write(`${expected ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
  process.exit(1);
}

main().catch(fail);
