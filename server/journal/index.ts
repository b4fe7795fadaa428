export type { AlarmLogReader, MeasuredScope } from "./alarm-log-reader.ts";
export {
  type Journal,
  type JournalEntry,
  JournalFailed,
  type KeptInput,
  type KnownCommand,
  type ListedSession,
  type NewMark,
  type OpenSession,
  type SessionOfPatient,
  type SessionQuery,
  type SessionStay,
  type StoredBay,
  type StoredBoard,
  type StoredInput,
} from "./journal.ts";
export { DataDirectoryError, openSqliteJournal } from "./sqlite-journal.ts";
