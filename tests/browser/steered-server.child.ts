/** A server to be killed, real but for its clock, which whoever forked it steers. */
import { randomUUID } from "node:crypto";
import { startServer } from "@vigil/server";
import pino from "pino";
import { type Course, SteeredClock } from "./steered-clock.ts";

export interface ServerWords {
  readonly dataDir: string;
  readonly port: number;
  readonly bays: number;
  readonly zone: string;
  readonly clientDir: string;
  readonly course: Course;
}
export type ToServer = { readonly start: ServerWords } | { readonly steer: Course };
export interface FromServer {
  readonly url: string;
}

let clock: SteeredClock | null = null;

process.on("message", async (message: ToServer) => {
  if ("steer" in message) return clock?.steer(message.steer);
  const { course, clientDir, ...config } = message.start;
  clock = new SteeredClock(course);
  const server = await startServer({
    config: { ...config, host: "127.0.0.1" },
    clock,
    log: pino({ level: "error" }, pino.destination(2)),
    epoch: randomUUID(),
    clientDir,
  });
  process.send?.({ url: server.url } satisfies FromServer);
});
process.once("disconnect", () => process.exit());
