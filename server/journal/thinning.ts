/**
 * Thinning old readings, in small steps. A session's chart and view are kept as they were decided from all readings; only
 * then its readings become minutes (thin-minutes.ts). What stays of the readings themselves: every cuff measurement, those on
 * which something was decided, and of each alarm those that it began and was worst with, so that the log of alarms can be
 * built anew and says the same. Acts, events and the audit are never touched.
 */
import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import { type AtMs, type BayId, bayIdSchema, type SessionId, sessionIdSchema } from "@vigil/shared/ids";
import { VITALS } from "@vigil/shared/vitals";
import { MINUTE_MS, type TimedValues, thinMinutes } from "./thin-minutes.ts";

/** A session that is over and whose readings are whole. */
export interface WholeSession {
  readonly id: SessionId;
  readonly openedSeq: number;
  readonly endedAt: AtMs;
}

/** A session whose readings were thinned, or are about to be: what was made of them while they were whole. */
export interface ThinnedSession {
  readonly at: AtMs;
  /** JSON: a SessionView, a SessionChart. */
  readonly view: string;
  readonly chart: string;
}

export interface ThinningOptions {
  readonly database: DatabaseSync;
  /** The first input of a bay dated `at` or later. */
  readonly seqAt: (bay: BayId, at: AtMs) => number;
  readonly inTransaction: (work: () => void) => void;
}

/** Readings taken together in one step: some ten milliseconds. */
const READINGS_AT_ONCE = 2_000;
/** A bay gets at most 200 readings a second. */
const MOST_IN_A_MINUTE = 12_000;

type Row = Readonly<Record<string, unknown>>;

export class Thinning {
  readonly #options: ThinningOptions;

  constructor(options: ThinningOptions) {
    this.#options = options;
  }

  get sessions(): number {
    return Number(this.#one("select count(*) as n from thinned_session")?.n ?? 0);
  }

  /** As it was kept before its readings were thinned; `null`: they are whole, or there is no such session. */
  session(id: SessionId): ThinnedSession | null {
    const row = this.#one(
      `select t.at, t.view, t.chart from thinned_session t join session_list l on l.opened_seq = t.opened_seq
       where l.id = ? and l.opened_seq = (select max(opened_seq) from session_list where id = ?)`,
      ...[id, id],
    );
    return row === undefined ? null : { at: Number(row.at), view: String(row.view), chart: String(row.chart) };
  }

  /** The number up to which a bay's readings are thinned; 0: none are. */
  thinnedUntil(bay: BayId): number {
    return Number(this.#one("select seq from thinned_until where bay = ?", bay)?.seq ?? 0);
  }

  /** The session that ended longest ago among those that ended before then. */
  nextSession(before: AtMs): WholeSession | null {
    const row = this.#one(
      `select id, opened_seq, ended_at from session_list l where ended_at < ?
       and not exists (select 1 from thinned_session t where t.opened_seq = l.opened_seq) order by ended_at limit 1`,
      before,
    );
    if (row === undefined) return null;
    return { id: sessionIdSchema.parse(row.id), openedSeq: Number(row.opened_seq), endedAt: Number(row.ended_at) };
  }

  /** From now on its readings may go. @throws JournalFailed */
  keepSession({ id, openedSeq }: WholeSession, { at, view, chart }: ThinnedSession): void {
    const readings = [...this.#readingsOfAlarms(id, openedSeq), ...this.#readingsBeforeSilences(id, openedSeq)];
    this.#options.inTransaction(() => {
      for (const seq of readings) this.#run("insert or ignore into kept_reading (seq) values (?)", seq);
      this.#run(
        "insert into thinned_session (opened_seq, ended_seq, at, view, chart) select opened_seq, ended_seq, ?, ?, ? from session_list where opened_seq = ?",
        ...[at, view, chart, openedSeq],
      );
    });
  }

  /**
   * Thins some readings of one bay, from before then; none of a session that is not kept yet.
   * @returns how many readings went; `null`: there is nothing to thin
   * @throws JournalFailed
   */
  thinSome(before: AtMs): number | null {
    for (const { id } of this.#all("select id from bay order by position")) {
      const bay = bayIdSchema.parse(id);
      const from = this.thinnedUntil(bay) + 1;
      const end = Math.min(
        this.#options.seqAt(bay, Math.floor(before / MINUTE_MS) * MINUTE_MS),
        this.#firstWhole(bay, from),
      );
      const readings = this.#readings(bay, from, end);
      if (readings.length > 0) return this.#thin(bay, readings);
    }
    return null;
  }

  #firstWhole(bay: BayId, from: number): number {
    const row = this.#one(
      `select min(s.opened_seq) as seq from session s where s.bay = ? and coalesce(s.ended_seq, ?) >= ? and not exists
        (select 1 from thinned_session t where s.opened_seq >= t.opened_seq and s.ended_seq <= t.ended_seq
         and exists (select 1 from session_list l where l.opened_seq = t.opened_seq and l.id = s.id))`,
      ...[bay, Number.MAX_SAFE_INTEGER, from],
    );
    return row?.seq == null ? Number.MAX_SAFE_INTEGER : Number(row.seq);
  }

  /** Whole minutes of them, the oldest first. */
  #readings(bay: BayId, from: number, end: number): readonly (TimedValues & { readonly seq: number })[] {
    const read = (limit: number) =>
      this.#all(
        `select seq, at, ${VITALS.join(", ")} from bay_input where bay = ? and seq >= ? and seq < ? and named is not null
         order by seq limit ${limit}`,
        ...[bay, from, end],
        // The columns are those that were asked for.
      ) as unknown as readonly (TimedValues & { readonly seq: number })[];
    const minuteOf = ({ at }: TimedValues) => Math.floor(at / MINUTE_MS);
    const some = read(READINGS_AT_ONCE);
    const last = some.at(-1);
    if (last === undefined || some.length < READINGS_AT_ONCE) return some;
    const whole = some.filter((each) => minuteOf(each) < minuteOf(last));
    if (whole.length > 0) return whole;
    return read(MOST_IN_A_MINUTE + 1).filter((each) => minuteOf(each) === minuteOf(last));
  }

  #thin(bay: BayId, readings: readonly (TimedValues & { readonly seq: number })[]): number {
    const first = readings[0]?.seq ?? 0;
    const last = readings.at(-1)?.seq ?? 0;
    let gone = 0;
    this.#options.inTransaction(() => {
      for (const { at, vital, count, low, median, high } of thinMinutes(readings)) {
        this.#run(
          "insert or replace into thinned_minute (bay, at, vital, n, low, median, high) values (?, ?, ?, ?, ?, ?, ?)",
          ...[bay, at, vital, count, low, median, high],
        );
      }
      gone = this.#run(
        `delete from input where seq in (select seq from bay_input where bay = ?1 and seq between ?2 and ?3) and named is not null
         and sbp is null and dbp is null and map is null
         and not exists (select 1 from kept_reading k where k.seq = input.seq)
         and not exists (select 1 from event e where e.bay = ?1 and e.seq = input.seq)`,
        ...[bay, first, last],
      );
      this.#run(
        `delete from filed_input where bay = ?1 and seq between ?2 and ?3
         and not exists (select 1 from input i where i.seq = filed_input.seq)`,
        ...[bay, first, last],
      );
      this.#run("insert or replace into thinned_until (bay, seq) values (?, ?)", bay, last);
    });
    return gone;
  }

  /** The last message before each silence of a monitor: the log counts from it. */
  #readingsBeforeSilences(id: SessionId, openedSeq: number): readonly number[] {
    const found = this.#all(
      `select e.bay, e.raised_seq from episode e join care c on c.id = e.care
       where c.session = ? and e.alarm = 'monitor-silent' and e.raised_seq >= ?`,
      ...[id, openedSeq],
    );
    const sql = "select seq from bay_input where bay = ? and seq <= ? and named is not null order by seq desc limit 1";
    return found.flatMap((each) =>
      this.#all(sql, String(each.bay), Number(each.raised_seq)).map(({ seq }) => Number(seq)),
    );
  }

  /** The readings that the log of alarms looks at: the run that raised each, the one before it, and the worst. */
  #readingsOfAlarms(id: SessionId, openedSeq: number): readonly number[] {
    const episodes = this.#all(
      `select e.bay, e.vital, e.alarm, e.raised_seq, e.raised_at, e.delay_ms, coalesce(e.cleared_at, e.over_at) as end
       from episode e join care c on c.id = e.care
       where c.session = ? and e.vital is not null and e.kind = 'physiological' and e.raised_seq >= ?`,
      ...[id, openedSeq],
    );
    return episodes.flatMap((episode): number[] => {
      const bay = bayIdSchema.parse(episode.bay);
      const vital = VITALS.find((each) => each === episode.vital);
      if (vital === undefined) return [];
      const raised = Number(episode.raised_seq);
      const endSeq = episode.end === null ? raised : this.#options.seqAt(bay, Number(episode.end) + 1);
      const order = String(episode.alarm).endsWith(".low") ? "asc" : "desc";
      const worst = this.#all(
        `select seq from bay_input where bay = ? and seq between ? and ? and ${vital} is not null order by ${vital} ${order}, seq limit 1`,
        ...[bay, raised, endSeq],
      );
      const since = Number(episode.raised_at) - Number(episode.delay_ms ?? 0);
      const run = this.#all(
        `select seq, at from bay_input where bay = ? and seq <= ? and ${vital} is not null order by seq desc limit 1000`,
        ...[bay, raised],
      );
      const before = run.findIndex(({ at }) => Number(at) < since);
      return [...worst, ...run.slice(0, before === -1 ? run.length : before + 1)].map(({ seq }) => Number(seq));
    });
  }

  #all(sql: string, ...values: SQLInputValue[]): readonly Row[] {
    return this.#options.database.prepare(sql).all(...values);
  }

  #one(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#options.database.prepare(sql).get(...values);
  }

  #run(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#options.database.prepare(sql).run(...values).changes);
  }
}
