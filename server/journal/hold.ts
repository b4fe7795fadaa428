/** One server for each data directory. */
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { shutFile } from "./make-directory.ts";

/** The data directory cannot be used: said in a sentence for whoever starts the server. */
export class DataDirectoryError extends Error {}

/**
 * SQLite's own exclusive lock on a file beside the journal: released by the system even after kill -9.
 * @throws DataDirectoryError
 */
export function holdDirectory(directory: string): () => void {
  let lock: DatabaseSync;
  try {
    const file = join(directory, "lock.sqlite");
    shutFile(file);
    lock = new DatabaseSync(file);
  } catch (error) {
    throw new DataDirectoryError(
      `The data directory ${directory} is not writable: ${messageOf(error)}. Choose another with VIGIL_DATA.`,
    );
  }
  try {
    lock.exec(
      "pragma locking_mode = exclusive; begin exclusive; create table if not exists held (at integer); commit; begin exclusive",
    );
  } catch (error) {
    lock.close();
    const busy = messageOf(error).includes("locked");
    throw new DataDirectoryError(
      busy
        ? `The data directory ${directory} is in use by another Vigil server. Stop that one, or choose another directory with VIGIL_DATA.`
        : `The data directory ${directory} is not writable: ${messageOf(error)}. Choose another with VIGIL_DATA.`,
    );
  }
  return () => lock.close();
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
