import type { Frame, Snapshot, WatchReply } from "@vigil/shared/wire";
import { catchError, defer, EMPTY, filter, merge, of, Subject, startWith, switchMap, tap, timeout, timer } from "rxjs";
import type { LocalTime } from "./local-time.ts";
import type { LiveSocket } from "./socket.ts";

const REPLY_WITHIN_MS = 3_000;
const ASK_AGAIN_MS = 2_000;

export interface SyncOptions {
  readonly socket: LiveSocket;
  readonly time: LocalTime;
  /** `undefined`: the server's default board. */
  readonly board: string | undefined;
  /** Whether what was had is still there, so that what is missing is enough. */
  readonly canResume: () => boolean;
  readonly onSnapshot: (snapshot: Snapshot) => void;
  /** Frames without a gap, in order. */
  readonly onFrame: (frame: Frame) => void;
  readonly onRefused: (refusal: Extract<WatchReply, { ok: false }>) => void;
}

export interface Sync {
  /** Whether what is shown follows the server now; false from a gap or a lost connection until it is filled. */
  readonly inSync: boolean;
  stop(): void;
}

/** Follows one board: watch, then frames by number; after a gap or a reconnect resume, or begin anew. */
export function followBoard(options: SyncOptions): Sync {
  const { socket, time, board, canResume, onSnapshot, onFrame, onRefused } = options;
  let position: { readonly board: string; readonly epoch: string; seq: number } | null = null;
  let inSync = false;
  const again = new Subject<void>();

  const ask = () => {
    const resume = position === null || !canResume() ? {} : { resume: { epoch: position.epoch, seq: position.seq } };
    const name = board ?? position?.board;
    return socket.watch({ ...(name === undefined ? {} : { board: name }), ...resume });
  };
  /** One watch; when it brings no board, `again` a little later. */
  const watching = () =>
    defer(ask).pipe(
      timeout({ first: REPLY_WITHIN_MS, scheduler: time.scheduler }),
      catchError(() => of(null)),
      tap((reply) => reply !== null && receive(reply)),
      switchMap((reply) =>
        reply?.ok
          ? EMPTY
          : timer(ASK_AGAIN_MS * (0.5 + time.random() / 2), time.scheduler).pipe(tap(() => again.next())),
      ),
    );

  function receive(reply: WatchReply): void {
    if (!reply.ok) {
      onRefused(reply);
      return;
    }
    if ("snapshot" in reply) {
      const { snapshot } = reply;
      position = { board: snapshot.board.id, epoch: snapshot.epoch, seq: snapshot.seq };
      onSnapshot(snapshot);
    } else {
      if (!reply.resumed.every(take)) {
        beginAnew();
        return;
      }
    }
    inSync = true;
  }

  /** Takes the frame that is next, passes over those already had; false when one is missing. */
  function take(frame: Frame): boolean {
    if (position === null || frame.seq > position.seq + 1) return false;
    if (frame.seq <= position.seq) return true;
    position.seq = frame.seq;
    onFrame(frame);
    return true;
  }

  function beginAnew(): void {
    position = null;
    again.next();
  }

  const work = merge(
    socket.up.pipe(
      switchMap((up) => {
        inSync = false;
        return up ? again.pipe(startWith(undefined), switchMap(watching)) : EMPTY;
      }),
    ),
    socket.frames.pipe(
      // While a watch is under way, its reply brings these frames too.
      filter((frame) => inSync && frame.board === position?.board && !take(frame)),
      tap(() => {
        inSync = false;
        again.next();
      }),
    ),
  ).subscribe();

  return {
    get inSync() {
      return inSync;
    },
    stop() {
      work.unsubscribe();
      if (position !== null) socket.unwatch(position.board);
    },
  };
}
