/** Temporary directories, and disks that fail on demand. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { onTestFinished } from "vitest";

/** Gone when the test ends. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "vigil-test-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** Looks into, or meddles with, a journal from outside, through a connection of its own: sees only what is durable. */
export function inJournal(dataDir: string, sql: string, ...values: SQLInputValue[]) {
  const database = new DatabaseSync(join(dataDir, "journal.sqlite"));
  try {
    return database.prepare(sql).all(...values);
  } finally {
    database.close();
  }
}

/** The numbers of the inputs that are durable, in order. */
export const durableInputs = (dataDir: string): readonly unknown[] =>
  inJournal(dataDir, "select seq from input order by seq").map((row) => row.seq);

/** From now on every write to `table` fails, as on a full disk. The answer mends it. */
export function failWrites(dataDir: string, table: "input" | "event" | "board" | "course_fact" = "input"): () => void {
  inJournal(
    dataDir,
    `create trigger full_${table} before insert on ${table} begin select raise(abort, 'the disk is full'); end`,
  );
  return () => void inJournal(dataDir, `drop trigger full_${table}`);
}

/** From now on inputs can be neither written nor read, as on a disk that is gone. The answer brings it back. */
export function loseInputs(dataDir: string): () => void {
  inJournal(dataDir, "alter table input rename to input_gone");
  return () => void inJournal(dataDir, "alter table input_gone rename to input");
}
