/** Bedsides that stand at a running server: readings over the socket, commands over HTTP, the live wire as their eyes. */
import type { AtMs, BayId, DurationMs } from "@vigil/shared/ids";
import { type Actor, REFUSAL_CODES, type RefusalCode } from "@vigil/shared/session";
import type { ReadingMessage } from "@vigil/shared/wire";
import { type Clock, wait, waitUntil } from "../clock/index.ts";
import type { BaysNow, CommandOutcome, WardLink } from "../link/index.ts";
import { MONITOR_STEP_MS } from "../monitor/index.ts";
import type { Act, Bedside, Step } from "./bedside.ts";
import { viewByClock } from "./view.ts";

export interface LiveSettings {
  readonly link: WardLink;
  readonly bedsides: readonly { readonly bedside: Bedside; readonly by: Actor }[];
  readonly clock: Clock;
  /** Simulated seconds in one of the server's. */
  readonly speed: number;
  /** Ends it. */
  readonly signal: AbortSignal;
  readonly listener?: LiveListener;
}

export interface LiveListener {
  /** Something a person at the terminal should know. */
  readonly says?: (message: string) => void;
  /** How many readings the server took, and what it said of those it did not. */
  readonly readings?: (accepted: number, refused: readonly string[]) => void;
  readonly act?: (bay: BayId, act: Act, outcome: CommandOutcome, by: Actor) => void;
  readonly step?: (bay: BayId, at: AtMs, step: Step) => void;
}

/** By then the live wire has told what a command changed: it sends twenty times a second. */
const SETTLES_MS = 500;
/** Further behind than this, after a machine's sleep, the time between is left out rather than made up for. */
const MAKES_UP_FOR_MS = 5_000;

/** Runs until `signal` aborts, then closes the link; a server that goes away is waited for. */
export async function liveOn({ link, bedsides, clock, speed, signal, listener = {} }: LiveSettings): Promise<void> {
  const startedAt = clock.now();
  const simulated = (real: AtMs): AtMs => startedAt + (real - startedAt) * speed;
  const real = (at: AtMs): AtMs => startedAt + (at - startedAt) / speed;
  /** How the bays stand, and how far the server's clock is ahead of ours; `null`: the server is away. */
  let seen: (BaysNow & { readonly serverAheadMs: DurationMs }) | null = null;
  let away = false;
  const unwatch = link.watch({
    bays: (now) => {
      seen = { ...now, serverAheadMs: now.at - clock.now() };
      away = false;
    },
    lost: (reason) => {
      seen = null;
      if (!away && !signal.aborted) {
        listener.says?.(`the server does not tell how its bays stand: ${reason}; trying again`);
      }
      away = true;
    },
  });

  async function stand(bedside: Bedside, by: Actor, offset: DurationMs): Promise<void> {
    let next = startedAt + offset;
    while (!signal.aborted) {
      await waitUntil(clock, real(next), signal);
      if (signal.aborted) return;
      const now = simulated(clock.now());
      if (now - next > MAKES_UP_FOR_MS * speed) next += Math.floor((now - next) / MONITOR_STEP_MS) * MONITOR_STEP_MS;
      const readings: ReadingMessage[] = [];
      const acts: Act[] = [];
      for (; next <= now; next += MONITOR_STEP_MS) {
        const row = seen?.rows.get(bedside.bay);
        if (seen === null || row === undefined) continue;
        const { serverAheadMs } = seen;
        const step = bedside.step(next, viewByClock(row, now - (clock.now() + serverAheadMs)));
        listener.step?.(bedside.bay, next, step);
        for (const { measuredAt, cadenceS, values } of step.messages) {
          // The monitor's clock is as wrong by the server's time as it is by the simulated.
          const byServer = Math.round(real(next) + serverAheadMs + (measuredAt - next));
          readings.push({ bay: bedside.bay, cadence: cadenceS, measuredAt: byServer, ...values });
        }
        if (step.act !== null) acts.push(step.act);
      }
      void sendAll(bedside, by, readings, acts);
    }
  }

  /** Readings first: what the nurse does rests on them. */
  async function sendAll(bedside: Bedside, by: Actor, readings: ReadingMessage[], acts: Act[]): Promise<void> {
    if (readings.length > 0) await send(readings);
    for (const act of acts) await carryOut(bedside, by, act);
  }

  async function send(readings: readonly ReadingMessage[]): Promise<void> {
    const reply = await link.send(readings);
    if (reply === null) return;
    listener.readings?.(
      reply.accepted,
      reply.refused.map(({ index, reason }) => `bay ${readings[index]?.bay ?? "?"}: ${reason}`),
    );
  }

  async function carryOut(bedside: Bedside, by: Actor, act: Act): Promise<void> {
    const { id, command } = act;
    const outcome = await link.command({ id, bay: bedside.bay, by, command });
    listener.act?.(bedside.bay, act, outcome, by);
    // Whoever acts looks at the bay again before the next act.
    await wait(clock, SETTLES_MS, signal);
    bedside.told(
      simulated(clock.now()),
      act,
      outcome.ok ? null : isRefusalCode(outcome.code) ? outcome.code : "unreachable",
    );
  }

  // Monitors of a ward do not beat in time with each other.
  const spread = MONITOR_STEP_MS / Math.max(1, bedsides.length);
  await Promise.all(bedsides.map(({ bedside, by }, i) => stand(bedside, by, Math.round(i * spread))));
  unwatch();
  link.close();
}

const isRefusalCode = (code: string): code is RefusalCode => Object.hasOwn(REFUSAL_CODES, code);
