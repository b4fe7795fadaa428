/**
 * What goes out to displays. Knows boards, who watches them and what to send; the socket only carries it.
 */

import type { Bay } from "@vigil/shared/bay";
import { addToTrend, type BoardRow, boardRow, emptyTrend, floodEndsAt, type Trend } from "@vigil/shared/board";
import type { AtMs, BayId, BoardId } from "@vigil/shared/ids";
import type { Board, Frame, WatchReply, WatchRequest } from "@vigil/shared/wire";
import type { Clock } from "../clock.ts";
import type { WardChange } from "../ward/index.ts";
import { BoardStream } from "./board-stream.ts";
import { Floods } from "./floods.ts";

export interface HubOptions {
  readonly clock: Clock;
  /** Changes with every start of the server. */
  readonly epoch: string;
  /** The clinic's own (IANA). */
  readonly zone: string;
  /** `undefined`: the default board. `null`: there is no such board. */
  readonly findBoard: (id: BoardId | undefined) => Board | null;
  readonly bayOf: (id: BayId) => Bay | null;
  /** Carries a frame to everyone who watches the board. */
  readonly send: (board: BoardId, frame: Frame) => void;
  /** Values wait this long for others; alarms do not wait. */
  readonly frameEveryMs: number;
}

const KEEP_UNWATCHED_MS = 30_000;

interface Watched {
  stream: BoardStream;
  watchers: number;
  /** When its last frame left: the next with plain values does not leave sooner than `frameEveryMs` after. */
  sentAt: AtMs;
  /** Takes back the end of the stream that stands while nobody watches. */
  cancelEnd: (() => void) | null;
  /** Takes back the frame that is to tell the end of a flood. */
  cancelFloodEnd: (() => void) | null;
}

export class Hub {
  readonly #options: HubOptions;
  readonly #watched = new Map<BoardId, Watched>();
  readonly #trends = new Map<BayId, Trend>();
  readonly #floods = new Floods();
  #cancelFrames: (() => void) | null = null;
  /** When the next frames leave that are not sent at once; `Infinity`: none waits. */
  #framesAt: AtMs = Number.POSITIVE_INFINITY;
  #streams = 0;

  constructor(options: HubOptions) {
    this.#options = options;
  }

  /** Takes note of what a step changed; replayed changes only build the trends and tell of floods. */
  take(change: WardChange, replayed = false): void {
    const { before, after, input } = change;
    if (before.session !== after.session && after.session?.id !== before.session?.id) this.#trends.delete(after.id);
    if (input?.kind === "reading") addToTrend(this.#trendOf(after.id), after.at, input.values);
    for (const event of change.events) {
      if (event.type === "alarm" && event.change === "raised") this.#floods.raised(after.id, event.at);
    }
    if (replayed) return;
    const plain = isPlainReading(change);
    for (const watched of this.#watched.values()) {
      if (watched.stream.add(change, plain)) this.#sendFrame(watched);
      else if (watched.stream.isDue) this.#framesBy(this.#mayLeaveAt(watched));
    }
  }

  /** Begins or resumes watching. Every accepted call is paired with one `unwatch`. */
  watch(request: WatchRequest): WatchReply {
    const { clock, findBoard, bayOf } = this.#options;
    const board = findBoard(request.board);
    if (board === null) {
      return { ok: false, code: "unknown-board", reason: `There is no board "${request.board ?? ""}".` };
    }
    const watched = this.#watched.get(board.id) ?? {
      stream: this.#newStream(board, 0),
      watchers: 0,
      sentAt: Number.NEGATIVE_INFINITY,
      cancelEnd: null,
      cancelFloodEnd: null,
    };
    this.#watched.set(board.id, watched);
    watched.watchers += 1;
    watched.cancelEnd?.();
    watched.cancelEnd = null;
    const { stream } = watched;
    // What is not sent yet belongs to the numbers before this reply.
    if (stream.isDue) this.#sendFrame(watched);
    const resumed = request.resume?.epoch === stream.epoch ? stream.since(request.resume.seq) : null;
    const at = clock.now();
    if (resumed !== null) return { ok: true, board: board.id, resumed, at };
    const bays = stream.board.bays.filter(({ id }) => bayOf(id) !== null);
    return {
      ok: true,
      snapshot: {
        board: { ...stream.board, bays },
        epoch: stream.epoch,
        seq: stream.seq,
        at,
        zone: this.#options.zone,
        rows: bays.map(({ id }) => this.#row(id)),
        trends: bays.map(({ id }) => this.#trends.get(id) ?? emptyTrend()),
        flood: this.#floodOf(watched, at),
      },
    };
  }

  unwatch(board: BoardId): void {
    const watched = this.#watched.get(board);
    if (watched === undefined) return;
    watched.watchers -= 1;
    if (watched.watchers > 0) return;
    const { clock } = this.#options;
    // A display that lost its link comes back within seconds: its frames are kept for it a little while.
    watched.cancelEnd?.();
    watched.cancelEnd = clock.at(clock.now() + KEEP_UNWATCHED_MS, () => {
      watched.cancelFloodEnd?.();
      this.#watched.delete(board);
    });
  }

  /** The board was changed: who watches it gets a frame whose number tells that a new snapshot is to be taken. */
  changed(id: BoardId): void {
    this.#floods.changed(id);
    const watched = this.#watched.get(id);
    const board = this.#options.findBoard(id);
    if (watched === undefined || board === null) return;
    watched.stream = this.#newStream(board, watched.stream.seq + 1);
    this.#sendFrame(watched);
  }

  close(): void {
    this.#cancelFrames?.();
    for (const { cancelEnd, cancelFloodEnd } of this.#watched.values()) {
      cancelEnd?.();
      cancelFloodEnd?.();
    }
    this.#watched.clear();
  }

  /** Numbers of one stream mean nothing in another: each has an epoch of its own. */
  #newStream(board: Board, seq: number): BoardStream {
    const first = this.#streams === 0;
    this.#streams += 1;
    const epoch = first ? this.#options.epoch : `${this.#options.epoch}.${this.#streams}`;
    return new BoardStream({ board, epoch, seq, rowOf: (bay) => this.#row(bay) });
  }

  #row(id: BayId): BoardRow {
    const bay = this.#options.bayOf(id);
    if (bay === null) throw new Error(`bay ${id} is on a board but not in the ward`);
    return boardRow(bay);
  }

  #trendOf(bay: BayId): Trend {
    const known = this.#trends.get(bay);
    if (known !== undefined) return known;
    const trend = emptyTrend();
    this.#trends.set(bay, trend);
    return trend;
  }

  /** An alarm's frame counts too: it has taken along what waited. */
  #mayLeaveAt({ sentAt }: Watched): AtMs {
    return sentAt + this.#options.frameEveryMs;
  }

  #framesBy(at: AtMs): void {
    if (this.#framesAt <= at) return;
    this.#cancelFrames?.();
    this.#framesAt = at;
    this.#cancelFrames = this.#options.clock.at(at, () => {
      this.#framesAt = Number.POSITIVE_INFINITY;
      const now = this.#options.clock.now();
      for (const watched of this.#watched.values()) {
        if (!watched.stream.isDue) continue;
        if (this.#mayLeaveAt(watched) <= now) this.#sendFrame(watched);
        else this.#framesBy(this.#mayLeaveAt(watched));
      }
    });
  }

  #sendFrame(watched: Watched): void {
    const { clock, send } = this.#options;
    const at = clock.now();
    watched.sentAt = at;
    send(watched.stream.board.id, watched.stream.take(at, this.#floodOf(watched, at)));
  }

  /** Since when the board's alarms are a flood; sees to it that its end is told even if nothing else is. */
  #floodOf(watched: Watched, at: AtMs): AtMs | null {
    const flood = this.#floods.of(watched.stream.board, at);
    const endsAt = floodEndsAt(flood);
    watched.cancelFloodEnd?.();
    watched.cancelFloodEnd = endsAt === null ? null : this.#options.clock.at(endsAt, () => this.#sendFrame(watched));
    return flood.since;
  }
}

/** A reading that changed nothing but values: a display needs no more than those. */
function isPlainReading({ before, after, input, events }: WardChange): boolean {
  return (
    input?.kind === "reading" &&
    events.length === 0 &&
    before.alarms === after.alarms &&
    before.session === after.session &&
    before.staleAfterMs === after.staleAfterMs &&
    isAsFresh(before.vitals.hr, after.vitals.hr) &&
    isAsFresh(before.vitals.spo2, after.vitals.spo2) &&
    isAsFresh(before.vitals.rr, after.vitals.rr) &&
    // A cuff measurement moves the time of the next one.
    typeof input.values.sbp !== "number" &&
    typeof input.values.dbp !== "number" &&
    typeof input.values.map !== "number" &&
    before.monitor.lastMessageAt !== null &&
    after.at - before.monitor.lastMessageAt < SILENT_FLOOR_MS
  );
}

/** How long a value holds is in the row alone: what was stale, or read off by hand, holds otherwise once it is measured. */
const isAsFresh = (before: VitalState, after: VitalState): boolean =>
  before.stale === after.stale && before.hand === after.hand;
type VitalState = WardChange["after"]["vitals"]["hr"];

/** No monitor counts as silent before this (alarms.md): a message within it cannot have ended a silence. */
const SILENT_FLOOR_MS: AtMs = 10_000;
