/**
 * The walls: they watch every bay, and count what comes. Only the first reads it, to know that every reading arrived:
 * what a wall does with a frame is measured in a real browser, not here.
 */
import type { Frame } from "@vigil/shared/wire";
import { io, type Socket } from "socket.io-client";
import { answer } from "./answer.ts";

export interface WallOptions {
  readonly url: string;
  readonly walls: number;
  /** Real walls ask for the server's clock every five seconds while frames come; the bare relay has none. */
  readonly askTime: boolean;
}

export interface WallTally {
  readonly messages: number;
  readonly bytes: number;
  /** Readings that the first wall got. */
  readonly readings: number;
}

let sockets: readonly Socket[] = [];
let timer: NodeJS.Timeout | undefined;
let messages = 0;
let bytes = 0;
let readings = 0;
let closing = false;
const heardAt = new Map<string, number>();

function readingsIn(packet: string): number {
  if (packet.startsWith('2["reading"')) return 1;
  if (!packet.startsWith('2["frame"')) return 0;
  const [, frame]: [string, Frame] = JSON.parse(packet.slice(1));
  // A whole row brings a reading when it was heard later than the row before.
  const inRows = frame.rows.filter(({ bay, lastMessageAt }) => {
    const isNew = lastMessageAt !== null && lastMessageAt > (heardAt.get(bay) ?? 0);
    if (isNew) heardAt.set(bay, lastMessageAt);
    return isNew;
  });
  return frame.readings.length + inRows.length;
}

async function open({ url }: WallOptions, first: boolean): Promise<Socket> {
  const socket = io(url, { transports: ["websocket"], forceNew: true, reconnection: false });
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("connect_error", reject);
  });
  await socket.emitWithAck("watch", {});
  socket.on("disconnect", (reason) => {
    if (!closing) throw new Error(`a wall was cut off: ${reason}`);
  });
  // From here on packets are counted, not decoded.
  const { engine } = socket.io;
  engine.off("data");
  engine.on("data", (packet) => {
    if (typeof packet !== "string") throw new Error("a binary packet came");
    messages += 1;
    bytes += packet.length;
    if (first) readings += readingsIn(packet);
  });
  return socket;
}

const calls = {
  async open(options: WallOptions): Promise<void> {
    sockets = await Promise.all(Array.from({ length: options.walls }, (_, i) => open(options, i === 0)));
    if (!options.askTime || options.walls === 0) return;
    let id = 1000;
    let turn = 0;
    const ask = () => sockets[turn++ % sockets.length]?.io.engine.send(`2${id++}["time"]`);
    timer = setInterval(ask, 5000 / options.walls);
  },
  /** Since the last call. */
  tally(): WallTally {
    const since = { messages, bytes, readings };
    messages = bytes = readings = 0;
    return since;
  },
};
export type WallCalls = typeof calls;
answer(calls, () => {
  closing = true;
  clearInterval(timer);
  for (const socket of sockets) socket.close();
});
