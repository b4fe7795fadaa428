/** The hub over socket.io: default namespace, the events of shared/wire/live.ts. */

import type { BoardId } from "@vigil/shared/ids";
import type { Actor } from "@vigil/shared/session";
import {
  type CommandReply,
  type CommandRequest,
  commandRequestSchema,
  type Frame,
  type WatchReply,
  type WireRefusalCode,
  watchRequestSchema,
} from "@vigil/shared/wire";
import type { Namespace, Socket } from "socket.io";
import type * as z from "zod";
import type { Clock } from "../clock.ts";
import type { SocketDoors } from "../people/index.ts";
import type { Hub } from "./hub.ts";

export interface LiveSocketOptions {
  readonly clock: Clock;
  readonly hub: Hub;
  readonly doors: SocketDoors;
  readonly command: (request: CommandRequest, by: Actor, socket: Socket) => CommandReply;
  /** Who does what this body asks for, or why nobody may. */
  readonly actorFor: (
    socket: Socket,
    body: unknown,
  ) => Actor | { readonly code: WireRefusalCode; readonly reason: string };
  /** The board that this screen is shown when it asks for that (`undefined`: the one of all bays); `null`: it may not see that. */
  readonly boardFor: (socket: Socket, board: BoardId | undefined) => BoardId | null;
  /** A command that could not be read, or came from somebody who may not. */
  readonly onRefused: (socket: Socket, code: string, why: string) => void;
  readonly onProblem: (sentence: string) => void;
}

/** A display that has this many packets waiting is too slow to be live: it is cut off, and comes back to a snapshot. */
const MOST_WAITING_PACKETS = 400;
const LOOK_FOR_SLOW_EVERY_MS = 1_000;

const roomOf = (board: BoardId): string => `board:${board}`;

export const sendFrame =
  (namespace: Namespace) =>
  (board: BoardId, frame: Frame): void => {
    namespace.to(roomOf(board)).emit("frame", frame);
  };

/** @returns the undo */
export function serveLive(namespace: Namespace, options: LiveSocketOptions): () => void {
  const { clock, doors, hub } = options;
  namespace.on("connection", (socket) => {
    const watching = new Set<BoardId>();
    doors.on(socket, "/ time", (ack: unknown) => answer(ack, clock.now()));
    doors.on(socket, "/ watch", (body: unknown, ack: unknown) => {
      const parsed = watchRequestSchema.safeParse(body ?? {});
      if (!parsed.success) return answer(ack, malformed(parsed.error));
      const board = options.boardFor(socket, parsed.data.board);
      if (board === null) {
        return answer(ack, { ok: false, code: "forbidden", reason: "This screen or key is for other bays." });
      }
      const reply: WatchReply = hub.watch({ ...parsed.data, board });
      if (reply.ok) {
        join(socket, "snapshot" in reply ? reply.snapshot.board.id : reply.board);
      }
      answer(ack, reply);
    });
    doors.on(socket, "/ unwatch", (body: unknown) => {
      const parsed = watchRequestSchema.safeParse(body);
      const board = parsed.success ? parsed.data.board : undefined;
      if (board === undefined || !watching.delete(board)) return;
      hub.unwatch(board);
      void socket.leave(roomOf(board));
    });
    doors.on(socket, "/ command", (body: unknown, ack: unknown) => {
      const parsed = commandRequestSchema.safeParse(body);
      const refuse = ({ code, reason }: { readonly code: WireRefusalCode; readonly reason: string }) => {
        options.onRefused(socket, code, reason);
        answer(ack, { ok: false, refused: code, reason } satisfies CommandReply);
      };
      if (!parsed.success) return refuse(malformed(parsed.error));
      const by = options.actorFor(socket, body);
      if ("code" in by) return refuse(by);
      answer(ack, options.command(parsed.data, by, socket));
    });
    socket.on("disconnect", () => {
      for (const board of watching) hub.unwatch(board);
    });

    function join(one: Socket, board: BoardId): void {
      // Every accepted watch counts once for each socket, however often it asks.
      if (watching.has(board)) hub.unwatch(board);
      watching.add(board);
      void one.join(roomOf(board));
    }
  });
  return cutOffSlowDisplays(namespace, options);
}

function cutOffSlowDisplays(namespace: Namespace, { clock, onProblem }: LiveSocketOptions): () => void {
  let cancel = (): void => undefined;
  const look = () => {
    for (const socket of namespace.sockets.values()) {
      if (waitingPackets(socket) <= MOST_WAITING_PACKETS) continue;
      onProblem(`a display took too long to take what was sent and was cut off (socket ${socket.id})`);
      socket.disconnect(true);
    }
    cancel = clock.at(clock.now() + LOOK_FOR_SLOW_EVERY_MS, look);
  };
  look();
  return () => cancel();
}

function waitingPackets(socket: Socket): number {
  // engine.io tells this to nobody but its transports; without it a slow display would fill the memory unseen.
  const waiting: unknown = Reflect.get(socket.conn, "writeBuffer");
  return Array.isArray(waiting) ? waiting.length : 0;
}

function answer(ack: unknown, value: unknown): void {
  if (typeof ack === "function") ack(value);
}

function malformed(error: z.ZodError): { ok: false; code: "malformed"; reason: string } {
  const reason = error.issues.map((issue) => `${issue.path.join(".") || "message"}: ${issue.message}`).join("; ");
  return { ok: false, code: "malformed", reason };
}
