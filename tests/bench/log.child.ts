/** The server whose memory an export is measured by, in a process of its own: neither who reads nor who made the year is counted. */
import { type RunningServer, startServer, systemClock } from "@vigil/server";
import pino from "pino";
import { SUPERVISOR } from "../badges.ts";
import { answer } from "./answer.ts";

let server: RunningServer | null = null;

const calls = {
  async start({ dataDir, bays }: { readonly dataDir: string; readonly bays: number }) {
    server = await startServer({
      config: { port: 0, host: "127.0.0.1", dataDir, bays, zone: "Europe/Berlin" },
      clock: systemClock(),
      log: pino({ level: "silent" }),
      epoch: "bench",
      clientDir: null,
    });
    return { url: server.url, cookie: await server.people.openSession(SUPERVISOR) };
  },
  /** Of the whole process, bytes. */
  memory: () => process.memoryUsage.rss(),
};
export type LogCalls = typeof calls;
answer(calls, () => server?.close());
