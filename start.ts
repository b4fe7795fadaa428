/** `npm start`: builds the client when it is missing or older than its sources, and runs the clinic until it is told to stop. */
import { fileURLToPath } from "node:url";
import { ConfigError, DataDirectoryError, ListenError, readConfig, systemClock } from "@vigil/server";
import pino from "pino";
import { buildClient } from "./build-client.ts";
import { openClinic } from "./clinic.ts";

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const clinic = await openClinic({
    config,
    clock: systemClock(),
    log: pino({ level: config.logLevel }),
    clientDir: await buildClient(fileURLToPath(new URL(".", import.meta.url))),
    say: (sentence) => process.stdout.write(`${sentence}\n`),
  });
  const stop = (signal: NodeJS.Signals) => {
    process.stdout.write(`\n${signal}: stopping; everything is kept.\n`);
    clinic.close().then(() => process.exit(0), fail);
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}

function fail(error: unknown): never {
  const expected = error instanceof ConfigError || error instanceof DataDirectoryError || error instanceof ListenError;
  process.stderr.write(`${expected ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
  process.exit(1);
}

main().catch(fail);
