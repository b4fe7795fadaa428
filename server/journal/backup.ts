/**
 * A copy of a journal, taken while a server may be writing it, and looked at afterwards as if nobody had promised that it is
 * good; and the way back. SQLite copies one instant: every act that was confirmed before it began is in it.
 */
import { createHash } from "node:crypto";
import {
  closeSync,
  copyFileSync,
  createReadStream,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { backup, DatabaseSync } from "node:sqlite";
import { Worker } from "node:worker_threads";
import { type AuditCheckpoint, faultText } from "@vigil/shared/audit";
import type { AtMs } from "@vigil/shared/ids";
import * as z from "zod";
import { type AuditCheck, AuditUnreadable, checkAudit, journalFile } from "./audit-check.ts";
import { AuditLog } from "./audit-log.ts";
import { DataDirectoryError, holdDirectory } from "./hold.ts";
import { makeDirectory, shutFile } from "./make-directory.ts";

const manifestSchema = z.object({
  format: z.literal("vigil-backup/1"),
  /** When it began: ISO 8601, UTC. */
  takenAt: z.string(),
  /** Of the copy: SHA-256 in hexadecimal, and its length. */
  sha256: z.string().length(64),
  bytes: z.number(),
  inputs: z.number(),
  events: z.number(),
  /** The end of the audit, which is a checkpoint; what was wrong with it in plain words. */
  audit: z.object({ entries: z.number(), seq: z.number(), hash: z.string(), faults: z.array(z.string()) }),
});
/** What a backup holds, beside it as `<file>.json`. */
export type BackupManifest = z.infer<typeof manifestSchema>;

/** It could not be taken or brought back: what happened, and what to do. Nothing was overwritten. */
export class BackupFailed extends Error {}

/** All of it in one step: other connections go on writing, and the copy need not begin again because they did. */
const ALL_PAGES = 2 ** 31 - 1;
const PARTIAL = ".partial";
const manifestFile = (file: string): string => `${file}.json`;

/**
 * @param source a data directory, in use or not, or a journal
 * @throws BackupFailed
 */
export async function backupJournal(source: string, target: string, now: AtMs): Promise<BackupManifest> {
  if (existsSync(target)) throw new BackupFailed(`${target} exists already. Choose another name for the backup.`);
  const partial = `${target}${PARTIAL}`;
  let database: DatabaseSync | null = null;
  try {
    makeDirectory(dirname(resolve(target)));
    database = new DatabaseSync(journalFile(source), { readOnly: true });
    shutFile(partial);
    await backup(database, partial, { rate: ALL_PAGES });
    const looked = lookAt(partial);
    const manifest: BackupManifest = {
      format: "vigil-backup/1",
      takenAt: new Date(now).toISOString(),
      ...(await digestOf(partial)),
      ...looked,
    };
    writeFileSync(manifestFile(partial), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
    // The manifest first: a backup without one is a backup that was not finished.
    for (const [from, to] of [
      [manifestFile(partial), manifestFile(target)],
      [partial, target],
    ] as const) {
      flush(from);
      renameSync(from, to);
    }
    flush(dirname(resolve(target)));
    return manifest;
  } catch (error) {
    rmSync(partial, { force: true });
    rmSync(manifestFile(partial), { force: true });
    throw failed(error, `The backup ${target} could not be taken`);
  } finally {
    database?.close();
  }
}

/**
 * The same on a thread of its own, for a server that has a ward to run.
 * @throws BackupFailed
 */
export async function backupInWorker(source: string, target: string, at: AtMs): Promise<BackupManifest> {
  const worker = new Worker(new URL("./backup-worker.ts", import.meta.url), { workerData: { source, target, at } });
  const { promise, resolve, reject } = Promise.withResolvers<BackupManifest>();
  worker.once("message", (manifest: unknown) => resolve(manifestSchema.parse(manifest)));
  worker.once("error", (error) => reject(new BackupFailed(error instanceof Error ? error.message : String(error))));
  worker.once("exit", () => reject(new BackupFailed(`The backup ${target} ended before it was done.`)));
  return await promise;
}

export interface Restored {
  readonly audit: BackupManifest["audit"];
  /** When it was taken; `null`: no manifest lay beside it, so nobody can tell whether it is what was backed up. */
  readonly takenAt: string | null;
  /** Of displays, monitors and benches that are let in again, some may have been revoked since. */
  readonly devices: number;
}

/**
 * Brings a backup back as the journal of a data directory that has none, whose audit tells of it.
 * @throws BackupFailed
 */
export async function restoreJournal(file: string, dataDir: string, now: AtMs): Promise<Restored> {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) {
    throw new BackupFailed(`There is no backup at ${file}.`);
  }
  if (statSync(dataDir, { throwIfNoEntry: false })?.isDirectory() === false) {
    throw new BackupFailed(`${dataDir} is a file. Name a directory, which may be a new one.`);
  }
  const journal = join(dataDir, "journal.sqlite");
  const partial = `${journal}${PARTIAL}`;
  let release: () => void = () => undefined;
  try {
    makeDirectory(dataDir);
    release = holdDirectory(dataDir);
    if (existsSync(journal)) {
      throw new BackupFailed(
        `${dataDir} holds a journal already. Choose an empty directory, or move that journal away.`,
      );
    }
    const manifest = readManifest(file);
    if (manifest !== null && (await digestOf(file)).sha256 !== manifest.sha256) {
      throw new BackupFailed(`${file} is not what was backed up: its SHA-256 differs from ${manifestFile(file)}.`);
    }
    copyFileSync(file, partial);
    shutFile(partial);
    const { audit } = lookAt(partial);
    const takenAt = manifest?.takenAt ?? null;
    const devices = tellOfRestore(partial, { file: basename(file), takenAt, faults: audit.faults.length }, now);
    flush(partial);
    renameSync(partial, journal);
    flush(dataDir);
    return { audit, takenAt, devices };
  } catch (error) {
    rmSync(partial, { force: true });
    throw failed(error, `${file} could not be restored to ${dataDir}`);
  } finally {
    release();
  }
}

/** `null`: there is none beside it, or it cannot be read. */
export function readManifest(file: string): BackupManifest | null {
  try {
    return manifestSchema.parse(JSON.parse(readFileSync(manifestFile(file), "utf8")));
  } catch {
    return null;
  }
}

/** @throws BackupFailed when it is damaged */
function lookAt(file: string): Pick<BackupManifest, "inputs" | "events" | "audit"> {
  const database = new DatabaseSync(file);
  let counts: { inputs: number; events: number };
  try {
    // One file, with nothing beside it that could be forgotten.
    database.exec("pragma journal_mode = delete");
    const [integrity] = database.prepare("pragma integrity_check(5)").all();
    if (integrity?.integrity_check !== "ok") {
      throw new BackupFailed(`The copy is damaged: ${String(integrity?.integrity_check)}. Check the disk.`);
    }
    const count = (table: "input" | "event") =>
      Number(database.prepare(`select count(*) as n from ${table}`).get()?.n ?? 0);
    counts = { inputs: count("input"), events: count("event") };
  } finally {
    database.close();
  }
  return { ...counts, audit: auditOf(checkAudit(file)) };
}

/** @returns how many devices the journal lets in */
function tellOfRestore(file: string, detail: Readonly<Record<string, unknown>>, at: AtMs): number {
  const database = new DatabaseSync(file);
  try {
    database.exec("begin");
    const nobody = { actor: null, from: "vigil restore", subject: null, outcome: "done" } as const;
    new AuditLog(database).append({ at, ...nobody, action: "restore", detail });
    database.exec("commit");
    const known = database.prepare("select 1 from sqlite_master where type = 'table' and name = 'device'").get();
    if (known === undefined) return 0;
    return Number(database.prepare("select count(*) as n from device where revoked_at is null").get()?.n ?? 0);
  } finally {
    database.close();
  }
}

const auditOf = ({ entries, end, faults }: AuditCheck): BackupManifest["audit"] & AuditCheckpoint => ({
  entries,
  seq: end.seq,
  hash: end.hash,
  faults: faults.map(faultText),
});

async function digestOf(file: string): Promise<{ sha256: string; bytes: number }> {
  const digest = createHash("sha256");
  for await (const piece of createReadStream(file)) digest.update(piece);
  return { sha256: digest.digest("hex"), bytes: statSync(file).size };
}

function flush(path: string): void {
  const handle = openSync(path, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function failed(error: unknown, what: string): BackupFailed {
  if (error instanceof BackupFailed) return error;
  const why = error instanceof Error ? error.message : String(error);
  const isSentence = error instanceof AuditUnreadable || error instanceof DataDirectoryError;
  return new BackupFailed(isSentence ? why : `${what}: ${why}.`, { cause: error });
}
