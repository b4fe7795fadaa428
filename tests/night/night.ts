/** One night: a real server that is killed now and then, and a full ward before it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { protocolSchema } from "@vigil/shared/protocol";
import { type LiveListener, liveOn } from "@vigil/simulators/bedside";
import { openLink } from "@vigil/simulators/link";
import { scenarioNames } from "@vigil/simulators/scenario";
import { asBench } from "../badges.ts";
import { fastClock, type NightTime, realNow } from "./fast-clock.ts";
import { readJournal } from "./kept.ts";
import type { MemorySample } from "./memory.ts";
import { NightServer } from "./night-server.ts";
import { type People, peopleOf } from "./people.ts";
import { type Lived, type NightPlan, type NightReport, reportOf } from "./report.ts";
import { Wall, type WallRecord } from "./wall.ts";
import { bayNames, bedsides, SPARE_BAYS, withFaults } from "./ward.ts";

const HOUR = 3_600_000;
/** 2 March 2026, 19:00 UTC. */
const EVENING = Date.UTC(2026, 2, 2, 19);
/** Parts of the night at which the server is killed. The last life is the longest, to see what it holds on to. */
const KILLED_AT = [0.08, 0.19, 0.3] as const;
const LINK_LOST_AT = [0.12, 0.55, 0.8] as const;
const SAMPLES = 40;
/** What is under way when the monitors fall silent comes to its end in this time of the night, */
const SETTLES_MS = 15_000;
/** and a busy machine needs as much of its own. */
const SETTLES_REAL_MS = 2_000;

export async function liveNight(plan: NightPlan, says: (line: string) => void): Promise<NightReport> {
  const dataDir = mkdtempSync(join(tmpdir(), "vigil-night-"));
  const remove = () => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  // A night that is broken off leaves nothing behind either; its server ends with this process.
  process.once("exit", remove);
  const night = new Night(plan, dataDir, says);
  try {
    await night.live();
    return reportOf(night.lived(), readJournal(dataDir));
  } finally {
    await night.end();
    remove();
    process.off("exit", remove);
  }
}

class Night {
  readonly #plan: NightPlan;
  readonly #dataDir: string;
  readonly #says: (line: string) => void;
  readonly #time: NightTime;
  readonly #complaints: string[] = [];
  readonly #problems: string[] = [];
  readonly #samples: MemorySample[] = [];
  readonly #scenarios = new Map<string, number>(scenarioNames().map((name) => [name, 0]));
  readonly #counts = { lived: 0, sent: 0, refused: 0, restarts: 0, slowestRestartMs: 0 };
  #server: NightServer | null = null;
  #record: WallRecord | null = null;
  #people: Pick<People, "answered" | "notices"> = { answered: [], notices: { confirmed: 0, ignored: 0 } };
  #endedAt = 0;

  constructor(plan: NightPlan, dataDir: string, says: (line: string) => void) {
    this.#plan = plan;
    this.#dataDir = dataDir;
    this.#says = says;
    this.#time = { from: EVENING, realFrom: realNow(), speed: plan.speed };
  }

  async live(): Promise<void> {
    const { bays: count, hours, seed } = this.#plan;
    const clock = fastClock(this.#time);
    const bays = bayNames(count + SPARE_BAYS);
    const until = EVENING + hours * HOUR;
    const at = (part: number) => EVENING + part * hours * HOUR;
    const protocol = protocolSchema.parse({});
    const server = await this.#start(0);
    const { url, badges } = server;
    const wall = new Wall(url, badges.key);
    const people = peopleOf({ url, badges, bays, seed, clock, rows: wall.rows, from: EVENING });
    const ends = new AbortController();
    const link = openLink({ url, key: badges.key }, { connected: () => undefined, lost: () => undefined });
    const ward = liveOn({
      link: withFaults(link, bays, clock.now),
      bedsides: bedsides(bays, seed, protocol, (name) =>
        this.#scenarios.set(name, (this.#scenarios.get(name) ?? 0) + 1),
      ),
      clock,
      speed: 1,
      signal: ends.signal,
      listener: this.#listener(),
    });
    const programme: [at: number, does: () => unknown][] = [
      ...KILLED_AT.map((part): [number, () => unknown] => [
        at(part),
        () => this.#restart(Number(new URL(url).port), wall),
      ]),
      ...LINK_LOST_AT.map((part): [number, () => unknown] => [at(part), () => wall.loseLink()]),
      ...Array.from({ length: SAMPLES }, (_, n): [number, () => unknown] => [
        at((n + 1) / SAMPLES) - 1,
        () => this.#sample(clock.now()),
      ]),
    ];
    try {
      for (const [when, does] of programme.sort(([a], [b]) => a - b)) {
        await sleep(Math.max(0, when - clock.now()) / this.#plan.speed);
        await does();
      }
      await sleep(Math.max(0, until - clock.now()) / this.#plan.speed);
      ends.abort();
      await ward;
      this.#endedAt = clock.now();
      await sleep(Math.max(SETTLES_REAL_MS, SETTLES_MS / this.#plan.speed));
    } finally {
      ends.abort();
      people.close();
      await this.#server?.close();
      wall.close();
    }
    this.#record = wall.record;
    this.#people = people;
  }

  async end(): Promise<void> {
    await this.#server?.kill();
  }

  #listener(): LiveListener {
    return {
      step: () => {
        this.#counts.lived += 1;
      },
      readings: (accepted, refused) => {
        this.#counts.sent += accepted;
        this.#counts.refused += refused.length;
      },
    };
  }

  async #start(port: number): Promise<NightServer> {
    const words = { dataDir: this.#dataDir, port, bays: this.#plan.bays + SPARE_BAYS, time: this.#time };
    this.#server = await NightServer.start(words, (line) => this.#complaints.push(line));
    return this.#server;
  }

  /** kill -9 in the middle of everything, then a new start on the same journal. */
  async #restart(port: number, wall: Wall): Promise<void> {
    await this.#server?.kill();
    const begun = performance.now();
    const { url, badges } = await this.#start(port);
    await wall.isBack();
    const health: { diverged: number } = JSON.parse(
      await (await fetch(new URL("/api/health", url), { headers: asBench(badges) })).text(),
    );
    this.#counts.restarts += 1;
    this.#counts.slowestRestartMs = Math.max(this.#counts.slowestRestartMs, Math.round(performance.now() - begun));
    if (health.diverged > 0)
      this.#problems.push(`after kill ${this.#counts.restarts} ${health.diverged} bays diverged`);
  }

  async #sample(at: number): Promise<void> {
    const memory = await this.#server?.memory();
    if (memory === undefined) return;
    this.#samples.push({ at, life: this.#counts.restarts + 1, ...memory });
    const hour = ((at - EVENING) / HOUR).toFixed(2);
    this.#says(`${hour} h of ${this.#plan.hours}: heap ${(memory.heapUsed / 1e6).toFixed(1)} MB`);
  }

  /** @throws when the night was not lived to its end */
  lived(): Lived {
    if (this.#record === null) throw new Error("the night was not lived to its end");
    return {
      plan: this.#plan,
      wall: this.#record,
      people: this.#people,
      samples: this.#samples,
      scenarios: this.#scenarios,
      counts: this.#counts,
      complaints: this.#complaints,
      problems: this.#problems,
      endedAt: this.#endedAt,
    };
  }
}
