/** A server to be killed, real but for its clock, which whoever forked it steers. */
import { randomUUID } from "node:crypto";
import { startServer } from "@vigil/server";
import { actorSchema } from "@vigil/shared/session";
import pino from "pino";
import { KEY } from "../badges.ts";
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
  readonly key: string;
  /** What the browsers of those who work there send as `cookie`, by name. */
  readonly cookies: Readonly<Record<string, string>>;
}

const STAFF = ["Ada Lund", "Bo Ek"].map((name) =>
  actorSchema.parse({ id: name.toLowerCase().replace(" ", "-"), name, role: "nurse" }),
);
/** The clinic's clock hurries: nobody is idle for it. */
const ALL_THE_TEST = { idleAfterMs: 400 * 24 * 3_600_000, endsAfterMs: 400 * 24 * 3_600_000, ownRules: true } as const;

let clock: SteeredClock | null = null;

process.on("message", async (message: ToServer) => {
  if ("steer" in message) return clock?.steer(message.steer);
  const { course, clientDir, ...config } = message.start;
  clock = new SteeredClock(course);
  let key = "";
  const cookies: Record<string, string> = {};
  const server = await startServer({
    config: { ...config, host: "127.0.0.1" },
    clock,
    log: pino({ level: "error" }, pino.destination(2)),
    epoch: randomUUID(),
    clientDir,
    prepare: async (people) => {
      key = people.openKey({ kind: "bench", name: "Simulated monitors", bays: null, key: KEY });
      for (const person of STAFF) cookies[person.name] = await people.openSession(person, ALL_THE_TEST);
    },
  });
  process.send?.({ url: server.url, key, cookies } satisfies FromServer);
});
process.once("disconnect", () => process.exit());
