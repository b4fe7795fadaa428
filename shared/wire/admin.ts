/**
 * Administration over HTTP.
 *
 * - `GET /api/admin`: how things stand; `POST /api/admin/acts` (body below): one act, carried out once however often it is sent.
 * - `GET /api/clinic`: what every page needs of it: its time and zone, targets of the ladder, protocols in use.
 * - `GET /api/admin/backups`; `POST /api/admin/backups`: takes one; `GET /api/admin/backups/:file`: one as a file.
 *
 * 403 `not-allowed`, `same-person`; 404 `unknown-bay`, `unknown-version`, `unknown-backup`; 409 every other refusal; 422
 * `malformed`; 503 `journal-failed`.
 */
import * as z from "zod";
import {
  type AdminBay,
  type Administration,
  adminActSchema,
  type ProtocolInUse,
  type ProtocolVersion,
  type VersionState,
} from "../administration/index.ts";
import { type AtMs, type BayId, commandIdSchema, type DurationMs } from "../ids/index.ts";
import type { LimitCaution } from "../protocol/index.ts";

export const adminActRequestSchema = z.object({
  /** Idempotency id: the same id sent again changes nothing. */
  id: commandIdSchema,
  act: adminActSchema,
});
export type AdminActRequest = z.infer<typeof adminActRequestSchema>;
export type AdminActRequestInput = z.input<typeof adminActRequestSchema>;

/** What was heard of the monitor of a bay that is in use. */
export interface MonitorView {
  readonly bay: BayId;
  /** Since the server started, or since the session was opened if that was later; `null`: nothing. */
  readonly lastMessageAt: AtMs | null;
  readonly cadenceS: number;
  /** By how much its clock is ahead of the server's; `null`: it told its time too seldom. */
  readonly skewMs: DurationMs | null;
  /** Readings for the bay that were refused since the server started, and why the last one was. */
  readonly dropped: number;
  readonly lastDropped: string | null;
}

export interface VersionView extends ProtocolVersion {
  readonly state: VersionState;
  /** What whoever approves it should know: legal, and perhaps not meant. */
  readonly cautions: readonly LimitCaution[];
}

/** `GET /api/admin` */
export interface AdminView {
  readonly at: AtMs;
  /** The clinic's own zone (IANA). */
  readonly zone: string;
  readonly bays: readonly (AdminBay & { readonly isOccupied: boolean })[];
  readonly monitors: readonly MonitorView[];
  /** The standard one first; its `inUse` is the built-in one until a version is. */
  readonly protocols: readonly {
    readonly id: ProtocolInUse["id"];
    readonly inUse: ProtocolInUse["protocol"] | null;
    readonly versions: readonly VersionView[];
  }[];
  readonly targets: Administration["targets"];
  readonly retention: { readonly readingsDays: number | null; readonly thinnedSessions: number };
  readonly backup: Administration["backup"];
}

/** `GET /api/clinic` */
export interface ClinicView {
  readonly at: AtMs;
  /** IANA name. */
  readonly zone: string;
  readonly targets: readonly string[];
  readonly protocols: readonly ProtocolInUse[];
}

export interface BackupView {
  readonly file: string;
  readonly takenAt: string;
  readonly bytes: number;
  readonly inputs: number;
  readonly auditEntries: number;
  /** What was wrong with the audit when it was taken; empty: nothing. */
  readonly faults: readonly string[];
}

/** `GET /api/admin/backups` */
export interface BackupsView {
  readonly at: AtMs;
  readonly zone: string;
  readonly directory: string;
  /** Since when one is being taken. */
  readonly runningSince: AtMs | null;
  /** Why the last one could not be taken; `null`: it could, or none was tried since the server started. */
  readonly failed: string | null;
  readonly nextAt: AtMs | null;
  /** Newest first. */
  readonly backups: readonly BackupView[];
}
