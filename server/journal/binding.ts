/** How an entry of the audit names the rows that it was written over. */
import { type AuditRow, FACT_TABLES, type FactTable, type NewAuditEntry } from "@vigil/shared/audit";
import type { AtMs } from "@vigil/shared/ids";
import * as z from "zod";
import { type Range, rowHash } from "./bound-rows.ts";

/** The first entry of every journal: over all rows that were there before each had an entry. */
export const BIND_FACTS = "bind-facts";

export const bindFacts = (at: AtMs, earlier: readonly Range[]): NewAuditEntry => ({
  at,
  ...{ actor: null, from: "server", action: BIND_FACTS, subject: null, outcome: "done" },
  detail: { earlier },
});

/** An act at a bay: part of its entry's detail. */
export const boundAct = (seq: number, at: AtMs, stored: string) => ({
  input: seq,
  inputHash: rowHash([at, stored]),
});
export const boundFact = (table: Exclude<FactTable, "input">, row: number, values: readonly unknown[]) => ({
  table,
  row,
  rowHash: rowHash(values),
});

export interface Bound {
  readonly table: FactTable;
  readonly row: number;
  readonly hash: string;
}

const actSchema = z.object({ input: z.int(), inputHash: z.string() });
const factSchema = z.object({ table: z.enum(FACT_TABLES), row: z.int(), rowHash: z.string() });
const earlierSchema = z.object({
  earlier: z.array(z.object({ table: z.enum(FACT_TABLES), upTo: z.int(), rows: z.int(), hash: z.string() })),
});

/** `null`: an entry that was written over no row, or not by this program (the chain says so). */
export function boundBy({ detail }: Pick<AuditRow, "detail">): Bound | null {
  if (detail.includes('"inputHash"')) {
    const act = actSchema.safeParse(parsed(detail)).data;
    return act === undefined ? null : { table: "input", row: act.input, hash: act.inputHash };
  }
  if (!detail.includes('"rowHash"')) return null;
  const fact = factSchema.safeParse(parsed(detail)).data;
  return fact === undefined ? null : { table: fact.table, row: fact.row, hash: fact.rowHash };
}

export function earlierOf({ action, detail }: Pick<AuditRow, "action" | "detail">): readonly Range[] | null {
  return action === BIND_FACTS ? (earlierSchema.safeParse(parsed(detail)).data?.earlier ?? null) : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
