/** The tables, by migration. A migration that has been released is never edited; a new one is added. */
import { type Generated, type Kysely, sql } from "kysely";
import type { Migration, MigrationProvider } from "kysely/migration";
import { filing } from "./filing.ts";
import { type PeopleTables, people, purpose, reopened } from "./people-schema.ts";

export interface JournalTables extends PeopleTables {
  /** The clinic's bays as its facts have them. `retired_at`: it is in use no more. */
  bay: { id: string; name: string; position: number; retired_at: number | null };
  board: { id: string; name: string; bays: string };
  /** One row an input. Readings in columns, so that a year of them can be asked; commands as JSON. */
  input: {
    seq: number;
    bay: string;
    at: number;
    measured_at: number | null;
    cadence_s: number | null;
    /** Bit v is set when the vital number v of the catalogue was in the message: NULL there is "no valid value". */
    named: number | null;
    hr: number | null;
    spo2: number | null;
    rr: number | null;
    sbp: number | null;
    dbp: number | null;
    map: number | null;
    command_id: string | null;
    command: string | null;
  };
  /** The same, to be asked by bay (filing.ts). */
  bay_input: JournalTables["input"];
  /** What the engine decided, as JSON. `seq` is the input it was decided on, or the last one before it. */
  event: { id: number; bay: string; seq: number; at: number; type: string; body: string };
  /**
   * A session at one bay: one that moves has a row for each. Known by the input that opened it or brought it there: ids
   * come from outside, and a repeated one must not stop the journal.
   */
  session: { id: string; bay: string; opened_seq: number; opened_at: number; ended_seq: number | null };
  /** What people entered about a patient's course: append-only. `body` is actor and act as JSON; the id names it once. */
  course_fact: { seq: Generated<number>; id: string; record_number: string; at: number; body: string };
  /** The list of sessions, one row each, for finding them: derived from inputs and events, and rebuildable from them. */
  session_list: {
    opened_seq: number;
    id: string;
    /** Where it is, or was last; the number of the input that brought it there, and of the one that ended it there. */
    bay: string;
    stay_seq: number;
    ended_seq: number | null;
    opened_at: number;
    ended_at: number | null;
    phase: string;
    initials: string;
    name: string | null;
    record_number: string | null;
    /** Name, initials and record number as they are searched (shared/session/patient-search.ts). */
    searched: string;
    drug: string | null;
    dose_mg_per_kg: number | null;
    /** When the drug was started, by the time that was entered for it; NULL while it was not, or when that was undone. */
    started_at: number | null;
  };
  /** What was decided about the clinic: append-only. `body` is actor and act as JSON; the id names it once. */
  admin_fact: { seq: Generated<number>; id: string; at: number; body: string };
  /** What a person judged of an alarm: append-only. `episode` is the number of the event that raised it. */
  alarm_mark: {
    seq: Generated<number>;
    episode: number;
    at: number;
    /** Actor as JSON. */
    by: string;
    actionable: string;
    why: string | null;
  };
}

/** By what the log is found and sorted; for each of them one index. */
const EPISODE_LEADS = [
  "raised_at",
  "care",
  "vital",
  "bay",
  "nurse",
  "rank",
  "kind",
  "waited_ms",
  "duration_ms",
] as const;
const EPISODE_COVERED = [
  ...[
    "raised_at",
    "bay",
    "vital",
    "rank",
    "kind",
    "state",
    "nurse",
    "waited_ms",
    "duration_ms",
    "care",
    "mark",
    "over_at",
  ],
] as const;

const first: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable("bay")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("name", "text", (column) => column.notNull())
      .addColumn("position", "integer", (column) => column.notNull())
      .execute();
    await db.schema
      .createTable("board")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("name", "text", (column) => column.notNull())
      .addColumn("bays", "text", (column) => column.notNull())
      .execute();
    await db.schema
      .createTable("input")
      .addColumn("seq", "integer", (column) => column.primaryKey())
      .addColumn("bay", "text", (column) => column.notNull())
      .addColumn("at", "integer", (column) => column.notNull())
      .addColumn("measured_at", "integer")
      .addColumn("cadence_s", "real")
      .addColumn("named", "integer")
      .addColumn("hr", "real")
      .addColumn("spo2", "real")
      .addColumn("rr", "real")
      .addColumn("sbp", "real")
      .addColumn("dbp", "real")
      .addColumn("map", "real")
      .addColumn("command_id", "text")
      .addColumn("command", "text")
      .execute();
    await sql`create unique index input_command on input (command_id) where command_id is not null`.execute(db);
    await db.schema
      .createTable("event")
      .addColumn("id", "integer", (column) => column.primaryKey())
      .addColumn("bay", "text", (column) => column.notNull())
      .addColumn("seq", "integer", (column) => column.notNull())
      .addColumn("at", "integer", (column) => column.notNull())
      .addColumn("type", "text", (column) => column.notNull())
      .addColumn("body", "text", (column) => column.notNull())
      .execute();
    await db.schema.createIndex("event_bay").on("event").columns(["bay", "seq"]).execute();
    await db.schema
      .createTable("session")
      .addColumn("opened_seq", "integer", (column) => column.primaryKey())
      .addColumn("id", "text", (column) => column.notNull())
      .addColumn("bay", "text", (column) => column.notNull())
      .addColumn("opened_at", "integer", (column) => column.notNull())
      .addColumn("ended_seq", "integer")
      .execute();
  },
};

const course: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable("course_fact")
      .addColumn("seq", "integer", (column) => column.primaryKey())
      .addColumn("id", "text", (column) => column.notNull().unique())
      .addColumn("record_number", "text", (column) => column.notNull())
      .addColumn("at", "integer", (column) => column.notNull())
      .addColumn("body", "text", (column) => column.notNull())
      .execute();
    await db.schema.createIndex("course_fact_patient").on("course_fact").columns(["record_number", "seq"]).execute();
    // Few events are acts: a session's start is found without reading its alarms.
    await sql`create index event_act on event (bay, seq) where type = 'act'`.execute(db);
  },
};

/** The built-in protocol's rules for discharge and plans until now: sessions opened under them replay under them. */
const RULES_UNTIL_NOW = {
  dischargeChecks: ["oriented", "discharge score ≥ 9", "dissociation over", "escort present", "instructions given"],
  dischargeFacts: [],
  dischargeCuffs: 1,
  reasonForEarlyStop: false,
  plan: {
    doseMgPerKg: { min: 0, max: 20 },
    weightKg: { min: 0, max: 700 },
    plannedMin: { min: 0, max: 1440 },
    concentrationMgPerMl: { min: 0, max: 1000 },
  },
};

const sessions: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable("session_list")
      .addColumn("opened_seq", "integer", (column) => column.primaryKey())
      .addColumn("id", "text", (column) => column.notNull())
      .addColumn("bay", "text", (column) => column.notNull())
      .addColumn("stay_seq", "integer", (column) => column.notNull())
      .addColumn("ended_seq", "integer")
      .addColumn("opened_at", "integer", (column) => column.notNull())
      .addColumn("ended_at", "integer")
      .addColumn("phase", "text", (column) => column.notNull())
      .addColumn("initials", "text", (column) => column.notNull())
      .addColumn("name", "text")
      .addColumn("record_number", "text")
      .addColumn("drug", "text")
      .addColumn("dose_mg_per_kg", "real")
      .execute();
    await db.schema.createIndex("session_list_id").on("session_list").column("id").execute();
    // A session's record is read from its own bay's inputs alone.
    await db.schema.createIndex("input_bay").ifNotExists().on("input").columns(["bay", "seq"]).execute();
    const rules = JSON.stringify(RULES_UNTIL_NOW);
    await sql`
      update input set command = json_set(command, '$.command.protocol',
        json_patch(json(${rules}), coalesce(json_extract(command, '$.command.protocol'), '{}')))
      where command_id is not null and json_extract(command, '$.command.type') = 'open-session'`.execute(db);
  },
};

const stays: Migration = {
  async up(db: Kysely<unknown>) {
    // A session that moved has a row for each bay it was at.
    await db.schema.createIndex("session_id").on("session").column("id").execute();
  },
};

/**
 * The alarm log (alarm-log.ts): derived, but for the marks. A question is answered from one index alone, which begins with
 * the filter that leaves least and holds what the others need; only the rows of the page are then read.
 */
const alarmLog: Migration = {
  async up(db: Kysely<unknown>) {
    const statements = [
      `create table if not exists care (id integer primary key, session text not null, bay text not null, nurse_id text not null,
        nurse text not null, protocol text not null, initials text not null, name text, record_number text,
        from_at integer not null, from_seq integer not null, to_at integer, phase text not null)`,
      "create index if not exists care_open on care (bay) where to_at is null",
      "create index if not exists care_session on care (session)",
      "create index if not exists care_from on care (from_at)",
      `create table if not exists care_note (id integer primary key, care integer not null, what text not null, at integer not null,
        until integer, by text not null)`,
      "create index if not exists care_note_care on care_note (care)",
      "create index if not exists care_note_at on care_note (at)",
      `create table if not exists episode (id integer primary key, care integer not null, bay text not null, nurse text not null,
        vital text, alarm text not null, kind text not null, phase text not null, rank integer not null,
        onset_rank integer not null, value real, limit_value real, extreme real, delay_ms integer,
        raised_at integer not null, raised_seq integer not null, called_at integer not null, acked_at integer,
        acked_by text, waited_ms integer, cleared_at integer, duration_ms integer, over_at integer, over_why text,
        state text not null, self_cleared integer not null, latched integer not null, paused_ms integer not null,
        rungs text not null, mark text)`,
      ...EPISODE_LEADS.map((lead) => {
        const rest = EPISODE_COVERED.filter((column) => column !== lead);
        return `create index if not exists episode_by_${lead} on episode (${[lead, ...rest].join(", ")})`;
      }),
      `create index if not exists episode_by_mark on episode (mark, ${EPISODE_COVERED.filter((column) => column !== "mark").join(", ")}) where mark is not null`,
      `create index if not exists episode_by_state on episode (${EPISODE_COVERED.join(", ")}) where state <> 'over'`,
      `create table if not exists alarm_mark (seq integer primary key, episode integer not null, at integer not null, by text not null,
        actionable text not null, why text)`,
      "create index if not exists alarm_mark_episode on alarm_mark (episode, seq)",
      "create table if not exists alarm_log_version (version integer not null)",
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

/** The audit (shared/audit): nothing in it is ever changed or removed, not even by this program. */
const audit: Migration = {
  async up(db: Kysely<unknown>) {
    const refuse = (what: string) =>
      `create trigger if not exists audit_no_${what} before ${what} on audit begin select raise(abort, 'the audit is append-only'); end`;
    const statements = [
      `create table if not exists audit (seq integer primary key, at integer not null, actor_id text, actor_name text, actor_role text,
        came_from text not null, action text not null, subject text, outcome text not null, detail text not null,
        prev text not null, hash text not null)`,
      "create index if not exists audit_at on audit (at)",
      "create index if not exists audit_person on audit (actor_name, at)",
      "create index if not exists audit_action on audit (action, at)",
      refuse("update"),
      refuse("delete"),
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

/** Questions to the log go to columns in memory (server/alarm-log): here it is only written, and found by its care. */
const alarmLogWritten: Migration = {
  async up(db: Kysely<unknown>) {
    for (const lead of [...EPISODE_LEADS, "mark", "state"]) {
      await sql.raw(`drop index if exists episode_by_${lead}`).execute(db);
    }
    await sql`create index if not exists episode_care on episode (care)`.execute(db);
  },
};

const starts: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable("session_list").addColumn("started_at", "integer").execute();
    // An empty list is built anew.
    await sql`delete from session_list`.execute(db);
  },
};

const searched: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`alter table session_list add column searched text not null default ''`.execute(db);
    // An empty list is built anew.
    await sql`delete from session_list`.execute(db);
  },
};

/** Old readings, thinned (thinning.ts). */
const thinning: Migration = {
  async up(db: Kysely<unknown>) {
    const statements = [
      `create table if not exists thinned_minute (bay text not null, at integer not null, vital text not null, n integer not null,
        low real not null, median real not null, high real not null, primary key (bay, at, vital)) without rowid`,
      `create table if not exists thinned_session (opened_seq integer primary key, ended_seq integer not null, at integer not null,
        view text not null, chart text not null)`,
      "create table if not exists thinned_until (bay text primary key, seq integer not null)",
      "create table if not exists kept_reading (seq integer primary key)",
      "create index if not exists session_list_ended on session_list (ended_at) where ended_at is not null",
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

const administration: Migration = {
  async up(db: Kysely<unknown>) {
    const refuse = (what: string) =>
      `create trigger if not exists admin_no_${what} before ${what} on admin_fact begin select raise(abort, 'facts are append-only'); end`;
    const statements = [
      "create table if not exists admin_fact (seq integer primary key, id text not null unique, at integer not null, body text not null)",
      refuse("update"),
      refuse("delete"),
      // A column cannot be added "if not exists".
      "create table if not exists bay_new (id text primary key, name text not null, position integer not null, retired_at integer)",
      "insert into bay_new (id, name, position) select id, name, position from bay",
      "drop table bay",
      "alter table bay_new rename to bay",
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

/** What the audit is written over is changed by nobody, this program included. */
const appendOnly: Migration = {
  async up(db: Kysely<unknown>) {
    for (const table of ["course_fact", "alarm_mark"]) {
      for (const what of ["update", "delete"]) {
        const statement = `create trigger if not exists ${table}_no_${what} before ${what} on ${table} begin select raise(abort, 'facts are append-only'); end`;
        await sql.raw(statement).execute(db);
      }
    }
  },
};

export const migrations: MigrationProvider = {
  async getMigrations() {
    return {
      "2026-11-23-first": first,
      "2026-11-24-course": course,
      "2026-11-24-sessions": sessions,
      "2026-11-24-stays": stays,
      "2026-11-25-alarm-log": alarmLog,
      "2026-11-26-audit": audit,
      "2026-11-26-starts": starts,
      "2026-11-27-alarm-log-written": alarmLogWritten,
      "2026-11-28-administration": administration,
      "2026-11-29-thinning": thinning,
      "2026-11-30-people": people,
      "2026-12-01-append-only": appendOnly,
      "2026-12-01-purpose": purpose,
      "2026-12-02-searched": searched,
      "2026-12-03-reopened": reopened,
      "2026-12-04-filing": filing,
    };
  },
};
