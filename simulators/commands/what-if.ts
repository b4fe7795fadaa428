/** `vigil what-if`: alarms under two protocols, side by side, over feeds or a server's sessions. */
import type { OpenPhase } from "@vigil/shared/bay";
import { inputsOfLine } from "@vigil/shared/feed";
import type { AtMs } from "@vigil/shared/ids";
import { type Protocol, protocolSchema } from "@vigil/shared/protocol";
import {
  alarmRulesOf,
  type ComparedSource,
  type Comparison,
  compare,
  type Difference,
  Replay,
  type ReplayInput,
  sumSources,
} from "@vigil/shared/replay";
import { VITAL_FACTS, VITALS } from "@vigil/shared/vitals";
import { type Command as CommandLine, Option } from "commander";
import { readFeed } from "../feed/index.ts";
import {
  inputsOfSession,
  type RecordedInputs,
  RecordingLost,
  RecordingRefused,
  sessionsOf,
} from "../recording/index.ts";
import { type Terminal, WorkFailed, WrongWords } from "../terminal/index.ts";
import { PHASES, USUAL_INTERVAL_MIN } from "./alarms.ts";
import { readProtocol } from "./protocol-file.ts";
import { instantWord, minutesWord, urlWord } from "./words.ts";

interface WhatIfWords {
  readonly protocol?: string;
  readonly against: string;
  readonly server?: string;
  readonly from?: AtMs;
  readonly to?: AtMs;
  readonly phase?: OpenPhase;
  readonly interval?: number;
  readonly list?: true;
}

export function addWhatIf(program: CommandLine, terminal: Terminal, signal: AbortSignal): void {
  program
    .command("what-if")
    .summary("alarms under two protocols, side by side")
    .description(
      "Decides feeds, or the sessions of a running server, under two protocols and tells what would have been different:\n" +
        "alarms gained, lost and moved, and the minutes for which they stood. Only what decides alarms is taken of a protocol;\n" +
        "checks, plans and discharge stay each session's own, and so do limits that a nurse edited during a session.\n" +
        "Ctrl-C ends it early, with the table of what was done by then.",
    )
    .argument("[feed...]", "feeds to read: plain, .gz or .zst")
    .option("--protocol <file>", "one protocol, JSON; default: each session's own, as recorded")
    .requiredOption("--against <file>", "the other, JSON")
    .option("--server <url>", "the sessions of this server, instead of feeds", urlWord)
    .option("--from <instant>", "with --server: sessions opened from then on, ISO 8601 with zone", instantWord)
    .option("--to <instant>", "with --server: sessions opened before then", instantWord)
    .addOption(
      new Option("--phase <phase>", "take whole feeds as this phase; default: their own commands").choices(PHASES),
    )
    .option("--interval <minutes>", `with --phase: minutes of cuff cycle (default: ${USUAL_INTERVAL_MIN})`, minutesWord)
    .option("--list", "every difference too, one JSON object a line, before the table")
    .addHelpText("after", "\nExample:\n  vigil what-if march.ndjson.gz --protocol now.json --against quieter.json")
    .action((feeds: string[], words: WhatIfWords) => whatIf(feeds, words, terminal, signal));
}

async function whatIf(
  feeds: readonly string[],
  words: WhatIfWords,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const { server, phase, interval } = words;
  if ((server === undefined) === (feeds.length === 0)) throw new WrongWords("Name feeds, or a server with --server.");
  if (server !== undefined && phase !== undefined)
    throw new WrongWords("--phase is for feeds; sessions bring their own");
  if (server === undefined && (words.from !== undefined || words.to !== undefined)) {
    throw new WrongWords("--from and --to need --server");
  }
  if (interval !== undefined && phase === undefined) throw new WrongWords("--interval needs --phase");
  const before = words.protocol === undefined ? null : await readProtocol(words.protocol, terminal);
  const after = await readProtocol(words.against, terminal);

  const work = server === undefined ? feedsWork(feeds) : await serverWork(server, words, signal);
  const progress = terminal.progress(server ?? "what-if", work.length);
  const sums: ComparedSource[][] = [];
  let done = 0;
  try {
    for (const { name, link, read } of work) {
      // One turn of the loop for signals: the engine itself never waits.
      await new Promise((resolve) => setImmediate(resolve));
      if (signal.aborted) break;
      const recorded = await read(signal);
      if (recorded === null) break;
      const comparison = compared(recorded, before, after, words);
      sums.push(sumSources([...sums.splice(0), [...comparison.sources]]));
      if (words.list === true) await list(comparison, name, link, terminal);
      done += 1;
      progress(done);
    }
  } catch (error) {
    if (error instanceof RecordingLost || error instanceof RecordingRefused) {
      throw new WorkFailed(`${server}: ${error.message}`);
    }
    throw error;
  } finally {
    progress(null);
  }
  if (done < work.length) terminal.say(`Stopped: this is ${done} of ${work.length}.`);
  await terminal.print(table(sums.flat(), done, server === undefined ? "feeds" : "sessions"));
}

interface Work {
  readonly name: object;
  /** To the moment, where there is a page for it. */
  readonly link: (at: AtMs) => object;
  readonly read: (signal: AbortSignal) => Promise<RecordedInputs | null>;
}

const feedsWork = (feeds: readonly string[]): Work[] =>
  feeds.map((path) => ({ name: { feed: path }, link: () => ({}), read: (signal) => inputsOfFeed(path, signal) }));

async function serverWork(url: string, { from, to }: WhatIfWords, signal: AbortSignal): Promise<Work[]> {
  const ids = await sessionsOf(url, { from: from ?? null, to: to ?? null }, signal).catch((error: unknown) => {
    throw error instanceof RecordingLost ? new WorkFailed(`${url}: no server answers: ${error.message}`) : error;
  });
  return ids.map((id) => ({
    name: { session: id },
    link: (at) => ({ link: new URL(`/replay?session=${encodeURIComponent(id)}&at=${at}`, url).href }),
    read: (stop) => inputsOfSession(url, id, stop),
  }));
}

async function inputsOfFeed(path: string, signal: AbortSignal): Promise<RecordedInputs | null> {
  const { header, lines } = await readFeed(path);
  const inputs: ReplayInput[] = [];
  for await (const line of lines) {
    for (const input of inputsOfLine(line, header)) inputs.push({ bay: line.bay, input });
    if (signal.aborted) return null;
  }
  return { bays: header.bays ?? [], inputs };
}

function compared(
  { bays, inputs }: RecordedInputs,
  before: Protocol | null,
  after: Protocol,
  { phase, interval = USUAL_INTERVAL_MIN }: WhatIfWords,
): Comparison {
  const under = (protocol: Protocol | null, asRecorded?: Replay) =>
    new Replay(inputs, {
      protocol: protocolSchema.parse({}),
      bays,
      ...(protocol === null ? {} : { rules: alarmRulesOf(protocol) }),
      ...(phase === undefined ? {} : { phase: { name: phase, cuffIntervalMin: interval } }),
      ...(asRecorded === undefined ? {} : { asRecorded }),
    });
  const recorded = under(null);
  return compare(before === null ? recorded : under(before, recorded), under(after, recorded));
}

async function list(
  { differences }: Comparison,
  name: object,
  link: (at: AtMs) => object,
  terminal: Terminal,
): Promise<void> {
  for (const difference of differences) {
    await terminal.print(JSON.stringify({ ...name, ...told(difference), ...link(startOf(difference)) }));
  }
}

const startOf = ({ before, after }: Difference): AtMs => before?.raisedAt ?? after?.raisedAt ?? 0;

function told({ kind, before, after }: Difference): object {
  const { bay = "", alarm = "" } = before ?? after ?? {};
  const side = (of: Difference["before"]) =>
    of === null
      ? null
      : { raised: iso(of.raisedAt), cleared: of.clearedAt === null ? null : iso(of.clearedAt), priority: of.priority };
  return { change: kind, bay, alarm, before: side(before), after: side(after) };
}

const iso = (at: AtMs): string => new Date(at).toISOString();

const COLUMNS = ["source", "priority", "alarms", "then", "minutes", "then", "gained", "lost", "moved"] as const;

/** Figures of the one protocol and, under "then", of the other. */
function table(sources: readonly ComparedSource[], done: number, what: string): string {
  const rows = sources.map(({ source, priority, before, after, gained, lost, moved }) => [
    sourceText(source),
    priority,
    ...[before.alarms, after.alarms].map(String),
    ...[before, after].map(({ standingMs }) => (standingMs / 60_000).toFixed(1)),
    ...[gained, lost, moved].map(String),
  ]);
  const sum = (of: (each: ComparedSource) => number): number => sources.reduce((n, each) => n + of(each), 0);
  const total = [
    `all, ${done} ${what}`,
    "",
    String(sum(({ before }) => before.alarms)),
    String(sum(({ after }) => after.alarms)),
    (sum(({ before }) => before.standingMs) / 60_000).toFixed(1),
    (sum(({ after }) => after.standingMs) / 60_000).toFixed(1),
    String(sum(({ gained }) => gained)),
    String(sum(({ lost }) => lost)),
    String(sum(({ moved }) => moved)),
  ];
  const lines = [[...COLUMNS], ...rows, total];
  const widths = COLUMNS.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((text, column) => (column < 2 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function sourceText(source: string): string {
  const vital = VITALS.find((each) => each === source);
  return vital === undefined ? source : VITAL_FACTS[vital].label;
}
