/** `vigil record`: what a running server keeps of its bays, to a feed. */
import { type FeedHeader, type FeedLine, FeedLines, headerText, lineText, startOf } from "@vigil/shared/feed";
import type { AtMs, BayId } from "@vigil/shared/ids";
import type { Command as CommandLine } from "commander";
import type { Clock } from "../clock/index.ts";
import { writeFeed } from "../feed/index.ts";
import { failureOf, fetchBays, type ServerDoor } from "../link/index.ts";
import { followRecording, MergedLines, RecordingLost, RecordingRefused } from "../recording/index.ts";
import { type Terminal, WorkFailed, WrongWords } from "../terminal/index.ts";
import { baysWord, doorOf, instantWord, KEY_FILE, keyFileWord, urlWord } from "./words.ts";

interface RecordWords {
  readonly url: string;
  /** What the file holds. */
  readonly keyFile?: string;
  readonly bay: readonly BayId[];
  readonly out?: string;
  readonly from?: AtMs;
  readonly to?: AtMs;
}

interface Surroundings {
  readonly terminal: Terminal;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

export function addRecord(program: CommandLine, terminal: Terminal, clock: Clock, signal: AbortSignal): void {
  program
    .command("record")
    .summary("a running server's bays to a feed")
    .description(
      "Writes what the server keeps of a bay, or of several, as a feed, with everything that its decisions rest on: vigil\n" +
        "alarms on it gives the alarms that were raised. One that begins within a session begins with that session's opening.\n" +
        "A --to that is left out or still to come: it goes on as readings come, until then or until Ctrl-C.",
    )
    .requiredOption("--bay <ids>", "which bay, or several with commas between them", baysWord)
    .option("--out <feed>", "the feed to write: plain, .gz or .zst (default: the standard output)")
    .option("--from <instant>", "ISO 8601 with zone; default: now", instantWord)
    .option("--to <instant>", "ISO 8601 with zone; default: until Ctrl-C", instantWord)
    .option("--url <url>", "where the server listens", urlWord, "http://127.0.0.1:4000")
    .option(...KEY_FILE, keyFileWord)
    .addHelpText("after", "\nExample:\n  vigil record --bay 3,4 --from 2026-03-02T09:00:00Z --out morning.ndjson.zst")
    .action((words: RecordWords) => record(words, { terminal, clock, signal }));
}

async function record(words: RecordWords, around: Surroundings): Promise<void> {
  const { url, to } = words;
  const { terminal } = around;
  if (new Set(words.bay).size < words.bay.length) throw new WrongWords("--bay names a bay twice");
  const door = doorOf(url, words.keyFile);
  const { at: now } = await fetchBays(door).catch((error: unknown) => {
    throw new WorkFailed(`${url}: ${failureOf(error)}`);
  });
  const from = words.from ?? now;
  if (to !== undefined && to <= from) throw new WrongWords("--to must be after --from");

  const title = words.bay.length === 1 ? `bay ${words.bay[0]}` : `bays ${words.bay.join(", ")}`;
  const isSeen = process.stdout.isTTY && words.out === undefined;
  const progress = isSeen ? () => {} : terminal.progress(title, to === undefined ? null : (to - from) / 1000);
  if (to === undefined) terminal.advise(`Recording ${title} until Ctrl-C.`);
  try {
    const lines = await recordBays(door, words, { from, now }, around, (known, written) =>
      progress(Math.max(0, Math.min(known, to ?? known) - from) / 1000, `${written} lines`),
    );
    progress(null);
    terminal.advise(`${lines} lines of ${title}.`);
  } finally {
    progress(null);
  }
}

interface Span {
  readonly from: AtMs;
  readonly now: AtMs;
}

/** All bays at once, into one feed that begins where the earliest of theirs does. @returns how many lines were written */
async function recordBays(
  door: ServerDoor,
  { url, bay: bays, to, out }: RecordWords,
  { from, now }: Span,
  { terminal, clock, signal }: Surroundings,
  progress: (known: AtMs, written: number) => void,
): Promise<number> {
  const merged = new MergedLines(bays.length);
  const headers = bays.map(() => Promise.withResolvers<FeedHeader>());
  const all = Promise.all(headers.map(({ promise }) => promise));
  const failed = new AbortController();
  const givenUp = new Promise<null>((resolve) => {
    signal.addEventListener("abort", () => resolve(null), { once: true });
  });
  const opened: Output[] = [];
  let written = 0;
  /** One drains at a time; whoever comes meanwhile is served by it. */
  let draining: Promise<void> = Promise.resolve();

  async function drain(): Promise<void> {
    // Whoever ends it before every bay has answered gets nothing.
    const found = await Promise.race([all, givenUp]);
    if (found === null) return;
    const output = opened[0] ?? (await openOutput(out, joined(found, bays), terminal));
    opened[0] = output;
    for (const { at, line } of merged.take()) {
      await output.write({ ...line, at: at - output.startedAt });
      if (line.recorded?.tick !== true) written += 1;
    }
    progress(merged.knownOfAll, written);
  }
  const drained = (): Promise<void> => (draining = draining.then(drain));

  async function follow(bay: BayId, part: number): Promise<void> {
    const address = new URL(`/api/bays/${encodeURIComponent(bay)}/recording`, url);
    address.searchParams.set("from", String(from));
    if (to !== undefined) address.searchParams.set("to", String(to));
    if (to === undefined || to > now) address.searchParams.set("follow", "1");
    const lines = new FeedLines();
    let startedAt: AtMs = from;
    const around = bays.length > 1 ? `${url}: bay ${bay}` : url;
    await followRecording(address, {
      key: door.key,
      clock,
      signal: AbortSignal.any([signal, failed.signal]),
      write: async (text) => {
        const taken = lines.take(text);
        if (taken !== null && "reason" in taken) {
          throw new WorkFailed(`${url}: the recording of bay ${bay}, line ${taken.line}: ${taken.reason}`);
        }
        if (taken !== null) {
          const { number: _, ...line } = taken;
          merged.push(part, { at: startedAt + line.at, line });
          return drained();
        }
        if (lines.header === null) return;
        startedAt = startOf(lines.header);
        headers[part]?.resolve(lines.header);
      },
      known: (t) => merged.known(part, startedAt + Math.round(t * 1000)),
      lost: (reason) => terminal.say(`${around}: connection lost (${reason}); the recording goes on when it is back`),
      again: () => terminal.say(`${around}: connected again; the recording goes on`),
    });
    merged.known(part, Number.POSITIVE_INFINITY);
  }

  try {
    await Promise.all(
      bays.map((bay, part) =>
        follow(bay, part).catch((error: unknown) => {
          failed.abort();
          if (error instanceof RecordingLost) throw new WorkFailed(`${url}: ${error.message}`);
          if (error instanceof RecordingRefused) throw new WorkFailed(`${url}: bay ${bay}: ${error.message}`);
          throw error;
        }),
      ),
    );
    await drained();
  } finally {
    await opened[0]?.close();
  }
  return written;
}

interface Output {
  readonly startedAt: AtMs;
  write(line: FeedLine): Promise<void>;
  close(): Promise<void>;
}

/** Everything but title, bays and start is the server's and the same in all of them. */
function joined(headers: readonly FeedHeader[], bays: readonly BayId[]): FeedHeader {
  const [first, ...others] = headers.toSorted((a, b) => startOf(a) - startOf(b));
  if (first === undefined) throw new Error("a recording is of one bay at least");
  return others.length === 0 ? first : { ...first, title: `Bays ${bays.join(", ")}`, bays };
}

async function openOutput(path: string | undefined, header: FeedHeader, terminal: Terminal): Promise<Output> {
  const startedAt = startOf(header);
  if (path !== undefined) return { startedAt, ...(await writeFeed(path, header)) };
  await terminal.print(headerText(header));
  return { startedAt, write: (line) => terminal.print(lineText(line)), close: async () => undefined };
}
