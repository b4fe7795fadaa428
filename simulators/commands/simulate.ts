/** `vigil simulate`: a ward of simulated monitors and patients, into a server, a feed or both. */
import { type BayId, bayIdSchema } from "@vigil/shared/ids";
import { type Command as CommandLine, InvalidArgumentError, Option } from "commander";
import { type LiveListener, liveOn, nurseOfPlace } from "../bedside/index.ts";
import { type Clock, wait } from "../clock/index.ts";
import { type FeedHeader, writeFeed } from "../feed/index.ts";
import { failureOf, fetchBays, openLink, type ServerDoor } from "../link/index.ts";
import { FAULT_WORDS, type Scenario, withFaults } from "../scenario/index.ts";
import { type Terminal, WorkFailed, WrongWords } from "../terminal/index.ts";
import { recordWard, simulatedWard, wardHeader, writeWard } from "../ward/index.ts";
import { listOfScenarios, scenarioWord } from "./scenarios.ts";
import {
  bayCountWord,
  doorOf,
  KEY_FILE,
  keyFileWord,
  minutesWord,
  seedWord,
  speedRemark,
  speedWord,
  urlWord,
} from "./words.ts";

const TRANSPORTS = ["socket", "file"] as const;
type Transport = (typeof TRANSPORTS)[number];
const USUAL_FILE_MIN = 120;

interface SimulateWords {
  readonly bays: number;
  /** Of the library, or a file. */
  readonly scenario: string;
  /** Beside what the scenario brings. */
  readonly faults: readonly string[];
  readonly speed: number;
  readonly seed: number;
  readonly transport: ReadonlySet<Transport>;
  readonly out?: string;
  readonly url: string;
  /** What the file holds. */
  readonly keyFile?: string;
  readonly minutes?: number;
}

interface Surroundings {
  readonly terminal: Terminal;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

export function addSimulate(program: CommandLine, terminal: Terminal, clock: Clock, signal: AbortSignal): void {
  program
    .command("simulate")
    .summary("a ward of simulated monitors and patients")
    .description(
      "Simulates patients, their monitors and nurses who run the sessions.\n" +
        "To a server (socket) in real time, until Ctrl-C or --minutes; a nurse opens sessions in bays that are free.\n" +
        "To a feed (file) alone as fast as it goes; the same words give the same file.",
    )
    .option("--bays <n>", "how many bays: the server's first ones; in a file 1, 2, …", bayCountWord, 4)
    .option("--scenario <name|file>", "what befalls the patients: one of those below, or a YAML file", "calm")
    .option(
      "--faults <list>",
      `beside the scenario, every ten minutes or so: ${FAULT_WORDS.join(", ")}; several with commas`,
      faultsWord,
      [],
    )
    .option("--speed <factor>", "with a server: simulated seconds in a real one, 0.1 to 100", speedWord, 1)
    .option("--seed <n>", "another seed gives other patients", seedWord, 1)
    .addOption(
      new Option("--transport <list>", "socket, file, or socket,file")
        .argParser(transportsWord)
        .default(transportsWord("socket"), "socket"),
    )
    .option("--out <file>", "the feed to write: plain, .gz or .zst")
    .option("--url <url>", "where the server listens", urlWord, "http://127.0.0.1:4000")
    .option(...KEY_FILE, keyFileWord)
    .option("--minutes <m>", `how long, simulated minutes (default: ${USUAL_FILE_MIN} for a file alone)`, minutesWord)
    .addHelpText(
      "after",
      () =>
        `\nScenarios:\n${listOfScenarios()}\n\nThe server's time follows real time: at a speed beyond 1 the patients hurry, the server's delays and the recovery do not.` +
        "\n\nExample:\n  vigil simulate --transport file --out ward.ndjson.zst --bays 8 --scenario desaturation --seed 7",
    )
    .action((words: SimulateWords) => simulate(words, { terminal, clock, signal }));
}

async function simulate(words: SimulateWords, around: Surroundings): Promise<void> {
  const toFile = words.transport.has("file");
  const scenario = withFaults(scenarioWord(words.scenario), words.faults);
  if (toFile && words.out === undefined) throw new WrongWords("--transport file needs --out, the feed to write");
  if (!toFile && words.out !== undefined) throw new WrongWords("--out needs --transport file");
  const out = words.out ?? null;
  if (words.transport.has("socket")) await simulateLive(words, scenario, out, around);
  else if (out !== null) await simulateFile(words, scenario, out, around);
}

async function simulateFile(
  words: SimulateWords,
  scenario: Scenario,
  out: string,
  { terminal, signal }: Surroundings,
): Promise<void> {
  const { seed } = words;
  const bays = Array.from({ length: words.bays }, (_, i) => bayIdSchema.parse(String(i + 1)));
  const duration = (words.minutes ?? USUAL_FILE_MIN) * 60_000;
  const header = faultyHeader(words, wardHeader(bays, scenario, seed));
  const feed = await writeFeed(out, header);
  const progress = terminal.progress(out, duration);
  try {
    const end = await writeWard(simulatedWard(bays, scenario, seed), duration, feed, header, progress, signal);
    if (end < duration) terminal.say(`Stopped: ${out} ends at minute ${(end / 60_000).toFixed(1)}.`);
  } finally {
    progress(null);
    await feed.close();
  }
}

async function simulateLive(
  words: SimulateWords,
  scenario: Scenario,
  out: string | null,
  around: Surroundings,
): Promise<void> {
  const { terminal, clock, signal } = around;
  const { url, seed, speed } = words;
  if (speed !== 1) terminal.say(speedRemark(speed));
  const door = doorOf(url, words.keyFile);
  const bays = await firstBays(door, words.bays);
  const startedAt = clock.now();
  const ends = new AbortController();
  signal.addEventListener("abort", () => ends.abort());
  let failure: unknown = null;
  const failed = (error: unknown) => {
    failure ??= error;
    ends.abort();
  };
  const header = faultyHeader(words, wardHeader(bays, scenario, seed, new Date(startedAt).toISOString()));
  const feed = out === null ? null : await writeFeed(out, header);
  const count: Count = { readings: 0, commands: 0, refused: 0 };
  const counted = counting(count, terminal);
  const recorded = feed === null ? null : recordWard(feed, header, startedAt, failed);
  await Promise.all([
    liveOn({
      link: openLink(door, {
        connected: () => terminal.say(`${url}: connected`),
        lost: (reason) => terminal.say(`${url}: connection lost (${reason}); trying again`),
      }),
      bedsides: simulatedWard(bays, scenario, seed).map((bedside, place) => ({ bedside, by: nurseOfPlace(place) })),
      clock,
      speed,
      signal: ends.signal,
      listener: {
        ...counted,
        step: (...step) => recorded?.step(...step),
        act: (...act) => {
          counted.act(...act);
          recorded?.act(...act);
        },
      },
    }),
    words.minutes === undefined ? null : endAfter((words.minutes * 60_000) / speed, ends, around),
  ]);
  await feed?.close();
  if (failure !== null) throw failure;
  const { readings, commands, refused } = count;
  await terminal.print(`readings accepted ${readings}, commands accepted ${commands}, refused ${refused}`);
}

/** Whoever reads the feed knows what it was made with. */
const faultyHeader = ({ faults }: SimulateWords, header: FeedHeader): FeedHeader =>
  faults.length === 0 ? header : { ...header, other: { ...header.other, faults } };

interface Count {
  readings: number;
  commands: number;
  refused: number;
}

const counting = (count: Count, { say }: Terminal): Required<Pick<LiveListener, "says" | "readings" | "act">> => ({
  says: say,
  readings: (accepted, refused) => {
    count.readings += accepted;
    count.refused += refused.length;
    for (const reason of refused) say(`reading refused, ${reason}`);
  },
  act: (bay, { command }, outcome) => {
    if (outcome.ok) count.commands += 1;
    else {
      count.refused += 1;
      say(`bay ${bay}: ${command.type} refused: ${outcome.reason}`);
    }
  },
});

async function endAfter(ms: number, ends: AbortController, { terminal, clock }: Surroundings): Promise<void> {
  const from = clock.now();
  const progress = terminal.progress("simulated", ms);
  while (!ends.signal.aborted && clock.now() < from + ms) {
    await wait(clock, Math.min(500, from + ms - clock.now()), ends.signal);
    progress(clock.now() - from);
  }
  progress(null);
  ends.abort();
}

async function firstBays(door: ServerDoor, count: number): Promise<BayId[]> {
  const { url } = door;
  const reply = await fetchBays(door).catch((error: unknown) => {
    throw new WorkFailed(`${url}: ${failureOf(error)}`);
  });
  if (reply.bays.length < count) {
    throw new WorkFailed(`${url}: the server has ${reply.bays.length} bays, fewer than --bays ${count}`);
  }
  return reply.bays.slice(0, count).map(({ id }) => id);
}

function faultsWord(text: string): readonly string[] {
  const words = text.split(",").map((word) => word.trim());
  const unknown = words.find((word) => !FAULT_WORDS.includes(word));
  if (unknown === undefined) return words;
  throw new InvalidArgumentError(`"${unknown}" is no fault. There are ${FAULT_WORDS.join(", ")}.`);
}

function transportsWord(text: string): ReadonlySet<Transport> {
  const named = new Set<Transport>();
  for (const word of text.split(",")) {
    const transport = TRANSPORTS.find((each) => each === word.trim());
    if (transport === undefined)
      throw new InvalidArgumentError(`It must be ${TRANSPORTS.join(" or ")}, or both with a comma.`);
    named.add(transport);
  }
  return named;
}
