/** The server under test: Vigil as `npm start` runs it, with a new journal on disk, in a process of its own. */
import { randomUUID } from "node:crypto";
import { type RunningServer, startServer, systemClock } from "@vigil/server";
import pino from "pino";
import { KEY } from "../badges.ts";
import { answer } from "./answer.ts";
import { gatewayKey, MOST_GATEWAYS } from "./gateway-keys.ts";
import { Meter } from "./meter.ts";
import { type Past, sessionsUnderWay } from "./sessions.ts";

export interface VigilOptions {
  readonly dataDir: string;
  readonly clientDir: string | null;
  readonly bays: number;
}

const clock = systemClock();
const meter = new Meter();
let server: RunningServer | null = null;

const calls = {
  async start({ dataDir, clientDir, bays }: VigilOptions): Promise<string> {
    // A demonstration: walls open without a question, as on the machine of whoever tries Vigil.
    const config = { port: 0, host: "127.0.0.1", dataDir, bays, zone: "UTC", demo: true };
    // Level and destination as in start.ts; what it has to say belongs on the benchmark's stderr.
    const log = pino({ level: "warn" }, pino.destination(2));
    server = await startServer({ config, clock, log, epoch: randomUUID(), clientDir });
    server.people.openKey({ kind: "bench", name: "Bench", bays: null, key: KEY });
    for (let n = 0; n < MOST_GATEWAYS; n++) {
      server.people.openKey({ kind: "bench", name: `Gateway ${n + 1}`, bays: null, key: gatewayKey(n) });
    }
    return server.url;
  },
  openSessions({ past, ...of }: { readonly bays: number; readonly withPast: number; readonly past?: Past }): void {
    server?.backfill(sessionsUnderWay(of.bays, of.withPast, clock.now(), past));
  },
  startMeter: () => meter.start(),
  used: () => meter.used(),
};
export type VigilCalls = typeof calls;
answer(calls, () => server?.close());
