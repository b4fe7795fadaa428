/** Everything the alarm log can be asked, answered from a connection that only reads and columns that follow it. */
import type { DatabaseSync } from "node:sqlite";
import type { AtMs } from "@vigil/shared/ids";
import type { Measures, PlaceOf } from "@vigil/shared/measures";
import {
  ALERT_PAGE,
  type Alert,
  type AlertFilter,
  type AlertStory,
  type MeasuresScope,
  type ShiftReport,
} from "@vigil/shared/wire";
import { Codes, EPISODE_ROW, type EpisodeRow } from "./columns.ts";
import { alertCsvLine, CSV_HEAD, ndjsonLine, type TimeText } from "./csv.ts";
import { EpisodeIndex, type Matches } from "./find.ts";
import { measure } from "./measure.ts";
import { Rows } from "./rows.ts";
import { shiftOf } from "./shift.ts";
import { storyOf } from "./story.ts";
import { placeIn, timeIn } from "./zone.ts";

export type ExportFormat = "csv" | "ndjson";

/** Where a part of an export ended, so that what comes into the log meanwhile is neither told twice nor in the way. */
export interface ExportedUpTo {
  readonly at: AtMs;
  readonly id: number;
}

/** A part of an export; the next one begins after `upTo`, `null` when this was the last. */
export interface ExportPart {
  readonly text: string;
  readonly rows: number;
  readonly upTo: ExportedUpTo | null;
}

const READ_AT_ONCE = 5_000;
const EXPORTED_AT_ONCE = 1_000;
/** Questions whose matches are remembered until something changes: pages of one list, parts of an export. */
const MOST_REMEMBERED = 4;

export class AlarmLogAnswers {
  readonly #rows: Rows;
  readonly #index = new EpisodeIndex();
  readonly #protocols = new Codes<string>();
  /** The code of its protocol, by the code of the care. */
  readonly #protocolOf: number[] = [];
  readonly #matches = new Map<string, Matches>();
  readonly #placeOf: PlaceOf;
  readonly #time: TimeText;

  constructor(database: DatabaseSync, zone: string) {
    this.#rows = new Rows(database);
    this.#placeOf = placeIn(zone);
    this.#time = timeIn(zone);
    const sql = `select ${EPISODE_ROW} from episode where id > ? order by id limit ${READ_AT_ONCE}`;
    let rows = this.#rows.arrays<EpisodeRow>(sql, -1);
    while (rows.length > 0) {
      for (const row of rows) this.#index.put(row);
      rows = this.#rows.arrays<EpisodeRow>(sql, rows.at(-1)?.[0] ?? -1);
    }
    this.#index.build();
    this.#nameProtocols();
  }

  /** Takes up what became of these episodes. */
  follow(ids: readonly number[]): void {
    if (ids.length === 0) return;
    this.#matches.clear();
    const rows = this.#rows.arrays<EpisodeRow>(
      `select ${EPISODE_ROW} from episode where id in (select value from json_each(?)) order by id`,
      JSON.stringify(ids),
    );
    for (const row of rows) this.#index.put(row);
    this.#nameProtocols();
  }

  /** One page, from 0, and how many match in all. */
  page(filter: AlertFilter, page: number, now: AtMs): { readonly alerts: readonly Alert[]; readonly total: number } {
    const { mask, total } = this.#match(filter, now);
    const ids = this.#index.page(filter.sort, mask, page * ALERT_PAGE, ALERT_PAGE, now);
    return { alerts: this.#rows.alerts(ids), total };
  }

  count(filter: AlertFilter, now: AtMs): number {
    return this.#match(filter, now).total;
  }

  /** Whom and under what there was ever an alarm. */
  names(): { readonly nurses: readonly string[]; readonly protocols: readonly string[] } {
    return { nurses: [...this.#index.columns.nurses.values].sort(), protocols: [...this.#protocols.values].sort() };
  }

  /** `null` when there is none of this number. */
  story(id: number, now: AtMs): Omit<AlertStory, "zone"> | null {
    return storyOf(this.#rows, id, now);
  }

  measures(scope: MeasuresScope, now: AtMs): Promise<Measures> {
    const protocolOf = (care: number) => this.#protocols.values[this.#protocolOf[care] ?? 0] ?? "";
    return measure({ index: this.#index, rows: this.#rows, protocolOf, placeOf: this.#placeOf }, scope, now);
  }

  async shift(period: { readonly from: AtMs; readonly to: AtMs }, now: AtMs): Promise<Omit<ShiftReport, "zone">> {
    const { mask, total } = this.#match({ ...period, sort: "oldest" }, now);
    const raised = this.#index.page("oldest", mask, 0, total, now);
    const measures = await this.measures(period, now);
    return { at: now, ...period, measures, ...shiftOf(this.#rows, period, raised, now) };
  }

  /** What matches in the order of raising, as text; `after`: where the part before ended, `null` for the first. */
  exportPart(format: ExportFormat, filter: AlertFilter, after: ExportedUpTo | null, now: AtMs): ExportPart {
    const ids = this.#index.next(this.#match(filter, now).mask, after, EXPORTED_AT_ONCE);
    const alerts = this.#rows.alerts(ids);
    const line = format === "csv" ? alertCsvLine : ndjsonLine;
    const head = format === "csv" && after === null ? CSV_HEAD : "";
    const last = alerts.at(-1);
    return {
      text: head + alerts.map((alert) => line(alert, this.#time)).join(""),
      rows: alerts.length,
      upTo: last === undefined || ids.length < EXPORTED_AT_ONCE ? null : { at: last.raisedAt, id: last.id },
    };
  }

  #match({ patient, sort: _, ...filter }: AlertFilter, now: AtMs): Matches {
    // A patient's name can change although no alarm did.
    if (patient !== undefined) return this.#index.match({ ...filter, cares: this.#caresOf(patient) }, now);
    const question = JSON.stringify([filter, filter.over === undefined ? null : now]);
    const known = this.#matches.get(question);
    if (known !== undefined) return known;
    const found = this.#index.match(filter, now);
    const [oldest] = this.#matches.keys();
    if (oldest !== undefined && this.#matches.size === MOST_REMEMBERED) this.#matches.delete(oldest);
    this.#matches.set(question, found);
    return found;
  }

  #caresOf(text: string): number[] {
    const like = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
    const found = this.#rows.arrays<[string]>(
      `select json_group_array(id) from care
       where name like ?1 escape '\\' or initials like ?1 escape '\\' or record_number like ?1 escape '\\'`,
      like,
    );
    return JSON.parse(found[0]?.[0] ?? "[]");
  }

  #nameProtocols(): void {
    const { values } = this.#index.columns.cares;
    const fresh = values.slice(this.#protocolOf.length);
    if (fresh.length === 0) return;
    const sql = "select id, protocol from care where id in (select value from json_each(?))";
    const known = new Map(this.#rows.arrays<[number, string]>(sql, JSON.stringify(fresh)));
    for (const id of fresh) this.#protocolOf.push(this.#protocols.of(known.get(id) ?? ""));
  }
}
