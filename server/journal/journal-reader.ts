/** The journal's inputs, read by another process while the server writes: SQLite's write-ahead log lets both go on. */
import { join } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { BayId } from "@vigil/shared/ids";
import type { KeptInput } from "./journal.ts";
import { INPUT_COLUMNS, type InputRow, inputOf } from "./rows.ts";

export interface JournalReader {
  /** The durable inputs of one bay from `fromSeq` up to `toSeq`, both included, in order. */
  bayInputs(bay: BayId, fromSeq: number, toSeq: number): readonly KeptInput[];
  close(): void;
}

/** Rows as arrays: two and a half times as fast as row objects. */
export function bayInputsStatement(database: DatabaseSync): StatementSync {
  const statement = database.prepare(
    `select ${INPUT_COLUMNS.join(", ")} from bay_input where bay = ? and seq >= ? and seq <= ? order by seq`,
  );
  statement.setReturnArrays(true);
  return statement;
}

export const inputsBy = (statement: StatementSync, bay: BayId, fromSeq: number, toSeq: number): readonly KeptInput[] =>
  // The columns are those that were asked for, in that order.
  (statement.all(bay, fromSeq, toSeq) as unknown as InputRow[]).map(inputOf);

/** Reads only: neither holds the data directory nor brings it up to date. @throws when there is no journal */
export function openJournalReader(directory: string): JournalReader {
  const database = new DatabaseSync(join(directory, "journal.sqlite"), { readOnly: true });
  database.exec("pragma busy_timeout = 1000");
  const statement = bayInputsStatement(database);
  return {
    bayInputs: (bay, fromSeq, toSeq) => inputsBy(statement, bay, fromSeq, toSeq),
    close: () => database.close(),
  };
}
