/**
 * The journal in one SQLite file. Kysely writes the queries; Node's SQLite runs them, synchronously: a commit of the
 * readings of 50 ms takes under a millisecond, less than handing them to another thread would.
 */
import { join } from "node:path";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import type { AdminFact } from "@vigil/shared/administration";
import type { NewAuditEntry } from "@vigil/shared/audit";
import type { BayEvent } from "@vigil/shared/bay";
import type { CourseFact, RecordNumber } from "@vigil/shared/course";
import {
  type AtMs,
  type BayId,
  bayIdSchema,
  boardIdSchema,
  type CommandId,
  type SessionId,
  sessionIdSchema,
} from "@vigil/shared/ids";
import { type CompiledQuery, Kysely } from "kysely";
import { Migrator } from "kysely/migration";
import { adminFactOf, adminFactRow } from "./admin-rows.ts";
import { AlarmLog, type Cares } from "./alarm-log.ts";
import { AuditLog, AuditReader } from "./audit-log.ts";
import { auditOfAct } from "./audit-of-act.ts";
import { auditOfAdminFact, auditOfCourseFact, auditOfMark } from "./audit-of-fact.ts";
import { boundFact } from "./binding.ts";
import { courseFactOf, courseFactRow, sessionsOfPatientsQuery } from "./course-rows.ts";
import { Filing } from "./filing.ts";
import { DataDirectoryError, holdDirectory } from "./hold.ts";
import {
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
import { bayInputsStatement, inputsBy } from "./journal-reader.ts";
import { makeDirectory, shutFile } from "./make-directory.ts";
import { nodeSqliteDialect } from "./node-sqlite.ts";
import type { PeopleTables } from "./people-schema.ts";
import { INPUT_COLUMNS, type InputRow, inputOf, inputRow } from "./rows.ts";
import { type JournalTables, migrations } from "./schema.ts";
import { SessionList } from "./session-list.ts";
import { Thinning } from "./thinning.ts";

const INPUT_PAGE = 5_000;
/** Where the acts of a past come from that is told to the journal. */
const PAST = "unknown";
/** So many commits may lie in SQLite's log before it is emptied into the file: a quarter of a minute of a thousand bays. */
const COMMITS_IN_LOG = 100;

/**
 * Opens (and if needed makes, and brings up to date) the journal in `directory`, and holds the directory against any
 * other server until closed; the hold dies with the process, however it dies.
 * @throws DataDirectoryError
 */
export async function openSqliteJournal(directory: string): Promise<Journal> {
  try {
    makeDirectory(directory);
  } catch (error) {
    throw new DataDirectoryError(
      `The data directory ${directory} cannot be made: ${messageOf(error)}. Choose another with VIGIL_DATA.`,
    );
  }
  const release = holdDirectory(directory);
  let database: DatabaseSync | null = null;
  try {
    const file = join(directory, "journal.sqlite");
    shutFile(file);
    database = new DatabaseSync(file);
    database.exec(
      "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma busy_timeout = 100",
    );
    // In KiB: to file the inputs of a thousand bays touches some four megabytes of the file at once.
    database.exec("pragma cache_size = -16000");
    // What is in the log goes into the file when the journal is tidied; by itself only where nobody does.
    database.exec("pragma wal_autocheckpoint = 4000");
    await migrate(database);
    return new SqliteJournal(database, file, release);
  } catch (error) {
    database?.close();
    release();
    throw new DataDirectoryError(`The journal in ${directory} cannot be opened: ${messageOf(error)}.`);
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function migrate(database: DatabaseSync): Promise<void> {
  const db = new Kysely<JournalTables>({ dialect: nodeSqliteDialect(database) });
  const { error } = await new Migrator({ db, provider: migrations }).migrateToLatest();
  if (error !== undefined) throw error;
}

class SqliteJournal implements Journal {
  readonly #database: DatabaseSync;
  readonly #release: () => void;
  /** Builds queries only; nothing runs through it. */
  readonly #query: Kysely<JournalTables>;
  readonly #begin: StatementSync;
  readonly #keep: StatementSync;
  readonly #insertInput: StatementSync;
  readonly #insertEvent: StatementSync;
  readonly #openSession: StatementSync;
  readonly #endSession: StatementSync;
  readonly #bayInputs: StatementSync;
  readonly #list: SessionList;
  readonly #log: AlarmLog;
  readonly #filing: Filing;
  readonly file: string;
  readonly #audit: AuditLog;
  readonly audit: AuditReader;
  readonly thinning: Thinning;
  readonly people: Kysely<PeopleTables>;
  readonly #emptyLog: StatementSync;
  #lastSeq: number;
  #commitsInLog = 0;
  #pending: JournalEntry[] = [];
  #pendingAudit: NewAuditEntry[] = [];

  constructor(database: DatabaseSync, file: string, release: () => void) {
    this.#database = database;
    this.file = file;
    this.#release = release;
    this.#query = new Kysely<JournalTables>({ dialect: nodeSqliteDialect(database) });
    this.people = new Kysely<PeopleTables>({ dialect: nodeSqliteDialect(database) });
    // The statements of the hot path are prepared once.
    this.#begin = database.prepare("begin immediate");
    this.#keep = database.prepare("commit");
    this.#emptyLog = database.prepare("pragma wal_checkpoint(passive)");
    this.#insertInput = database.prepare(
      `insert into input (${INPUT_COLUMNS.join(", ")}) values (${INPUT_COLUMNS.map(() => "?").join(", ")})`,
    );
    this.#insertEvent = database.prepare("insert into event (bay, seq, at, type, body) values (?, ?, ?, ?, ?)");
    this.#openSession = database.prepare("insert into session (id, bay, opened_seq, opened_at) values (?, ?, ?, ?)");
    this.#endSession = database.prepare(
      "update session set ended_seq = ? where bay = ? and id = ? and ended_seq is null",
    );
    this.#bayInputs = bayInputsStatement(database);
    this.#list = new SessionList(database);
    this.#filing = new Filing(database);
    this.#log = new AlarmLog(database, this.#filing);
    this.#audit = new AuditLog(database);
    this.audit = new AuditReader(database);
    this.thinning = new Thinning({
      database,
      seqAt: (bay, at) => this.seqAt(bay, at),
      inTransaction: (work) => this.#inTransaction(work),
    });
    const [last] = this.#run(
      this.#query
        .selectFrom("input")
        .select(({ fn }) => fn.max("seq").as("seq"))
        .compile(),
    );
    this.#lastSeq = Number(last?.seq ?? 0);
    // What is asked of a long ward's bays one by one, as at a start, looks through no rest.
    this.#inTransaction(() => this.#filing.fileAll(this.#lastSeq));
    // A journal from before there was a list.
    if (this.#lastSeq > 0 && this.#list.find({ limit: 1 }).length === 0) this.rebuildSessionList();
    if (!this.#log.isCurrent) this.#rebuildAlarmLog();
  }

  get lastSeq(): number {
    return this.#lastSeq;
  }

  get durableSeq(): number {
    const waiting = this.#pending.find(({ input }) => input !== null);
    return waiting === undefined ? this.#lastSeq : waiting.seq - 1;
  }

  get pending(): number {
    return this.#pending.length;
  }

  nextSeq(): number {
    this.#lastSeq += 1;
    return this.#lastSeq;
  }

  append(entry: JournalEntry): void {
    this.#pending.push(entry);
  }

  appendAudit(entry: NewAuditEntry): void {
    this.#pendingAudit.push(entry);
  }

  commit(): void {
    if (this.#pending.length === 0 && this.#pendingAudit.length === 0) return;
    this.#inTransaction(() => {
      // They waited for whatever is to be kept next: they came before it.
      for (const entry of this.#pendingAudit) this.#audit.append(entry);
      for (const entry of this.#pending) this.#write(entry);
    });
    this.#pending = [];
    this.#pendingAudit = [];
    this.#commitsInLog += 1;
  }

  get isUntidy(): boolean {
    return this.#filing.isDue(this.#lastSeq) || this.#commitsInLog >= COMMITS_IN_LOG;
  }

  tidy(): void {
    this.commit();
    if (this.#filing.isDue(this.#lastSeq)) {
      this.#inTransaction(() => this.#filing.fileAll(this.#lastSeq));
    } else if (this.#commitsInLog >= COMMITS_IN_LOG) {
      this.#emptyLog.get();
      this.#commitsInLog = 0;
    }
  }

  #inTransaction(work: () => void): void {
    try {
      this.#begin.run();
      try {
        work();
        this.#keep.run();
      } catch (error) {
        if (this.#database.isTransaction) this.#database.exec("rollback");
        this.#log.forget();
        this.#audit.forget();
        this.#filing.forget();
        throw error;
      }
    } catch (error) {
      throw new JournalFailed(`The journal could not be written: ${messageOf(error)}.`, { cause: error });
    }
  }

  reserve(count: number): number {
    const first = this.#lastSeq + 1;
    this.#lastSeq += count;
    return first;
  }

  keepPast(entries: readonly PastEntry[]): void {
    const cares: Cares = new Map();
    const raising = this.#database.prepare(
      `select id from event where bay = ? and seq = ? and type = 'alarm' and json_extract(body, '$.change') = 'raised'
       and json_extract(body, '$.alarm') = ?`,
    );
    this.#inTransaction(() => {
      for (const entry of entries) {
        this.#write(entry, cares);
        for (const { alarm, at, by, actionable, why } of entry.marks ?? []) {
          const raised = raising.get(entry.bay, entry.seq, alarm);
          if (raised !== undefined) this.#mark({ episode: Number(raised.id), at, by, actionable, why }, PAST);
        }
      }
    });
  }

  followAlarmLog(): () => readonly number[] {
    return this.#log.follow();
  }

  keepMark(mark: NewMark, from: string): void {
    this.#inTransaction(() => this.#mark(mark, from));
  }

  #mark(mark: NewMark, from: string): void {
    const { episode, at, actionable, why } = mark;
    const by = JSON.stringify(mark.by);
    const row = this.#log.mark(episode, at, by, actionable, why);
    this.#keepEntry(auditOfMark(mark, from), boundFact("alarm_mark", row, [episode, at, by, actionable, why]));
  }

  /** What is told, over the row that keeps it. */
  #keepEntry(entry: NewAuditEntry, bound: ReturnType<typeof boundFact>): void {
    this.#audit.append({ ...entry, detail: { ...entry.detail, ...bound } });
  }

  #write({ bay, seq, input, events, from }: JournalEntry, cares?: Cares): void {
    if (input !== null) {
      const row = inputRow(seq, bay, input);
      this.#insertInput.run(...row);
      this.#filing.written(bay, seq);
      if (input.kind !== "reading") {
        this.#list.note(seq, bay, input, events);
        const entry = auditOfAct(seq, bay, input, events, { stored: String(row.at(-1)), from });
        if (entry !== null) this.#audit.append(entry);
      }
    }
    for (const event of events) {
      const { lastInsertRowid } = this.#insertEvent.run(bay, seq, event.at, event.type, JSON.stringify(event));
      this.#log.note({ id: Number(lastInsertRowid), seq, bay, input, event }, cares);
      if (event.type !== "act" || event.sessionId === null) continue;
      if (event.command === "open-session") this.#openSession.run(event.sessionId, bay, seq, event.at);
      if (event.command === "transfer-session") {
        if (input?.kind === "arrival") this.#openSession.run(event.sessionId, bay, seq, event.at);
        else this.#endSession.run(seq, bay, event.sessionId);
      }
      if (event.command === "discharge" || event.command === "abandon-session")
        this.#endSession.run(seq, bay, event.sessionId);
    }
  }

  #run<Row>(query: CompiledQuery<Row>): Row[] {
    // The builder knows the type of its rows; the driver cannot.
    return this.#database.prepare(query.sql).all(...(query.parameters as SQLInputValue[])) as Row[];
  }

  bays(): readonly StoredBay[] {
    const all = this.#query.selectFrom("bay").select(["id", "name"]).orderBy("position");
    return this.#run(all.where("retired_at", "is", null).compile()).map(storedBay);
  }

  everyBay(): readonly StoredBay[] {
    return this.#run(this.#query.selectFrom("bay").select(["id", "name"]).orderBy("position").compile()).map(storedBay);
  }

  adminFacts(): readonly AdminFact[] {
    return this.#run(this.#query.selectFrom("admin_fact").selectAll().orderBy("seq").compile()).map(adminFactOf);
  }

  keepAdminFacts(facts: readonly AdminFact[], from: string): void {
    if (facts.length === 0) return;
    this.#inTransaction(() => {
      for (const fact of facts) {
        const values = adminFactRow(fact);
        const query = this.#query.insertInto("admin_fact").values(values).returning("seq").compile();
        const row = Number(this.#run(query)[0]?.seq);
        const { id, at, body } = values;
        this.#keepEntry(auditOfAdminFact(fact, from), boundFact("admin_fact", row, [id, at, body]));
        this.#noteBay(fact);
      }
    });
  }

  keepRefusal(fact: AdminFact, refused: { readonly code: string; readonly reason: string }, from: string): void {
    this.#inTransaction(() => this.#audit.append(auditOfAdminFact(fact, from, refused)));
  }

  /** The bays as they stand follow from the facts. */
  #noteBay({ act, at }: AdminFact): void {
    if (!("bay" in act)) return;
    const set = (row: { name?: string; retired_at?: number | null }) =>
      void this.#run(this.#query.updateTable("bay").set(row).where("id", "=", act.bay).compile());
    if (act.type === "add-bay") {
      const row = { id: act.bay, name: act.name, position: this.#bayCount() };
      // The bays that a data directory began with are there before anything is told of them.
      const query = this.#query.insertInto("bay").values(row);
      this.#run(query.onConflict((conflict) => conflict.doNothing()).compile());
    } else if (act.type === "rename-bay") set({ name: act.name });
    else set({ retired_at: act.type === "retire-bay" ? at : null });
  }

  /** Not by reading them: a ward of a thousand bays would read half a million at its first start. */
  #bayCount(): number {
    const counted = this.#query.selectFrom("bay").select(({ fn }) => fn.countAll<number>().as("bays"));
    return this.#run(counted.compile())[0]?.bays ?? 0;
  }

  addBays(bays: readonly StoredBay[]): void {
    const before = this.#bayCount();
    this.#inTransaction(() => {
      for (const [i, bay] of bays.entries()) {
        this.#run(
          this.#query
            .insertInto("bay")
            .values({ ...bay, position: before + i })
            .compile(),
        );
      }
    });
  }

  boards(): readonly StoredBoard[] {
    return this.#run(this.#query.selectFrom("board").selectAll().orderBy("id").compile()).map((row) => {
      const bays: unknown = JSON.parse(row.bays);
      return { id: boardIdSchema.parse(row.id), name: row.name, bays: bayIdSchema.array().parse(bays) };
    });
  }

  saveBoard(board: StoredBoard, audit?: NewAuditEntry): void {
    const row = { name: board.name, bays: JSON.stringify(board.bays) };
    this.#inTransaction(() => {
      this.#run(
        this.#query
          .insertInto("board")
          .values({ id: board.id, ...row })
          .onConflict((conflict) => conflict.column("id").doUpdateSet(row))
          .compile(),
      );
      if (audit !== undefined) this.#audit.append(audit);
    });
  }

  openSessions(): readonly OpenSession[] {
    const rows = this.#run(
      this.#query.selectFrom("session").select(["id", "bay", "opened_seq"]).where("ended_seq", "is", null).compile(),
    );
    return rows.map((row) => ({
      bay: bayIdSchema.parse(row.bay),
      id: sessionIdSchema.parse(row.id),
      openedSeq: row.opened_seq,
    }));
  }

  *inputsFrom(fromSeq: number): Iterable<StoredInput> {
    const query = this.#query.selectFrom("input").select(INPUT_COLUMNS).where("seq", ">=", 0).orderBy("seq").limit(1);
    const page = this.#database.prepare(query.compile().sql);
    // Pages of arrays: two and a half times as fast as one row object at a time.
    page.setReturnArrays(true);
    let from = fromSeq;
    for (;;) {
      // The columns are those that were asked for, in that order.
      const rows = page.all(from, INPUT_PAGE) as unknown as InputRow[];
      for (const row of rows) yield { seq: row[0], bay: row[1], input: inputOf(row) };
      if (rows.length < INPUT_PAGE) return;
      from = (rows.at(-1)?.[0] ?? from) + 1;
    }
  }

  bayInputs(bay: BayId, fromSeq: number, toSeq: number): readonly KeptInput[] {
    return inputsBy(this.#bayInputs, bay, fromSeq, toSeq);
  }

  staysOf(id: SessionId): readonly SessionStay[] {
    // An id can come twice; the list knows where the last session of it began.
    const rows = this.#run(
      this.#query
        .selectFrom("session")
        .select(["bay", "opened_seq", "ended_seq"])
        .where("id", "=", id)
        .where("opened_seq", ">=", ({ selectFrom }) =>
          selectFrom("session_list")
            .select(({ fn }) => fn.max("session_list.opened_seq").as("seq"))
            .where("session_list.id", "=", id),
        )
        .orderBy("opened_seq")
        .compile(),
    );
    return rows.map(({ bay, opened_seq: fromSeq, ended_seq: toSeq }) => ({
      bay: bayIdSchema.parse(bay),
      fromSeq,
      toSeq,
    }));
  }

  sessionAt(bay: BayId, at: AtMs): (SessionStay & { readonly openedAt: AtMs }) | null {
    const [row] = this.#run(
      this.#query
        .selectFrom("session")
        .leftJoin("input", "input.seq", "session.ended_seq")
        .select(["session.opened_seq", "session.opened_at", "session.ended_seq", "input.at as ended_at"])
        .where("session.bay", "=", bay)
        .where("session.opened_at", "<=", at)
        .orderBy("session.opened_seq", "desc")
        .limit(1)
        .compile(),
    );
    if (row === undefined || (row.ended_at ?? Number.POSITIVE_INFINITY) <= at) return null;
    return { bay, fromSeq: row.opened_seq, toSeq: row.ended_seq, openedAt: row.opened_at };
  }

  seqAt(bay: BayId, at: AtMs): number {
    const next = this.#database.prepare(
      "select seq, at from bay_input where bay = ? and seq >= ? order by seq limit 1",
    );
    let low = 0;
    let high = this.#lastSeq + 1;
    // Instants never go back along the numbers: halving finds the place without an index by time.
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const row = next.get(bay, middle);
      if (row === undefined || Number(row.at) >= at) high = middle;
      else low = Number(row.seq) + 1;
    }
    return low;
  }

  sessions(query: SessionQuery): readonly ListedSession[] {
    return this.#list.find(query);
  }

  stayOf(id: SessionId): SessionStay | null {
    return this.#list.stayOf(id);
  }

  lastStayAt(bay: BayId): (SessionStay & { readonly initials: string }) | null {
    const [row] = this.#run(
      this.#query
        .selectFrom("session")
        // An id can come twice: the opening before the stay is the stay's own.
        .innerJoin("session_list", (join) =>
          join.onRef("session_list.id", "=", "session.id").onRef("session_list.opened_seq", "<=", "session.opened_seq"),
        )
        .select(["session.opened_seq", "session.ended_seq", "session_list.initials"])
        .where("session.bay", "=", bay)
        .orderBy("session.opened_seq", "desc")
        .orderBy("session_list.opened_seq", "desc")
        .limit(1)
        .compile(),
    );
    if (row === undefined) return null;
    return { bay, fromSeq: row.opened_seq, toSeq: row.ended_seq, initials: row.initials };
  }

  *inputsOf({ bay, fromSeq, toSeq }: SessionStay): Iterable<KeptInput> {
    const last = toSeq ?? Number.MAX_SAFE_INTEGER;
    const query = this.#query
      .selectFrom("bay_input")
      .select(INPUT_COLUMNS)
      .where("bay", "=", bay)
      .where("seq", ">=", 0)
      .where("seq", "<=", 0)
      .orderBy("seq")
      .limit(1);
    const page = this.#database.prepare(query.compile().sql);
    page.setReturnArrays(true);
    let from = fromSeq;
    for (;;) {
      // The columns are those that were asked for, in that order.
      const rows = page.all(bay, from, last, INPUT_PAGE) as unknown as InputRow[];
      for (const row of rows) yield inputOf(row);
      if (rows.length < INPUT_PAGE) break;
      from = (rows.at(-1)?.[0] ?? from) + 1;
    }
    for (const each of this.#pending) {
      if (each.bay === bay && each.input !== null && each.seq >= fromSeq && each.seq <= last) yield each.input;
    }
  }

  rebuildSessionList(): void {
    const acts = this.#run(
      this.#query
        .selectFrom("event")
        .innerJoin("input", "input.seq", "event.seq")
        .select(["event.body", ...INPUT_COLUMNS.map((column) => `input.${column}` as const)])
        .where("event.type", "=", "act")
        .orderBy("event.id")
        .compile(),
    );
    this.#inTransaction(() => {
      this.#list.clear();
      for (const { body, ...row } of acts) {
        // The columns are those that were asked for, in that order.
        const input = inputOf(INPUT_COLUMNS.map((column) => row[column]) as unknown as InputRow);
        this.#list.note(row.seq, bayIdSchema.parse(row.bay), input, [JSON.parse(body) as BayEvent]);
      }
    });
  }

  #rebuildAlarmLog(): void {
    const query = this.#query
      .selectFrom("event")
      .leftJoin("input", (join) => join.onRef("input.seq", "=", "event.seq").on("event.type", "=", "act"))
      .select(["event.id", "event.bay as event_bay", "event.seq as event_seq", "event.body"])
      .select(INPUT_COLUMNS.map((column) => `input.${column}` as const))
      .where("event.type", "<>", "refused")
      // Not as they were written: a past may have been told while the present went on.
      .orderBy("event.seq")
      .orderBy("event.id")
      .compile();
    this.#inTransaction(() => {
      this.#log.clear();
      for (const row of this.#run(query)) {
        const { id, event_bay, event_seq: seq, body, ...columns } = row;
        // The columns are those that were asked for, in that order.
        const stored = INPUT_COLUMNS.map((column) => columns[column]) as unknown as InputRow;
        const input = columns.seq === null ? null : inputOf(stored);
        this.#log.note({ id, seq, bay: bayIdSchema.parse(event_bay), input, event: JSON.parse(body) as BayEvent });
      }
      this.#log.rebuilt();
    });
  }

  eventsFrom(bay: BayId, fromSeq: number): readonly BayEvent[] {
    const rows = this.#run(
      this.#query
        .selectFrom("event")
        .select("body")
        .where("bay", "=", bay)
        .where("seq", ">=", fromSeq)
        .orderBy("id")
        .compile(),
    );
    return rows.map((row) => JSON.parse(row.body) as BayEvent);
  }

  knownCommand(id: CommandId): KnownCommand | null {
    const waiting = this.#pending.find(({ input }) => input?.kind === "command" && input.id === id);
    if (waiting !== undefined) return known(waiting.seq, waiting.events, false);
    const [row] = this.#run(
      this.#query.selectFrom("input").select(["seq", "bay"]).where("command_id", "=", id).compile(),
    );
    if (row === undefined) return null;
    const events = this.#run(
      this.#query.selectFrom("event").select("body").where("bay", "=", row.bay).where("seq", "=", row.seq).compile(),
    );
    return known(
      row.seq,
      events.map((event) => JSON.parse(event.body) as BayEvent),
      true,
    );
  }

  sessionsOfPatients(): readonly SessionOfPatient[] {
    const rows = this.#run(sessionsOfPatientsQuery(this.#query).compile());
    return rows.map(({ record_number: recordNumber, id, bay, initials, name, opened_at, started_at, ended_at }) => ({
      recordNumber,
      session: {
        id: sessionIdSchema.parse(id),
        bay: bayIdSchema.parse(bay),
        initials,
        name,
        openedAt: opened_at,
        startedAt: started_at,
        endedAt: ended_at,
      },
    }));
  }

  courseFacts(recordNumber?: RecordNumber): readonly CourseFact[] {
    const all = this.#query.selectFrom("course_fact").selectAll().orderBy("seq");
    const query = recordNumber === undefined ? all : all.where("record_number", "=", recordNumber);
    return this.#run(query.compile()).map(courseFactOf);
  }

  courseFact(id: CommandId): CourseFact | null {
    const [row] = this.#run(this.#query.selectFrom("course_fact").selectAll().where("id", "=", id).compile());
    return row === undefined ? null : courseFactOf(row);
  }

  keepCourseFacts(facts: readonly CourseFact[], from: string): void {
    this.#inTransaction(() => {
      for (const fact of facts) {
        const values = courseFactRow(fact);
        const query = this.#query.insertInto("course_fact").values(values).returning("seq").compile();
        const row = Number(this.#run(query)[0]?.seq);
        const { id, record_number, at, body } = values;
        this.#keepEntry(auditOfCourseFact(fact, from), boundFact("course_fact", row, [id, record_number, at, body]));
      }
    });
  }

  lastAt(): AtMs | null {
    const [input] = this.#run(this.#query.selectFrom("input").select("at").orderBy("seq", "desc").limit(1).compile());
    const [event] = this.#run(this.#query.selectFrom("event").select("at").orderBy("id", "desc").limit(1).compile());
    return input === undefined ? null : Math.max(input.at, event?.at ?? input.at);
  }

  close(): void {
    this.#database.close();
    this.#release();
  }
}

const storedBay = (row: { readonly id: string; readonly name: string }): StoredBay => ({
  id: bayIdSchema.parse(row.id),
  name: row.name,
});

function known(seq: number, events: readonly BayEvent[], durable: boolean): KnownCommand {
  const refused = events.find((event) => event.type === "refused");
  return { seq, durable, refused: refused === undefined ? null : { code: refused.code, reason: refused.reason } };
}
