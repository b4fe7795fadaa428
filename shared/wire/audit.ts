/**
 * The audit over HTTP.
 *
 * - `GET /api/audit` (query below): a page of entries, newest first; `GET /api/audit.csv`, `GET /api/audit.ndjson` (query
 *   below, page left out): everything that matches, streamed.
 * - `GET /api/audit/verification`: the whole chain walked again, at most once in ten seconds.
 *
 * 422 `malformed`.
 */
import * as z from "zod";
import { AUDIT_OUTCOMES, type AuditOutcome } from "../audit/index.ts";
import type { AtMs } from "../ids/index.ts";

const instant = z.coerce.number().int().min(0).max(8.64e15);

export const AUDIT_PAGE = 100;

/** All that is given must hold. */
export const auditFilterSchema = z.object({
  /** Done from then on, and before then. */
  from: instant.optional(),
  to: instant.optional(),
  /** The name of who did it. */
  person: z.string().min(1).max(120).optional(),
  action: z.string().min(1).max(80).optional(),
  outcome: z.enum(AUDIT_OUTCOMES).optional(),
});
export type AuditFilter = z.infer<typeof auditFilterSchema>;

export const auditQuerySchema = auditFilterSchema.extend({
  /** From 0. */
  page: z.coerce.number().int().min(0).max(1_000_000).default(0),
});

/** One entry. `detail` as it was kept. */
export interface AuditLine {
  readonly seq: number;
  readonly at: AtMs;
  readonly actor: { readonly name: string; readonly role: string } | null;
  readonly from: string;
  readonly action: string;
  readonly subject: string | null;
  readonly outcome: AuditOutcome;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly hash: string;
}

/** `GET /api/audit` */
export interface AuditPage {
  readonly at: AtMs;
  /** The clinic's own zone (IANA). */
  readonly zone: string;
  readonly page: number;
  readonly total: number;
  readonly entries: readonly AuditLine[];
  readonly people: readonly string[];
  readonly actions: readonly string[];
}

/** `GET /api/audit/verification` */
export interface AuditVerification {
  /** When the walk ended. */
  readonly at: AtMs;
  readonly entries: number;
  /** The end of the chain then: what a checkpoint holds. */
  readonly end: { readonly seq: number; readonly hash: string };
  /** In plain words; empty: nothing was changed, removed or slipped in. */
  readonly faults: readonly string[];
  /** In plain words: what cannot be told, of a journal that an earlier version began. */
  readonly unproven: readonly string[];
}
