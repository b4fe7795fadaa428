/**
 * Whether a data directory is a clinic's or a demonstration's, written into its journal at the first start, so that backups
 * keep it. The demonstration lets everybody in and simulates every bay: the two never share a directory.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Kysely } from "kysely";
import { DataDirectoryError } from "./hold.ts";
import type { PeopleTables } from "./people-schema.ts";

type Purpose = "clinic" | "demonstration";

interface Wanted {
  readonly directory: string;
  readonly demonstration: boolean;
  /** Nothing was ever kept in it. */
  readonly isNew: boolean;
}

/** @throws DataDirectoryError: it is the other's */
export async function claimDirectory(
  db: Kysely<PeopleTables>,
  { directory, demonstration, isNew }: Wanted,
): Promise<void> {
  const kept = await db.selectFrom("purpose").select("what").executeTakeFirst();
  const wanted: Purpose = demonstration ? "demonstration" : "clinic";
  const is = kept?.what ?? (await unmarked(db, directory)) ?? (isNew ? wanted : "clinic");
  if (is !== wanted) {
    throw new DataDirectoryError(
      is === "clinic"
        ? `The data in ${directory} are a clinic's. The demonstration would let everybody at this machine see them, and send simulated readings to its bays. Set VIGIL_DEMO=0, or choose another directory for the demonstration with VIGIL_DATA.`
        : `The data in ${directory} are a demonstration's: its patients are simulated, and its people have no passwords. Choose another directory for the clinic with VIGIL_DATA, or set VIGIL_DEMO=1 to go on with the demonstration.`,
    );
  }
  if (kept === undefined) await db.insertInto("purpose").values({ what: is }).execute();
}

/** Before it was written down: real people make a clinic, wherever else the demonstration may have been. `null`: nothing tells. */
async function unmarked(db: Kysely<PeopleTables>, directory: string): Promise<Purpose | null> {
  const people = await db.selectFrom("person").select("demonstration").execute();
  if (people.some((person) => person.demonstration !== 1)) return "clinic";
  return people.length > 0 || existsSync(join(directory, "demonstration.key")) ? "demonstration" : null;
}
