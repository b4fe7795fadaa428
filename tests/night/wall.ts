/** A wall that hangs there all night and writes down what it is shown. */
import { EventEmitter } from "node:events";
import type { BoardRow } from "@vigil/shared/board";
import type { AtMs, BayId, DurationMs } from "@vigil/shared/ids";
import type { Frame, FrameAlarm, WatchReply } from "@vigil/shared/wire";
import { io, type Socket } from "socket.io-client";
import type { Kept } from "./kept.ts";
import { PERSISTENT } from "./persistent.ts";

export interface WallRecord {
  /** What it was shown of alarms, in order; a new part wherever it had to begin with a snapshot. */
  readonly parts: readonly (readonly FrameAlarm[])[];
  readonly rows: ReadonlyMap<BayId, BoardRow>;
  readonly frames: number;
  readonly lastFrameAt: AtMs;
  readonly problems: readonly string[];
}

export class Wall {
  readonly #socket: Socket;
  readonly #parts: FrameAlarm[][] = [];
  readonly #rows = new Map<BayId, BoardRow>();
  readonly #problems: string[] = [];
  #epoch = "";
  #seq = -1;
  #frames = 0;
  #lastFrameAt: AtMs = 0;
  #watching = false;
  readonly #heard = new EventEmitter();
  /** Frames may arrive before the answer to `watch` that they follow. */
  #early: Frame[] | null = null;

  constructor(url: string, key: string) {
    this.#socket = io(url, { ...PERSISTENT, auth: { key } });
    this.#socket.on("connect", () => void this.#watch());
    this.#socket.on("disconnect", () => {
      this.#watching = false;
    });
    this.#socket.on("frame", (frame: Frame) => (this.#early === null ? this.#take(frame) : this.#early.push(frame)));
  }

  get rows(): ReadonlyMap<BayId, BoardRow> {
    return this.#rows;
  }

  get record(): WallRecord {
    return {
      parts: this.#parts,
      rows: this.#rows,
      frames: this.#frames,
      lastFrameAt: this.#lastFrameAt,
      problems: this.#problems,
    };
  }

  /** Until it is shown the boards of the server that runs now. */
  async isBack(): Promise<void> {
    while (!this.#watching) await new Promise((resolve) => this.#heard.once("watching", resolve));
  }

  /** Loses its link for a moment, as a wall on a bad network does. */
  loseLink(): void {
    this.#socket.io.engine.close();
  }

  close(): void {
    this.#socket.close();
  }

  async #watch(): Promise<void> {
    this.#early = [];
    const resume = this.#epoch === "" ? {} : { resume: { epoch: this.#epoch, seq: this.#seq } };
    try {
      const reply: WatchReply = await this.#socket.timeout(5_000).emitWithAck("watch", resume);
      const early = this.#early;
      this.#early = null;
      if (!reply.ok) this.#problems.push(`the wall was refused: ${reply.reason}`);
      else if ("snapshot" in reply) {
        const { epoch, seq, rows } = reply.snapshot;
        this.#epoch = epoch;
        this.#seq = seq;
        this.#parts.push([]);
        for (const row of rows) this.#rows.set(row.bay, row);
      } else for (const frame of reply.resumed) this.#take(frame);
      for (const frame of early) this.#take(frame);
      this.#watching = this.#socket.connected;
      this.#heard.emit("watching");
    } catch {
      // The link was lost again: the next connection asks anew.
    }
  }

  #take(frame: Frame): void {
    if (frame.seq !== this.#seq + 1) this.#problems.push(`the wall got frame ${frame.seq} after ${this.#seq}`);
    this.#seq = frame.seq;
    this.#frames += 1;
    this.#lastFrameAt = frame.at;
    for (const row of frame.rows) this.#rows.set(row.bay, row);
    for (const alarm of frame.alarms) this.#parts.at(-1)?.push(alarm);
  }
}

export interface WallJudgement {
  readonly seen: number;
  /** Decided while its link or the server was away; the snapshot after it showed what had come of it. */
  readonly away: number;
  /** The last event it was shown; 0 when none. */
  readonly lastSeenId: number;
  readonly problems: readonly string[];
}

/**
 * Holds what the wall was shown against the journal: in its order, nothing else, nothing left out but while it was away.
 * @param momentMs what fell due this long before the last frame may have been settled after it
 */
export function judgeWall(
  { parts, lastFrameAt, problems: own }: WallRecord,
  { events }: Kept,
  momentMs: DurationMs,
): WallJudgement {
  const kept = events.filter(({ event }) => event.type === "alarm");
  const problems = [...own];
  let next = 0;
  let seen = 0;
  let away = 0;
  for (const part of parts) {
    const [first] = part;
    if (first === undefined) continue;
    const begins = kept.findIndex((each, n) => n >= next && isSame(each, first));
    if (begins === -1) {
      problems.push(`the wall was shown what is not kept: bay ${first.bay} ${JSON.stringify(first.event)}`);
      continue;
    }
    away += begins - next;
    next = begins;
    for (const shown of part) {
      const one = kept[next];
      if (one === undefined || !isSame(one, shown)) {
        problems.push(
          `the wall was shown ${JSON.stringify(shown)} where the journal has ${JSON.stringify(one?.event)} of bay ${one?.bay}`,
        );
        break;
      }
      next += 1;
      seen += 1;
    }
  }
  for (const { event, bay } of kept.slice(next)) {
    if (event.at < lastFrameAt - momentMs)
      problems.push(`the wall was never shown ${JSON.stringify(event)} of bay ${bay}`);
  }
  return { seen, away: away + kept.length - next, lastSeenId: kept[next - 1]?.id ?? 0, problems };
}

/** Who acknowledged is kept, and shown on no wall. */
const isSame = ({ bay, event }: Kept["events"][number], shown: FrameAlarm): boolean =>
  bay === shown.bay &&
  JSON.stringify(event, (key, value: unknown) => (key === "by" ? undefined : value)) === JSON.stringify(shown.event);
