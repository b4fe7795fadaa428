export { type AuditCheck, AuditUnreadable, auditSteps, checkAudit } from "./audit-check.ts";
export type { AuditReader } from "./audit-log.ts";
export {
  BackupFailed,
  type BackupManifest,
  backupInWorker,
  backupJournal,
  readManifest,
  restoreJournal,
} from "./backup.ts";
export { DataDirectoryError } from "./hold.ts";
export {
  type Journal,
  type JournalEntry,
  JournalFailed,
  type KeptInput,
  type KnownCommand,
  type ListedSession,
  type NewMark,
  type OpenSession,
  type PastEntry,
  type SessionOfPatient,
  type SessionQuery,
  type SessionStay,
  type StoredBay,
  type StoredBoard,
  type StoredInput,
} from "./journal.ts";
export { type JournalReader, openJournalReader } from "./journal-reader.ts";
export { directoryCaution } from "./make-directory.ts";
export type { PeopleTables } from "./people-schema.ts";
export { claimDirectory } from "./purpose.ts";
export { reopenFirstStart } from "./reopen.ts";
export { openSqliteJournal } from "./sqlite-journal.ts";
export type { Thinning } from "./thinning.ts";
