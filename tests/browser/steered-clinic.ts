/** A clinic whose time a test steers: a server in a process of its own, to be killed, and simulated monitors at its bays. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type AtMs, bayIdSchema } from "@vigil/shared/ids";
import { protocolSchema } from "@vigil/shared/protocol";
import { liveOn, newBedside, nurseOfPlace } from "@vigil/simulators/bedside";
import { openLink } from "@vigil/simulators/link";
import { parseScenario } from "@vigil/simulators/scenario";
import { buildClient } from "../../build-client.ts";
import { courseFrom, SteeredClock } from "./steered-clock.ts";
import type { FromServer, ServerWords, ToServer } from "./steered-server.child.ts";

/** No simulated nurse brings a patient within a test: people do, in a browser. */
const NEVER_MIN = [100_000, 100_001] as const;

/** Whom the drug moves well beyond what monitor and cuff are off by, and within every limit. */
const RESPONDER = parseScenario(
  "responder.yaml",
  "says: heart and pressure rise with the drug\n" +
    "patient: { age: 40, hypertension: false, heartRate: -0.5, pressure: -0.5, diastolic: -0.5, heartResponse: 2, pressorResponse: 0.5 }\n",
);

export interface ClinicOptions {
  readonly from: AtMs;
  readonly zone: string;
  readonly bays: number;
}

export class SteeredClinic {
  readonly #words: Omit<ServerWords, "port" | "course">;
  readonly clock: SteeredClock;
  readonly #ends = new AbortController();
  #monitors: Promise<void> = Promise.resolve();
  #child: ChildProcess | null = null;
  #url = "";
  #key = "";
  #cookies: FromServer["cookies"] = {};

  private constructor(words: Omit<ServerWords, "port" | "course">, clock: SteeredClock) {
    this.#words = words;
    this.clock = clock;
  }

  static async open({ from, zone, bays }: ClinicOptions): Promise<SteeredClinic> {
    const dataDir = await mkdtemp(join(tmpdir(), "vigil-clinic-"));
    const clientDir = await buildClient(fileURLToPath(new URL("../..", import.meta.url)));
    const clinic = new SteeredClinic({ dataDir, clientDir, zone, bays }, new SteeredClock(courseFrom(from)));
    await clinic.start();
    clinic.#monitors = clinic.#connectMonitors();
    return clinic;
  }

  /** Where its journal is. */
  get dataDir(): string {
    return this.#words.dataDir;
  }

  /** What the browser of somebody who works there sends. */
  cookieOf(name: string): string {
    return this.#cookies[name] ?? "";
  }

  get url(): string {
    return this.#url;
  }

  /** Again on the same port, where monitors and screens look for it. */
  async start(): Promise<void> {
    const child = fork(fileURLToPath(new URL("steered-server.child.ts", import.meta.url)), {
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    this.#child = child;
    const port = this.#url === "" ? 0 : Number(new URL(this.#url).port);
    child.send({ start: { ...this.#words, port, course: this.clock.course } } satisfies ToServer);
    const said = await Promise.race([once(child, "message"), once(child, "exit").then(() => null)]);
    if (said === null) throw new Error("the server did not start");
    const [{ url, key, cookies }] = said as [FromServer];
    this.#url = url;
    this.#key = key;
    // Who came in before a restart stays in.
    this.#cookies = { ...cookies, ...this.#cookies };
  }

  /** kill -9, and the end of the process awaited. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  }

  /** From now on `speed` seconds pass in a real one; from `until` on, one. */
  hurry(speed: number, until: AtMs | null = null): void {
    const course = courseFrom(this.clock.now(), speed, until);
    this.clock.steer(course);
    this.#child?.send({ steer: course } satisfies ToServer);
  }

  /** Lets `minutes` pass at that speed, then time runs as ever. */
  async pass(minutes: number, speed: number): Promise<void> {
    const until = this.clock.now() + minutes * 60_000;
    this.hurry(speed, until);
    await new Promise<void>((resolve) => this.clock.at(until, resolve));
  }

  async close(): Promise<void> {
    this.#ends.abort();
    await this.#monitors;
    await this.kill();
    await rm(this.#words.dataDir, { recursive: true, force: true });
  }

  #connectMonitors(): Promise<void> {
    const protocol = protocolSchema.parse({});
    const bedsides = Array.from({ length: this.#words.bays }, (_, place) => ({
      bedside: newBedside({
        bay: bayIdSchema.parse(String(place + 1)),
        seed: 11,
        protocol,
        pace: { preparationMin: NEVER_MIN, turnoverMin: NEVER_MIN },
        scenarioFor: () => RESPONDER,
        strangers: RESPONDER,
      }),
      by: nurseOfPlace(place),
    }));
    const link = openLink({ url: this.#url, key: this.#key }, { connected: () => {}, lost: () => {} });
    return liveOn({ link, bedsides, clock: this.clock, speed: 1, signal: this.#ends.signal });
  }
}
