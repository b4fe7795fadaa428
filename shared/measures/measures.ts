/**
 * The measures of a period (alarms.md, "Measures for supervisors"), told one episode after the other so that a year need
 * not lie in memory. Definitions in words: definitions.ts.
 */
import type { AlarmKind } from "../alarms/index.ts";
import { type FloodWatch, floodEndsAt, floodOnRaise, NO_FLOOD } from "../board/index.ts";
import type { AtMs, DurationMs } from "../ids/index.ts";
import { PRIORITIES, type Priority } from "../protocol/index.ts";
import type { CareSpan, MeasuredEpisode, MeasuredNote } from "./episode.ts";
import { hourOfWeek, type PlaceOf } from "./place.ts";

/** By then the ladder has called the supervisor (alarms.md, "Escalation ladder"). */
const ACKNOWLEDGE_TARGET_MS: DurationMs = 60_000;
/** Upper ends of the distribution's steps, seconds; the last step is open. */
export const ACKNOWLEDGE_BUCKETS_S = [5, 10, 15, 20, 30, 45, 60, 90, 120, 300, 600] as const;
const CHATTERS_WITHIN_MS = 60_000;
const CHATTERS_FROM = 3;
const STANDS_FROM_MS = 30 * 60_000;
const TOP = 10;
const HOUR_MS = 3_600_000;
const QUARTER_MS = HOUR_MS / 4;

export interface MeasuresSettings {
  /** The period, `to` excluded. */
  readonly from: AtMs;
  readonly to: AtMs;
  /** What stands now stands up to here. */
  readonly now: AtMs;
  readonly placeOf: PlaceOf;
  /** Only what falls within these hours of the day: from the first until before the second, over midnight if need be. */
  readonly hours?: { readonly from: number; readonly to: number } | undefined;
}

export interface Distribution {
  readonly count: number;
  /** `null` when there is nothing to take it from. */
  readonly medianMs: DurationMs | null;
  readonly p90Ms: DurationMs | null;
}

/** An alarm flood of one nurse; `to` is when it ended, or the end of the period. */
export interface FloodSpan {
  readonly nurse: string;
  readonly from: AtMs;
  readonly to: AtMs;
  readonly raises: number;
}

export interface GroupMeasures {
  readonly key: string;
  readonly count: number;
  readonly high: number;
  readonly sessionHours: number;
  readonly acknowledged: Distribution;
  readonly selfCleared: number;
}

export interface Measures {
  readonly from: AtMs;
  readonly to: AtMs;
  readonly count: number;
  readonly sessionHours: number;
  readonly bayDays: number;
  /** `null` when there was no session. */
  readonly perBayDay: number | null;
  readonly perSessionHour: number | null;
  /** By source, kind and priority, the most frequent first. Adds up to `count`. */
  readonly breakdown: readonly {
    readonly alarm: string;
    readonly kind: AlarmKind;
    readonly priority: Priority;
    readonly count: number;
  }[];
  readonly duration: Distribution;
  readonly acknowledged: Distribution;
  /** Of the high alarms alone. */
  readonly acknowledgedHigh: Distribution;
  /** Of the high alarms that were acknowledged, or called for longer than the target, the share that called for longer. */
  readonly overTarget: number | null;
  /** High alarms that called for longer than the target and that nobody acknowledged. */
  readonly neverAnswered: number;
  /** How many were acknowledged within each step of ACKNOWLEDGE_BUCKETS_S, and after the last; by priority. */
  readonly acknowledgeSteps: readonly { readonly [P in Priority]: number }[];
  readonly selfCleared: number;
  readonly floods: readonly FloodSpan[];
  readonly chattering: number;
  readonly standing: number;
  /** The ten most frequent sources, with their share and the share of all up to them. */
  readonly top: readonly {
    readonly alarm: string;
    readonly count: number;
    readonly share: number;
    readonly upTo: number;
  }[];
  readonly pausedMs: DurationMs;
  readonly limitEdits: number;
  readonly alarmsOff: number;
  readonly marks: { readonly yes: number; readonly no: number };
  readonly monitorSilentMs: DurationMs;
  /** Every day with a session or an alarm, oldest first. */
  readonly days: readonly ({ readonly date: string; readonly sessionHours: number } & {
    readonly [P in Priority]: number;
  })[];
  /** Alarms by hour of the clinic's week, 168 of them from Monday midnight. */
  readonly week: readonly number[];
  readonly bays: readonly GroupMeasures[];
  readonly nurses: readonly GroupMeasures[];
  readonly protocols: readonly GroupMeasures[];
  /** By hour of the day, "00" to "23", those with a session or an alarm. */
  readonly hours: readonly GroupMeasures[];
}

interface Group {
  count: number;
  high: number;
  careMs: number;
  selfCleared: number;
  readonly waits: number[];
}

type ByPriority = { [P in Priority]: number };
type Day = ByPriority & { careMs: number };

interface Quarter {
  readonly ofWeek: number;
  readonly day: Day;
  readonly hour: Group;
}

type Groups = Map<string, Group>;

interface Burst {
  /** The last raisings, at most CHATTERS_FROM. */
  readonly raises: AtMs[];
  countedUntil: AtMs;
}

/** Given every episode that was raised in the period in the order of raising, and the care and notes that touch it. */
export class MeasuresOf {
  readonly #settings: MeasuresSettings;
  readonly #sources = new Map<string, Map<AlarmKind, ByPriority>>();
  readonly #durations: number[] = [];
  readonly #waits: { readonly [P in Priority]: number[] } = { high: [], medium: [], low: [] };
  readonly #days = new Map<string, Day>();
  #quarter: Quarter | null = null;
  #quarterUntil: AtMs = Number.NaN;
  readonly #week = new Array<number>(168).fill(0);
  readonly #groups: { readonly [G in "bay" | "nurse" | "protocol" | "hour"]: Groups } = {
    bay: new Map(),
    nurse: new Map(),
    protocol: new Map(),
    hour: new Map(),
  };
  readonly #floodOf = new Map<string, { watch: FloodWatch; raises: number }>();
  readonly #floods: FloodSpan[] = [];
  readonly #bursts = new Map<string, Map<string, Burst>>();
  readonly #bayDays = new Set<string>();
  readonly #marks = { yes: 0, no: 0 };
  #count = 0;
  #selfCleared = 0;
  #chattering = 0;
  #standing = 0;
  #careMs = 0;
  #pausedMs = 0;
  #limitEdits = 0;
  #alarmsOff = 0;
  #silentMs = 0;
  #neverAnswered = 0;

  constructor(settings: MeasuresSettings) {
    this.#settings = settings;
  }

  episode(one: MeasuredEpisode): void {
    const { now } = this.#settings;
    const quarter = this.#quarterOf(one.raisedAt);
    if (quarter === null) return;
    this.#count += 1;
    this.#week[quarter.ofWeek] = (this.#week[quarter.ofWeek] ?? 0) + 1;
    quarter.day[one.priority] += 1;
    madeFor(madeFor(this.#sources, one.alarm, newByKind), one.kind, newByPriority)[one.priority] += 1;
    if (one.clearedAt !== null) this.#durations.push(one.clearedAt - one.raisedAt);
    if ((one.clearedAt ?? now) - one.raisedAt > STANDS_FROM_MS) this.#standing += 1;
    if (one.acknowledgedAfterMs !== null) this.#waits[one.priority].push(one.acknowledgedAfterMs);
    else if (one.priority === "high" && one.unansweredMs > ACKNOWLEDGE_TARGET_MS) this.#neverAnswered += 1;
    if (one.selfCleared) this.#selfCleared += 1;
    if (one.mark !== null) this.#marks[one.mark] += 1;
    this.#chatter(one.bay, one.alarm, one.raisedAt);
    this.#flood(one.nurse, one.raisedAt);
    count(groupOf(this.#groups.bay, one.bay), one);
    count(groupOf(this.#groups.nurse, one.nurse), one);
    count(groupOf(this.#groups.protocol, one.protocol), one);
    count(quarter.hour, one);
  }

  care({ bay, nurse, protocol, from, to }: CareSpan): void {
    let ms = 0;
    let day = "";
    for (const { long, date, hour } of this.#pieces(from, to)) {
      ms += long;
      this.#day(date).careMs += long;
      groupOf(this.#groups.hour, hourText(hour)).careMs += long;
      if (date !== day) this.#bayDays.add(`${bay} ${date}`);
      day = date;
    }
    if (ms === 0) return;
    this.#careMs += ms;
    groupOf(this.#groups.bay, bay).careMs += ms;
    groupOf(this.#groups.nurse, nurse).careMs += ms;
    groupOf(this.#groups.protocol, protocol).careMs += ms;
  }

  /** A bay with a session had no message from its monitor. */
  silence(from: AtMs, to: AtMs): void {
    for (const { long } of this.#pieces(from, to)) this.#silentMs += long;
  }

  note({ what, at, until }: MeasuredNote): void {
    if (what === "pause") for (const { long } of this.#pieces(at, until)) this.#pausedMs += long;
    else if (!this.#isHour(this.#settings.placeOf(at).hour)) return;
    else if (what === "limits") this.#limitEdits += 1;
    else this.#alarmsOff += 1;
  }

  result(): Measures {
    const sessionHours = this.#careMs / HOUR_MS;
    const bayDays = this.#bayDays.size;
    const { high, medium, low } = this.#waits;
    const breakdown = [...this.#sources]
      .flatMap(([alarm, kinds]) =>
        [...kinds].flatMap(([kind, counts]) =>
          PRIORITIES.map((priority) => ({ alarm, kind, priority, count: counts[priority] })),
        ),
      )
      .filter((each) => each.count > 0)
      .sort((a, b) => b.count - a.count || (a.alarm < b.alarm ? -1 : 1));
    return {
      from: this.#settings.from,
      to: this.#settings.to,
      count: this.#count,
      sessionHours,
      bayDays,
      perBayDay: bayDays === 0 ? null : this.#count / bayDays,
      perSessionHour: sessionHours === 0 ? null : this.#count / sessionHours,
      breakdown,
      duration: distribution(this.#durations),
      acknowledged: distribution([...high, ...medium, ...low]),
      acknowledgedHigh: distribution(high),
      overTarget: this.#overTarget(),
      neverAnswered: this.#neverAnswered,
      acknowledgeSteps: stepsOf(this.#waits),
      selfCleared: this.#selfCleared,
      floods: [...this.#floods, ...this.#openFloods()].sort((a, b) => a.from - b.from),
      chattering: this.#chattering,
      standing: this.#standing,
      top: topOf(breakdown, this.#count),
      pausedMs: this.#pausedMs,
      limitEdits: this.#limitEdits,
      alarmsOff: this.#alarmsOff,
      marks: { ...this.#marks },
      monitorSilentMs: this.#silentMs,
      days: [...this.#days]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([date, { careMs, ...counts }]) => ({ date, sessionHours: careMs / HOUR_MS, ...counts })),
      week: [...this.#week],
      bays: groupsOf(this.#groups.bay),
      nurses: groupsOf(this.#groups.nurse),
      protocols: groupsOf(this.#groups.protocol),
      hours: groupsOf(this.#groups.hour).sort((a, b) => (a.key < b.key ? -1 : 1)),
    };
  }

  #isHour(hour: number): boolean {
    const { hours } = this.#settings;
    if (hours === undefined) return true;
    const { from, to } = hours;
    return from < to ? hour >= from && hour < to : hour >= from || hour < to;
  }

  #overTarget(): number | null {
    const { high } = this.#waits;
    const late = high.filter((ms) => ms > ACKNOWLEDGE_TARGET_MS).length + this.#neverAnswered;
    const all = high.length + this.#neverAnswered;
    return all === 0 ? null : late / all;
  }

  /** What of a stretch falls into the period and its hours, by quarters of an hour. */
  *#pieces(
    from: AtMs,
    to: AtMs,
  ): Generator<{ readonly long: DurationMs; readonly date: string; readonly hour: number }> {
    const end = Math.min(to, this.#settings.to);
    for (let at = Math.max(from, this.#settings.from); at < end; ) {
      const next = Math.min(nextQuarter(at), end);
      const { date, hour } = this.#settings.placeOf(at);
      if (this.#isHour(hour)) yield { long: next - at, date, hour };
      at = next;
    }
  }

  /** Where alarms of this quarter of an hour are counted; `null` outside the hours. Many fall into one, one after the other. */
  #quarterOf(at: AtMs): Quarter | null {
    const until = nextQuarter(at);
    if (until !== this.#quarterUntil) {
      const { date, hour, weekday } = this.#settings.placeOf(at);
      this.#quarterUntil = until;
      this.#quarter = this.#isHour(hour)
        ? {
            ofWeek: hourOfWeek({ date, hour, weekday }),
            day: this.#day(date),
            hour: groupOf(this.#groups.hour, hourText(hour)),
          }
        : null;
    }
    return this.#quarter;
  }

  #day(date: string) {
    const known = this.#days.get(date);
    if (known !== undefined) return known;
    const day = { high: 0, medium: 0, low: 0, careMs: 0 };
    this.#days.set(date, day);
    return day;
  }

  #chatter(bay: string, alarm: string, at: AtMs): void {
    const burst = madeFor(madeFor(this.#bursts, bay, newBursts), alarm, newBurst);
    burst.raises.push(at);
    if (burst.raises.length > CHATTERS_FROM) burst.raises.shift();
    const [first] = burst.raises;
    if (burst.raises.length < CHATTERS_FROM || first === undefined || at - first > CHATTERS_WITHIN_MS) return;
    if (first > burst.countedUntil) this.#chattering += 1;
    burst.countedUntil = at;
  }

  #flood(nurse: string, at: AtMs): void {
    const before = this.#floodOf.get(nurse) ?? { watch: NO_FLOOD, raises: 0 };
    const endsAt = floodEndsAt(before.watch);
    const ended = endsAt !== null && endsAt <= at;
    if (ended) this.#floods.push(this.#span(nurse, before.watch, before.raises, endsAt));
    const watch = floodOnRaise(before.watch, at);
    const began = watch.since !== null && (before.watch.since === null || ended);
    const raises = watch.since === null ? 0 : began ? watch.raises.length : before.raises + 1;
    this.#floodOf.set(nurse, { watch, raises });
  }

  #openFloods(): FloodSpan[] {
    return [...this.#floodOf].flatMap(([nurse, { watch, raises }]) => {
      const endsAt = floodEndsAt(watch);
      return endsAt === null ? [] : [this.#span(nurse, watch, raises, Math.min(endsAt, this.#settings.to))];
    });
  }

  #span(nurse: string, { since }: FloodWatch, raises: number, to: AtMs): FloodSpan {
    return { nurse, from: since ?? to, to, raises };
  }
}

const HOUR_TEXTS = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, "0"));
const hourText = (hour: number): string => HOUR_TEXTS[hour] ?? "";

/** Zones differ from UTC by whole quarters of an hour: within a quarter the hour of the clinic does not change. */
const nextQuarter = (at: AtMs): AtMs => (Math.floor(at / QUARTER_MS) + 1) * QUARTER_MS;

function madeFor<K, T>(map: Map<K, T>, key: K, make: () => T): T {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

// Made once each: a million alarms come by here.
const newByPriority = (): ByPriority => ({ high: 0, medium: 0, low: 0 });
const newByKind = () => new Map<AlarmKind, ByPriority>();
const newBurst = (): Burst => ({ raises: [], countedUntil: Number.NEGATIVE_INFINITY });
const newBursts = () => new Map<string, Burst>();
const newGroup = (): Group => ({ count: 0, high: 0, careMs: 0, selfCleared: 0, waits: [] });

const groupOf = (groups: Groups, key: string): Group => madeFor(groups, key, newGroup);

function count(group: Group, { priority, selfCleared, acknowledgedAfterMs }: MeasuredEpisode): void {
  group.count += 1;
  if (priority === "high") group.high += 1;
  if (selfCleared) group.selfCleared += 1;
  if (acknowledgedAfterMs !== null) group.waits.push(acknowledgedAfterMs);
}

const groupsOf = (groups: Groups): GroupMeasures[] =>
  [...groups]
    .map(([key, { count, high, careMs, selfCleared, waits }]) => ({
      ...{ key, count, high, selfCleared },
      sessionHours: careMs / HOUR_MS,
      acknowledged: distribution(waits),
    }))
    .sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1));

/** Nearest rank. */
function distribution(values: readonly number[]): Distribution {
  const all = Float64Array.from(values);
  const at = (share: number) => ranked(all, Math.max(0, Math.ceil(share * all.length) - 1)) ?? null;
  return { count: all.length, medianMs: at(0.5), p90Ms: at(0.9) };
}

/**
 * What would stand at `rank` if they were sorted (Hoare's selection): a year is not put in order for two of its values. The
 * values change places.
 */
function ranked(values: Float64Array, rank: number): number | undefined {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const pivot = values[(low + high) >> 1] ?? 0;
    let i = low;
    let j = high;
    while (i <= j) {
      while ((values[i] ?? pivot) < pivot) i += 1;
      while ((values[j] ?? pivot) > pivot) j -= 1;
      if (i > j) break;
      const swapped = values[i] ?? 0;
      values[i] = values[j] ?? 0;
      values[j] = swapped;
      i += 1;
      j -= 1;
    }
    if (rank <= j) high = j;
    else if (rank >= i) low = i;
    else break;
  }
  return values[rank];
}

function stepsOf(waits: { readonly [P in Priority]: readonly number[] }): { [P in Priority]: number }[] {
  const steps = Array.from({ length: ACKNOWLEDGE_BUCKETS_S.length + 1 }, () => ({ high: 0, medium: 0, low: 0 }));
  for (const priority of ["high", "medium", "low"] as const) {
    for (const ms of waits[priority]) {
      const found = ACKNOWLEDGE_BUCKETS_S.findIndex((seconds) => ms <= seconds * 1000);
      const step = steps[found === -1 ? ACKNOWLEDGE_BUCKETS_S.length : found];
      if (step !== undefined) step[priority] += 1;
    }
  }
  return steps;
}

function topOf(breakdown: Measures["breakdown"], all: number): Measures["top"] {
  const counts = new Map<string, number>();
  for (const { alarm, count } of breakdown) counts.set(alarm, (counts.get(alarm) ?? 0) + count);
  let upTo = 0;
  return [...counts]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, TOP)
    .map(([alarm, count]) => {
      upTo += count;
      return { alarm, count, share: count / all, upTo: upTo / all };
    });
}
