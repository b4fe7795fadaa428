import type { CommandReply, CommandRequestInput, EscalationNotice } from "@vigil/shared/wire";
import { BehaviorSubject, Observable, Subject } from "rxjs";
import { io } from "socket.io-client";

/** A call of the escalation ladder that reached this screen. */
export interface Call {
  readonly notice: EscalationNotice;
  /** Tells the server that a person can see it now. */
  shown(): void;
}

/** What people do, over the live wire (shared/wire/live.ts: `command`, `attend`, `escalation`). */
export interface ActSocket {
  /** Whether the connection is up; the present state at once. */
  readonly up: Observable<boolean>;
  readonly calls: Observable<Call>;
  /** One try. Answers once, or never: whoever asks says how long to wait. */
  command(request: CommandRequestInput): Observable<CommandReply>;
  /** This screen stands for these targets of the ladder until it says otherwise or the connection ends. */
  attend(targets: readonly string[]): void;
  /** Connects anew: as whoever is signed in now. */
  renew(): void;
  close(): void;
}

const RETRY_REFUSED_MS = 2_000;

/** Connects to the server this page came from, and never gives up. */
export function openActSocket(): ActSocket {
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
  const calls = new Subject<Call>();
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
  socket.on("connect_error", () => {
    if (!socket.active) tryAgain();
  });
  socket.on("escalation", (notice: EscalationNotice, ack: (answer: { readonly shown: true }) => void) =>
    calls.next({ notice, shown: () => ack({ shown: true }) }),
  );

  return {
    up,
    calls,
    command: (request) =>
      new Observable((subscriber) => {
        // Nothing waits here for a connection: what was given up must not go out minutes later.
        if (!socket.connected) return;
        socket.emit("command", request, (reply: CommandReply) => {
          subscriber.next(reply);
          subscriber.complete();
        });
      }),
    attend: (targets) => {
      if (socket.connected) socket.emit("attend", { targets });
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
