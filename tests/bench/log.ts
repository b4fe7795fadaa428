/** The alarm log with a year of a million episodes: any filter, the first page and page 1,000; its measures and exports. */
import { loadavg } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { startServer, systemClock } from "@vigil/server";
import pino from "pino";
import { SUPERVISOR } from "../badges.ts";
import { atMost, baseline, type Figure, percentile } from "./figure.ts";
import type { LogCalls } from "./log.child.ts";
import type { Plan } from "./plan.ts";
import type { Workshop } from "./workshop.ts";
import { fillYear } from "./year.ts";

/** Of the supervisor who asks. */
let cookie = "";
const BAYS = 32;
const TARGET_MS = 100;
/** What an alarm may wait for somebody who asks the log: well below the 50 ms from alarm to screen. */
const LOOP_TARGET_MS = 10;
const YEAR_TARGET_MS = 1_000;
const EXPORT_TARGET_MB = 32;
const HALF_TARGET_MB = 8;
const EXPORT_LOOKS = 200;
const MB = 1024 * 1024;
const DAY_MS = 86_400_000;
const filtersOf = (until: number): readonly string[] => [
  "",
  "bay=7",
  "priority=high",
  "priority=low",
  "vital=spo2",
  "vital=map",
  "kind=technical",
  "nurse=Nurse%203",
  "state=standing",
  "state=unseen",
  "state=over",
  `from=${until - DAY_MS}&to=${until}`,
  `from=${until - 200 * DAY_MS}&to=${until - 100 * DAY_MS}`,
  `from=${until - 300 * DAY_MS}&priority=high&sort=longest`,
  "over=60",
  "over=600",
  "mark=no",
  "patient=KT-1234",
  "patient=a",
  "bay=7&priority=high&vital=spo2",
  "kind=physiological&over=300",
  "nurse=Nurse%203&mark=yes&priority=medium",
  "sort=longest-unanswered",
  "sort=slowest-answered&kind=technical&vital=map",
  "sort=longest&priority=high",
  "sort=oldest&vital=hr",
];

export async function benchLog(workshop: Workshop, plan: Plan): Promise<Figure[]> {
  const dataDir = workshop.newDirectory("log");
  const options = {
    config: { port: 0, host: "127.0.0.1", dataDir, bays: BAYS, zone: "Europe/Berlin" },
    clock: systemClock(),
    log: pino({ level: "silent" }),
    epoch: "bench",
    clientDir: null,
  };
  const until = Date.now();
  await (await startServer(options)).close();
  fillYear(join(dataDir, "journal.sqlite"), { episodes: plan.log.episodes, bays: BAYS, until });
  const server = await startServer(options);
  cookie = await server.people.openSession(SUPERVISOR);
  let figures: Figure[];
  try {
    const opening = await timed(() => text(`${server.url}/api/alerts`));
    const year = `from=${until - 365 * 86_400_000}&to=${until}`;
    figures = [
      baseline("alarm log, first question after a start", opening.ms, "ms", "reads every episode into columns"),
      ...(await benchFilters(server.url, filtersOf(until), plan)),
      await benchYear(`${server.url}/api/alerts/measures?${year}`, plan),
    ];
  } finally {
    await server.close();
  }
  return [...figures, ...(await benchExport(workshop, dataDir))];
}

async function benchFilters(
  url: string,
  filters: readonly string[],
  { log: { episodes, rounds } }: Plan,
): Promise<Figure[]> {
  const took = { first: [] as number[], late: [] as number[] };
  let slowest = { ms: 0, filter: "" };
  const loop = monitorEventLoopDelay({ resolution: 1 });
  const cpuBefore = process.cpuUsage();
  loop.enable();
  for (let round = 0; round < rounds; round += 1) {
    for (const filter of filters) {
      for (const [place, page] of [
        ["first", 0],
        ["late", 1000],
      ] as const) {
        const { ms } = await timed(() => text(`${url}/api/alerts?${filter}&page=${page}`));
        took[place].push(ms);
        if (ms > slowest.ms) slowest = { ms, filter: `${filter} page ${page}` };
      }
    }
  }
  loop.disable();
  const { user, system } = process.cpuUsage(cpuBefore);
  const cpuMs = (user + system) / 1000 / (took.first.length + took.late.length);
  const p99 = loop.percentile(99) / 1e6;
  const note = `${episodes.toLocaleString("en-US")} episodes, ${filters.length} filters × ${rounds}, with the count of all; ${cpuMs.toFixed(0)} ms of CPU each, load ${loadavg()[0]!.toFixed(1)}; slowest: ${slowest.filter} ${slowest.ms.toFixed(0)} ms`;
  return [
    atMost("alarm log, first page p95", percentile(took.first, 0.95), TARGET_MS, "ms", note),
    atMost("alarm log, page 1,000 p95", percentile(took.late, 0.95), TARGET_MS, "ms", note),
    atMost(
      "alarm log, the server's event loop meanwhile, delay p99",
      p99,
      LOOP_TARGET_MS,
      "ms",
      `longest ${(loop.max / 1e6).toFixed(1)} ms; who asks is in the same loop`,
    ),
  ];
}

async function benchYear(url: string, { log: { rounds } }: Plan): Promise<Figure> {
  const took: number[] = [];
  for (let round = 0; round < rounds; round += 1) took.push((await timed(() => text(url))).ms);
  const note = `${took.map((ms) => ms.toFixed(0)).join(", ")} ms; load ${loadavg()[0]!.toFixed(1)}`;
  return atMost("alarm measures of the year, median", percentile(took, 0.5), YEAR_TARGET_MS, "ms", note);
}

/**
 * Within the first tenth V8 takes most of the room it wants for what is thrown away soon; from there on a thousand rows more
 * must not cost more, and in the second half nothing at all.
 */
async function benchExport(workshop: Workshop, dataDir: string): Promise<Figure[]> {
  const child = workshop.fork<LogCalls>(new URL("./log.child.ts", import.meta.url));
  const { url, cookie } = await child.call("start", { dataDir, bays: BAYS });
  const headers = { cookie };
  await (await fetch(`${url}/api/alerts`, { headers })).text();
  const before = await child.call("memory");
  const most = { tenth: before, first: 0, second: 0 };
  let rows = 0;
  const { ms } = await timed(async () => {
    const response = await fetch(`${url}/api/alerts.csv`, { headers });
    const total = Number(response.headers.get("x-total-rows"));
    let looksAt = 0;
    for await (const chunk of response.body!) {
      for (const byte of chunk) if (byte === 10) rows += 1;
      if (rows < looksAt) continue;
      looksAt = rows + total / EXPORT_LOOKS;
      const part = rows < total / 10 ? "tenth" : rows < total / 2 ? "first" : "second";
      most[part] = Math.max(most[part], await child.call("memory"));
    }
  });
  await child.stop();
  const peak = Math.max(...Object.values(most));
  const note = `${(rows - 1).toLocaleString("en-US")} rows in ${(ms / 1000).toFixed(1)} s; the server alone: ${megabytes(before)} before, ${megabytes(peak)} at most; load ${loadavg()[0]!.toFixed(1)}`;
  return [
    atMost(
      "alarm log, memory an export adds after its first tenth",
      (peak - most.tenth) / MB,
      EXPORT_TARGET_MB,
      "MB",
      note,
    ),
    atMost(
      "alarm log, memory its second half adds to its first",
      Math.max(0, most.second - Math.max(most.tenth, most.first)) / MB,
      HALF_TARGET_MB,
      "MB",
      note,
    ),
    baseline("alarm log, rows exported", rows / (ms / 1000), "rows/s", note),
  ];
}

const megabytes = (bytes: number): string => `${(bytes / MB).toFixed(0)} MB`;

const text = async (url: string): Promise<string> => (await fetch(url, { headers: { cookie } })).text();

async function timed(work: () => Promise<unknown>): Promise<{ readonly ms: number }> {
  const begunAt = performance.now();
  await work();
  return { ms: performance.now() - begunAt };
}
