/** `vigil play`: a feed into a running server. */
import type { BayId, DurationMs } from "@vigil/shared/ids";
import type { Command as CommandLine } from "commander";
import type { Clock } from "../clock/index.ts";
import { FeedError, type OpenFeed, readFeed } from "../feed/index.ts";
import { type BaysReply, failureOf, fetchBays, openLink, type ServerDoor } from "../link/index.ts";
import { Hold, playFeed, targetsOf } from "../play/index.ts";
import { type Terminal, WorkFailed, WrongWords } from "../terminal/index.ts";
import { baysWord, doorOf, KEY_FILE, keyFileWord, speedRemark, speedWord, urlWord } from "./words.ts";

interface PlayWords {
  readonly url: string;
  /** What the file holds. */
  readonly keyFile?: string;
  readonly speed: number;
  readonly bay?: BayId[];
  readonly anyway: boolean;
}

export function addPlay(program: CommandLine, terminal: Terminal, clock: Clock, signal: AbortSignal): void {
  program
    .command("play")
    .summary("a feed into a running server")
    .description(
      "Sends a feed to a running server: values exactly as recorded, command lines as commands. Sessions, acts, bays that a\n" +
        "patient moves to and times of late entries become those of this playing; calls of the ladder are the server's own.\n" +
        "Of a feed with a mistake in it what comes before the mistake is played.\n" +
        "The server's time follows real time: at a speed beyond 1 readings come faster, but delays, the clock of the " +
        "infusion and the recovery still take real seconds, so durations and alarms differ from the recorded ones. Speeds " +
        "beyond 1 are for isolated test servers, never for one at which patients are.\n" +
        "A bay that hears another monitor is left alone: two monitors in one bay mix their values. In the demonstration one " +
        "bay is free.\n" +
        "On a terminal the space bar holds the feed and lets it go on; Ctrl-C ends it.",
    )
    .argument("<feed>", "the feed: plain, .gz or .zst")
    .option("--url <url>", "where the server listens", urlWord, "http://127.0.0.1:4000")
    .option(...KEY_FILE, keyFileWord)
    .option("--speed <factor>", "how many times faster than recorded, 0.1 to 100", speedWord, 1)
    .option("--bay <ids>", "to these bays: a one-bay feed to each, others in order (default: the feed's own)", baysWord)
    .option("--anyway", "also to a bay that hears another monitor", false)
    .addHelpText("after", "\nExample:\n  vigil play session.ndjson.gz --bay 1,2 --speed 4")
    .action((path: string, words: PlayWords) => play(path, words, terminal, clock, signal));
}

async function play(
  path: string,
  words: PlayWords,
  terminal: Terminal,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const { url, speed } = words;
  const door = doorOf(url, words.keyFile);
  const { bays, from, to, lastGood, wrong } = await lookThrough(path);
  const targets = targetsOf(bays, words.bay ?? []);
  if (typeof targets === "string") throw new WrongWords(`--bay ${words.bay?.join(",")}: ${targets}`);
  if (wrong !== null) terminal.say(`${wrong.message}; what comes before it is played`);
  const { aheadMs: serverAheadMs, there } = await lookAtServer(door, clock);
  if (!words.anyway) leaveOthersAlone(url, [...targets.values()].flat(), there);

  let lost = false;
  const connected = Promise.withResolvers<void>();
  const link = openLink(door, {
    lost: (reason) => {
      lost = true;
      terminal.say(`${url}: connection lost (${reason}); the feed stands still until it is back`);
    },
    connected: () => {
      if (lost) terminal.say(`${url}: connected again; the feed goes on`);
      lost = false;
      connected.resolve();
    },
  });
  signal.addEventListener("abort", () => connected.resolve());
  await connected.promise;
  if (speed !== 1) terminal.say(speedRemark(speed));
  const hold = new Hold();
  let reached = from;
  const show = () => progress((reached - from) / 1000, hold.isOn ? "held: space goes on" : "");
  const stopKeys = terminal.onSpace(() => {
    hold.toggle();
    show();
  });
  if (stopKeys !== null) terminal.advise("Space holds the feed, and lets it go on.");
  const progress = terminal.progress(path, (to - from) / 1000);
  try {
    const feed = await readFeed(path);
    const count = await playFeed(
      { ...feed, lines: upTo(lastGood, feed.lines) },
      {
        link,
        targets,
        speed,
        clock,
        serverAheadMs,
        signal,
        hold,
        slept: (forMs) =>
          terminal.say(`This machine was away for ${Math.round(forMs / 1000)} s; the feed goes on where it was.`),
        refused: (line, what, reason) => terminal.say(`${path}:${line}: ${what} refused: ${reason}`),
        progress: (at) => {
          reached = at;
          show();
        },
      },
    );
    await terminal.print(
      `readings accepted ${count.readings}, commands accepted ${count.commands}, refused ${count.refused}`,
    );
    if (wrong !== null && !signal.aborted) throw new WorkFailed(`${path}: played as far as line ${lastGood}`);
  } finally {
    stopKeys?.();
    progress(null);
    link.close();
  }
}

/** How its bays are, and how far its clock is ahead of ours; clocks that agree as well as the way there and back tells are one. */
async function lookAtServer(
  door: ServerDoor,
  clock: Clock,
): Promise<{ readonly aheadMs: DurationMs; readonly there: BaysReply }> {
  const askedAt = clock.now();
  const there = await fetchBays(door).catch((error: unknown) => {
    throw new WorkFailed(`${door.url}: ${failureOf(error)}`);
  });
  const answeredAt = clock.now();
  return { aheadMs: there.at >= askedAt && there.at <= answeredAt ? 0 : there.at - answeredAt, there };
}

/** Two monitors in one bay mix their values, and nobody could tell which are whose. */
function leaveOthersAlone(url: string, wanted: readonly BayId[], { bays }: BaysReply): void {
  const heard = bays.filter(({ id, row }) => wanted.includes(id) && row.monitor === "talking").map(({ id }) => id);
  if (heard.length === 0) return;
  const free = bays.find(({ row }) => row.monitor !== "talking" && row.sessionId === null);
  throw new WorkFailed(
    `${url}: ${heard.map((id) => `bay ${id}`).join(" and ")} hears another monitor, whose values would mix with the feed's. ` +
      `${free === undefined ? "Choose other bays with --bay" : `Bay ${free.id} is free: --bay ${free.id}`}, or play with --anyway.`,
  );
}

interface LookedThrough {
  readonly bays: readonly BayId[];
  readonly from: DurationMs;
  readonly to: DurationMs;
  /** The line up to which the feed is good. */
  readonly lastGood: number;
  /** What is wrong in the line after it; `null`: the whole feed is good. */
  readonly wrong: FeedError | null;
}

/** Reads the whole feed once, so that it is known before anything is sent how much of it is good. @throws FeedError: nothing is */
async function lookThrough(path: string): Promise<LookedThrough> {
  const { header, lines } = await readFeed(path);
  const bays = new Set(header.bays);
  let from: DurationMs | null = null;
  let to: DurationMs = 0;
  let lastGood = 1;
  let wrong: FeedError | null = null;
  try {
    for await (const { at, bay, number } of lines) {
      if (header.bays !== undefined && !bays.has(bay)) {
        throw new FeedError(path, number, `bay ${bay} is not in the header`);
      }
      bays.add(bay);
      from ??= at;
      to = at;
      lastGood = number;
    }
  } catch (error) {
    if (!(error instanceof FeedError) || from === null) throw error;
    wrong = error;
  }
  return { bays: [...bays], from: from ?? 0, to, lastGood, wrong };
}

async function* upTo(last: number, lines: OpenFeed["lines"]): OpenFeed["lines"] {
  for await (const line of lines) {
    if (line.number > last) return;
    yield line;
    if (line.number === last) return;
  }
}
