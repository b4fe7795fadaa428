/** `npm run bench`: what Vigil promises, measured on this machine, each figure with its target beside it. */
import { availableParallelism, cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import type { Browser } from "playwright-core";
import { benchAct } from "./act.ts";
import { benchBayPage } from "./bay-page.ts";
import { launchWallBrowser, openPage, saveBoard, WALL_PATH } from "./browser.ts";
import { benchChart } from "./chart.ts";
import { benchEngine } from "./engine.ts";
import { asJson, type Figure, table } from "./figure.ts";
import { benchFirstLoad } from "./first-load.ts";
import { type HeapPair, heapFigures, watchHeap } from "./heap.ts";
import { benchLog } from "./log.ts";
import { benchMainThread } from "./main-thread.ts";
import { buildPages, type Pages } from "./pages.ts";
import { FULL, type Plan, QUICK } from "./plan.ts";
import { benchRecovery } from "./recovery.ts";
import { benchReplay } from "./replay.ts";
import { benchScreen, benchScreenOf } from "./screen.ts";
import { benchServer } from "./server.ts";
import { type LoadedWard, ONE_WALL, vigilUnderLoad } from "./ward-under-load.ts";
import { benchWhatIf } from "./what-if.ts";
import { Workshop } from "./workshop.ts";

const BENCHES = [
  "engine",
  "server",
  "screen",
  "first-load",
  "act",
  "main-thread",
  "heap",
  "chart",
  "bay-page",
  "replay",
  "log",
  "what-if",
  "recovery",
] as const;
type Bench = (typeof BENCHES)[number];
/** What --quick leaves out unless it is asked for by name: it would take longer than its 45 s. */
const LONG: readonly Bench[] = ["chart", "bay-page", "replay", "log", "what-if", "recovery"];

const USAGE = `npm run bench -- [--quick] [--json] [--only NAME]

  --quick      shorter and rougher, done within 45 s; without ${LONG.join(", ")}
  --json       only an array of {name, value, unit, target, ok}
  --only NAME  one of ${BENCHES.join(", ")}; may be repeated
`;

interface Words {
  readonly plan: Plan;
  readonly json: boolean;
  readonly only: readonly Bench[];
}

/** @throws when the words are wrong */
function readWords(): Words {
  const { values } = parseArgs({
    options: {
      quick: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      only: { type: "string", multiple: true, default: [] },
    },
  });
  const only = values.only.map((name) => {
    const bench = BENCHES.find((each) => each === name);
    if (bench === undefined) throw new Error(`There is no benchmark "${name}".`);
    return bench;
  });
  const all = values.quick ? BENCHES.filter((name) => !LONG.includes(name)) : BENCHES;
  return { plan: values.quick ? QUICK : FULL, json: values.json, only: only.length > 0 ? only : all };
}

async function run({ plan, only }: Words, say: (text: string) => void): Promise<Figure[]> {
  const workshop = new Workshop();
  const figures: Figure[] = [];
  const bench = async (name: Bench, measure: () => Promise<Figure[]>) => {
    if (!only.includes(name)) return;
    const begunAt = performance.now();
    figures.push(...(await measure()));
    say(`${name}: ${((performance.now() - begunAt) / 1000).toFixed(1)} s`);
  };
  await bench("engine", () => benchEngine(workshop, plan));
  // The quick plan has no time to bring a thousand bays up twice.
  const isShared = plan.name === "quick" && only.includes("server") && only.includes("screen");
  const screen: Figure[] = [];
  if (!isShared) await bench("server", () => benchServer(workshop, plan));
  await bench("log", () => benchLog(workshop, plan));
  await bench("what-if", () => benchWhatIf(workshop, plan));
  await bench("recovery", () => benchRecovery(workshop, plan));
  const inBrowser = only.filter((name) => !["engine", "server", "log", "what-if", "recovery"].includes(name));
  if (inBrowser.length === 0) return figures;
  const pages = await buildPages(workshop);
  if (isShared) {
    await bench("server", () =>
      benchServer(workshop, plan, {
        pages,
        measure: async (ward) => {
          screen.push(...(await benchScreenOf(workshop, ward, plan)));
        },
      }),
    );
  }
  await bench("screen", async () => (isShared ? screen : benchScreen(workshop, pages, plan)));
  await bench("chart", () => benchChart(workshop, pages, plan));
  await bench("bay-page", () => benchBayPage(workshop, pages, plan));
  await bench("replay", () => benchReplay(workshop, pages));
  if (inBrowser.some((name) => !["screen", "chart", "bay-page", "replay"].includes(name))) {
    await withOneWall(workshop, pages, async (browser, ward) => {
      const { url } = ward;
      await bench("first-load", () => benchFirstLoad(browser, url, pages));
      const wall = await openPage(browser, url + WALL_PATH);
      await bench("act", () => benchAct(browser, wall, url, plan));
      let alongside: HeapPair | null = null;
      await bench("main-thread", async () => {
        const { figures, wallHeap } = await benchMainThread(browser, ward, plan, wall);
        if (plan.name === "quick") alongside = wallHeap;
        return figures;
      });
      await wall.close();
      await bench("heap", async () => heapFigures(alongside ?? (await watchHeap(browser, ward, plan)), plan));
    });
  }
  return figures;
}

/** A full wall's bays and a browser, for what is measured in the page alone. */
async function withOneWall(
  workshop: Workshop,
  pages: Pages,
  measure: (browser: Browser, ward: LoadedWard) => Promise<void>,
): Promise<void> {
  const [ward, browser] = await Promise.all([
    vigilUnderLoad(workshop, ONE_WALL, pages.directory, ONE_WALL.bays),
    launchWallBrowser(workshop),
  ]);
  try {
    await saveBoard(ward.url);
    await measure(browser, ward);
  } finally {
    await browser.close();
    await ward.stop();
  }
}

/** Beyond this others use the two cores that the benchmark needs. */
const BUSY_LOAD = 0.7;

const load = (): string =>
  loadavg()
    .map((each) => each.toFixed(2))
    .join(" ");

async function main(words: Words): Promise<void> {
  const begunAt = performance.now();
  if (words.json) {
    process.stdout.write(`${asJson(await run(words, () => undefined))}\n`);
    return;
  }
  const machine = `${cpus()[0]?.model ?? "unknown processor"}, ${availableParallelism()} cores, Node ${process.versions.node}`;
  const busy = loadavg()[0]! > BUSY_LOAD ? ": others are at work on it, so the figures are noisy" : "";
  process.stdout.write(`${words.plan.name} benchmark on ${machine}; load average ${load()}${busy}\n`);
  const figures = await run(words, (text) => process.stderr.write(`${text}\n`));
  const took = ((performance.now() - begunAt) / 1000).toFixed(0);
  process.stdout.write(`${table(figures)}\n${took} s; load average now ${load()}\n`);
}

let words: Words;
try {
  words = readWords();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  process.exit(2);
}
await main(words).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
process.exit();
