/** The way back for a clinic whose only administrator cannot sign in: from the machine's console, to a stopped server's data. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { CONSOLE } from "@vigil/shared/audit";
import type { AtMs } from "@vigil/shared/ids";
import { DataDirectoryError } from "./hold.ts";
import { openSqliteJournal } from "./sqlite-journal.ts";

/**
 * The next start prints the one-time link once more.
 * @throws DataDirectoryError: a server runs on it, or there is nothing to reopen
 */
export async function reopenFirstStart(directory: string, now: AtMs): Promise<void> {
  if (!existsSync(join(directory, "journal.sqlite"))) {
    throw new DataDirectoryError(`There is no journal in ${directory}. Name the data directory of the server.`);
  }
  const journal = await openSqliteJournal(directory);
  try {
    const { people } = journal;
    const purpose = await people.selectFrom("purpose").select("what").executeTakeFirst();
    if (purpose?.what === "demonstration") {
      throw new DataDirectoryError(`The data in ${directory} are a demonstration's, where nobody needs a password.`);
    }
    if ((await people.selectFrom("person").select("id").limit(1).executeTakeFirst()) === undefined) {
      throw new DataDirectoryError(`There is nobody yet in ${directory}: every start of the server prints the link.`);
    }
    // The audit first: what nobody can read of must not happen.
    journal.appendAudit({
      at: now,
      ...{ actor: null, from: CONSOLE, action: "people-reset", subject: null, outcome: "done" },
      detail: { how: "vigil people reset" },
    });
    journal.commit();
    await people.deleteFrom("first_start_reopened").execute();
    await people.insertInto("first_start_reopened").values({ at: now }).execute();
  } finally {
    journal.close();
  }
}
