/** What can be wrong with an audit, and with what it was written over, in words. */

/**
 * `changed`: its content is not what was hashed. `rewritten`: what comes after it was bound to something else (the entry was
 * written anew with its hash, or others between the two are gone). `missing`: numbers left out. `inserted`: nothing after
 * it was bound to it. `moved`: it stands elsewhere than where it was written. `cut-off`: a checkpoint knows of later
 * entries. `other-history`: a checkpoint knows this entry with another hash.
 */
export type ChainFaultKind = "changed" | "rewritten" | "missing" | "inserted" | "moved" | "cut-off" | "other-history";

export interface ChainFault {
  readonly kind: ChainFaultKind;
  /** The numbers it is about, both included. */
  readonly from: number;
  readonly to: number;
}

/** Tables of the journal that keep what people did and decided: each row has an entry that was written over it. */
export const FACT_TABLES = ["input", "admin_fact", "course_fact", "alarm_mark"] as const;
export type FactTable = (typeof FACT_TABLES)[number];

/** What a row of each is, in the plural. */
const FACTS_TEXT: { readonly [T in FactTable]: string } = {
  input: "acts at bays",
  admin_fact: "decisions about the clinic",
  course_fact: "facts of courses",
  alarm_mark: "marks of alarms",
};

/** `entry`: the number of the one that tells of it. */
export type RowFault =
  | {
      readonly kind: "row-changed" | "row-removed";
      readonly table: FactTable;
      readonly row: number;
      readonly entry: number;
    }
  | { readonly kind: "row-inserted"; readonly table: FactTable; readonly row: number }
  /** Rows that had no entry each: all of them together are not what they were. */
  | {
      readonly kind: "rows-changed";
      readonly table: FactTable;
      readonly upTo: number;
      readonly entry: number;
      readonly countedThen: number;
      readonly countedNow: number;
    };

export type AuditFault = ChainFault | RowFault;

const CHAIN_TEXT: { readonly [K in ChainFaultKind]: string } = {
  changed: "was changed after it was written",
  rewritten: "do not fit together: the first was written anew, or entries between them were removed",
  missing: "was removed",
  inserted: "was slipped in",
  moved: "stands elsewhere than where it was written",
  "cut-off": "is known to the checkpoint and is gone",
  "other-history": "is not the one that the checkpoint knows",
};

/** "Entry 17 was removed.", "Row 3 of alarm_mark was slipped in: no entry tells of it." */
export function faultText(fault: AuditFault): string {
  switch (fault.kind) {
    case "row-changed":
      return `Row ${fault.row} of ${fault.table} was changed: it is not what entry ${fault.entry} tells of.`;
    case "row-removed":
      return `Row ${fault.row} of ${fault.table} was removed: entry ${fault.entry} tells of it.`;
    case "row-inserted":
      return `Row ${fault.row} of ${fault.table} was slipped in: no entry tells of it.`;
    case "rows-changed": {
      const { table, upTo, entry, countedThen, countedNow } = fault;
      const counted = countedThen === countedNow ? "" : ` There were ${countedThen}, there are ${countedNow}.`;
      return `The ${FACTS_TEXT[table]} up to row ${upTo} of ${table} are not those over which entry ${entry} was written.${counted}`;
    }
    default:
      return chainText(fault);
  }
}

function chainText({ kind, from, to }: ChainFault): string {
  if (from === to) return `Entry ${from} ${CHAIN_TEXT[kind]}.`;
  if (kind === "rewritten") return `Entries ${from} and ${to} ${CHAIN_TEXT[kind]}.`;
  return `Entries ${from} to ${to}: each ${CHAIN_TEXT[kind]}.`;
}

/** Rows that an earlier version kept, which wrote no entry over each of them. */
export interface Unproven {
  readonly table: FactTable;
  readonly rows: number;
  /** The entry that was later written over all of them together; `null`: none was. */
  readonly boundBy: number | null;
}

/** What the audit cannot tell: "12 marks of alarms …" */
export function unprovenText({ table, rows, boundBy }: Unproven): string {
  const what = `${rows} ${FACTS_TEXT[table]} were kept by an earlier version, without an entry over each`;
  return boundBy === null
    ? `${what}: whether any was changed, removed or slipped in cannot be told.`
    : `${what}: that they were as entered before entry ${boundBy} cannot be told; since then they are unchanged.`;
}
