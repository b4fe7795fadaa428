/**
 * What the log is filtered, sorted and measured by, one array for each property and one place in it for each episode: some
 * sixty bytes an episode. A million of them are gone through in milliseconds whatever is asked, which no index does for
 * every filter, and counted wholly. Built from the journal, and followed by whoever changed there.
 */
import { type AlarmKind, vitalOfAlarm } from "@vigil/shared/alarms";
import type { AtMs, DurationMs } from "@vigil/shared/ids";
import { MARKS } from "@vigil/shared/measures";
import type { Priority } from "@vigil/shared/protocol";
import { VITALS } from "@vigil/shared/vitals";
import { ALERT_STATES } from "@vigil/shared/wire";

/** An episode as the journal keeps it, as far as columns hold it; texts of a few kinds as their codes. */
export type EpisodeRow = readonly [
  id: number,
  care: number,
  bay: string,
  nurse: string,
  alarm: string,
  kind: number,
  rank: number,
  raisedAt: AtMs,
  calledAt: AtMs,
  waitedMs: DurationMs | null,
  clearedAt: AtMs | null,
  overAt: AtMs | null,
  state: number,
  selfCleared: number,
  mark: number,
  /** Of a monitor that fell silent: how long it had been when that was raised. */
  silentForMs: DurationMs | null,
];

export const KINDS = ["physiological", "technical", "procedural"] as const satisfies readonly AlarmKind[];
/** Of a code for something that may be missing. */
export const NONE = 255;

/** Rows come as arrays and texts as codes: a million objects of texts take ten times as long to read. */
const coded = (column: string, values: readonly string[]): string =>
  `case ${column} ${values.map((value, code) => `when '${value}' then ${code}`).join(" ")} else ${NONE} end`;

export const EPISODE_ROW = [
  ...["id", "care", "bay", "nurse", "alarm", coded("kind", KINDS), "rank", "raised_at", "called_at", "waited_ms"],
  ...["cleared_at", "over_at", coded("state", ALERT_STATES), "self_cleared", coded("mark", MARKS)],
  "case alarm when 'monitor-silent' then coalesce(delay_ms, 0) end",
].join(", ");

/** What repeats as small numbers, in the order in which it was met. */
export class Codes<T extends string | number> {
  readonly values: T[] = [];
  readonly #codes = new Map<T, number>();

  /** `undefined` for what nothing has. */
  find(value: T): number | undefined {
    return this.#codes.get(value);
  }

  of(value: T): number {
    const known = this.#codes.get(value);
    if (known !== undefined) return known;
    this.#codes.set(value, this.values.length);
    return this.values.push(value) - 1;
  }
}

/** By rank. */
export const PRIORITY_OF_RANK: readonly (Priority | undefined)[] = [undefined, "low", "medium", "high"];

const arraysOf = (capacity: number) => ({
  id: new Float64Array(capacity),
  raisedAt: new Float64Array(capacity),
  /** How long its condition held; NaN while it does. */
  held: new Float64Array(capacity),
  /** From the last raising or escalation to the acknowledgement; NaN when there is none. */
  waited: new Float64Array(capacity),
  /** How long it called unanswered, whatever came of it; NaN while it does. */
  unanswered: new Float64Array(capacity),
  care: new Uint32Array(capacity),
  bay: new Uint16Array(capacity),
  nurse: new Uint16Array(capacity),
  alarm: new Uint16Array(capacity),
  rank: new Uint8Array(capacity),
  kind: new Uint8Array(capacity),
  vital: new Uint8Array(capacity),
  state: new Uint8Array(capacity),
  selfCleared: new Uint8Array(capacity),
  mark: new Uint8Array(capacity),
});
type Arrays = ReturnType<typeof arraysOf>;

const FIRST_CAPACITY = 1_024;

export class EpisodeColumns {
  /** Places from 0 to here are taken. An episode keeps its place; places go by its number. */
  length = 0;
  /** What is read changes with `put`: look it up anew after each. */
  of: Arrays = arraysOf(FIRST_CAPACITY);
  readonly bays = new Codes<string>();
  readonly nurses = new Codes<string>();
  readonly alarms = new Codes<string>();
  readonly cares = new Codes<number>();
  /** By the code of the alarm. */
  readonly #vitals: number[] = [];
  /** Places of what goes on, with when it last called. */
  readonly going = new Map<number, AtMs>();
  /** Places of silences of monitors, with how long each had been when it was raised. */
  readonly silences = new Map<number, DurationMs>();

  /** @returns its place */
  put(row: EpisodeRow): number {
    const [id, care, bay, nurse, alarm, kind, rank, raisedAt, calledAt, waitedMs, clearedAt, overAt] = row;
    const place = this.#placeFor(id);
    const { of } = this;
    of.id[place] = id;
    of.raisedAt[place] = raisedAt;
    of.held[place] = (clearedAt ?? overAt ?? Number.NaN) - raisedAt;
    of.waited[place] = waitedMs ?? Number.NaN;
    of.unanswered[place] = waitedMs ?? (overAt ?? Number.NaN) - calledAt;
    of.care[place] = this.cares.of(care);
    of.bay[place] = this.bays.of(bay);
    of.nurse[place] = this.nurses.of(nurse);
    of.alarm[place] = this.alarms.of(alarm);
    of.vital[place] = this.#vitalOf(of.alarm[place] ?? 0, alarm);
    of.kind[place] = kind;
    of.rank[place] = rank;
    of.state[place] = row[12];
    of.selfCleared[place] = row[13];
    of.mark[place] = row[14];
    if (row[15] !== null) this.silences.set(place, row[15]);
    if ((clearedAt ?? overAt) === null || (waitedMs ?? overAt) === null) this.going.set(place, calledAt);
    else this.going.delete(place);
    return place;
  }

  heldMs(place: number, now: AtMs): DurationMs {
    const held = this.of.held[place] ?? Number.NaN;
    return Number.isNaN(held) ? Math.max(0, now - (this.of.raisedAt[place] ?? now)) : held;
  }

  unansweredMs(place: number, now: AtMs): DurationMs {
    const unanswered = this.of.unanswered[place] ?? Number.NaN;
    return Number.isNaN(unanswered) ? Math.max(0, now - (this.going.get(place) ?? now)) : unanswered;
  }

  #vitalOf(code: number, alarm: string): number {
    const known = this.#vitals[code];
    if (known !== undefined) return known;
    const vital = vitalOfAlarm(alarm);
    const found = vital === null ? NONE : VITALS.indexOf(vital);
    this.#vitals[code] = found;
    return found;
  }

  /** Numbers of episodes only grow, so a new one comes last. @throws when one comes that should have been here before */
  #placeFor(id: number): number {
    const last = this.of.id[this.length - 1] ?? -1;
    if (this.length === 0 || id > last) {
      if (this.length === this.of.id.length) this.#grow();
      this.length += 1;
      return this.length - 1;
    }
    let low = 0;
    let high = this.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.of.id[middle] ?? 0) < id) low = middle + 1;
      else high = middle;
    }
    if (this.of.id[low] !== id) throw new Error(`episode ${id} came after ${last}`);
    return low;
  }

  #grow(): void {
    const before = this.of;
    const next = arraysOf(this.of.id.length * 2);
    for (const name of Object.keys(next) as (keyof Arrays)[]) next[name].set(before[name]);
    this.of = next;
  }
}
