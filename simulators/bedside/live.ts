/** Bedsides that stand at a running server: readings over the socket, commands over HTTP, its rows as their eyes. */
import type { AtMs, BayId, DurationMs } from "@vigil/shared/ids";
import { type Actor, REFUSAL_CODES, type RefusalCode } from "@vigil/shared/session";
import type { ReadingMessage } from "@vigil/shared/wire";
import { type Clock, wait, waitUntil } from "../clock/index.ts";
import { type CommandOutcome, reasonOf, rowsByBay, type WardLink } from "../link/index.ts";
import { MONITOR_CADENCE_S } from "../monitor/index.ts";
import type { Act, Bedside, Step } from "./bedside.ts";
import { type BayView, viewByClock } from "./view.ts";

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
  readonly act?: (bay: BayId, act: Act, outcome: CommandOutcome) => void;
  readonly step?: (bay: BayId, at: AtMs, step: Step) => void;
}

const STEP_MS = MONITOR_CADENCE_S * 1000;
const LOOKS_EVERY_MS = 1_000;
/** Further behind than this, after a machine's sleep, the time between is left out rather than made up for. */
const MAKES_UP_FOR_MS = 5_000;

/** Runs until `signal` aborts, then closes the link; a server that goes away is waited for. */
export async function liveOn({ link, bedsides, clock, speed, signal, listener = {} }: LiveSettings): Promise<void> {
  const startedAt = clock.now();
  const simulated = (real: AtMs): AtMs => startedAt + (real - startedAt) * speed;
  const real = (at: AtMs): AtMs => startedAt + (at - startedAt) / speed;
  let views: ReadonlyMap<BayId, BayView> = new Map();
  let nextLook = Promise.withResolvers<void>();

  async function look(): Promise<void> {
    let reached = true;
    while (!signal.aborted) {
      const thisLook = nextLook;
      nextLook = Promise.withResolvers();
      try {
        const reply = await link.bays();
        const ahead: DurationMs = simulated(clock.now()) - reply.at;
        views = new Map(Array.from(rowsByBay(reply), ([bay, row]) => [bay, viewByClock(row, ahead)]));
        reached = true;
        thisLook.resolve();
      } catch (error) {
        views = new Map();
        if (reached) listener.says?.(`the server does not tell how its bays stand: ${reasonOf(error)}; trying again`);
        reached = false;
        // Who waits for this look waits for the next.
        thisLook.resolve(nextLook.promise);
      }
      await wait(clock, LOOKS_EVERY_MS, signal);
    }
  }

  async function stand(bedside: Bedside, by: Actor, offset: DurationMs): Promise<void> {
    let next = startedAt + offset;
    while (!signal.aborted) {
      await waitUntil(clock, real(next), signal);
      if (signal.aborted) return;
      const now = simulated(clock.now());
      if (now - next > MAKES_UP_FOR_MS * speed) next += Math.floor((now - next) / STEP_MS) * STEP_MS;
      const readings: ReadingMessage[] = [];
      const acts: Act[] = [];
      for (; next <= now; next += STEP_MS) {
        const view = views.get(bedside.bay);
        if (view === undefined) continue;
        const step = bedside.step(next, view);
        listener.step?.(bedside.bay, next, step);
        if (step.values !== null) readings.push({ bay: bedside.bay, cadence: MONITOR_CADENCE_S, ...step.values });
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
    listener.act?.(bedside.bay, act, outcome);
    // Whoever acts looks at the bay again before the next act.
    await nextLook.promise;
    bedside.told(
      simulated(clock.now()),
      act,
      outcome.ok ? null : isRefusalCode(outcome.code) ? outcome.code : "unreachable",
    );
  }

  // Monitors of a ward do not beat in time with each other.
  const spread = STEP_MS / Math.max(1, bedsides.length);
  await Promise.all([look(), ...bedsides.map(({ bedside, by }, i) => stand(bedside, by, Math.round(i * spread)))]);
  link.close();
}

const isRefusalCode = (code: string): code is RefusalCode => Object.hasOwn(REFUSAL_CODES, code);
