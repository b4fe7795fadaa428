/** The audit's entries for facts: what was decided about the clinic, entered about a course, judged of an alarm. */
import type { AdminFact } from "@vigil/shared/administration";
import type { NewAuditEntry } from "@vigil/shared/audit";
import type { CourseFact } from "@vigil/shared/course";
import type { NewMark } from "./journal.ts";

/** A protocol's whole text stands in its fact; the audit names it. */
export function auditOfAdminFact(
  { at, by, act }: AdminFact,
  from: string,
  refused: { readonly code: string; readonly reason: string } | null = null,
): NewAuditEntry {
  const { type: action, ...rest } = act;
  const detail = "document" in rest ? { ...rest, document: rest.document.name } : rest;
  const subject = "bay" in act ? `bay ${act.bay}` : "protocol" in act ? `protocol ${act.protocol}` : "clinic";
  const why = refused === null ? {} : { refused: refused.code, why: refused.reason };
  const outcome = refused === null ? "done" : "refused";
  return { at, actor: by, from, action, subject, outcome, detail: { ...detail, ...why } };
}

export function auditOfCourseFact({ at, by, act, recordNumber }: CourseFact, from: string): NewAuditEntry {
  const { type: action, ...detail } = act;
  return { at, actor: by, from, action, subject: `patient ${recordNumber}`, outcome: "done", detail };
}

export function auditOfMark({ at, by, episode, actionable, why }: NewMark, from: string): NewAuditEntry {
  const detail = { actionable, why };
  return { at, actor: by, from, action: "mark-alarm", subject: `alarm ${episode}`, outcome: "done", detail };
}
