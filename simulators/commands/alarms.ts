/** `vigil alarms`: the engine over feeds, offline. */
import type { OpenPhase } from "@vigil/shared/bay";
import { startOf } from "@vigil/shared/feed";
import { protocolSchema } from "@vigil/shared/protocol";
import { type Command as CommandLine, Option } from "commander";
import { FeedError, readFeed } from "../feed/index.ts";
import { type OfflineEvent, type OfflineSettings, OfflineWard } from "../offline/index.ts";
import { type Terminal, WorkFailed, WrongWords } from "../terminal/index.ts";
import { readProtocol } from "./protocol-file.ts";
import { minutesWord } from "./words.ts";

export const PHASES: readonly OpenPhase[] = ["preparation", "infusing", "paused", "recovery", "ready"];
const KINDS = ["physiological", "technical", "procedural", "all"] as const;
export const USUAL_INTERVAL_MIN = 5;
const LINES_IN_ONE = 500;

interface AlarmsWords {
  readonly protocol?: string;
  readonly phase?: OpenPhase;
  readonly interval?: number;
  readonly kind: (typeof KINDS)[number];
}

export function addAlarms(program: CommandLine, terminal: Terminal): void {
  program
    .command("alarms")
    .summary("the alarms of a feed, offline")
    .description(
      "Runs the engine over one or more feeds and prints one JSON object a line for each change of a limit alarm; " +
        "--kind tells of technical and procedural ones.\n" +
        "t is in seconds of the feed. With several feeds, each line names its feed.",
    )
    .argument("<feed...>", "feeds to read: plain, .gz or .zst")
    .option("--protocol <file>", "the clinic's rules, JSON; default: the built-in adult ketamine protocol")
    .addOption(
      new Option("--phase <phase>", "take the whole feed as this phase; default: the feed's own commands").choices(
        PHASES,
      ),
    )
    .option("--interval <minutes>", `with --phase: minutes of cuff cycle (default: ${USUAL_INTERVAL_MIN})`, minutesWord)
    .addOption(
      new Option("--kind <kind>", "which alarms: limit alarms alone (physiological), others, or all")
        .choices(KINDS)
        .default("physiological"),
    )
    .addHelpText("after", "\nExample:\n  vigil alarms session.ndjson.gz --phase infusing --kind all")
    .action((feeds: string[], words: AlarmsWords) => tellAlarms(feeds, words, terminal));
}

/** What the command does, its words being parsed. */
export async function tellAlarms(feeds: readonly string[], words: AlarmsWords, terminal: Terminal): Promise<void> {
  if (words.interval !== undefined && words.phase === undefined) {
    throw new WrongWords("--interval needs --phase: without it the feed's sessions bring their own cuff cycle");
  }
  const settings: OfflineSettings = {
    protocol: words.protocol === undefined ? protocolSchema.parse({}) : await readProtocol(words.protocol, terminal),
    phase: words.phase ?? null,
    cuffIntervalMin: words.interval ?? USUAL_INTERVAL_MIN,
  };
  let wrong = 0;
  for (const path of feeds) {
    try {
      await alarmsOf(path, settings, words.kind, feeds.length > 1 ? { feed: path } : {}, terminal);
    } catch (error) {
      if (!(error instanceof FeedError) || feeds.length === 1) throw error;
      wrong += 1;
      terminal.say(error.message);
    }
  }
  if (wrong > 0)
    throw new WorkFailed(`${wrong} of ${feeds.length} feeds are not whole: they count as far as they are good.`);
}

/** Of what a session brings along from another bay only the outline was checked. @throws FeedError */
function decided<T>(path: string, line: number, decide: () => T): T {
  try {
    return decide();
  } catch (error) {
    throw new FeedError(path, line, `the engine cannot decide it: ${error instanceof Error ? error.message : error}`);
  }
}

async function alarmsOf(
  path: string,
  settings: OfflineSettings,
  kind: AlarmsWords["kind"],
  label: { readonly feed?: string },
  terminal: Terminal,
): Promise<void> {
  const feed = await readFeed(path);
  const ward = new OfflineWard(feed.header, settings);
  const startedAt = startOf(feed.header);
  const progress = process.stdout.isTTY ? () => {} : terminal.progress(path, 1);
  let lines: string[] = [];

  async function print(events: readonly OfflineEvent[], atLeast: number): Promise<void> {
    for (const { bay, event, line } of events) {
      if (event.type === "refused") terminal.say(`${path}:${line}: ${event.command} refused: ${event.reason}`);
      if (event.type !== "alarm" || (kind !== "all" && kind !== event.kind)) continue;
      const { at, change, alarm, tier, priority, value, limit, latched } = event;
      const said = { ...label, t: (at - startedAt) / 1000, bay, event: change, alarm, tier, priority, value, limit };
      lines.push(JSON.stringify(latched === true ? { ...said, latched } : said));
    }
    if (lines.length < atLeast) return;
    await terminal.print(lines.join("\n"));
    lines = [];
  }

  try {
    for await (const line of feed.lines) {
      const events = decided(path, line.number, () => ward.take(line));
      if (events.length > 0) {
        await print(events, LINES_IN_ONE);
        progress(feed.share());
      }
    }
    await print(ward.end(), 1);
  } catch (error) {
    // What was decided before the line that is wrong stands.
    await print([], 1);
    throw error;
  } finally {
    progress(null);
  }
}
