/**
 * The live wire as simulators see it: how every bay stands, told whenever it changes, so that what is done in a browser
 * reaches the bedside at once.
 */
import type { AtMs, BayId } from "@vigil/shared/ids";
import { io } from "socket.io-client";
import { type BayFacts, frameSchema, watchReplySchema } from "./replies.ts";

const PATIENCE_MS = 5_000;
const LONGEST_BETWEEN_TRIES_MS = 3_000;
const ASKS_AGAIN_AFTER_MS = 1_000;

/** Every bay of the server as it stood at `at` of the server's clock. */
export interface BaysNow {
  readonly at: AtMs;
  readonly rows: ReadonlyMap<BayId, BayFacts>;
}

export interface WatchListener {
  /** Told at first and at every change. */
  readonly bays: (now: BaysNow) => void;
  /** What was told before no longer counts; it is tried again without end. */
  readonly lost: (reason: string) => void;
}

/** @returns the undo */
export function watchBays(url: string, listener: WatchListener): () => void {
  const socket = io(new URL("/", url).href, {
    transports: ["websocket"],
    forceNew: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: LONGEST_BETWEEN_TRIES_MS,
  });
  let rows = new Map<BayId, BayFacts>();
  /** The frame that comes next; `null`: no snapshot yet. */
  let nextSeq: number | null = null;
  let again: NodeJS.Timeout | undefined;

  async function watch(): Promise<void> {
    nextSeq = null;
    try {
      const reply: unknown = await socket.timeout(PATIENCE_MS).emitWithAck("watch", {});
      const { snapshot } = watchReplySchema.parse(reply);
      rows = new Map(snapshot.rows.map(({ bay, ...row }) => [bay, row]));
      nextSeq = snapshot.seq + 1;
      listener.bays({ at: snapshot.at, rows });
    } catch (error) {
      listener.lost(error instanceof Error ? error.message : String(error));
      if (socket.connected) again = setTimeout(() => void watch(), ASKS_AGAIN_AFTER_MS);
    }
  }

  socket.on("connect", () => void watch());
  socket.on("frame", (body: unknown) => {
    const frame = frameSchema.safeParse(body);
    // Frames that came before the snapshot are in it.
    if (!frame.success || nextSeq === null || frame.data.seq < nextSeq) return;
    if (frame.data.seq > nextSeq) return void watch();
    nextSeq += 1;
    if (frame.data.rows.length === 0) return;
    rows = new Map(rows);
    for (const { bay, ...row } of frame.data.rows) rows.set(bay, row);
    listener.bays({ at: frame.data.at, rows });
  });
  const lost = (reason: string) => {
    nextSeq = null;
    listener.lost(reason);
  };
  socket.on("disconnect", lost);
  socket.on("connect_error", (error) => lost(error.message));
  return () => {
    clearTimeout(again);
    socket.off();
    socket.close();
  };
}
