import type { Frame, SoundReport, WatchReply, WatchRequest } from "@vigil/shared/wire";
import { BehaviorSubject, Observable, Subject } from "rxjs";
import { io } from "socket.io-client";

/** A watch request as a screen writes it: the name in its address is text until the server knows it. */
export type WatchAsk = Omit<WatchRequest, "board"> & { readonly board?: string };

export interface DoorRefusal {
  /** `refused` where the server gave none. */
  readonly code: string;
  readonly reason: string;
}

/** The live wire as streams (shared/wire/live.ts). */
export interface LiveSocket {
  /** Whether the connection is up; the present state at once. */
  readonly up: Observable<boolean>;
  readonly frames: Observable<Frame>;
  /** Why the server would not let this screen in. It is asked again for ever. */
  readonly refusals: Observable<DoorRefusal>;
  watch(ask: WatchAsk): Observable<WatchReply>;
  unwatch(board: string): void;
  sound(report: SoundReport): void;
  /** What the server answers to the question for its clock: an instant, or that this screen may not ask. */
  time(): Observable<unknown>;
  /** Drops a connection that looks up but is dead, and connects again. */
  reconnect(): void;
  /** Connects anew: as whoever is signed in now. */
  renew(): void;
  close(): void;
}

const RETRY_REFUSED_MS = 2_000;

/** Connects to the server this page came from, and never gives up. */
export function openSocket(): LiveSocket {
  const socket = io({
    transports: ["websocket", "polling"],
    tryAllTransports: true,
    reconnectionDelay: 250,
    reconnectionDelayMax: 2_000,
    randomizationFactor: 0.5,
    timeout: 4_000,
    forceNew: true,
  });
  const up = new BehaviorSubject(false);
  const frames = new Subject<Frame>();
  const refusals = new Subject<DoorRefusal>();
  let retry: ReturnType<typeof setTimeout> | undefined;

  // After these two, socket.io itself does not try again.
  const tryAgain = () => {
    clearTimeout(retry);
    retry = setTimeout(() => socket.connect(), RETRY_REFUSED_MS);
  };
  socket.on("connect", () => up.next(true));
  socket.on("disconnect", (reason) => {
    up.next(false);
    if (reason === "io server disconnect") tryAgain();
  });
  socket.on("connect_error", (error) => {
    if (socket.active) return;
    refusals.next({ code: codeOf(error), reason: error.message });
    tryAgain();
  });
  socket.on("frame", (frame: Frame) => frames.next(frame));

  const ask = <Reply>(event: string, ...message: unknown[]): Observable<Reply> =>
    new Observable((subscriber) => {
      socket.emit(event, ...message, (reply: Reply) => {
        subscriber.next(reply);
        subscriber.complete();
      });
    });

  return {
    up,
    frames,
    refusals,
    watch: (request) => ask<WatchReply>("watch", request),
    unwatch: (board) => void socket.emit("unwatch", { board }),
    sound: (report) => void socket.emit("sound", report),
    time: () => ask<unknown>("time"),
    reconnect: () => {
      if (socket.connected) socket.io.engine.close();
    },
    renew: () => {
      clearTimeout(retry);
      socket.disconnect().connect();
    },
    close: () => {
      clearTimeout(retry);
      socket.close();
    },
  };
}

function codeOf(error: Error): string {
  const data: unknown = Reflect.get(error, "data");
  const code: unknown = typeof data === "object" && data !== null ? Reflect.get(data, "code") : undefined;
  return typeof code === "string" ? code : "refused";
}
