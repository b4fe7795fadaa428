/** `vigil what-if`: alarms under two protocols, side by side, over feeds or a server's sessions. */
import type { OpenPhase } from "@vigil/shared/bay";
import type { AtMs } from "@vigil/shared/ids";
import { type ComparedSource, type Difference, editsOf, type RuleChoice, sumSources } from "@vigil/shared/replay";
import { type Command as CommandLine, Option } from "commander";
import { RecordingLost, RecordingRefused } from "../recording/index.ts";
import { type Terminal, WorkFailed, WrongWords } from "../terminal/index.ts";
import { comparedByServer, compareFeeds, replayLink, whatIfTable } from "../what-if/index.ts";
import { PHASES, USUAL_INTERVAL_MIN } from "./alarms.ts";
import { readProtocol } from "./protocol-file.ts";
import { doorOf, instantWord, KEY_FILE, keyFileWord, minutesWord, urlWord } from "./words.ts";

interface WhatIfWords {
  readonly protocol?: string;
  readonly against: string;
  readonly server?: string;
  /** What the file holds. */
  readonly keyFile?: string;
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
        "Works on every core: feeds here, sessions at their server. Ctrl-C ends it early, with the table of what was done by then.",
    )
    .argument("[feed...]", "feeds to read: plain, .gz or .zst")
    .option("--protocol <file>", "one protocol, JSON; default: each session's own, as recorded")
    .requiredOption("--against <file>", "the other, JSON")
    .option("--server <url>", "the sessions of this server, instead of feeds", urlWord)
    .option(...KEY_FILE, keyFileWord)
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
  const { server, phase, interval, from, to } = words;
  if ((server === undefined) === (feeds.length === 0)) throw new WrongWords("Name feeds, or a server with --server.");
  if (server !== undefined && phase !== undefined)
    throw new WrongWords("--phase is for feeds; sessions bring their own");
  if (server === undefined && (from !== undefined || to !== undefined)) {
    throw new WrongWords("--from and --to need --server");
  }
  if (from !== undefined && to !== undefined && from >= to) throw new WrongWords("--from must be before --to");
  if (interval !== undefined && phase === undefined) throw new WrongWords("--interval needs --phase");
  const before: RuleChoice =
    words.protocol === undefined
      ? { kind: "recorded" }
      : { kind: "protocol", protocol: await readProtocol(words.protocol, terminal) };
  const after = { kind: "protocol" as const, protocol: await readProtocol(words.against, terminal) };
  const rules = { before, after };
  const outcome =
    server === undefined
      ? await overFeeds(feeds, rules, words, terminal, signal)
      : await overSessions(server, rules, words, terminal, signal);
  if (words.list === true) {
    const listed = outcome.listed.toSorted((a, b) => startOf(a.difference) - startOf(b.difference));
    for (const { name, difference, link } of listed) {
      await terminal.print(JSON.stringify({ ...name, ...told(difference), ...link }));
    }
  }
  if (outcome.done < outcome.of) terminal.say(`Stopped: this is ${outcome.done} of ${outcome.of}.`);
  await terminal.print(whatIfTable(outcome.sources, outcome.done, server === undefined ? "feeds" : "sessions"));
  if (outcome.failed === 0) return;
  throw new WorkFailed(
    server === undefined
      ? `${outcome.failed} of ${outcome.of} feeds are not whole: they count as far as they are good.`
      : `${outcome.failed} sessions could not be decided again.`,
  );
}

interface Outcome {
  readonly sources: readonly ComparedSource[];
  readonly listed: readonly { readonly name: object; readonly difference: Difference; readonly link: object }[];
  readonly done: number;
  readonly of: number;
  readonly failed: number;
}

type Rules = { readonly before: RuleChoice; readonly after: Extract<RuleChoice, { readonly kind: "protocol" }> };

async function overFeeds(
  feeds: readonly string[],
  rules: Rules,
  { phase, interval = USUAL_INTERVAL_MIN }: WhatIfWords,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<Outcome> {
  const setup = { ...rules, phase: phase === undefined ? null : { name: phase, cuffIntervalMin: interval } };
  const progress = terminal.progress("what-if", feeds.length);
  const listed: Outcome["listed"][number][] = [];
  let sources: readonly ComparedSource[] = [];
  let [done, failed] = [0, 0];
  try {
    for await (const { path, compared, wrong } of compareFeeds(feeds, setup, signal)) {
      if (wrong !== null) {
        failed += 1;
        terminal.say(compared === null ? wrong : `${wrong}; what comes before it was compared`);
      }
      sources = sumSources([sources, compared?.sources ?? []]);
      for (const difference of compared?.differences ?? []) listed.push({ name: { feed: path }, difference, link: {} });
      done += 1;
      progress(done);
    }
  } finally {
    progress(null);
  }
  return { sources, listed, done, of: feeds.length, failed };
}

async function overSessions(
  url: string,
  rules: Rules,
  { from, to, keyFile }: WhatIfWords,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<Outcome> {
  const listed: Outcome["listed"][number][] = [];
  const edits = editsOf(rules.after.protocol);
  let sources: readonly ComparedSource[] = [];
  let [done, of, failed] = [0, 0, 0];
  let progress: (value: number | null) => void = () => undefined;
  try {
    for await (const line of comparedByServer(
      doorOf(url, keyFile),
      { from: from ?? null, to: to ?? null, ...rules },
      signal,
    )) {
      switch (line.type) {
        case "waiting":
          terminal.advise(`${url}: another comparison is being computed; this one comes next.`);
          break;
        case "begun":
          of = line.sessions;
          if (line.thinned > 0) {
            terminal.say(
              `${url}: ${line.thinned} older sessions are left out: their readings were thinned to minutes.`,
            );
          }
          progress = terminal.progress(url, of);
          break;
        case "failed":
          failed += 1;
          terminal.say(`${url}: session ${line.id}: ${line.reason}`);
          break;
        case "session":
          for (const difference of line.differences) {
            const link = { link: replayLink(url, line.id, difference, edits) };
            listed.push({ name: { session: line.id }, difference, link });
          }
          break;
        case "progress":
          sources = line.sources;
          done = line.done;
          progress(done);
          break;
        case "done":
          break;
      }
    }
  } catch (error) {
    if (error instanceof RecordingRefused) throw new WorkFailed(`${url}: ${error.message}`);
    if (!(error instanceof RecordingLost)) throw error;
    throw new WorkFailed(`${url}: ${of === 0 ? "no server answers" : "connection lost"}: ${error.message}`);
  } finally {
    progress(null);
  }
  return { sources, listed, done, of, failed };
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
