import type { Browser } from "playwright-core";
import { BOARD_BAYS, openPage, Probe, WALL_PATH } from "./browser.ts";
import { atMost, type Figure } from "./figure.ts";
import type { Plan } from "./plan.ts";
import { type LoadedWard, sleep } from "./ward-under-load.ts";

/** Bytes of live JavaScript objects on the wall, early and late. */
export interface HeapPair {
  readonly first: number;
  readonly second: number;
}

/**
 * No growth, as closely as a heap repeats itself. In its first seconds a page still keeps code that it has just run for
 * the first time, so the quick figure allows more.
 */
const NO_GROWTH = { full: 1.03, quick: 1.1 };

/**
 * Until the first look, readings come so many times as fast: by then every bay has been measured by its cuff, and its tile
 * drawn a second time. React keeps two versions of what was drawn twice, and makes the second one then.
 */
const HURRIED = 10;
const CALM_S = 5;

export async function watchHeap(browser: Browser, { url, gateways }: LoadedWard, { heap }: Plan): Promise<HeapPair> {
  const page = await openPage(browser, url + WALL_PATH);
  const probe = await Probe.of(page);
  await gateways.call("setPace", HURRIED);
  await sleep(heap.firstS - CALM_S);
  await gateways.call("setPace", 1);
  await sleep(CALM_S);
  const first = await probe.liveHeap();
  await sleep(heap.secondS - heap.firstS);
  const second = await probe.liveHeap();
  await page.close();
  return { first, second };
}

export function heapFigures({ first, second }: HeapPair, { name, heap }: Plan): Figure[] {
  const megabytes = (bytes: number) => (bytes / 1e6).toFixed(2);
  const note = `${BOARD_BAYS} live bays, garbage collected: ${megabytes(first)} MB, then ${megabytes(second)} MB; up to ${NO_GROWTH[name]} counts as no growth`;
  const when = name === "full" ? "10 min against 1 min" : `${heap.secondS - heap.firstS} s later (quick: says little)`;
  return [atMost(`wall's heap, ${when}`, second / first, NO_GROWTH[name], "ratio", note)];
}
