/**
 * The alarm log: one row for each episode of an alarm, kept up to date by every decision that is written. It follows from
 * inputs and events alone, so it can be thrown away and built anew; the marks that people set are facts of their own.
 * Readings never touch it: the worst value and the delay of an episode are looked up when it begins and ends.
 */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import {
  type AlarmEvent,
  type AlarmId,
  type DeliveryEvent,
  priorityRank,
  vitalOfAlarm,
  worseForAlarm,
  worstOfAlarm,
} from "@vigil/shared/alarms";
import type { ActEvent, BayEvent } from "@vigil/shared/bay";
import type { AtMs, BayId } from "@vigil/shared/ids";
import { protocolSchema } from "@vigil/shared/protocol";
import type { Phase } from "@vigil/shared/session";
import type { Filing } from "./filing.ts";
import type { KeptInput } from "./journal.ts";

/** Counted up when rows come out otherwise than before: the log of an older journal is then built anew. */
const ALARM_LOG_VERSION = 2;

/** A stretch of a session at one bay under one nurse, as it is at present. */
interface Care {
  readonly row: number;
  readonly session: string;
  readonly nurseId: string;
  readonly nurse: string;
  readonly protocol: string;
  readonly fromSeq: number;
  phase: Phase;
  /** Who acted last: an acknowledgement's event names its person by id alone, and follows their act. */
  lastActor: { readonly id: string; readonly name: string };
}

/** The open care of each bay. */
export type Cares = Map<BayId, Care>;

/** One event as it stands in the journal. `id`: its row's number. */
export interface NotedEvent {
  readonly id: number;
  readonly seq: number;
  readonly bay: BayId;
  /** The input it was decided on; `null` when time alone brought it, and when it is not needed. */
  readonly input: KeptInput | null;
  readonly event: BayEvent;
}

interface CareRow {
  readonly id: number;
  readonly session: string;
  readonly bay: BayId;
  readonly nurse_id: string;
  readonly nurse: string;
  readonly protocol: string;
  readonly from_seq: number;
  readonly phase: Phase;
}

interface OpenEpisode {
  readonly id: number;
  readonly raised_at: number;
  readonly raised_seq: number;
  readonly called_at: number;
  readonly acked_at: number | null;
  readonly cleared_at: number | null;
  readonly rank: number;
  readonly extreme: number | null;
  readonly rungs: string;
}

/** The rules of a session that was opened without any: the bay's own. */
const BAYS_OWN = protocolSchema.parse({}).name;
const NOBODY = { id: "", name: "" };

/** Readings looked at, backwards, for the first that violated the limit: some quarter of an hour at one a second. */
const DELAY_LOOKS_AT = 1_000;

export class AlarmLog {
  readonly #database: DatabaseSync;
  readonly #live: Cares = new Map();
  readonly #restOf: Filing["restOf"];
  readonly #statements = new Map<string, StatementSync>();
  #isFollowed = false;
  #touch: (id: number) => void = () => undefined;

  constructor(database: DatabaseSync, filing: Pick<Filing, "restOf">) {
    this.#database = database;
    this.#restOf = (bay) => filing.restOf(bay);
    this.forget();
  }

  /** Whether the rows are those that this program would make. */
  get isCurrent(): boolean {
    return this.#get("select version from alarm_log_version")?.version === ALARM_LOG_VERSION;
  }

  /** Everything but the marks is forgotten; to be followed by every event, in order, and by `rebuilt`. */
  clear(): void {
    for (const table of ["episode", "care", "care_note"]) this.#run(`delete from ${table}`);
    this.#live.clear();
  }

  rebuilt(): void {
    this.#run(`update episode set mark = (select actionable from alarm_mark where alarm_mark.episode = episode.id
      order by seq desc limit 1) where id in (select episode from alarm_mark)`);
    this.#run("delete from alarm_log_version");
    this.#run("insert into alarm_log_version (version) values (?)", ALARM_LOG_VERSION);
  }

  /** What one event did to the log. `cares`: those of a past that is told apart from what goes on at the bays now. */
  note(noted: NotedEvent, cares: Cares = this.#live): void {
    const { event } = noted;
    if (event.type === "act") this.#act(noted, event, cares);
    const care = cares.get(noted.bay);
    if (care === undefined) return;
    if (event.type === "alarm") this.#alarm(noted, event, care);
    else if (event.type === "delivery") this.#delivery(event, care);
    else if (event.type === "audio") this.#endPause(care, event.at);
  }

  /**
   * From now on tells whose rows changed, whatever changed them, committed or not.
   * @returns the numbers of the episodes since it was last called
   */
  follow(): () => readonly number[] {
    let touched = new Set<number>();
    this.#touch = (id) => touched.add(id);
    if (!this.#isFollowed) {
      this.#isFollowed = true;
      this.#database.function("vigil_touched", (id) => {
        this.#touch(Number(id));
        return null;
      });
      for (const change of ["insert", "update"]) {
        this.#database.exec(
          `create temp trigger episode_${change} after ${change} on episode begin select vigil_touched(new.id); end`,
        );
      }
    }
    return () => {
      const told = [...touched];
      touched = new Set();
      return told;
    };
  }

  /** A person's judgement of an episode. @returns the number of its row */
  mark(episode: number, at: AtMs, by: string, actionable: string, why: string | null): number {
    const row = this.#run(
      "insert into alarm_mark (episode, at, by, actionable, why) values (?, ?, ?, ?, ?)",
      ...[episode, at, by, actionable, why],
    );
    this.#run("update episode set mark = ? where id = ?", actionable, episode);
    return row;
  }

  /** What was noted last was not kept: back to what is. */
  forget(): void {
    this.#live.clear();
    const open = this.#prepare("select * from care where to_at is null").all();
    // The columns are the table's own.
    for (const row of open as unknown as readonly CareRow[]) {
      const { id, session, bay, nurse_id, nurse, protocol, from_seq, phase } = row;
      const known = { row: id, session, nurseId: nurse_id, nurse, protocol, fromSeq: from_seq, phase };
      this.#live.set(bay, { ...known, lastActor: NOBODY });
    }
  }

  #act(noted: NotedEvent, act: ActEvent, cares: Cares): void {
    const { bay, input } = noted;
    const care = cares.get(bay);
    if (input?.kind === "arrival") {
      const { patient, responsible, protocol } = input.carried.session;
      const nurse = responsible === null ? input.by : { id: responsible.by, name: responsible.name };
      const arrived = this.#begin(noted, act, cares, { patient, nurse, protocol: protocol.name });
      this.#run(
        `update episode set over_at = null, over_why = null, care = ?, bay = ?, nurse = ?,
         state = case when cleared_at is null then 'standing' else 'unseen' end
         where care in (select id from care where session = ?) and over_why = 'transferred' and over_at = ?`,
        ...[arrived.row, bay, arrived.nurse, arrived.session, act.at],
      );
      const pause = input.carried.audioPause;
      if (pause !== null) this.#note(arrived, "pause", act.at, act.by.name, null);
      return;
    }
    if (input?.kind !== "command") return;
    const { command } = input;
    if (command.type === "open-session") {
      const protocol = command.protocol?.name ?? BAYS_OWN;
      this.#begin(noted, act, cares, { patient: command.patient, nurse: input.by, protocol });
      return;
    }
    if (care === undefined) return;
    care.lastActor = input.by;
    if (act.phase !== null && act.phase !== care.phase) {
      care.phase = act.phase;
      this.#run("update care set phase = ? where id = ?", act.phase, care.row);
    }
    switch (command.type) {
      case "set-patient": {
        const { initials, name, recordNumber } = command.patient;
        const sql = "update care set initials = ?, name = ?, record_number = ? where session = ? and bay = ?";
        this.#run(sql, initials, name ?? null, recordNumber ?? null, care.session, bay);
        return;
      }
      case "correct-patient": {
        // At every bay the patient was at: who it was is known better now. An id can come twice, its openings not.
        const { initials, name, recordNumber } = command.patient;
        const sql = `update care set initials = ?1, name = ?2, record_number = ?3 where session = ?4
          and from_seq >= coalesce((select max(opened_seq) from session_list where id = ?4), 0)`;
        this.#run(sql, initials, name ?? null, recordNumber ?? null, care.session);
        return;
      }
      case "hand-over":
        this.#handOver(noted, act, cares, care, command.to);
        return;
      case "set-limits":
        this.#note(care, "limits", act.at, input.by.name, act.at);
        return;
      case "alarm-off":
        this.#note(care, "alarm-off", act.at, input.by.name, act.at);
        return;
      case "pause-audio":
        this.#endPause(care, act.at);
        this.#note(care, "pause", act.at, input.by.name, null);
        return;
      case "discharge":
      case "abandon-session":
      case "transfer-session":
        this.#leave(care, act.at, command.type === "transfer-session" ? "transferred" : "session-ended");
    }
  }

  #begin(
    { id, seq, bay }: NotedEvent,
    { at, sessionId, phase }: ActEvent,
    cares: Cares,
    who: {
      readonly patient: {
        readonly initials: string;
        readonly name?: string | undefined;
        readonly recordNumber?: string | undefined;
      };
      readonly nurse: { readonly id: string; readonly name: string };
      readonly protocol: string;
    },
  ): Care {
    const { patient, nurse, protocol } = who;
    const session = sessionId ?? "";
    const care: Care = {
      ...{ row: id, session, nurseId: nurse.id, nurse: nurse.name, protocol, fromSeq: seq },
      phase: phase ?? "preparation",
      lastActor: NOBODY,
    };
    this.#run(
      `insert into care (id, session, bay, nurse_id, nurse, protocol, initials, name, record_number, from_at, from_seq, phase)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[id, session, bay, nurse.id, nurse.name, protocol, patient.initials],
      ...[patient.name ?? null, patient.recordNumber ?? null, at, seq, care.phase],
    );
    cares.set(bay, care);
    return care;
  }

  /** The session goes on under another nurse; alarms that stand are hers from now on. */
  #handOver(
    noted: NotedEvent,
    act: ActEvent,
    cares: Cares,
    care: Care,
    nurse: { readonly id: string; readonly name: string },
  ): void {
    const patient = this.#get("select initials, name, record_number from care where id = ?", care.row);
    this.#run("update care set to_at = ? where id = ?", act.at, care.row);
    const next = this.#begin(noted, act, cares, {
      patient: {
        initials: String(patient?.initials ?? ""),
        ...(patient?.name == null ? {} : { name: String(patient.name) }),
        ...(patient?.record_number == null ? {} : { recordNumber: String(patient.record_number) }),
      },
      nurse,
      protocol: care.protocol,
    });
    this.#run("update episode set care = ? where care = ? and state <> 'over'", next.row, care.row);
    this.#run("update care_note set care = ? where care = ? and until is null", next.row, care.row);
  }

  /** What latched is forgotten with the session, and nothing tells of it but this act. */
  #leave(care: Care, at: AtMs, why: "transferred" | "session-ended"): void {
    this.#run(
      "update episode set state = 'over', over_at = ?, over_why = ? where care = ? and state = 'unseen'",
      ...[at, why, care.row],
    );
    this.#run("update care set to_at = ? where id = ?", at, care.row);
  }

  #note(care: Care, what: string, at: AtMs, by: string, until: AtMs | null): void {
    this.#run(
      "insert into care_note (care, what, at, until, by) values (?, ?, ?, ?, ?)",
      care.row,
      what,
      at,
      until,
      by,
    );
  }

  #endPause(care: Care, at: AtMs): void {
    this.#run("update care_note set until = ? where care = ? and what = 'pause' and until is null", at, care.row);
  }

  #open(care: Care, alarm: AlarmId): OpenEpisode | undefined {
    const sql = `select id, raised_at, raised_seq, called_at, acked_at, cleared_at, rank, extreme, rungs from episode
      where care = ? and alarm = ? and state <> 'over' order by id desc limit 1`;
    // The columns are those that were asked for.
    return this.#get(sql, care.row, alarm) as unknown as OpenEpisode | undefined;
  }

  #alarm(noted: NotedEvent, event: AlarmEvent, care: Care): void {
    const open = this.#open(care, event.alarm);
    if (event.change === "raised") this.#raise(noted, event, care, open);
    else if (open !== undefined) this.#follow(noted, event, care, open);
  }

  #follow(noted: NotedEvent, event: AlarmEvent, care: Care, open: OpenEpisode): void {
    switch (event.change) {
      case "escalated": {
        const rank = Math.max(open.rank, priorityRank(event.priority));
        this.#run(
          "update episode set rank = ?, called_at = ?, acked_at = null, acked_by = null, waited_ms = null, extreme = ? where id = ?",
          ...[rank, event.at, worseForAlarm(event.alarm, open.extreme, event.value), open.id],
        );
        return;
      }
      case "acknowledged":
        this.#acknowledge(event, care, open);
        return;
      case "cleared":
        this.#clearEpisode(noted, event, care, open);
    }
  }

  #raise(noted: NotedEvent, event: AlarmEvent, care: Care, latched: OpenEpisode | undefined): void {
    if (latched !== undefined) {
      this.#run(
        "update episode set state = 'over', over_at = ?, over_why = 'raised-again' where id = ?",
        ...[event.at, latched.id],
      );
    }
    const rank = priorityRank(event.priority);
    this.#run(
      `insert into episode (id, care, bay, nurse, vital, alarm, kind, phase, rank, onset_rank, value, limit_value, extreme,
        delay_ms, raised_at, raised_seq, called_at, state, self_cleared, latched, paused_ms, rungs)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'standing', 0, 0, 0, '[]')`,
      ...[noted.id, care.row, noted.bay, care.nurse, vitalOfAlarm(event.alarm), event.alarm, event.kind, care.phase],
      ...[rank, rank, event.value, event.limit, event.value, this.#delayOf(noted, event, care)],
      ...[event.at, noted.seq, event.at],
    );
  }

  #acknowledge(event: AlarmEvent, care: Care, open: OpenEpisode): void {
    if (open.acked_at === null) {
      const name = care.lastActor.id === event.by ? care.lastActor.name : (event.by ?? null);
      this.#run(
        "update episode set acked_at = ?, acked_by = ?, waited_ms = ? where id = ?",
        ...[event.at, name, event.at - open.called_at, open.id],
      );
    }
    if (open.cleared_at !== null) {
      this.#run(
        "update episode set state = 'over', over_at = ?, over_why = 'seen' where id = ?",
        ...[event.at, open.id],
      );
    }
  }

  #clearEpisode(noted: NotedEvent, event: AlarmEvent, care: Care, open: OpenEpisode): void {
    const { at, reason } = event;
    const extreme = worseForAlarm(event.alarm, open.extreme, this.#extremeOf(noted, event.alarm, care, open));
    const latches = event.latched === true;
    this.#run(
      `update episode set extreme = ?, paused_ms = ?, latched = ?, state = ?, cleared_at = ?, duration_ms = ?,
        over_at = ?, over_why = ?, self_cleared = ? where id = ?`,
      ...[extreme, this.#pausedMs(care, open.raised_at, at), latches ? 1 : 0, latches ? "unseen" : "over"],
      // What moves to another bay goes on there.
      ...(reason === "transferred" ? [null, null] : [at, at - open.raised_at]),
      ...[latches ? null : at, latches ? null : (reason ?? "cleared")],
      ...[reason === undefined && open.acked_at === null ? 1 : 0, open.id],
    );
  }

  #delivery(event: DeliveryEvent, care: Care): void {
    const open = this.#open(care, event.alarm);
    if (open === undefined) return;
    const { rung, target, state, at, reason } = event;
    // This program's own word.
    const rungs = JSON.parse(open.rungs) as { rung: number }[];
    const others = rungs.filter((each) => each.rung !== rung);
    const all = [...others, { rung, target, state, at, reason }].sort((a, b) => a.rung - b.rung);
    this.#run("update episode set rungs = ? where id = ?", JSON.stringify(all), open.id);
  }

  /** How long the sound was paused while it stood. */
  #pausedMs(care: Care, from: AtMs, to: AtMs): number {
    const row = this.#get(
      `select sum(max(0, min(coalesce(until, ?3), ?3) - max(at, ?2))) as ms from care_note where care = ?1 and what = 'pause'`,
      ...[care.row, from, to],
    );
    return Number(row?.ms ?? 0);
  }

  /**
   * From the first reading of the unbroken run that violated the limit, or from the last message of a monitor that fell
   * silent; `null` where neither raised it.
   */
  #delayOf(noted: NotedEvent, event: AlarmEvent, care: Care): number | null {
    if (event.alarm === "monitor-silent") return event.at - this.#lastHeardAt(noted, event.at, care);
    const { bay, seq } = noted;
    const { limit, reason } = event;
    const vital = vitalOfAlarm(event.alarm);
    if (event.kind !== "physiological" || vital === null || limit === null || reason !== undefined) return null;
    const low = event.alarm.endsWith(".low");
    let first: number | null = null;
    let looked = 0;
    for (const { at, value } of this.#newestFirst(vital, bay, care.fromSeq, seq)) {
      if ((low ? Number(value) >= limit : Number(value) <= limit) || ++looked > DELAY_LOOKS_AT) break;
      first = Number(at);
    }
    return first === null ? null : Math.max(0, event.at - first);
  }

  /** The last message of the bay's monitor; the session's beginning there, when none has come since. */
  #lastHeardAt({ bay, seq }: NotedEvent, at: AtMs, { session }: Care): AtMs {
    const began = this.#get("select min(from_at) as at from care where session = ? and bay = ?", session, bay);
    const [heard] = this.#newestFirst("named", bay, 0, seq);
    return Math.min(at, Math.max(Number(began?.at ?? at), Number(heard?.at ?? 0)));
  }

  /** The worst valid value that the bay's monitor sent meanwhile. */
  #extremeOf({ bay, seq }: NotedEvent, alarm: AlarmId, care: Care, open: OpenEpisode): number | null {
    const vital = vitalOfAlarm(alarm);
    const worst = worstOfAlarm(alarm);
    if (vital === null || worst === null) return null;
    const from = Math.max(open.raised_seq, care.fromSeq);
    const rest = this.#restOf(bay).filter((each) => each >= from && each <= seq);
    const unfiled = `select ${worst}(${vital}) as value from json_each(?) j cross join input i on i.seq = j.value`;
    const filed = `select ${worst}(${vital}) as value from filed_input f cross join input i on i.seq = f.seq
      where f.bay = ? and f.seq between ? and ?`;
    const values = [this.#get(unfiled, JSON.stringify(rest)), this.#get(filed, bay, from, seq)].flatMap((row) =>
      typeof row?.value === "number" ? [row.value] : [],
    );
    return values.length === 0 ? null : Math[worst](...values);
  }

  /** The bay's inputs that have a value in this column, with their times; newest first. */
  *#newestFirst(column: string, bay: BayId, fromSeq: number, toSeq: number) {
    const one = this.#prepare(`select at, ${column} as value from input where seq = ? and ${column} is not null`);
    for (const seq of this.#restOf(bay).toReversed()) {
      if (seq > toSeq) continue;
      if (seq < fromSeq) return;
      const row = one.get(seq);
      if (row !== undefined) yield row;
    }
    yield* this.#prepare(
      `select i.at, i.${column} as value from filed_input f cross join input i on i.seq = f.seq
       where f.bay = ? and f.seq between ? and ? and i.${column} is not null order by f.seq desc`,
    ).iterate(bay, fromSeq, toSeq);
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  /** @returns the number of the row that was inserted last */
  #run(sql: string, ...values: (string | number | null)[]): number {
    return Number(this.#prepare(sql).run(...values).lastInsertRowid);
  }

  #get(sql: string, ...values: (string | number | null)[]) {
    return this.#prepare(sql).get(...values);
  }
}
