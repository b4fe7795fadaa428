/** The rows that the audit is written over: what people did and decided, as it is kept. */
import { hash } from "node:crypto";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { FACT_TABLES, type FactTable, NO_HASH } from "@vigil/shared/audit";

export const sha256 = (text: string): string => hash("sha256", text);

/** What of a row is hashed, in this order; and by what all of them are gone through, each with an index. */
const TABLES: {
  readonly [T in FactTable]: { readonly columns: readonly string[]; readonly key: "seq" | "command_id" };
} = {
  // Readings are most of this table and no acts: only acts have a command's id, and an index of their own.
  input: { columns: ["at", "command"], key: "command_id" },
  admin_fact: { columns: ["id", "at", "body"], key: "seq" },
  course_fact: { columns: ["id", "record_number", "at", "body"], key: "seq" },
  alarm_mark: { columns: ["episode", "at", "by", "actionable", "why"], key: "seq" },
};

/** Binds an entry to the row of what it tells. */
export const rowHash = (values: readonly unknown[]): string => sha256(JSON.stringify(values));

/** All rows of a table up to one number, hashed one after the other in the order in which they are gone through. */
export interface Range {
  readonly table: FactTable;
  readonly upTo: number;
  readonly rows: number;
  readonly hash: string;
}
export const nextOfRange = (before: string, { row, hash: own }: BoundRow): string => sha256(`${before} ${row} ${own}`);

export interface BoundRow {
  readonly row: number;
  readonly hash: string;
}

export class BoundRows {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** `null`: there is no such row. */
  hashOf(table: FactTable, row: number): string | null {
    if (!this.#has(table)) return null;
    const { columns } = TABLES[table];
    const found = this.#prepared(`select ${columns.join(", ")} from ${table} where seq = ?`).get(row);
    return found === undefined ? null : rowHash(columns.map((column) => found[column]));
  }

  /** The bay at which an act was done. */
  bayOf(act: number): string | null {
    const bay = this.#prepared("select bay from input where seq = ?").get(act)?.bay;
    return typeof bay === "string" ? bay : null;
  }

  /** All rows of a table, so many at once. */
  *pages(table: FactTable, size: number): Generator<readonly BoundRow[]> {
    if (!this.#has(table)) return;
    const { columns, key } = TABLES[table];
    const page = this.#prepared(
      `select seq, ${key} as key, ${columns.join(", ")} from ${table} where ${key} > ? order by ${key} limit ?`,
    );
    let last: string | number = key === "seq" ? Number.MIN_SAFE_INTEGER : "";
    for (;;) {
      const rows = page.all(last, size);
      yield rows.map((row) => ({ row: Number(row.seq), hash: rowHash(columns.map((column) => row[column])) }));
      const end = rows.at(-1)?.key;
      if (rows.length < size || (typeof end !== "string" && typeof end !== "number")) return;
      last = end;
    }
  }

  /** Everything that is there now; tables without a row are left out. */
  ranges(): readonly Range[] {
    return FACT_TABLES.flatMap((table): readonly Range[] => {
      let range = { table, upTo: Number.MIN_SAFE_INTEGER, rows: 0, hash: NO_HASH };
      for (const rows of this.pages(table, 1_000)) {
        for (const row of rows) {
          const upTo = Math.max(range.upTo, row.row);
          range = { table, upTo, rows: range.rows + 1, hash: nextOfRange(range.hash, row) };
        }
      }
      return range.rows === 0 ? [] : [range];
    });
  }

  /** A copy of an old journal may know nothing of a table. */
  #has(table: FactTable): boolean {
    return this.#prepared("select 1 from sqlite_master where type = 'table' and name = ?").get(table) !== undefined;
  }

  #prepared(sql: string): StatementSync {
    const statement = this.#statements.get(sql) ?? this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
