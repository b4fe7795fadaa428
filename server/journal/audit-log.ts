/**
 * The audit in the journal's database: appended in the transaction of what it tells of, and asked. Triggers refuse every
 * change; what is done to a copy behind their back breaks the chain (shared/audit).
 */
import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import { type AuditRow, type NewAuditEntry, NO_HASH, nextRow } from "@vigil/shared/audit";
import { AUDIT_PAGE, type AuditFilter } from "@vigil/shared/wire";
import { BIND_FACTS, bindFacts } from "./binding.ts";
import { BoundRows, type Range, sha256 } from "./bound-rows.ts";

const COLUMNS =
  'seq, at, actor_id as "actorId", actor_name as "actorName", actor_role as "actorRole", came_from as "from", action, subject, outcome, detail, prev, hash';

export class AuditLog {
  readonly #insert: StatementSync;
  readonly #lastRow: StatementSync;
  readonly #binding: StatementSync;
  /** What was kept before there was an entry over each row; `null`: the audit has an entry over it. */
  readonly #earlier: readonly Range[] | null;
  #isBound = true;
  #last: { readonly seq: number; readonly hash: string } = { seq: 0, hash: NO_HASH };

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare(
      `insert into audit (seq, at, actor_id, actor_name, actor_role, came_from, action, subject, outcome, detail, prev, hash)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#lastRow = database.prepare("select seq, hash from audit order by seq desc limit 1");
    this.#binding = database.prepare("select 1 from audit where action = ? limit 1");
    this.forget();
    this.#earlier = this.#isBound ? null : new BoundRows(database).ranges();
  }

  /** Within the transaction of what it tells of. */
  append(entry: NewAuditEntry): void {
    if (!this.#isBound) {
      this.#isBound = true;
      this.#write(bindFacts(entry.at, this.#earlier ?? []));
    }
    this.#write(entry);
  }

  #write(entry: NewAuditEntry): void {
    const row = nextRow(entry, this.#last, sha256);
    const { seq, at, actorId, actorName, actorRole, from, action, subject, outcome, detail, prev } = row;
    this.#insert.run(
      ...[seq, at, actorId, actorName, actorRole, from, action, subject, outcome, detail, prev, row.hash],
    );
    this.#last = row;
  }

  /** What was appended last was not kept: back to what is. */
  forget(): void {
    const row = this.#lastRow.get();
    this.#last = row === undefined ? { seq: 0, hash: NO_HASH } : { seq: Number(row.seq), hash: String(row.hash) };
    this.#isBound = this.#binding.get(BIND_FACTS) !== undefined;
  }
}

/** Asks the audit, of a running journal or of a copy. */
export class AuditReader {
  readonly #database: DatabaseSync;
  /** What it was written over. */
  readonly facts: BoundRows;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.facts = new BoundRows(database);
  }

  /** Newest first. @param page from 0 */
  page(filter: AuditFilter, page: number): readonly AuditRow[] {
    const { where, values } = conditions(filter);
    const sql = `select ${COLUMNS} from audit where ${where} order by at desc, seq desc limit ${AUDIT_PAGE} offset ?`;
    return this.#rows(sql, ...values, page * AUDIT_PAGE);
  }

  count(filter: AuditFilter): number {
    const { where, values } = conditions(filter);
    return this.#number(`select count(*) as value from audit where ${where}`, ...values) ?? 0;
  }

  /** In the order of the chain, those after number `seq`. */
  after(seq: number, limit: number, filter: AuditFilter = {}): readonly AuditRow[] {
    const { where, values } = conditions(filter);
    return this.#rows(
      `select ${COLUMNS} from audit where seq > ? and ${where} order by seq limit ?`,
      ...[seq, ...values, limit],
    );
  }

  people(): readonly string[] {
    return this.#texts("actor_name");
  }

  actions(): readonly string[] {
    return this.#texts("action");
  }

  ownerOf(rowHash: string): number | null {
    return this.#number("select seq as value from audit where hash = ?", rowHash);
  }

  followerOf(rowHash: string): number | null {
    return this.#number("select seq as value from audit where prev = ?", rowHash);
  }

  /** Each once, in order: from one to the next by the index, not through all entries. */
  #texts(column: "actor_name" | "action"): readonly string[] {
    const sql = `with recursive one(name) as (
      select min(${column}) from audit union all
      select (select min(${column}) from audit where ${column} > one.name) from one where one.name is not null)
      select name from one where name is not null`;
    return this.#database
      .prepare(sql)
      .all()
      .map(({ name }) => String(name));
  }

  #number(sql: string, ...values: SQLInputValue[]): number | null {
    const value = this.#database.prepare(sql).get(...values)?.value;
    return typeof value === "number" ? value : null;
  }

  #rows(sql: string, ...values: SQLInputValue[]): readonly AuditRow[] {
    // The columns are those that were asked for.
    return this.#database.prepare(sql).all(...values) as unknown as AuditRow[];
  }
}

function conditions({ from, to, person, action, outcome }: AuditFilter) {
  const parts: string[] = ["true"];
  const values: SQLInputValue[] = [];
  const add = (part: string, value: SQLInputValue | undefined) => {
    if (value === undefined) return;
    parts.push(part);
    values.push(value);
  };
  add("at >= ?", from);
  add("at < ?", to);
  add("actor_name = ?", person);
  add("action = ?", action);
  add("outcome = ?", outcome);
  return { where: parts.join(" and "), values };
}
