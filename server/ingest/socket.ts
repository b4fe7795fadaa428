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
}

export function serveIngest(namespace: Namespace, { doors, gate, senderOf, fromOf }: IngestOptions): void {
  namespace.on("connection", (socket) => {
    const sender = senderOf(socket);
    const sends = { name: `socket ${sender?.id ?? ""} ${socket.id}`, from: fromOf(socket) };
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
  });
}
