/**
 * The audit: who did what, from where, and what came of it. Each entry is bound to the one before it by a hash, so that
 * nobody can change, remove or slip in one without the chain breaking there.
 *
 * The canonical form that is hashed is a JSON array, written by `JSON.stringify` without any space, of the text
 * `"vigil-audit/1"`, the hash of the entry before (64 zeros for the first), and then at, actor id, actor name, actor role
 * (`null` each when nobody was known), from, action, subject, outcome, detail. The hash is the SHA-256 of its UTF-8 bytes,
 * in lower-case hexadecimal. An entry's number is its place in the chain, counted from 1, and is not hashed.
 */
import type { AtMs } from "../ids/index.ts";
import type { Actor } from "../session/index.ts";

/** `done`: it took effect; `refused`: it was asked for and changed nothing; `failed`: it was allowed and did not work. */
export const AUDIT_OUTCOMES = ["done", "refused", "failed"] as const;
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];

/** Flat, short, for people and programs alike. */
export type AuditDetail = Readonly<Record<string, unknown>>;

/** Where it came from when whoever has the machine itself did it, at a stopped server's data. */
export const CONSOLE = "the machine's console";

export interface NewAuditEntry {
  /** When it was done, by the server's clock. */
  readonly at: AtMs;
  /** `null`: the program itself, or somebody who had not said who they are. */
  readonly actor: Actor | null;
  /** The address or device it came from; "server" for the program itself. */
  readonly from: string;
  /** What was done, in a fixed word: a command's type, "sign-in", "export-alarms". */
  readonly action: string;
  /** To what: a bay, a session, a person. */
  readonly subject: string | null;
  readonly outcome: AuditOutcome;
  readonly detail: AuditDetail;
}

/** An entry as it is kept; the texts exactly as they were hashed. */
export interface AuditRow {
  readonly seq: number;
  readonly at: AtMs;
  readonly actorId: string | null;
  readonly actorName: string | null;
  readonly actorRole: string | null;
  readonly from: string;
  readonly action: string;
  readonly subject: string | null;
  readonly outcome: string;
  /** JSON. */
  readonly detail: string;
  readonly prev: string;
  readonly hash: string;
}

const AUDIT_FORM = "vigil-audit/1";
/** What the first entry is bound to. */
export const NO_HASH = "0".repeat(64);

/** SHA-256 of a text's UTF-8 bytes as 64 lower-case hexadecimal digits: handed in, since it differs between Node and browsers. */
export type Sha256 = (text: string) => string;

/** What is hashed of an entry. */
export const canonicalForm = (row: Omit<AuditRow, "seq" | "hash">): string =>
  JSON.stringify([
    ...[AUDIT_FORM, row.prev, row.at, row.actorId, row.actorName, row.actorRole],
    ...[row.from, row.action, row.subject, row.outcome, row.detail],
  ]);

/** The entry that follows the one with number `last.seq` and hash `last.hash`. */
export function nextRow(
  entry: NewAuditEntry,
  last: { readonly seq: number; readonly hash: string },
  sha256: Sha256,
): AuditRow {
  const { at, actor, from, action, subject, outcome, detail } = entry;
  const row = {
    seq: last.seq + 1,
    at,
    actorId: textOrNull(actor?.id),
    actorName: textOrNull(actor?.name),
    actorRole: textOrNull(actor?.role),
    from: storable(from),
    action: storable(action),
    subject: textOrNull(subject),
    outcome,
    detail: storable(JSON.stringify(detail)),
    prev: last.hash,
  };
  return { ...row, hash: sha256(canonicalForm(row)) };
}

const textOrNull = (text: string | null | undefined): string | null =>
  text === null || text === undefined ? null : storable(text);

/** What a database gives back as it was given: half characters and NUL would come back as something else. */
const storable = (text: string): string => text.toWellFormed().replaceAll("\0", "�");
