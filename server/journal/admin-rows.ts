/** Between facts of administration and their rows in the journal. */
import { type AdminFact, adminActSchema } from "@vigil/shared/administration";
import { commandIdSchema } from "@vigil/shared/ids";
import { actorSchema } from "@vigil/shared/session";
import type { Selectable } from "kysely";
import * as z from "zod";
import type { JournalTables } from "./schema.ts";

const bodySchema = z.object({ by: actorSchema.nullable(), act: adminActSchema });

export const adminFactRow = ({ id, at, by, act }: AdminFact) => ({ id, at, body: JSON.stringify({ by, act }) });

/** @throws when the row is not one this program wrote: a damaged journal must not be guessed at */
export function adminFactOf({ id, at, body }: Selectable<JournalTables["admin_fact"]>): AdminFact {
  const told: unknown = JSON.parse(body);
  return { id: commandIdSchema.parse(id), at, ...bodySchema.parse(told) };
}
