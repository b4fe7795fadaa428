import { addToTrend, type BoardRow, type Trend } from "@vigil/shared/board";
import type { AtMs } from "@vigil/shared/ids";
import { VITALS, type Vital } from "@vigil/shared/vitals";
import type { Board, Frame, FrameReading, Snapshot } from "@vigil/shared/wire";
import { BehaviorSubject } from "rxjs";

/** One bay of a live board. */
export interface LiveBay {
  readonly id: BoardRow["bay"];
  readonly name: string;
  /** The last whole row: phase, limits, alarms. Changes seldom. */
  readonly facts: BehaviorSubject<BoardRow>;
  /** The same with the newest reading in it: changes with every reading. */
  readonly row: BehaviorSubject<BoardRow>;
  /** Grows in place; whoever draws it looks at it when it is time to. */
  readonly trend: Trend;
}

export interface LiveBoardBays {
  readonly board: Board;
  /** In the order of the board, which is the order on the wall. */
  readonly bays: readonly LiveBay[];
}

/** The bays of a snapshot; those that were there before stay the same objects, so that nobody who watches one is cut off. */
export function baysOf(snapshot: Snapshot, before: readonly LiveBay[]): LiveBay[] {
  const rows = new Map(snapshot.rows.map((row, index) => [row.bay, { row, trend: snapshot.trends[index] }]));
  return snapshot.board.bays.flatMap(({ id, name }) => {
    const found = rows.get(id);
    if (found === undefined) return [];
    const trend = { buckets: [...(found.trend?.buckets ?? [])], cuffs: [...(found.trend?.cuffs ?? [])] };
    const known = before.find((bay) => bay.id === id && bay.name === name);
    if (known === undefined) {
      return [{ id, name, facts: new BehaviorSubject(found.row), row: new BehaviorSubject(found.row), trend }];
    }
    known.trend.buckets.splice(0, Infinity, ...trend.buckets);
    known.trend.cuffs.splice(0, Infinity, ...trend.cuffs);
    known.row.next(found.row);
    known.facts.next(found.row);
    return [known];
  });
}

/**
 * Brings the bays up to date with one frame, latest wins, and tells only those that it touches.
 * @returns whether there is anything new to be seen: most often a reading says what the one before it said
 */
export function applyFrame({ board, bays }: LiveBoardBays, frame: Frame): boolean {
  const bayOf = (index: number): LiveBay | undefined => {
    const id = board.bays[index]?.id;
    const there = bays[index];
    return there?.id === id ? there : bays.find((one) => one.id === id);
  };
  const latest = new Map<LiveBay, BoardRow>();
  const rowOf = (bay: LiveBay): BoardRow => latest.get(bay) ?? bay.row.value;
  const whole = new Set<LiveBay>();
  for (const reading of frame.readings) {
    const [index, at, hr, spo2, , sbp, dbp] = reading;
    const bay = bayOf(index);
    if (bay === undefined) continue;
    addToTrend(bay.trend, at, { hr, spo2, sbp, dbp });
    const before = rowOf(bay);
    const after = withReading(before, reading);
    latest.set(bay, after);
    if (before.sessionId === null && namesMore(before, after)) whole.add(bay);
  }
  for (const row of frame.rows) {
    const bay = bays.find((one) => one.id === row.bay);
    if (bay === undefined) continue;
    addRowToTrend(bay.trend, rowOf(bay), row);
    latest.set(bay, row);
    whole.add(bay);
  }
  let isSeen = whole.size > 0;
  for (const [bay, row] of latest) {
    isSeen ||= saysOther(bay.row.value, row);
    bay.row.next(row);
    if (whole.has(bay)) bay.facts.next(row);
  }
  return isSeen;
}

/** The newest reading that a frame brings to the bays as they are before it, by the server's clock; `null`: it brings none. */
export function newestReadingAt(bays: readonly LiveBay[], frame: Frame): AtMs | null {
  let newest: AtMs | null = null;
  for (const [, at] of frame.readings) if (newest === null || at > newest) newest = at;
  // A reading that brings more than plain values, a cuff's too, comes in a whole row; a row can come without one.
  for (const { bay, lastMessageAt: at } of frame.rows) {
    const known = bays.find((one) => one.id === bay)?.row.value.lastMessageAt ?? null;
    if (at !== null && at !== known && (newest === null || at > newest)) newest = at;
  }
  return newest;
}

function withReading(row: BoardRow, reading: FrameReading): BoardRow {
  const [, at, ...values] = reading;
  const vitals = { ...row.vitals };
  VITALS.forEach((vital, index) => {
    const value = values[index];
    if (typeof value === "number") vitals[vital] = { ...vitals[vital], value, at };
  });
  return { ...row, vitals, monitor: "talking", lastMessageAt: at };
}

/** A tile shows these. */
const SHOWN = ["hr", "spo2", "sbp", "dbp"] as const satisfies readonly Vital[];

const saysOther = (before: BoardRow, after: BoardRow): boolean =>
  SHOWN.some((vital) => before.vitals[vital].value !== after.vitals[vital].value);

/** A free bay begins to show figures with the first value of its monitor, which may be a plain reading. */
const namesMore = (before: BoardRow, after: BoardRow): boolean =>
  VITALS.some((vital) => before.vitals[vital].value === null && after.vitals[vital].value !== null);

/** A whole row holds its newest reading only once: what is newer in it than before goes into the trend as well. */
function addRowToTrend(trend: Trend, before: BoardRow, after: BoardRow): void {
  if (after.sessionId !== before.sessionId) {
    // Another patient: nothing of the one before may be left.
    trend.buckets.length = 0;
    trend.cuffs.length = 0;
  }
  const fresh = (["hr", "spo2", "sbp"] as const).flatMap((vital) => {
    const { value, at } = after.vitals[vital];
    return value !== null && at !== null && at > (before.vitals[vital].at ?? 0) ? [{ vital, value, at }] : [];
  });
  for (const { vital, value, at } of fresh.sort((a, b) => a.at - b.at)) {
    addToTrend(trend, at, vital === "sbp" ? { sbp: value, dbp: after.vitals.dbp.value } : { [vital]: value });
  }
}
