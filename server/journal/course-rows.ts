/** Between courses and their rows in the journal. */
import { type CourseFact, courseActSchema, recordNumberSchema } from "@vigil/shared/course";
import { commandIdSchema } from "@vigil/shared/ids";
import { actorSchema } from "@vigil/shared/session";
import { type Kysely, type Selectable, sql } from "kysely";
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

/** Sessions whose patient has a record number, from the act that opened them, with when the drug was started. */
export const sessionsOfPatientsQuery = (db: Kysely<JournalTables>) =>
  db
    .selectFrom("session")
    .innerJoin("input as opening", "opening.seq", "session.opened_seq")
    .leftJoin("input as ending", "ending.seq", "session.ended_seq")
    .select([
      "session.id",
      "session.bay",
      "session.opened_at",
      "ending.at as ended_at",
      sql<string>`json_extract(opening.command, '$.command.patient.recordNumber')`.as("record_number"),
      sql<string>`json_extract(opening.command, '$.command.patient.initials')`.as("initials"),
      sql<string | null>`json_extract(opening.command, '$.command.patient.name')`.as("name"),
      (select) =>
        select
          .selectFrom("event")
          .select(({ fn }) => fn.min("event.at").as("at"))
          .whereRef("event.bay", "=", "session.bay")
          .whereRef("event.seq", ">=", "session.opened_seq")
          .where(({ eb, or, ref }) =>
            or([eb("session.ended_seq", "is", null), eb("event.seq", "<=", ref("session.ended_seq"))]),
          )
          .where("event.type", "=", sql.lit("act"))
          .where(sql<string>`json_extract(event.body, '$.command')`, "=", "start-infusion")
          .as("started_at"),
    ])
    .where(sql<string | null>`json_extract(opening.command, '$.command.patient.recordNumber')`, "is not", null)
    .orderBy("session.opened_at")
    .orderBy("session.opened_seq");
