/** Questions to the alarm log. Each is answered in one go; what may be long is given page by page. */
import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import type { AlarmEvent, DeliveryEvent } from "@vigil/shared/alarms";
import type { AtMs, BayId, SessionId } from "@vigil/shared/ids";
import type { CareSpan, MeasuredEpisode, MeasuredNote } from "@vigil/shared/measures";
import type { Priority } from "@vigil/shared/protocol";
import {
  ALERT_MOST_COUNTED,
  ALERT_PAGE,
  type Alert,
  type AlertFilter,
  type AlertSort,
  type AlertStep,
  type AlertStory,
} from "@vigil/shared/wire";
import { extremeBetween, worse } from "./alarm-values.ts";

/** Every column that a question here may ask for: each names those it reads. */
interface Row {
  readonly id: number;
  readonly bay: BayId;
  readonly session: SessionId;
  readonly nurse: string;
  readonly protocol: string;
  readonly initials: string;
  readonly name: string | null;
  readonly record_number: string | null;
  readonly care_seq: number;
  readonly from_at: number;
  readonly to_at: number | null;
  readonly phase: Alert["phase"];
  readonly alarm: string;
  readonly vital: Alert["vital"];
  readonly kind: Alert["kind"];
  readonly rank: number;
  readonly onset_rank: number;
  readonly value: number | null;
  readonly limit_value: number | null;
  readonly extreme: number | null;
  readonly delay_ms: number | null;
  readonly raised_at: number;
  readonly raised_seq: number;
  readonly acked_at: number | null;
  readonly acked_by: string | null;
  readonly waited_ms: number;
  readonly cleared_at: number | null;
  readonly duration_ms: number | null;
  readonly over_at: number | null;
  readonly over_why: string;
  readonly state: Alert["state"];
  readonly self_cleared: number;
  readonly latched: number;
  readonly paused_ms: number;
  readonly rungs: string;
  readonly mark: Alert["mark"];
  readonly what: MeasuredNote["what"];
  readonly at: number;
  readonly until: number | null;
  readonly by: string;
  readonly actionable: "yes" | "no";
  readonly why: string | null;
  readonly body: string;
  readonly n: number;
}

const PRIORITY_OF_RANK: readonly (Priority | undefined)[] = [undefined, "low", "medium", "high"];
const RANK = { low: 1, medium: 2, high: 3 } as const;
const AROUND_MS = 5 * 60_000;
const MOST_READINGS = 2_000;
/** Patients whose episodes are looked up one by one; of more, the log is gone through. */
const FEW_CARES = 200;

const ORDER: { readonly [S in AlertSort]: string } = {
  newest: "raised_at desc, id desc",
  oldest: "raised_at, id",
  "longest-unanswered": "waited_ms desc, id desc",
  longest: "duration_ms desc, id desc",
};

interface Question {
  readonly where: string;
  readonly index: string;
  readonly values: readonly SQLInputValue[];
}

export interface MeasuredScope {
  readonly from: AtMs;
  readonly to: AtMs;
  readonly bay?: string | undefined;
  readonly nurse?: string | undefined;
  readonly protocol?: string | undefined;
}

export class AlarmLogReader {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** One page, from 0. `now`: for alarms that nobody has acknowledged yet. */
  find(filter: AlertFilter, page: number, now: AtMs): readonly Alert[] {
    const { where, index, values } = this.#question(filter, now);
    const order = ORDER[filter.sort];
    const rows = this.#all(
      `select e.*, ${CARE_COLUMNS} from
        (select id as found from episode indexed by ${index} where ${where} order by ${order} limit ? offset ?)
       join episode e on e.id = found join care c on c.id = e.care order by ${order.replace(/\bid\b/, "e.id")}`,
      ...values,
      ALERT_PAGE,
      page * ALERT_PAGE,
    );
    return rows.map((row) => this.#alertOf(row));
  }

  /** How many match, counted up to ALERT_MOST_COUNTED: to count a million takes longer than to show any page of them. */
  count(filter: AlertFilter, now: AtMs): number {
    const { where, index, values } = this.#question(filter, now);
    const sql = `select count(*) as n from (select 1 from episode indexed by ${index} where ${where} limit ${ALERT_MOST_COUNTED})`;
    return Number(this.#all(sql, ...values)[0]?.n ?? 0);
  }

  /** What matches, in order of raising, by pages that begin after the episode `after`. */
  pageAfter(filter: AlertFilter, after: { at: AtMs; id: number } | null, limit: number, now: AtMs): readonly Alert[] {
    const { where, values } = this.#question(filter, now);
    const rows = this.#all(
      `select e.*, ${CARE_COLUMNS} from
        (select id as found from episode indexed by episode_by_raised_at
         where (raised_at, id) > (?, ?) and ${where} order by raised_at, id limit ?)
       join episode e on e.id = found join care c on c.id = e.care order by e.raised_at, e.id`,
      ...[after?.at ?? -1, after?.id ?? -1],
      ...values,
      limit,
    );
    return rows.map((row) => this.#alertOf(row));
  }

  nurses(): readonly string[] {
    return this.#all("select distinct nurse from care order by nurse").map((row) => String(row.nurse));
  }

  /** One episode with everything that is known of it; `null` when there is none of this number. */
  story(id: number, now: AtMs): Omit<AlertStory, "zone"> | null {
    const [row] = this.#all(
      `select e.*, ${CARE_COLUMNS} from episode e join care c on c.id = e.care where e.id = ?`,
      id,
    );
    if (row === undefined) return null;
    const alert = this.#alertOf(row);
    const until = Math.max(alert.over?.at ?? now, alert.clearedAt ?? 0) + AROUND_MS;
    return {
      alert,
      steps: this.#steps(row, alert),
      marks: this.#all("select at, by, actionable, why from alarm_mark where episode = ? order by seq", id).map(
        ({ at, by, actionable, why }) => ({ at, by: JSON.parse(by), actionable, why }),
      ),
      readings: this.#readings(row, alert, until),
      limit: alert.limit,
    };
  }

  /** Episodes raised in a scope, in order, from `after` on; at most `limit`. */
  measured(
    scope: MeasuredScope,
    after: { at: AtMs; id: number },
    limit: number,
  ): readonly (MeasuredEpisode & { id: number })[] {
    return this.#all(
      `select e.id, e.bay, e.nurse, c.protocol, e.alarm, e.kind, e.rank, e.raised_at, e.cleared_at, e.over_at, e.waited_ms,
        e.self_cleared, e.mark from episode e indexed by episode_by_raised_at join care c on c.id = e.care
       where (e.raised_at, e.id) > (?, ?) and e.raised_at < ? and (?4 is null or e.bay = ?4)
        and (?5 is null or e.nurse = ?5) and (?6 is null or c.protocol = ?6) order by e.raised_at, e.id limit ?7`,
      ...[after.at, after.id, scope.to, scope.bay ?? null, scope.nurse ?? null, scope.protocol ?? null, limit],
    ).map((row) => ({
      id: row.id,
      raisedAt: row.raised_at,
      clearedAt: row.cleared_at ?? row.over_at,
      ...{ bay: row.bay, nurse: row.nurse, protocol: row.protocol, alarm: row.alarm, kind: row.kind },
      priority: priorityOf(row.rank),
      acknowledgedAfterMs: row.waited_ms,
      selfCleared: row.self_cleared === 1,
      mark: row.mark,
    }));
  }

  /** Care that touches a scope. */
  care({ from, to, bay, nurse, protocol }: MeasuredScope, now: AtMs): readonly CareSpan[] {
    return this.#all(
      `select bay, nurse, protocol, from_at, to_at from care where from_at < ?2 and coalesce(to_at, ?2) > ?1
        and (?3 is null or bay = ?3) and (?4 is null or nurse = ?4) and (?5 is null or protocol = ?5)`,
      ...[from, to, bay ?? null, nurse ?? null, protocol ?? null],
    ).map((row) => ({
      ...{ bay: row.bay, nurse: row.nurse, protocol: row.protocol, from: row.from_at },
      to: row.to_at ?? now,
    }));
  }

  notes({ from, to, bay, nurse, protocol }: MeasuredScope, now: AtMs): readonly MeasuredNote[] {
    return this.#all(
      `select n.what, n.at, n.until from care_note n join care c on c.id = n.care where n.at < ?2 and coalesce(n.until, ?2) >= ?1
        and (?3 is null or c.bay = ?3) and (?4 is null or c.nurse = ?4) and (?5 is null or c.protocol = ?5)`,
      ...[from, to, bay ?? null, nurse ?? null, protocol ?? null],
    ).map((row) => ({ what: row.what, at: row.at, until: row.until ?? now }));
  }

  /** The index that begins with what leaves least. */
  #question(filter: AlertFilter, now: AtMs): Question {
    const parts: string[] = [];
    const values: SQLInputValue[] = [];
    const add = (sql: string, ...more: SQLInputValue[]) => {
      parts.push(sql);
      values.push(...more);
    };
    if (filter.from !== undefined) add("raised_at >= ?", filter.from);
    if (filter.to !== undefined) add("raised_at < ?", filter.to);
    const leads: string[] = [];
    if (filter.patient !== undefined) {
      const cares = this.#caresOf(filter.patient);
      add(`care in (select value from json_each(?))`, JSON.stringify(cares));
      if (cares.length <= FEW_CARES) leads.push("care");
    }
    // A rare state has an index of its own, which only this very condition can use.
    if (filter.state === "over") add("state = 'over'");
    else if (filter.state !== undefined) {
      add("state <> 'over' and state = ?", filter.state);
      leads.push("state");
    }
    if (filter.vital !== undefined) {
      add("vital = ?", filter.vital);
      leads.push("vital");
    }
    if (filter.bay !== undefined) {
      add("bay = ?", filter.bay);
      leads.push("bay");
    }
    if (filter.nurse !== undefined) {
      add("nurse = ?", filter.nurse);
      leads.push("nurse");
    }
    if (filter.priority !== undefined) {
      add("rank = ?", RANK[filter.priority]);
      leads.push("rank");
    }
    if (filter.kind !== undefined) {
      add("kind = ?", filter.kind);
      leads.push("kind");
    }
    if (filter.over !== undefined) {
      const ms = filter.over * 1000;
      add("(waited_ms > ? or (waited_ms is null and coalesce(over_at, ?) - raised_at > ?))", ms, now, ms);
    }
    if (filter.mark === "none") add("mark is null");
    else if (filter.mark !== undefined) {
      add("mark = ?", filter.mark);
      leads.unshift("mark");
    }
    const bySort =
      filter.sort === "longest" ? "duration_ms" : filter.sort === "longest-unanswered" ? "waited_ms" : "raised_at";
    return {
      where: parts.length === 0 ? "true" : parts.join(" and "),
      index: `episode_by_${leads[0] ?? bySort}`,
      values,
    };
  }

  #caresOf(text: string): number[] {
    const like = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
    return this.#all(
      `select id from care where coalesce(name, '') like ?1 escape '\\' or initials like ?1 escape '\\'
        or coalesce(record_number, '') like ?1 escape '\\'`,
      like,
    ).map((row) => row.id);
  }

  #steps(row: Row, alert: Alert): AlertStory["steps"] {
    const until = alert.over?.at ?? Number.MAX_SAFE_INTEGER;
    const steps = this.#all(
      `select at, body from event where bay in (select bay from care where session = ?1) and seq >= ?2
        and at between ?3 and ?4 and (type in ('alarm', 'delivery') and json_extract(body, '$.alarm') = ?5)
       order by id limit 500`,
      ...[alert.session, Math.max(0, Number(row.raised_seq)), alert.raisedAt, until, alert.alarm],
    ).map(({ at, body }) => stepOf(JSON.parse(body), at, alert));
    const pauses = this.#all(
      `select n.at, n.until, n.by, n.what from care_note n join care c on c.id = n.care where c.session = ? and n.at <= ? and coalesce(n.until, n.at) >= ?`,
      ...[alert.session, until, alert.raisedAt],
    ).map(({ at, by, what }) => ({ at, what: NOTE_TEXT[what], who: by, value: null }));
    return [...steps, ...pauses].sort((a, b) => a.at - b.at);
  }

  #readings(row: Row, { vital, bay, raisedAt }: Alert, until: AtMs): AlertStory["readings"] {
    if (vital === null) return [];
    // From the session's beginning at this bay, so that nobody else's values are shown.
    return this.#all(
      `select at, ${vital} as value, named from input where bay = ? and seq >= ? and at >= ? and at <= ? and named is not null
        and (${vital} is not null or (named & ${1 << VITAL_BITS[vital]}) <> 0) order by seq limit ${MOST_READINGS}`,
      ...[bay, row.care_seq, raisedAt - AROUND_MS, until],
    ).map(({ at, value }) => ({ at, value }));
  }

  #alertOf(row: Row): Alert {
    const open = row.cleared_at === null && row.over_at === null;
    const extreme = open
      ? worse(
          row.alarm,
          row.extreme,
          extremeBetween(this.#database, row.bay, row.alarm, row.raised_seq, Number.MAX_SAFE_INTEGER),
        )
      : row.extreme;
    const acked = row.acked_at === null ? null : { at: row.acked_at, by: row.acked_by, afterMs: row.waited_ms };
    return {
      ...{ id: row.id, bay: row.bay, session: row.session, phase: row.phase, nurse: row.nurse, protocol: row.protocol },
      patient: { initials: row.initials, name: row.name, recordNumber: row.record_number },
      ...{ alarm: row.alarm, vital: row.vital, kind: row.kind },
      onsetPriority: priorityOf(row.onset_rank),
      priority: priorityOf(row.rank),
      ...{ value: row.value, limit: row.limit_value, extreme, delayMs: row.delay_ms, raisedAt: row.raised_at },
      acknowledged: acked,
      pausedMs: row.paused_ms,
      rungs: JSON.parse(row.rungs),
      ...{ clearedAt: row.cleared_at, durationMs: row.duration_ms },
      over: row.over_at === null ? null : { at: row.over_at, why: row.over_why },
      state: row.state,
      selfCleared: row.self_cleared === 1,
      latched: row.latched === 1,
      mark: row.mark,
    };
  }

  #all(sql: string, ...values: SQLInputValue[]): Row[] {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    // The columns are those that were asked for, of this program's own tables.
    return statement.all(...values) as unknown as Row[];
  }
}

function stepOf(told: AlarmEvent | DeliveryEvent, at: AtMs, { acknowledged }: Alert): AlertStep {
  if (told.type === "delivery") {
    const why = told.reason === null ? "" : ` (${told.reason})`;
    return { at, what: `${told.target}: ${told.state}${why}`, who: null, value: null };
  }
  const isShift = told.change === "escalated" || told.change === "deescalated";
  const what = isShift ? `${told.change} to ${told.priority}` : CHANGE_TEXT[told.change];
  const more = [...(told.latched === true ? ["latched"] : []), ...(told.reason === undefined ? [] : [told.reason])];
  const by = told.by ?? null;
  const who = by !== null && at === acknowledged?.at ? acknowledged.by : by;
  return { at, what: [what, ...more].join(", ").replaceAll("-", " "), who, value: told.value };
}

const CHANGE_TEXT = {
  raised: "raised",
  escalated: "escalated",
  deescalated: "deescalated",
  cleared: "cleared",
  unknown: "no valid value any more",
  present: "valid values again",
  acknowledged: "acknowledged",
  reminded: "reminded that it still holds",
} as const;

const CARE_COLUMNS =
  "c.session, c.protocol, c.initials, c.name, c.record_number, (select min(o.from_seq) from care o where o.session = c.session and o.bay = c.bay) as care_seq";
const VITAL_BITS = { hr: 0, spo2: 1, rr: 2, sbp: 3, dbp: 4, map: 5 } as const;
const NOTE_TEXT = {
  pause: "sound of the bay paused",
  limits: "limits edited",
  "alarm-off": "alarms of a vital switched off",
} as const;

const priorityOf = (rank: number): Priority => PRIORITY_OF_RANK[rank] ?? "low";
