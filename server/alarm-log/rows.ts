/** Rows of the journal as alarms of the log. */
import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from "node:sqlite";
import { vitalOfAlarm, worseForAlarm, worstOfAlarm } from "@vigil/shared/alarms";
import type { AtMs, BayId, SessionId } from "@vigil/shared/ids";
import type { MeasuredNote } from "@vigil/shared/measures";
import type { Alert } from "@vigil/shared/wire";
import { PRIORITY_OF_RANK } from "./columns.ts";

/** Every column that a question of this room may ask for by name: each names those it reads. */
export interface Row {
  readonly id: number;
  readonly bay: BayId;
  readonly protocol: string;
  readonly value: number | null;
  readonly extreme: number | null;
  readonly what: MeasuredNote["what"];
  readonly at: AtMs;
  readonly by: string;
  readonly actionable: "yes" | "no";
  readonly why: string | null;
  readonly body: string;
  readonly seq: number;
  readonly opened_seq: number;
  readonly ended_seq: number | null;
}

type AlertRow = readonly [
  id: number,
  bay: BayId,
  session: SessionId,
  phase: Alert["phase"],
  nurse: string,
  protocol: string,
  initials: string,
  name: string | null,
  recordNumber: string | null,
  alarm: string,
  vital: Alert["vital"],
  kind: Alert["kind"],
  onsetRank: number,
  rank: number,
  value: number | null,
  limit: number | null,
  extreme: number | null,
  delayMs: number | null,
  raisedAt: AtMs,
  raisedSeq: number,
  ackedAt: AtMs | null,
  ackedBy: string | null,
  waitedMs: number,
  pausedMs: number,
  rungs: string,
  clearedAt: AtMs | null,
  durationMs: number | null,
  overAt: AtMs | null,
  overWhy: string,
  state: Alert["state"],
  selfCleared: number,
  latched: number,
  mark: string | null,
];
const ALERT_ROW = `e.id, e.bay, c.session, e.phase, e.nurse, c.protocol, c.initials, c.name, c.record_number, e.alarm, e.vital,
  e.kind, e.onset_rank, e.rank, e.value, e.limit_value, e.extreme, e.delay_ms, e.raised_at, e.raised_seq, e.acked_at,
  e.acked_by, e.waited_ms, e.paused_ms, e.rungs, e.cleared_at, e.duration_ms, e.over_at, e.over_why, e.state,
  e.self_cleared, e.latched,
  case when e.mark is not null then (select json_object('actionable', m.actionable, 'by', m.by ->> '$.name', 'why', m.why)
    from alarm_mark m where m.episode = e.id order by m.seq desc limit 1) end`;

/** A connection that only reads, with each statement prepared once. */
export class Rows {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  /** Of what goes on: the worst value so far, and up to which input. */
  readonly #worstSoFar = new Map<number, { readonly seq: number; readonly value: number | null }>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  all(sql: string, ...values: SQLInputValue[]): Row[] {
    // The columns are those that were asked for, of this program's own tables.
    return this.#prepare(sql).all(...values) as unknown as Row[];
  }

  /** As arrays in the order of the columns: many rows are read several times as fast so. The caller knows what they hold. */
  arrays<R extends readonly SQLOutputValue[]>(sql: string, ...values: SQLInputValue[]): readonly R[] {
    const statement = this.#prepare(sql);
    statement.setReturnArrays(true);
    return statement.all(...values) as unknown as readonly R[];
  }

  /** In the order of the numbers. */
  alerts(ids: readonly number[]): readonly Alert[] {
    const sql = `select ${ALERT_ROW} from json_each(?) asked
       join episode e on e.id = asked.value join care c on c.id = e.care order by asked.key`;
    return this.arrays<AlertRow>(sql, JSON.stringify(ids)).map((row) => this.#alertOf(row));
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #alertOf(row: AlertRow): Alert {
    const [
      id,
      bay,
      session,
      phase,
      nurse,
      protocol,
      initials,
      name,
      recordNumber,
      alarm,
      vital,
      kind,
      onsetRank,
      rank,
    ] = row;
    const [
      ,
      ,
      ,
      ,
      ,
      ,
      ,
      ,
      ,
      ,
      ,
      ,
      ,
      ,
      value,
      limit,
      extreme,
      delayMs,
      raisedAt,
      raisedSeq,
      ackedAt,
      ackedBy,
      waitedMs,
      pausedMs,
      rungs,
      clearedAt,
      durationMs,
      overAt,
      overWhy,
      state,
      selfCleared,
      latched,
      mark,
    ] = row;
    const isOpen = clearedAt === null && overAt === null;
    return {
      ...{ id, bay, session, phase, nurse, protocol, alarm, vital, kind, value, limit, delayMs, raisedAt, pausedMs },
      ...{ clearedAt, durationMs, state },
      // This program's own word.
      mark: mark === null ? null : JSON.parse(mark),
      patient: { initials, name, recordNumber },
      onsetPriority: PRIORITY_OF_RANK[onsetRank] ?? "low",
      priority: PRIORITY_OF_RANK[rank] ?? "low",
      extreme: isOpen ? this.#worstUntilNow(id, bay, alarm, raisedSeq, extreme) : extreme,
      acknowledged: ackedAt === null ? null : { at: ackedAt, by: ackedBy, afterMs: waitedMs },
      rungs: rungs === "[]" ? [] : JSON.parse(rungs),
      over: overAt === null ? null : { at: overAt, why: overWhy },
      selfCleared: selfCleared === 1,
      latched: latched === 1,
    };
  }

  /** Each input is looked at once, however often somebody asks. */
  #worstUntilNow(id: number, bay: BayId, alarm: string, raisedSeq: number, extreme: number | null): number | null {
    const vital = vitalOfAlarm(alarm);
    const worst = worstOfAlarm(alarm);
    if (vital === null || worst === null) return extreme;
    const before = this.#worstSoFar.get(id) ?? { seq: raisedSeq - 1, value: extreme };
    const [found] = this.all(
      `select ${worst}(${vital}) as value, max(seq) as seq from bay_input where bay = ? and seq > ?`,
      bay,
      before.seq,
    );
    const value = worseForAlarm(alarm, before.value, found?.value ?? null);
    // What has come to an end is not asked about again.
    if (this.#worstSoFar.size > MOST_KEPT) this.#worstSoFar.clear();
    this.#worstSoFar.set(id, { seq: found?.seq ?? before.seq, value });
    return worseForAlarm(alarm, value, extreme);
  }
}

const MOST_KEPT = 1_000;
