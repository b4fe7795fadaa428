/** Lets Kysely's SQLite dialect speak to the SQLite that Node brings, instead of one that needs compiling. */
import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import { SqliteDialect } from "kysely";

const isParameter = (value: unknown): value is SQLInputValue =>
  value === null || ["string", "number", "bigint"].includes(typeof value) || value instanceof Uint8Array;

function parametersOf(values: readonly unknown[]): SQLInputValue[] {
  return values.map((value) => {
    if (!isParameter(value)) throw new TypeError(`SQLite takes no ${typeof value}`);
    return value;
  });
}

/** The database stays the caller's to close. */
export function nodeSqliteDialect(database: DatabaseSync): SqliteDialect {
  return new SqliteDialect({
    database: {
      close: () => undefined,
      prepare(text) {
        const statement = database.prepare(text);
        return {
          reader: statement.columns().length > 0,
          all: (values) => statement.all(...parametersOf(values)),
          run: (values) => statement.run(...parametersOf(values)),
          iterate: (values) => statement.iterate(...parametersOf(values)),
        };
      },
    },
  });
}
