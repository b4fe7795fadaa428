/** Readings over socket.io: namespace `/ingest`, event `reading`, one message or a list, an optional acknowledgement. */
import type { ReadingReply } from "@vigil/shared/wire";
import type { Namespace, Socket } from "socket.io";
import type { SocketDoors } from "../people/index.ts";
import type { Gate } from "./gate.ts";
import type { Sender } from "./http.ts";

export interface IngestOptions {
  readonly doors: SocketDoors;
  readonly gate: Gate;
  readonly senderOf: (socket: Socket) => Sender | null;
  /** From where a connection comes, for the audit. */
  readonly fromOf: (socket: Socket) => string;
  /** Which the transport takes in one message. */
  readonly mostBytes: number;
}

export function serveIngest(namespace: Namespace, { doors, gate, senderOf, fromOf, mostBytes }: IngestOptions): void {
  namespace.on("connection", (socket) => {
    const sender = senderOf(socket);
    // A sender with ten connections may send no more than one with one.
    const sends = { name: sender?.id ?? `nobody ${socket.id}`, from: fromOf(socket) };
    const source = gate.source(sends, sender === null ? new Set() : sender.bays);
    const take = (body: unknown, ack: unknown) => {
      const reply = source.take(body);
      if (typeof ack === "function") ack(reply);
      // Who does not ask for an answer is told of what was refused all the same.
      // Volatile: one that does not listen either must not fill the memory with what it is told.
      else if (reply.refused.length > 0) socket.volatile.emit("refused", reply.refused);
    };
    const refusal = (code: string, reason: string): ReadingReply => ({
      accepted: 0,
      refused: [{ index: 0, code, field: null, reason }],
    });
    doors.on(socket, "/ingest reading", take, refusal);
    socket.on("disconnect", (reason: string, cause: unknown) => {
      // The transport hangs up before there is a message that could be answered.
      if (reason === "transport error" && String(cause).includes("payload")) {
        source.refuse("too-large", `A message was larger than ${mostBytes / 1_000_000} MB. Send less at once.`);
      }
    });
  });
}
