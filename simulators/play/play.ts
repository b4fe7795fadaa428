/** A feed into a running server, at its own pace or faster. */
import { comesBeforeValues } from "@vigil/shared/feed";
import type { AtMs, DurationMs } from "@vigil/shared/ids";
import type { ReadingMessage, SimulatedRequest } from "@vigil/shared/wire";
import { type Clock, wait, waitUntil } from "../clock/index.ts";
import type { NumberedLine, OpenFeed } from "../feed/index.ts";
import type { CommandOutcome, WardLink } from "../link/index.ts";
import type { Hold } from "./hold.ts";
import { PlayedTime } from "./played-time.ts";
import { Requests } from "./requests.ts";
import { type PlayedReading, readingsOf, type Targets } from "./targets.ts";

export interface PlaySettings {
  readonly link: WardLink;
  readonly targets: Targets;
  readonly speed: number;
  readonly clock: Clock;
  /** How far the server's clock is ahead of `clock`. */
  readonly serverAheadMs: DurationMs;
  /** Ends it early. */
  readonly signal: AbortSignal;
  /** While it is on, the feed stands still. */
  readonly hold: Hold;
  /** This machine slept, or was too busy, for so long: the feed goes on where it was. */
  readonly slept: (forMs: DurationMs) => void;
  readonly refused: (line: number, what: string, reason: string) => void;
  readonly progress: (at: DurationMs) => void;
}

export interface PlayCount {
  readonly readings: number;
  readonly commands: number;
  readonly refused: number;
}

/** A message stays well below what a server takes in one. */
const MOST_IN_ONE = 200;
const TRIES_AGAIN_AFTER_MS = 500;
/** Further behind than this, the time between is left out rather than made up for: nobody measures that fast. */
const LEFT_OUT_AFTER_MS = 5_000;

/**
 * Plays to the end. What a server refuses is told and passed over. While no server answers, the feed stands still: it goes
 * on where it was, so that nothing is left out.
 */
export async function playFeed(feed: OpenFeed, settings: PlaySettings): Promise<PlayCount> {
  const { clock, signal, speed, targets, link, hold, serverAheadMs } = settings;
  const run = Math.round(clock.now()).toString(36);
  const count = { readings: 0, commands: 0, refused: 0 };
  /** The instant at which t = 0 is played; moves on by the time for which the feed stood still. */
  let zero: AtMs | null = null;
  let waiting: (PlayedReading & { readonly line: number })[] = [];
  let playing: DurationMs = 0;
  const played = new PlayedTime(speed);
  const serverNow = (): AtMs => clock.now() + serverAheadMs;
  const requests = new Requests({
    header: feed.header,
    targets,
    run,
    playedAt: (at) => played.of(at, playing, serverNow()),
  });

  const dueAt = (at: DurationMs): AtMs => {
    zero ??= clock.now() - at / speed;
    return zero + at / speed;
  };

  /** Waits for an instant of the feed; while it is held, that moves on. */
  async function comes(at: DurationMs): Promise<void> {
    while (!signal.aborted) {
      const from = clock.now();
      await hold.ends(signal);
      if (zero !== null) zero += clock.now() - from;
      if (dueAt(at) <= clock.now()) return;
      await waitUntil(clock, dueAt(at), AbortSignal.any([signal, hold.changes]));
    }
  }

  /** Asks until there is an answer; the time until then does not count. */
  async function insist<T>(ask: () => Promise<T | null>): Promise<T | null> {
    const from = clock.now();
    for (let tries = 0; !signal.aborted; tries += 1) {
      const answer = await ask();
      if (answer !== null) {
        if (tries > 0 && zero !== null) zero += clock.now() - from;
        return answer;
      }
      await wait(clock, TRIES_AGAIN_AFTER_MS, signal);
    }
    return null;
  }

  async function sendReadings(): Promise<void> {
    while (waiting.length > 0 && !signal.aborted) {
      const sent = waiting.slice(0, MOST_IN_ONE);
      waiting = waiting.slice(MOST_IN_ONE);
      const reply = await insist(() => link.send(sent.map((each) => dated(each, serverNow()))));
      if (reply === null) return;
      count.readings += reply.accepted;
      count.refused += sent.length - reply.accepted;
      for (const { index, reason } of reply.refused) {
        const at = sent[index];
        if (at !== undefined) settings.refused(at.line, `reading for bay ${at.reading.bay}`, reason);
      }
    }
  }

  async function send(request: SimulatedRequest, line: number): Promise<void> {
    const outcome = await insist<CommandOutcome>(async () => {
      const answer = await link.command(request);
      return !answer.ok && answer.code === "unreachable" ? null : answer;
    });
    if (outcome === null) return;
    if (outcome.ok) count.commands += 1;
    else {
      count.refused += 1;
      settings.refused(line, `${request.command.type} for bay ${request.bay}`, outcome.reason);
    }
  }

  async function play(line: NumberedLine): Promise<void> {
    if (dueAt(line.at) > clock.now() || hold.isOn) {
      await sendReadings();
      await comes(line.at);
      settings.progress(line.at);
    }
    const lateMs = clock.now() - dueAt(line.at);
    if (lateMs > LEFT_OUT_AFTER_MS && zero !== null) {
      zero += lateMs;
      settings.slept(lateMs);
    }
    const acts = line.command !== null || line.recorded?.arrival !== undefined;
    const actsFirst = line.command !== null && comesBeforeValues(line.command);
    if (acts && actsFirst) await act(line);
    for (const reading of readingsOf(line, feed.header, targets)) waiting.push({ ...reading, line: line.number });
    if (acts && !actsFirst) await act(line);
    if (waiting.length >= MOST_IN_ONE) await sendReadings();
  }

  async function act(line: NumberedLine): Promise<void> {
    await sendReadings();
    playing = line.at;
    const { requests: asked, notPlayed } = requests.of(line);
    if (notPlayed !== null) {
      count.refused += 1;
      settings.refused(line.number, notPlayed.what, notPlayed.reason);
    }
    if (asked.length === 0) return;
    const sentAt = serverNow();
    for (const request of asked) await send(request, line.number);
    played.note({ at: line.at, sentAt, answeredAt: serverNow() });
  }

  for await (const line of feed.lines) {
    if (signal.aborted) break;
    await play(line);
  }
  await sendReadings();
  return count;
}

/** The device's clock is as wrong by the server's time as it was on the recorded day. */
const dated = ({ reading, deviceAheadMs }: PlayedReading, now: AtMs): ReadingMessage =>
  deviceAheadMs === null ? reading : { ...reading, measuredAt: Math.round(now + deviceAheadMs) };
