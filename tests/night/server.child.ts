/** The server of the night, to be killed: real but for its clock. Told over IPC what to do, it ends with whoever forked it. */
import { randomUUID } from "node:crypto";
import { type RunningServer, startServer } from "@vigil/server";
import pino from "pino";
import { type Badges, badgesOf } from "../badges.ts";
import { fastClock, type NightTime } from "./fast-clock.ts";

export interface ServerWords {
  readonly dataDir: string;
  readonly port: number;
  readonly bays: number;
  readonly time: NightTime;
}

export type ToServer = { readonly start: ServerWords } | "memory" | "close";
export type FromServer =
  | { readonly url: string; readonly badges: Badges }
  | { readonly heapUsed: number; readonly rss: number }
  | { readonly closed: true };

let server: RunningServer | null = null;
const say = (message: FromServer) => process.send?.(message);

async function does(message: ToServer): Promise<void> {
  if (message === "memory") {
    globalThis.gc?.();
    const { heapUsed, rss } = process.memoryUsage();
    say({ heapUsed, rss });
  } else if (message === "close") {
    await server?.close();
    say({ closed: true });
    process.disconnect?.();
  } else {
    const { dataDir, port, bays, time } = message.start;
    let badges: Badges | null = null;
    server = await startServer({
      config: { port, host: "127.0.0.1", dataDir, bays, zone: "UTC" },
      clock: fastClock(time),
      log: pino({ level: "error" }, pino.destination(2)),
      epoch: randomUUID(),
      clientDir: null,
      prepare: async (people) => {
        badges = await badgesOf(people);
      },
    });
    if (badges !== null) say({ url: server.url, badges });
  }
}

process.on("message", (message: ToServer) => void does(message));
process.once("disconnect", () => process.exit());
