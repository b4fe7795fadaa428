/**
 * The load: gateways that speak for the bays, one message a reading, evenly over each second. Sends ready-made packets,
 * so that it takes as little as can be from the machine it shares with what is measured.
 */
import { io, type Socket } from "socket.io-client";
import { answer } from "./answer.ts";
import { CLINIC, type Feed, feedValues } from "./feed.ts";
import { gatewayKey } from "./gateway-keys.ts";

export interface GatewayOptions {
  readonly url: string;
  readonly gateways: number;
  readonly bays: number;
  /** So many from the first send numbered readings; the others send as in a clinic. */
  readonly numbered: number;
}

/** A reading that is looked for on a screen: [bay, hr, sbp or null, when it left by the machine's clock]. */
export type SentReading = readonly [bay: number, hr: number, sbp: number | null, at: number];

const LOOK_EVERY_MS = 2;
/** Prime: neighbours on a board speak at different parts of the second, as monitors that nobody has set going together. */
const STRIDE = 617;

let sockets: readonly Socket[] = [];
/** Which bay speaks in which part of the second. */
let order: readonly number[] = [];
let numbered = 0;
let numberedFeed: Feed = { kind: "numbered" };
let timer: NodeJS.Timeout | undefined;
let sent = 0;
/** So many times as fast as live, counted from when the pace was last set. */
let pace = 1;
let pacedAt = 0;
let sentBefore = 0;
let latestMs = 0;
/** What the numbered bays have sent; `null`: not written down. */
let noted: SentReading[] | null = null;

const connected = (socket: Socket): Promise<void> =>
  new Promise((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("connect_error", reject);
  });

function inTurn(bays: number): number[] {
  const turns: number[] = [];
  for (let i = 0; i < bays; i++) turns[(i * STRIDE) % bays] = i + 1;
  if (Object.keys(turns).length !== bays) throw new Error(`${bays} bays cannot speak in turn`);
  return turns;
}

function sendDue(): void {
  const now = performance.now();
  const bays = order.length;
  const perMs = (bays * pace) / 1000;
  const due = sentBefore + Math.floor((now - pacedAt) * perMs);
  if (due > sent) latestMs = Math.max(latestMs, now - pacedAt - (sent - sentBefore) / perMs);
  for (; sent < due; sent++) {
    const bay = order[sent % bays]!;
    const values = feedValues(bay <= numbered ? numberedFeed : CLINIC, bay, Math.floor(sent / bays));
    const packet = `2/ingest,["reading",${JSON.stringify({ bay: String(bay), ...values })}]`;
    sockets[sent % sockets.length]?.io.engine.send(packet);
    if (bay <= numbered) noted?.push([bay, values.hr, values.sbp ?? null, Date.now()]);
  }
}

const calls = {
  async connect(options: GatewayOptions): Promise<void> {
    order = inTurn(options.bays);
    numbered = options.numbered;
    sockets = Array.from({ length: options.gateways }, (_, n) =>
      io(`${options.url}/ingest`, {
        transports: ["websocket"],
        forceNew: true,
        reconnection: false,
        auth: { key: gatewayKey(n) },
      }),
    );
    await Promise.all(sockets.map(connected));
    for (const socket of sockets) {
      socket.on("refused", (refused: unknown) => {
        throw new Error(`readings were refused: ${JSON.stringify(refused)}`);
      });
    }
  },
  /** Begins, or goes on at another pace. */
  setPace(times: number): void {
    pace = times;
    pacedAt = performance.now();
    sentBefore = sent;
    timer ??= setInterval(sendDue, LOOK_EVERY_MS);
  },
  /** From here on the numbered bays send this, and it is written down. */
  note(feed: Feed): void {
    numberedFeed = feed;
    noted = [];
  },
  /** What was written down, and no more of it. */
  noted(): readonly SentReading[] {
    const all = noted ?? [];
    noted = null;
    return all;
  },
  /** Since the last call: how many readings left, and how late the latest of them was. */
  tally: (() => {
    let told = 0;
    return (): { sent: number; latestMs: number } => {
      const since = { sent: sent - told, latestMs };
      told = sent;
      latestMs = 0;
      return since;
    };
  })(),
};
export type GatewayCalls = typeof calls;
answer(calls, () => {
  clearInterval(timer);
  for (const socket of sockets) socket.close();
});
