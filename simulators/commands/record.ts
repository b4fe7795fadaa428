/** `vigil record`: what a running server keeps of a bay, to a feed. */
import { type AtMs, type BayId, bayIdSchema } from "@vigil/shared/ids";
import { type Command as CommandLine, InvalidArgumentError } from "commander";
import type { Clock } from "../clock/index.ts";
import { failureOf, fetchBays } from "../link/index.ts";
import { followRecording, RecordingLost, RecordingRefused } from "../recording/index.ts";
import { type Terminal, WorkFailed, WrongWords } from "../terminal/index.ts";
import { doorOf, instantWord, KEY_FILE, keyFileWord, urlWord } from "./words.ts";

interface RecordWords {
  readonly url: string;
  /** What the file holds. */
  readonly keyFile?: string;
  readonly bay: BayId;
  readonly from?: AtMs;
  readonly to?: AtMs;
}

export function addRecord(program: CommandLine, terminal: Terminal, clock: Clock, signal: AbortSignal): void {
  program
    .command("record")
    .summary("a running server's bay to a feed")
    .description(
      "Writes what the server keeps of a bay as a feed, with everything that its decisions rest on: vigil alarms on it gives\n" +
        "the alarms that were raised. One that begins within a session begins with that session's opening.\n" +
        "A --to that is left out or still to come: it goes on as readings come, until then or until Ctrl-C.",
    )
    .requiredOption("--bay <id>", "which bay", bayWord)
    .option("--from <instant>", "ISO 8601 with zone; default: now", instantWord)
    .option("--to <instant>", "ISO 8601 with zone; default: until Ctrl-C", instantWord)
    .option("--url <url>", "where the server listens", urlWord, "http://127.0.0.1:4000")
    .option(...KEY_FILE, keyFileWord)
    .addHelpText("after", "\nExample:\n  vigil record --bay 3 --from 2026-03-02T09:00:00Z > bay-3.ndjson")
    .action((words: RecordWords) => record(words, terminal, clock, signal));
}

function bayWord(text: string): BayId {
  const bay = bayIdSchema.safeParse(text);
  if (bay.success) return bay.data;
  throw new InvalidArgumentError("It must be a bay, such as 1.");
}

async function record(words: RecordWords, terminal: Terminal, clock: Clock, signal: AbortSignal): Promise<void> {
  const { url, bay, to } = words;
  const door = doorOf(url, words.keyFile);
  const { at: now } = await fetchBays(door).catch((error: unknown) => {
    throw new WorkFailed(`${url}: ${failureOf(error)}`);
  });
  const from = words.from ?? now;
  if (to !== undefined && to <= from) throw new WrongWords("--to must be after --from");
  const address = new URL(`/api/bays/${encodeURIComponent(bay)}/recording`, url);
  address.searchParams.set("from", String(from));
  if (to !== undefined) address.searchParams.set("to", String(to));
  if (to === undefined || to > now) address.searchParams.set("follow", "1");

  let startedAt: AtMs | null = null;
  const lengthS = ((to ?? now) - from) / 1000;
  const progress = to === undefined ? () => {} : terminal.progress(`bay ${bay}`, lengthS);
  if (to === undefined) terminal.advise(`Recording bay ${bay} until Ctrl-C.`);
  try {
    const lines = await followRecording(address, {
      key: door.key,
      clock,
      signal,
      write: async (line) => {
        startedAt ??= startOfHeader(line);
        await terminal.print(line);
      },
      known: (t) => progress(Math.max(0, Math.min(lengthS, ((startedAt ?? from) - from) / 1000 + t))),
      lost: (reason) => terminal.say(`${url}: connection lost (${reason}); the recording goes on when it is back`),
      again: () => terminal.say(`${url}: connected again; the recording goes on`),
    });
    terminal.advise(`${lines} lines of bay ${bay}.`);
  } catch (error) {
    if (error instanceof RecordingLost) throw new WorkFailed(`${url}: ${error.message}`);
    if (error instanceof RecordingRefused) throw new WorkFailed(`${url}: bay ${bay}: ${error.message}`);
    throw error;
  } finally {
    progress(null);
  }
}

function startOfHeader(line: string): AtMs | null {
  const header: unknown = JSON.parse(line);
  if (typeof header !== "object" || header === null || !("startedAt" in header)) return null;
  return Date.parse(String(header.startedAt));
}
