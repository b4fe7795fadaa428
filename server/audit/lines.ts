/** Entries of the audit for pages and as lines of text. */
import { AUDIT_OUTCOMES, type AuditRow } from "@vigil/shared/audit";
import { CSV_BEGINS, csvLine } from "@vigil/shared/csv";
import type { AtMs } from "@vigil/shared/ids";
import type { AuditLine } from "@vigil/shared/wire";

/** An instant in the clinic's zone, with the offset. */
export type TimeText = (at: AtMs) => string;

export function auditLine({ seq, at, actorName, actorRole, from, action, subject, ...row }: AuditRow): AuditLine {
  const detail: unknown = parsed(row.detail);
  return {
    ...{ seq, at, from, action, subject, hash: row.hash },
    actor: actorName === null ? null : { name: actorName, role: actorRole ?? "" },
    outcome: AUDIT_OUTCOMES.find((each) => each === row.outcome) ?? "failed",
    // Whoever meddled with it may have left anything here.
    detail: typeof detail === "object" && detail !== null ? { ...detail } : { detail: row.detail },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const COLUMNS: readonly (readonly [name: string, of: (row: AuditRow, time: TimeText) => string | number | null])[] = [
  ["number", ({ seq }) => seq],
  ["at", ({ at }, time) => time(at)],
  ["person", ({ actorName }) => actorName],
  ["person_id", ({ actorId }) => actorId],
  ["role", ({ actorRole }) => actorRole],
  ["from", ({ from }) => from],
  ["action", ({ action }) => action],
  ["subject", ({ subject }) => subject],
  ["outcome", ({ outcome }) => outcome],
  ["detail", ({ detail }) => detail],
  ["hash", ({ hash }) => hash],
];

export const AUDIT_CSV_HEAD = CSV_BEGINS + csvLine(COLUMNS.map(([name]) => name));

export const auditCsvLine = (row: AuditRow, time: TimeText): string => csvLine(COLUMNS.map(([, of]) => of(row, time)));

/** Whole: who has these lines can walk the chain again. */
export const auditNdjsonLine = (row: AuditRow): string => `${JSON.stringify(row)}\n`;
