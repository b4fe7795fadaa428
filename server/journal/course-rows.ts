/** Between courses and their rows in the journal. */
import { type CourseFact, courseActSchema, recordNumberSchema } from "@vigil/shared/course";
import { commandIdSchema } from "@vigil/shared/ids";
import { actorSchema } from "@vigil/shared/session";
import type { Kysely, Selectable } from "kysely";
import * as z from "zod";
import type { JournalTables } from "./schema.ts";

const bodySchema = z.object({ by: actorSchema, act: courseActSchema });

export const courseFactRow = ({ id, recordNumber, at, by, act }: CourseFact) => ({
  id,
  record_number: recordNumber,
  at,
  body: JSON.stringify({ by, act }),
});

/** @throws when the row is not one this program wrote: a damaged journal must not be guessed at */
export function courseFactOf(row: Selectable<JournalTables["course_fact"]>): CourseFact {
  const body: unknown = JSON.parse(row.body);
  return {
    id: commandIdSchema.parse(row.id),
    recordNumber: recordNumberSchema.parse(row.record_number),
    at: row.at,
    ...bodySchema.parse(body),
  };
}

/** Sessions whose patient has a record number, as the list of sessions has them: one each, however often it moved. */
export const sessionsOfPatientsQuery = (db: Kysely<JournalTables>) =>
  db
    .selectFrom("session_list as listed")
    .select([
      "listed.id",
      "listed.bay",
      "listed.opened_at",
      "listed.ended_at",
      "listed.record_number",
      "listed.initials",
      "listed.name",
      "listed.started_at",
    ])
    .where("listed.record_number", "is not", null)
    .$narrowType<{ record_number: string }>()
    .orderBy("listed.opened_at")
    .orderBy("listed.opened_seq");
