/** The door for readings: one socket for all bays of a simulator. */
import type { ReadingMessage, ReadingReply } from "@vigil/shared/wire";
import { io } from "socket.io-client";
import { keyOptions, type ServerDoor } from "./door.ts";
import { readingReplySchema } from "./replies.ts";

const PATIENCE_MS = 5_000;
const LONGEST_BETWEEN_TRIES_MS = 3_000;

export interface Ingest {
  /** Sends and waits for the answer; `null` when there was none: not connected, or lost on the way. */
  send(readings: readonly ReadingMessage[]): Promise<ReadingReply | null>;
  close(): void;
}

export interface IngestListener {
  /** Told when the connection comes and goes; it is tried again without end. */
  readonly connected: () => void;
  readonly lost: (reason: string) => void;
}

export function openIngest({ url, key }: ServerDoor, { connected, lost }: IngestListener): Ingest {
  const socket = io(new URL("/ingest", url).href, {
    ...keyOptions(key),
    transports: ["websocket"],
    // A server that dies in the middle of its greeting would else be waited for much longer than its next start takes.
    timeout: PATIENCE_MS,
    reconnectionDelay: 500,
    reconnectionDelayMax: LONGEST_BETWEEN_TRIES_MS,
  });
  let away = false;
  const tell = (reason: string) => {
    // Every try that fails says the same: said once.
    if (!away) lost(reason);
    away = true;
  };
  socket.on("connect", () => {
    away = false;
    connected();
  });
  socket.on("disconnect", tell);
  socket.on("connect_error", (error) => tell(error.message));
  return {
    async send(readings) {
      // The socket would keep readings for later and then give old values out as new.
      if (!socket.connected) return null;
      try {
        const reply: unknown = await socket.timeout(PATIENCE_MS).emitWithAck("reading", readings);
        return readingReplySchema.parse(reply);
      } catch {
        return null;
      }
    },
    close() {
      socket.off();
      socket.close();
    },
  };
}
