export {
  type Journal,
  type JournalEntry,
  JournalFailed,
  type KeptInput,
  type KnownCommand,
  type OpenSession,
  type SessionOfPatient,
  type StoredBay,
  type StoredBoard,
  type StoredInput,
} from "./journal.ts";
export { DataDirectoryError, openSqliteJournal } from "./sqlite-journal.ts";
