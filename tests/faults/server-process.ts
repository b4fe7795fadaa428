/** A server to be killed: `node server-process.ts DATA_DIRECTORY` prints its address, and ends with whoever started it. */
import { randomUUID } from "node:crypto";
import { flushCompileCache } from "node:module";
import { startServer, systemClock } from "@vigil/server";
import pino from "pino";
import { type Badges, badgesOf } from "../badges.ts";

const [, , dataDir] = process.argv;
if (dataDir === undefined) throw new Error("name the data directory");

process.stdin.on("end", () => process.exit()).resume();

let badges: Badges | null = null;
const server = await startServer({
  config: { port: 0, host: "127.0.0.1", dataDir, bays: 8, zone: "UTC" },
  clock: systemClock(),
  log: pino({ level: "error" }, process.stderr),
  epoch: randomUUID(),
  clientDir: null,
  prepare: async (people) => {
    badges = await badgesOf(people);
  },
});
// Who is killed keeps nothing at the end: the next one is to find its modules compiled.
flushCompileCache();
process.stdout.write(`${JSON.stringify({ url: server.url, badges })}\n`);
