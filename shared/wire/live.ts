/**
 * The live wire, over socket.io (default namespace). Who is let in, and to what, is written in shared/people/matrix.ts.
 *
 * Client → server
 *   `watch`   WatchRequest, ack WatchReply: begins or resumes a board. After a reply, `frame`s follow without a gap.
 *   `unwatch` {board}: no more frames of it.
 *   `time`    nothing, ack: the server's clock (ms). Asked several times to estimate offset and delay.
 *   `command` CommandRequest, ack CommandReply: only after it is durable.
 *   `attend`  AttendRequest: this screen stands for these targets of the escalation ladder (none: for none any more).
 *   `sound`   SoundReport: whether alarms are heard at this screen; with every connection and every change.
 * Server → client
 *   `escalation` EscalationNotice, ack (anything): a high alarm that nobody acknowledged; the ack says that it is shown.
 *   `frame`   Frame. Frames of a board are numbered; one missing means: watch again with the last seq one has.
 */
import type { AlarmEvent, AlarmId } from "../alarms/index.ts";
import type { BoardRow, Trend } from "../board/index.ts";
import type { AtMs, BayId, BoardId } from "../ids/index.ts";
import type { Priority } from "../protocol/index.ts";
import type { RefusalCode } from "../session/index.ts";

/** A board is a named, ordered set of bays. */
export interface Board {
  readonly id: BoardId;
  readonly name: string;
  readonly bays: readonly { readonly id: BayId; readonly name: string }[];
}

/**
 * One reading as a wall needs it: index of the bay in the board, when it came, and the valid values in catalogue order
 * (hr, spo2, rr, sbp, dbp, map); `null` where this reading brought none, which leaves the value shown before standing.
 */
export type FrameReading = readonly [
  bayIndex: number,
  at: AtMs,
  hr: number | null,
  spo2: number | null,
  rr: number | null,
  sbp: number | null,
  dbp: number | null,
  map: number | null,
];

/** An alarm's transition with its bay: never coalesced, never dropped. Who acknowledged it is no wall's matter. */
export interface FrameAlarm {
  readonly bay: BayId;
  readonly event: Omit<AlarmEvent, "by">;
}

export interface Frame {
  readonly board: BoardId;
  /** Counts up by one from frame to frame of this board. */
  readonly seq: number;
  /** The server's clock when the frame left. */
  readonly at: AtMs;
  /** In the order they came. Values of readings that a row below already holds are not repeated here. */
  readonly readings: readonly FrameReading[];
  /** Rows in which more than a plain reading changed: whole, they replace what was there. */
  readonly rows: readonly BoardRow[];
  readonly alarms: readonly FrameAlarm[];
  /** Since when the alarms of this board are a flood (shared/board/flood.ts); `null` when they are not. */
  readonly flood: AtMs | null;
}

export interface Snapshot {
  readonly board: Board;
  /** Changes when the server starts anew or the board is changed: numbers of another epoch mean nothing. */
  readonly epoch: string;
  readonly seq: number;
  readonly at: AtMs;
  /** The clinic's own zone (IANA): times of day are told in it, wherever the screen stands. */
  readonly zone: string;
  readonly rows: readonly BoardRow[];
  /** One for each row, same order. */
  readonly trends: readonly Trend[];
  /** As in Frame. */
  readonly flood: AtMs | null;
}

export type WatchReply =
  | { readonly ok: true; readonly snapshot: Snapshot }
  | { readonly ok: true; readonly board: BoardId; readonly resumed: readonly Frame[]; readonly at: AtMs }
  | { readonly ok: false; readonly code: WireRefusalCode; readonly reason: string };

export type CommandReply =
  | { readonly ok: true; readonly seq: number }
  | { readonly ok: false; readonly refused: RefusalCode | WireRefusalCode; readonly reason: string };

/** A high alarm that was taken further because nobody acknowledged it. */
export interface EscalationNotice {
  readonly bay: BayId;
  readonly alarm: AlarmId;
  readonly priority: Priority;
  /** Place on the ladder, from 0, and who is called. */
  readonly rung: number;
  readonly target: string;
  readonly at: AtMs;
}

/** Why something was refused at the door. */
export const WIRE_REFUSAL_CODES = {
  malformed: "the message is not of the agreed form",
  "unknown-bay": "there is no such bay",
  "unknown-board": "there is no such board",
  "out-of-range": "a value is outside what a monitor can report: wrong unit or a sentinel",
  "clock-ahead": "the device's clock is too far in the future",
  "too-large": "the message is too large",
  "too-fast": "the source sends faster than the server takes",
  "journal-failed": "the server could not keep it",
  "sign-in": "nobody is signed in, or not any more",
  idle: "nobody has touched this screen for a while: who acts has to say so",
  forbidden: "not for this role, key or bay",
  "protocol-not-in-use": "the clinic has no such version of this protocol in use",
} as const;
export type WireRefusalCode = keyof typeof WIRE_REFUSAL_CODES;
