/** What-if over a year of a clinic: every session decided twice, at the server, while somebody else asks it things. */
import { availableParallelism, loadavg } from "node:os";
import { startServer, systemClock } from "@vigil/server";
import { type WhatIfLine, whatIfLineSchema } from "@vigil/shared/wire";
import pino from "pino";
import { asBench, badgesOf } from "../badges.ts";
import { BAYS, copyDays, tellDays } from "./clinic-year.ts";
import { atMost, baseline, type Figure, percentile } from "./figure.ts";
import type { Plan } from "./plan.ts";
import type { Workshop } from "./workshop.ts";

const TARGET_S = 60;
const DAY_MS = 86_400_000;
const ASKS_EVERY_MS = 100;
/** SpO₂ may be low for half a minute. */
const QUESTION = {
  after: {
    kind: "edits",
    edits: [
      {
        vital: "spo2",
        limits: {
          low: {
            warning: { limit: 94, delay: 30, offDelay: 5, deadband: 1 },
            critical: { limit: 90, delay: 25, offDelay: 5, deadband: 1 },
          },
        },
      },
    ],
  },
};

export async function benchWhatIf(workshop: Workshop, { year }: Plan): Promise<Figure[]> {
  const dataDir = workshop.newDirectory("year");
  const options = {
    config: { port: 0, host: "127.0.0.1", dataDir, bays: BAYS, zone: "Europe/Berlin" },
    clock: systemClock(),
    log: pino({ level: "warn" }, pino.destination(2)),
    epoch: "bench",
    clientDir: null,
  };
  const first = await startServer(options);
  const told = tellDays(first.openPast(year.days * BAYS * 8_000), year.days, Math.floor(Date.now() / DAY_MS) * DAY_MS);
  await first.close();
  copyDays(dataDir, year.days, year.copies);
  const sessions = told.sessions * (1 + year.copies);
  const inputs = told.inputs * (1 + year.copies);

  const server = await startServer(options);
  const badge = asBench(await badgesOf(server.people));
  try {
    const asking = new AbortController();
    const waits = asked(server.url, badge, asking.signal);
    const { tookS, differences, done } = await compared(server.url, badge);
    asking.abort();
    const answers = await waits;
    if (done !== sessions) throw new Error(`${done} of ${sessions} sessions were compared`);
    const note =
      `${sessions.toLocaleString("en-US")} sessions, ${(inputs / 1e6).toFixed(1)} M inputs, decided under two sets of rules on ` +
      `${availableParallelism()} cores; ${differences.toLocaleString("en-US")} differences; load ${loadavg()[0]?.toFixed(1)}`;
    return [
      atMost("what-if over a year of a clinic", tookS, TARGET_S, "s", note),
      baseline("the server's answers meanwhile, p99", percentile(answers, 0.99), "ms", `${answers.length} asked`),
    ];
  } finally {
    await server.close();
  }
}

type Badge = ReturnType<typeof asBench>;

async function compared(url: string, badge: Badge): Promise<{ tookS: number; differences: number; done: number }> {
  const begunAt = performance.now();
  const response = await fetch(`${url}/api/what-if`, {
    method: "POST",
    headers: { "content-type": "application/json", ...badge },
    body: JSON.stringify(QUESTION),
  });
  if (!response.ok) throw new Error(await response.text());
  const lines = (await response.text())
    .trim()
    .split("\n")
    .map((line): WhatIfLine => whatIfLineSchema.parse(JSON.parse(line)));
  const failed = lines.find((line) => line.type === "failed");
  if (failed?.type === "failed") throw new Error(`session ${failed.id}: ${failed.reason}`);
  const last = lines.findLast((line) => line.type === "progress");
  return {
    tookS: (performance.now() - begunAt) / 1000,
    differences: lines.reduce((sum, line) => sum + (line.type === "session" ? line.differences.length : 0), 0),
    done: last?.type === "progress" ? last.done : 0,
  };
}

/** How long somebody else waits for an answer, ms. */
async function asked(url: string, badge: Badge, signal: AbortSignal): Promise<number[]> {
  const took: number[] = [];
  while (!signal.aborted) {
    const begunAt = performance.now();
    await (await fetch(`${url}/api/health`, { headers: badge })).text();
    took.push(performance.now() - begunAt);
    await new Promise((resolve) => setTimeout(resolve, ASKS_EVERY_MS));
  }
  return took;
}
