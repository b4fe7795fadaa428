/** The alarm log with a year of a million episodes: any filter, the first page and page 1,000. */
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { startServer, systemClock } from "@vigil/server";
import { randomFrom } from "@vigil/simulators/random";
import pino from "pino";
import { atMost, type Figure, percentile } from "./figure.ts";
import type { Plan } from "./plan.ts";
import type { Workshop } from "./workshop.ts";

const YEAR_MS = 365 * 86_400_000;
const BAYS = 32;
const PER_CARE = 25;
const TARGET_MS = 100;
const FILTERS = [
  "",
  "bay=7",
  "priority=high",
  "priority=low",
  "vital=spo2",
  "vital=map",
  "kind=technical",
  "nurse=Nurse%203",
  "state=standing",
  "state=over",
  "over=60",
  "over=600",
  "mark=no",
  "patient=KT-1234",
  "patient=a",
  "bay=7&priority=high&vital=spo2",
  "kind=physiological&over=300",
  "nurse=Nurse%203&mark=yes&priority=medium",
  "sort=longest-unanswered",
  "sort=longest&priority=high",
  "sort=oldest&vital=hr",
] as const;

const ALARMS = [
  ...(["spo2.low", "hr.high", "hr.low", "rr.low", "sbp.high", "dbp.high", "map.low"] as const),
  ...(["signal-lost.spo2", "monitor-silent", "plan-elapsed", "ready-for-discharge"] as const),
] as const;

export async function benchLog(workshop: Workshop, plan: Plan): Promise<Figure[]> {
  const dataDir = workshop.newDirectory("log");
  const options = {
    config: { port: 0, host: "127.0.0.1", dataDir, bays: BAYS, zone: "Europe/Berlin" },
    clock: systemClock(),
    log: pino({ level: "silent" }),
    epoch: "bench",
    clientDir: null,
  };
  await (await startServer(options)).close();
  fill(join(dataDir, "journal.sqlite"), plan.log.episodes);
  const server = await startServer(options);
  const took = { first: [] as number[], late: [] as number[] };
  let slowest = { ms: 0, filter: "" };
  try {
    for (let round = 0; round < plan.log.rounds; round += 1) {
      for (const filter of FILTERS) {
        for (const [place, page] of [
          ["first", 0],
          ["late", 1000],
        ] as const) {
          const begunAt = performance.now();
          const answer = await fetch(`${server.url}/api/alerts?${filter}&page=${page}`);
          await answer.text();
          const ms = performance.now() - begunAt;
          took[place].push(ms);
          if (ms > slowest.ms) slowest = { ms, filter: `${filter} page ${page}` };
        }
      }
    }
  } finally {
    await server.close();
  }
  const note = `${plan.log.episodes.toLocaleString("en-US")} episodes, ${FILTERS.length} filters, with the count of all; slowest: ${slowest.filter} ${slowest.ms.toFixed(0)} ms`;
  return [
    atMost("alarm log, first page p95", percentile(took.first, 0.95), TARGET_MS, "ms", note),
    atMost("alarm log, page 1,000 p95", percentile(took.late, 0.95), TARGET_MS, "ms", note),
  ];
}

/** A made-up year, straight into the tables of the log: what is measured is the asking. */
function fill(path: string, episodes: number): void {
  const database = new DatabaseSync(path);
  const random = randomFrom(7, "a year of alarms");
  const until = Date.now();
  const care = database.prepare(
    "insert into care (id, session, bay, nurse_id, nurse, protocol, initials, name, record_number, from_at, from_seq, to_at, phase) values (?, ?, ?, 'n', ?, 'Adult ketamine infusion', ?, ?, ?, ?, 1, ?, 'discharged')",
  );
  const episode = database.prepare(
    `insert into episode (id, care, bay, nurse, vital, alarm, kind, phase, rank, onset_rank, value, limit_value, extreme, raised_at,
      raised_seq, called_at, acked_at, acked_by, waited_ms, cleared_at, duration_ms, over_at, over_why, state, self_cleared,
      latched, paused_ms, rungs, mark) values (?, ?, ?, ?, ?, ?, ?, 'infusing', ?, ?, 88, 90, 85, ?, 1, ?, ?, ?, ?, ?, ?, ?,
      'cleared', 'over', ?, 0, 0, '[]', ?)`,
  );
  database.exec("begin");
  for (let i = 0; i < episodes; i += 1) {
    const of = Math.floor(i / PER_CARE) + 1;
    const bay = String((of % BAYS) + 1);
    const nurse = `Nurse ${of % 12}`;
    const at = Math.floor(until - YEAR_MS + (i / episodes) * YEAR_MS);
    if (i % PER_CARE === 0) {
      care.run(of, `s-${of}`, bay, nurse, "AB", `Patient ${of}`, `KT-${of % 5000}`, at, at + 7_200_000);
    }
    const alarm = random.within([0, 1]) < 0.001 ? "map.low" : random.pick(ALARMS);
    const kind =
      alarm.includes(".") && !alarm.startsWith("signal")
        ? "physiological"
        : alarm.startsWith("plan") || alarm.startsWith("ready")
          ? "procedural"
          : "technical";
    const vital =
      kind === "physiological" ? alarm.slice(0, alarm.indexOf(".")) : alarm.startsWith("signal") ? "spo2" : null;
    const draw = random.within([0, 1]);
    const rank = draw < 0.05 ? 3 : draw < 0.4 ? 2 : 1;
    const waited = random.within([0, 1]) < 0.6 ? Math.floor(4000 + 400_000 * random.within([0, 1]) ** 5) : null;
    const lasted = Math.floor(5000 + 900_000 * random.within([0, 1]) ** 4);
    const mark = random.within([0, 1]) < 0.05 ? random.pick(["yes", "no"] as const) : null;
    const ackedAt = waited === null ? null : at + waited;
    const by = waited === null ? null : nurse;
    episode.run(
      ...[i + 1, of, bay, nurse, vital, alarm, kind, rank, rank, at, at, ackedAt, by, waited],
      ...[at + lasted, lasted, at + lasted, waited === null ? 1 : 0, mark],
    );
  }
  database.exec("commit");
  database.close();
}
