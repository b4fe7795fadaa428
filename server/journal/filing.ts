/**
 * Which inputs are a bay's. They are filed in strides instead of by an index: with many bays an index is dirty all over
 * after each commit, and most of what was written to the disk was the index. Whoever asks for a bay's inputs asks the view
 * `bay_input`: what is filed, and of the rest, looked through, what is the bay's.
 */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { BayId } from "@vigil/shared/ids";
import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/** So many inputs are looked through in half a millisecond, and filed in some ten. */
const STRIDE = 8_192;

/** Not by the names of today: a migration that has been released is never edited. */
const VALUES = "at measured_at cadence_s named hr spo2 rr sbp dbp map command_id command".split(" ");

export const filing: Migration = {
  async up(db: Kysely<unknown>) {
    const statements = [
      "create table if not exists filed_input (bay text not null, seq integer not null, primary key (bay, seq)) without rowid",
      "create table if not exists filing (through integer not null)",
      "insert or ignore into filed_input (bay, seq) select bay, seq from input order by bay, seq",
      "delete from filing",
      "insert into filing (through) select coalesce(max(seq), 0) from input",
      `create view if not exists bay_input as
        select f.seq as seq, f.bay as bay, ${VALUES.map((column) => `i.${column} as ${column}`).join(", ")}
        from filed_input f cross join input i on i.seq = f.seq
        union all select i.seq, i.bay, ${VALUES.map((column) => `i.${column}`).join(", ")}
        from input i where i.seq > (select through from filing)`,
      "drop index if exists input_bay",
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

/** Works within the transactions of whoever writes the inputs. */
export class Filing {
  readonly #readThrough: StatementSync;
  readonly #fileOne: StatementSync;
  readonly #fileMany: StatementSync;
  readonly #setThrough: StatementSync;
  readonly #readRest: StatementSync;
  /** Whatever is there up to this number is filed. */
  #through = 0;
  #rest = new Map<BayId, number[]>();

  constructor(database: DatabaseSync) {
    this.#readThrough = database.prepare("select through from filing");
    this.#fileOne = database.prepare("insert into filed_input (bay, seq) values (?, ?)");
    this.#fileMany = database.prepare(
      "insert into filed_input (bay, seq) select bay, seq from input where seq > ? and seq <= ? order by bay, seq",
    );
    this.#setThrough = database.prepare("update filing set through = ?");
    this.#readRest = database.prepare("select bay, seq from input where seq > ? order by seq");
    this.forget();
  }

  /** The numbers of the bay's inputs that are not filed yet, oldest first: whoever has them need not look through the rest. */
  restOf(bay: BayId): readonly number[] {
    return this.#rest.get(bay) ?? [];
  }

  /** An input was written: a past is told under numbers set aside for it, which may lie below what is filed. */
  written(bay: BayId, seq: number): void {
    if (seq <= this.#through) this.#fileOne.run(bay, seq);
    else this.#isOfRest(bay, seq);
  }

  #isOfRest(bay: BayId, seq: number): void {
    const rest = this.#rest.get(bay);
    if (rest === undefined) this.#rest.set(bay, [seq]);
    else if ((rest.at(-1) ?? 0) < seq) rest.push(seq);
    // Numbers that were set aside for a past may be written later than greater ones.
    else
      this.#rest.set(
        bay,
        [...rest, seq].sort((a, b) => a - b),
      );
  }

  /** Whether what is written up to `seq` is a stride. */
  isDue(seq: number): boolean {
    return seq - this.#through >= STRIDE;
  }

  /** Files everything up to `seq`; nothing beyond it is written yet. */
  fileAll(seq: number): void {
    if (seq <= this.#through) return;
    this.#fileMany.run(this.#through, seq);
    this.#setThrough.run(seq);
    this.#through = seq;
    this.#rest = new Map();
  }

  /** What was filed last was not kept: back to what is. */
  forget(): void {
    this.#through = Number(this.#readThrough.get()?.through);
    this.#rest = new Map();
    for (const { bay, seq } of this.#readRest.iterate(this.#through)) this.#isOfRest(bay as BayId, Number(seq));
  }
}
