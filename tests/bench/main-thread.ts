import type { Browser, Page } from "playwright-core";
import { BARE_PAGE, BOARD_BAYS, openPage, Probe, type Shares, WALL_PATH } from "./browser.ts";
import { atMost, baseline, type Figure, mean, spread } from "./figure.ts";
import type { HeapPair } from "./heap.ts";
import type { Plan } from "./plan.ts";
import { type LoadedWard, sleep } from "./ward-under-load.ts";

/** Of the warm-up, so much at the live pace: what waited is drawn by then. */
const CALM_S = 0.5;

export interface MainThread {
  readonly figures: Figure[];
  /** Of the last wall, before and after its measurement. */
  readonly wallHeap: HeapPair;
}

/**
 * The wall and the bare page in turn, each in a new tab for each round, on the same board of the same server.
 * @param stood a wall that has stood for a while: for the first round, and closed after it
 */
export async function benchMainThread(
  browser: Browser,
  { url, gateways }: LoadedWard,
  { mainThread }: Plan,
  stood: Page,
): Promise<MainThread> {
  let wallHeap: HeapPair = { first: Number.NaN, second: Number.NaN };
  const measured = async (path: string, page: Page): Promise<Shares> => {
    const probe = await Probe.of(page);
    await gateways.call("setPace", mainThread.warmUpPace);
    await sleep(mainThread.warmUpS - CALM_S);
    await gateways.call("setPace", 1);
    await sleep(CALM_S);
    const first = await probe.liveHeap();
    const shares = await probe.shares(mainThread.measureS);
    if (path === WALL_PATH) wallHeap = { first, second: await probe.liveHeap() };
    await page.close();
    return shares;
  };
  const wall: Shares[] = [];
  const bare: Shares[] = [];
  for (let round = 0; round < mainThread.rounds; round++) {
    wall.push(await measured(WALL_PATH, round === 0 ? stood : await openPage(browser, url + WALL_PATH)));
    bare.push(await measured(BARE_PAGE, await openPage(browser, url + BARE_PAGE)));
  }
  const ratioOf = (share: (shares: Shares) => number) => mean(wall.map(share)) / mean(bare.map(share));
  const ratios = wall.map(({ task }, round) => task / bare[round]!.task);
  const note =
    `${BOARD_BAYS} live bays at 1 Hz, trends and countdowns; ${wall.length} × ${mainThread.measureS} s each in turn; ` +
    `rounds ${spread(ratios, 2)}; by processor time ${ratioOf(({ processor }) => processor).toFixed(2)}`;
  const figures = [
    atMost(
      "wall's main thread against bare page",
      ratioOf(({ task }) => task),
      2,
      "ratio",
      note,
    ),
    baseline("main thread, wall", mean(wall.map(({ task }) => task)), "%", described(wall)),
    baseline("main thread, bare page", mean(bare.map(({ task }) => task)), "%", described(bare)),
  ];
  return { figures, wallHeap };
}

function described(rounds: readonly Shares[]): string {
  const part = (of: (shares: Shares) => number) => mean(rounds.map(of)).toFixed(1);
  const tasks = rounds.map(({ task }) => task);
  return (
    `rounds ${spread(tasks, 1)}; processor time ${part(({ processor }) => processor)}; script ${part(({ script }) => script)}, ` +
    `style ${part(({ style }) => style)}, layout ${part(({ layout }) => layout)}, the rest painting and the browser's own`
  );
}
