/** Readings over socket.io: namespace `/ingest`, event `reading`, one message or a list, an optional acknowledgement. */
import type { Server } from "node:http";
import type { ReadingReply } from "@vigil/shared/wire";
import type { Namespace, Socket } from "socket.io";
import type { SocketDoors } from "../people/index.ts";
import type { Gate, Source } from "./gate.ts";
import type { Sender } from "./http.ts";

export interface IngestOptions {
  readonly doors: SocketDoors;
  readonly gate: Gate;
  readonly senderOf: (socket: Socket) => Sender | null;
  /** From where a connection comes, for the audit. */
  readonly fromOf: (socket: Socket) => string;
  /** Which the transport takes in one message. */
  readonly mostBytes: number;
  /** Over which connections come. */
  readonly http: Server;
}

export function serveIngest(
  namespace: Namespace,
  { doors, gate, senderOf, fromOf, mostBytes, http }: IngestOptions,
): void {
  const sources = new Map<string, Source>();
  const refuseTooLarge = (source: Source | undefined) =>
    source?.refuse("too-large", `A message was larger than ${mostBytes / 1_000_000} MB. Send less at once.`);
  // Who polls posts each message: the transport answers 413 by itself, tells nobody, and keeps the connection.
  http.on("request", ({ url = "", method }, response) => {
    if (method !== "POST" || !url.startsWith(TRANSPORT_PATH)) return;
    response.once("finish", () => {
      if (response.statusCode === 413) refuseTooLarge(sources.get(connectionOf(url)));
    });
  });
  namespace.on("connection", (socket) => {
    const sender = senderOf(socket);
    // A sender with ten connections may send no more than one with one.
    const sends = { name: sender?.id ?? `nobody ${socket.id}`, from: fromOf(socket) };
    const source = gate.source(sends, sender === null ? new Set() : sender.bays);
    sources.set(connectionIn(socket), source);
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
      sources.delete(connectionIn(socket));
      // The transport hangs up before there is a message that could be answered.
      if (reason === "transport error" && String(cause).includes("payload")) refuseTooLarge(source);
    });
  });
}

const TRANSPORT_PATH = "/socket.io/";
/** By which the transport knows a connection, also in the address of who polls. */
const connectionOf = (url: string): string => new URL(url, "http://any").searchParams.get("sid") ?? "";
/** Private to its types alone: it is in every address of the connection. */
const connectionIn = ({ conn }: Socket): string => String(Reflect.get(conn, "id"));
