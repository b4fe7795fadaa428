/** Whether the audit and the rows it was written over still fit: each row to its entry, and each entry to its row. */
import { type AuditRow, FACT_TABLES, type FactTable, NO_HASH, type RowFault, type Unproven } from "@vigil/shared/audit";
import { boundBy, earlierOf } from "./binding.ts";
import { type BoundRows, nextOfRange, type Range } from "./bound-rows.ts";

const ROWS_AT_ONCE = 500;

export class BindingCheck {
  readonly #rows: BoundRows;
  readonly #bound: { readonly [T in FactTable]: NumberSet };
  readonly #faults: RowFault[] = [];
  readonly #withoutEntry: { readonly table: FactTable; readonly row: number }[] = [];
  readonly #unproven: Unproven[] = [];
  #earlier: { readonly entry: number; readonly ranges: readonly Range[] } | null = null;

  constructor(rows: BoundRows) {
    this.#rows = rows;
    const none = () => new NumberSet();
    this.#bound = { input: none(), admin_fact: none(), course_fact: none(), alarm_mark: none() };
  }

  /** Entries, in the order of the chain. */
  take(entry: AuditRow): void {
    const ranges = earlierOf(entry);
    // The first alone: nobody can excuse what they slipped in by writing another.
    if (ranges !== null) this.#earlier ??= { entry: entry.seq, ranges };
    const bound = boundBy(entry);
    if (bound === null) return;
    const { table, row, hash } = bound;
    this.#bound[table].add(row);
    const now = this.#rows.hashOf(table, row);
    const isElsewhere = table === "input" && entry.subject !== `bay ${this.#rows.bayOf(row)}`;
    if (now === null) this.#faults.push({ kind: "row-removed", table, row, entry: entry.seq });
    else if (now !== hash || isElsewhere) this.#faults.push({ kind: "row-changed", table, row, entry: entry.seq });
  }

  /**
   * All rows, once the entries were taken. Rows may be written meanwhile: the entries after those taken are to be taken as
   * well before `faults` is asked.
   */
  *walk(): Generator<undefined, void, undefined> {
    for (const table of FACT_TABLES) {
      const entry = this.#earlier?.entry ?? null;
      const range = this.#earlier?.ranges.find((each) => each.table === table) ?? null;
      const bound = this.#bound[table];
      let hash = NO_HASH;
      let counted = 0;
      let unproven = 0;
      for (const rows of this.#rows.pages(table, ROWS_AT_ONCE)) {
        for (const row of rows) {
          const isEarlier = range !== null && row.row <= range.upTo;
          if (isEarlier) {
            hash = nextOfRange(hash, row);
            counted += 1;
          }
          if (bound.has(row.row)) continue;
          if (isEarlier || entry === null) unproven += 1;
          else this.#withoutEntry.push({ table, row: row.row });
        }
        yield;
      }
      if (unproven > 0) this.#unproven.push({ table, rows: unproven, boundBy: entry });
      if (range === null || entry === null || hash === range.hash) continue;
      const isNamed = this.#faults.some((fault) => fault.table === table && "row" in fault && fault.row <= range.upTo);
      const { upTo, rows: countedThen } = range;
      if (!isNamed) this.#faults.push({ kind: "rows-changed", table, upTo, entry, countedThen, countedNow: counted });
    }
  }

  faults(): readonly RowFault[] {
    const inserted = this.#withoutEntry.filter(({ table, row }) => !this.#bound[table].has(row));
    return [...this.#faults, ...inserted.map((each) => ({ kind: "row-inserted", ...each }) as const)];
  }

  /** Of a journal that an earlier version wrote. */
  unproven(): readonly Unproven[] {
    return this.#unproven;
  }
}

const BITS = 65_536;

/** Whole numbers, a bit each: a year's acts among its readings take a few megabytes. */
class NumberSet {
  readonly #parts = new Map<number, Uint8Array>();

  add(n: number): void {
    const { part, byte, bit } = placeOf(n);
    let bytes = this.#parts.get(part);
    if (bytes === undefined) {
      bytes = new Uint8Array(BITS / 8);
      this.#parts.set(part, bytes);
    }
    bytes[byte] = (bytes[byte] ?? 0) | bit;
  }

  has(n: number): boolean {
    const { part, byte, bit } = placeOf(n);
    return ((this.#parts.get(part)?.[byte] ?? 0) & bit) !== 0;
  }
}

function placeOf(n: number) {
  const part = Math.floor(n / BITS);
  const place = n - part * BITS;
  return { part, byte: place >> 3, bit: 1 << (place & 7) };
}
