/** Talking to a running server as displays and monitors do. */
import type { Actor } from "@vigil/shared/session";
import type { Frame } from "@vigil/shared/wire";
import pino from "pino";
import { io, type ManagerOptions, type Socket, type SocketOptions } from "socket.io-client";
import { onTestFinished } from "vitest";
import type { Clock } from "../clock.ts";
import { call, cookieOf, letIn, monitorKeyOf, type Reachable } from "./badges.ts";
import { temporaryDirectory } from "./disk.ts";
import { nurse } from "./samples.ts";

/** Settings of a server for one test: loopback, a free port, a directory of its own, nothing logged. */
export const serverOptions = (
  clock: Clock,
  { dataDir = temporaryDirectory(), bays = 3, port = 0, zone = "Europe/Berlin" } = {},
) => ({
  config: { port, host: "127.0.0.1", dataDir, bays, zone },
  clock,
  log: pino({ level: "silent" }),
  epoch: "this-start",
  clientDir: null,
});

/** Stops a server when the test ends, unless the test did; until then tests are known there. */
export function closing<S extends Reachable & { close(): Promise<void> }>(server: S): S {
  letIn(server);
  onTestFinished(() => server.close());
  return server;
}

/** A connected socket of a page on which `person` is signed in, or of a gateway; closed when the test ends. */
export async function connect(
  url: string,
  namespace: "/" | "/ingest" = "/",
  options: Partial<ManagerOptions & SocketOptions> = {},
  person: Actor = nurse,
): Promise<Socket> {
  const credentials =
    namespace === "/"
      ? { extraHeaders: { cookie: await cookieOf(url, person), ...options.extraHeaders } }
      : { auth: { key: monitorKeyOf(url) } };
  return connectAs(url, namespace, { ...options, ...credentials });
}

/** A connected socket with no other credentials than the given ones. */
export async function connectAs(
  url: string,
  namespace: "/" | "/ingest",
  options: Partial<ManagerOptions & SocketOptions>,
): Promise<Socket> {
  const socket = io(new URL(namespace, url).href, {
    transports: ["websocket"],
    reconnection: false,
    forceNew: true,
    ...options,
  });
  onTestFinished(() => void socket.close());
  const outcome = await Promise.race([
    new Promise<null>((resolve) => socket.once("connect", () => resolve(null))),
    new Promise<Error>((resolve) => socket.once("connect_error", resolve)),
  ]);
  if (outcome !== null) throw outcome;
  return socket;
}

/** Sends with an acknowledgement and gives the answer; typed by whoever takes it. */
export const ask = (socket: Socket, event: string, ...message: unknown[]) =>
  socket.timeout(20_000).emitWithAck(event, ...message);

/** Every frame a display receives from now on. */
export class Frames {
  readonly all: Frame[] = [];
  readonly #socket: Socket;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("frame", (frame: Frame) => this.all.push(frame));
  }

  /** The first frame, come or still to come, of which `holds` is true. */
  async until(holds: (frame: Frame) => boolean): Promise<Frame> {
    for (;;) {
      const found = this.all.find(holds);
      if (found !== undefined) return found;
      await new Promise((resolve) => this.#socket.once("frame", resolve));
    }
  }
}

/** What the server says next under this name. */
export async function heard(socket: Socket, event: string): Promise<unknown> {
  return new Promise((resolve) => socket.once(event, resolve));
}

export const postJson = (url: string, body: unknown, type = "application/json", person: Actor = nurse) =>
  call(
    url,
    {
      method: "POST",
      headers: { "content-type": type },
      body: typeof body === "string" ? body : JSON.stringify(body),
    },
    person,
  );
