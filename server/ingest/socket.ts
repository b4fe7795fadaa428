/** Readings over socket.io: namespace `/ingest`, event `reading`, one message or a list, an optional acknowledgement. */
import type { Namespace } from "socket.io";
import type { Gate } from "./gate.ts";

export function serveIngest(namespace: Namespace, gate: Gate): void {
  namespace.on("connection", (socket) => {
    const source = gate.source(`socket ${socket.handshake.address} ${socket.id}`);
    socket.on("reading", (body: unknown, ack: unknown) => {
      const reply = source.take(body);
      if (typeof ack === "function") ack(reply);
      // Who does not ask for an answer is told of what was refused all the same.
      // Volatile: one that does not listen either must not fill the memory with what it is told.
      else if (reply.refused.length > 0) socket.volatile.emit("refused", reply.refused);
    });
  });
}
