/** Walks the audit of a journal, or of a copy of one, from its first entry to its last, and every row it was written over. */
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type AuditCheckpoint, type AuditFault, ChainCheck, type Unproven } from "@vigil/shared/audit";
import { AuditReader } from "./audit-log.ts";
import { BindingCheck } from "./binding-check.ts";
import { sha256 } from "./bound-rows.ts";

export interface AuditCheck {
  readonly entries: number;
  /** The last entry. */
  readonly end: AuditCheckpoint;
  readonly faults: readonly AuditFault[];
  /** What an earlier version kept without an entry over it. */
  readonly unproven: readonly Unproven[];
}

const ROWS_AT_ONCE = 500;

/** In steps of some milliseconds, between which others have their turn. */
export function* auditSteps(
  reader: AuditReader,
  checkpoint: AuditCheckpoint | null = null,
): Generator<undefined, AuditCheck, undefined> {
  const chain = new ChainCheck(sha256, reader, checkpoint);
  const binding = new BindingCheck(reader.facts);
  let seq = Number.MIN_SAFE_INTEGER;
  function* entries() {
    for (;;) {
      const rows = reader.after(seq, ROWS_AT_ONCE);
      for (const row of rows) {
        chain.take(row);
        binding.take(row);
      }
      seq = rows.at(-1)?.seq ?? seq;
      if (rows.length < ROWS_AT_ONCE) return;
      yield;
    }
  }
  yield* entries();
  yield* binding.walk();
  // Those of what was kept during the walk.
  yield* entries();
  const faults = [...chain.faults(), ...binding.faults()];
  return { entries: chain.count, end: chain.end, faults, unproven: binding.unproven() };
}
/** The database cannot be asked: said in a sentence for whoever asked. */
export class AuditUnreadable extends Error {}

/**
 * Of a data directory (in use or not) or of a copied database file; nothing in it is changed.
 * @throws AuditUnreadable
 */
export function checkAudit(path: string, checkpoint: AuditCheckpoint | null = null): AuditCheck {
  const file = journalFile(path);
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(file, { readOnly: true });
    const steps = auditSteps(new AuditReader(database), checkpoint);
    let step = steps.next();
    while (step.done !== true) step = steps.next();
    return step.value;
  } catch (error) {
    throw new AuditUnreadable(
      `The audit in ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}. Is it a journal of Vigil?`,
    );
  } finally {
    database?.close();
  }
}

/** @throws AuditUnreadable when there is none */
export function journalFile(path: string): string {
  const file = existsSync(path) && statSync(path).isDirectory() ? join(path, "journal.sqlite") : path;
  if (!existsSync(file)) throw new AuditUnreadable(`There is no journal at ${file}.`);
  return file;
}
