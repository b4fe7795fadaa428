/**
 * One board's stream of frames: what changed since the last frame, coalesced; the latest value wins, alarm transitions
 * never. Frames are numbered and the last ones are kept, so that a display that lost the link can catch up.
 */
import type { AlarmEvent } from "@vigil/shared/alarms";
import type { BayEvent } from "@vigil/shared/bay";
import type { BoardRow } from "@vigil/shared/board";
import type { AtMs, BayId } from "@vigil/shared/ids";
import type { ReadingValues } from "@vigil/shared/vitals";
import type { Board, Frame, FrameAlarm, FrameReading } from "@vigil/shared/wire";
import type { WardChange } from "../ward/index.ts";

/** Frames kept for catching up: at 13 a second, the last 20 s. Who was away longer takes a snapshot. */
const KEPT_FRAMES = 300;

export interface BoardStreamOptions {
  readonly board: Board;
  readonly epoch: string;
  /** The number before the first frame's. */
  readonly seq: number;
  readonly rowOf: (bay: BayId) => BoardRow;
}

interface PlainReading {
  /** Of the bay on the board. */
  readonly index: number;
  readonly at: AtMs;
  readonly values: ReadingValues;
}

export class BoardStream {
  readonly board: Board;
  readonly epoch: string;
  readonly #rowOf: (bay: BayId) => BoardRow;
  readonly #index: ReadonlyMap<BayId, number>;
  #seq: number;
  #kept: Frame[] = [];
  /** Bays with one plain reading since the last frame. What the frame says of it is made with the frame. */
  #readings = new Map<BayId, PlainReading>();
  /** Bays in which more than that changed. */
  #dirty = new Set<BayId>();
  #alarms: FrameAlarm[] = [];

  constructor({ board, epoch, seq, rowOf }: BoardStreamOptions) {
    this.board = board;
    this.epoch = epoch;
    this.#seq = seq;
    this.#rowOf = rowOf;
    this.#index = new Map(board.bays.map((bay, index) => [bay.id, index]));
  }

  get seq(): number {
    return this.#seq;
  }

  get isDue(): boolean {
    return this.#readings.size > 0 || this.#dirty.size > 0;
  }

  /** @returns whether the frame must leave at once: an alarm changed */
  add(change: WardChange, plain: boolean): boolean {
    const bay = change.after.id;
    const index = this.#index.get(bay);
    if (index === undefined) return false;
    for (const event of change.events) if (event.type === "alarm") this.#alarms.push(frameAlarm(bay, event));
    if (plain && change.input?.kind === "reading" && !this.#dirty.has(bay) && !this.#readings.has(bay)) {
      this.#readings.set(bay, { index, at: change.after.at, values: change.input.values });
    } else {
      this.#readings.delete(bay);
      this.#dirty.add(bay);
    }
    return hasAlarm(change.events);
  }

  /** The next frame: everything since the last one. */
  take(at: AtMs, flood: AtMs | null): Frame {
    this.#seq += 1;
    const frame: Frame = {
      board: this.board.id,
      seq: this.#seq,
      at,
      readings: Array.from(this.#readings.values(), frameReading),
      rows: [...this.#dirty].map(this.#rowOf),
      alarms: this.#alarms,
      flood,
    };
    this.#readings = new Map();
    this.#dirty = new Set();
    this.#alarms = [];
    this.#kept.push(frame);
    if (this.#kept.length > KEPT_FRAMES) this.#kept = this.#kept.slice(-KEPT_FRAMES / 2);
    return frame;
  }

  /** The frames after `seq`, or `null` when they are no longer all kept. */
  since(seq: number): readonly Frame[] | null {
    if (seq > this.#seq || seq < this.#seq - this.#kept.length) return null;
    return this.#kept.slice(this.#kept.length - (this.#seq - seq));
  }
}

const frameReading = ({ index, at, values }: PlainReading): FrameReading => [
  index,
  at,
  values.hr ?? null,
  values.spo2 ?? null,
  values.rr ?? null,
  values.sbp ?? null,
  values.dbp ?? null,
  values.map ?? null,
];

function frameAlarm(bay: BayId, { by: _by, ...event }: AlarmEvent): FrameAlarm {
  return { bay, event };
}

const hasAlarm = (events: readonly BayEvent[]): boolean => events.some((event) => event.type === "alarm");
