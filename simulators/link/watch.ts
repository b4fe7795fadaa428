/**
 * The live wire as simulators see it: how every bay stands, told whenever it changes, so that what is done in a browser
 * reaches the bedside at once. A row does not tell how much of the drug runs: that is asked for of the bay whenever its row
 * changes while the pump is on.
 */
import type { AtMs, BayId, SessionId } from "@vigil/shared/ids";
import { io } from "socket.io-client";
import { keyOptions, type ServerDoor } from "./door.ts";
import type { DrugFacts } from "./drug.ts";
import { fetchDrug, reasonOf } from "./http.ts";
import { type BayFacts, type BayRow, frameSchema, watchReplySchema } from "./replies.ts";

const PATIENCE_MS = 5_000;
const LONGEST_BETWEEN_TRIES_MS = 3_000;
const ASKS_AGAIN_AFTER_MS = 1_000;
/** A bay is asked for its drug no more often. */
const DRUG_EVERY_MS = 250;

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

interface KnownDrug {
  readonly session: SessionId;
  readonly drug: DrugFacts | null;
}

/** @returns the undo */
export function watchBays(door: ServerDoor, listener: WatchListener): () => void {
  const socket = io(new URL("/", door.url).href, {
    ...keyOptions(door.key),
    transports: ["websocket"],
    forceNew: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: LONGEST_BETWEEN_TRIES_MS,
  });
  let rows = new Map<BayId, BayRow>();
  let at: AtMs = 0;
  const drugs = new Map<BayId, KnownDrug>();
  /** Bays whose drug is being asked for; `true`: it has changed since. */
  const asking = new Map<BayId, boolean>();
  /** The frame that comes next; `null`: no snapshot yet. */
  let nextSeq: number | null = null;
  /** What was given before this watch began is known of every bay. */
  let isWhole = false;
  let ended = false;
  let again: NodeJS.Timeout | undefined;

  async function watch(): Promise<void> {
    nextSeq = null;
    isWhole = false;
    try {
      const reply: unknown = await socket.timeout(PATIENCE_MS).emitWithAck("watch", {});
      const { snapshot } = watchReplySchema.parse(reply);
      rows = new Map(snapshot.rows.map(({ bay, ...row }) => [bay, row]));
      at = snapshot.at;
      nextSeq = snapshot.seq + 1;
      await Promise.all([...rows].map(([bay, row]) => askDrug(bay, row)));
      isWhole = true;
      tell();
    } catch (error) {
      listener.lost(reasonOf(error));
      if (socket.connected) again = setTimeout(() => void watch(), ASKS_AGAIN_AFTER_MS);
    }
  }

  function tell(): void {
    if (ended || !isWhole) return;
    const facts = [...rows].map(([bay, row]): [BayId, BayFacts] => {
      const known = drugs.get(bay);
      return [bay, { ...row, drug: known !== undefined && known.session === row.sessionId ? known.drug : null }];
    });
    listener.bays({ at, rows: new Map(facts) });
  }

  /** Throws when the server does not tell. */
  async function askDrug(bay: BayId, { sessionId, infusionStartedAt }: BayRow): Promise<void> {
    if (sessionId === null || infusionStartedAt === null) return;
    drugs.set(bay, { session: sessionId, drug: await fetchDrug(door, bay, sessionId) });
  }

  /** While the drug runs or is held, every change of the row may be one of the pump; a bolus leaves no other trace in it. */
  async function followDrug(bay: BayId, row: BayRow): Promise<void> {
    if (row.phase !== "infusing" && row.phase !== "paused") return;
    if (asking.has(bay)) {
      asking.set(bay, true);
      return;
    }
    asking.set(bay, false);
    try {
      await askDrug(bay, row);
      tell();
      await new Promise((resolve) => setTimeout(resolve, DRUG_EVERY_MS));
    } catch {
      // The next change asks again; a server that is away says so by the socket.
    }
    const changed = asking.get(bay);
    asking.delete(bay);
    const now = rows.get(bay);
    if (changed === true && now !== undefined && !ended) void followDrug(bay, now);
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
    ({ at } = frame.data);
    for (const { bay, ...row } of frame.data.rows) {
      rows.set(bay, row);
      void followDrug(bay, row);
    }
    tell();
  });
  const lost = (reason: string) => {
    nextSeq = null;
    isWhole = false;
    listener.lost(reason);
  };
  socket.on("disconnect", lost);
  socket.on("connect_error", (error) => lost(error.message));
  return () => {
    ended = true;
    clearTimeout(again);
    socket.off();
    socket.close();
  };
}
