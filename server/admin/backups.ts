/** Backups in their directory: taken when somebody asks or once a day, the oldest of the daily ones taken away. */
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Administration, CLOCK_TIME } from "@vigil/shared/administration";
import type { NewAuditEntry } from "@vigil/shared/audit";
import type { AtMs } from "@vigil/shared/ids";
import type { BackupsView, BackupView } from "@vigil/shared/wire";
import type { Asker } from "../audit/index.ts";
import type { Clock } from "../clock.ts";
import type { BackupManifest } from "../journal/index.ts";

export interface BackupsOptions {
  readonly directory: string;
  readonly clock: Clock;
  readonly zone: string;
  /** Takes one, off the thread that the ward runs on. */
  readonly take: (file: string, at: AtMs) => Promise<BackupManifest>;
  readonly manifestOf: (file: string) => BackupManifest | null;
  readonly audit: (entry: NewAuditEntry) => void;
  readonly onProblem: (sentence: string, error: unknown) => void;
}

type Settings = Administration["backup"];

const BY_ITSELF: Asker = { actor: null, from: "server" };
const FILE = /^vigil-\d{8}T\d{6}Z(-daily)?\.sqlite$/;
const isDaily = (file: string): boolean => file.endsWith("-daily.sqlite");

export class Backups {
  readonly #options: BackupsOptions;
  #settings: Settings = { dailyAt: null, keep: 1 };
  #running: { readonly since: AtMs; readonly done: Promise<void> } | null = null;
  #failed: string | null = null;
  #next: { readonly at: AtMs; readonly cancel: () => void } | null = null;

  constructor(options: BackupsOptions) {
    this.#options = options;
  }

  get view(): BackupsView {
    const { clock, zone, directory } = this.#options;
    return {
      ...{ at: clock.now(), zone, directory },
      runningSince: this.#running?.since ?? null,
      failed: this.#failed,
      nextAt: this.#next?.at ?? null,
      backups: this.#files().flatMap((file) => this.#viewOf(file) ?? []),
    };
  }

  /** Where a backup of this name lies; `null`: there is none. */
  pathOf(file: string): string | null {
    return this.#files().includes(file) ? join(this.#options.directory, file) : null;
  }

  set(settings: Settings): void {
    this.#settings = settings;
    this.#next?.cancel();
    this.#next = null;
    if (settings.dailyAt === null) return;
    const { clock, zone } = this.#options;
    const at = nextTime(settings.dailyAt, clock.now(), zone);
    const cancel = clock.at(at, () => {
      this.begin(BY_ITSELF, true);
      this.set(this.#settings);
    });
    this.#next = { at, cancel };
  }

  /** @returns false when one is being taken already */
  begin(asker: Asker, daily = false): boolean {
    if (this.#running !== null) return false;
    const since = this.#options.clock.now();
    this.#running = { since, done: this.#take(asker, since, daily) };
    return true;
  }

  /** Waits for the one that is being taken. */
  async close(): Promise<void> {
    this.#next?.cancel();
    await this.#running?.done;
  }

  async #take({ actor, from }: Asker, at: AtMs, daily: boolean): Promise<void> {
    const { directory, take, audit, onProblem, clock } = this.#options;
    const stamp = new Date(at).toISOString().replace(/[-:]|\.\d+/g, "");
    const file = `vigil-${stamp}${daily ? "-daily" : ""}.sqlite`;
    const tell = (outcome: "done" | "failed", detail: Record<string, unknown>) =>
      audit({ at: clock.now(), actor, from, action: "take-backup", subject: `backup ${file}`, outcome, detail });
    try {
      const { sha256, inputs, audit: chain } = await take(join(directory, file), at);
      this.#failed = null;
      tell("done", { inputs, auditEntries: chain.entries, sha256 });
      if (daily) this.#prune();
    } catch (error) {
      this.#failed = error instanceof Error ? error.message : String(error);
      onProblem("a backup could not be taken", error);
      tell("failed", { why: this.#failed });
    }
    this.#running = null;
  }

  /** What people asked for stays until people take it away. */
  #prune(): void {
    const { directory } = this.#options;
    for (const file of this.#files().filter(isDaily).slice(this.#settings.keep)) {
      rmSync(join(directory, file), { force: true });
      rmSync(join(directory, `${file}.json`), { force: true });
    }
  }

  /** Newest first. */
  #files(): readonly string[] {
    try {
      return readdirSync(this.#options.directory)
        .filter((file) => FILE.test(file))
        .toSorted()
        .toReversed();
    } catch {
      // There is no directory until the first backup.
      return [];
    }
  }

  #viewOf(file: string): BackupView | null {
    const manifest = this.#options.manifestOf(join(this.#options.directory, file));
    if (manifest === null) return null;
    const { takenAt, bytes, inputs, audit } = manifest;
    return { file, takenAt, bytes, inputs, auditEntries: audit.entries, faults: audit.faults };
  }
}

/** The next instant at which the clinic's clocks show this time of day. */
function nextTime(text: string, now: AtMs, zone: string): AtMs {
  if (!CLOCK_TIME.test(text)) throw new Error(`"${text}" is no time of day`);
  const here = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone);
  const today = here.withPlainTime(Temporal.PlainTime.from(text));
  const next =
    today.epochMilliseconds > now ? today : here.add({ days: 1 }).withPlainTime(Temporal.PlainTime.from(text));
  return next.epochMilliseconds;
}
