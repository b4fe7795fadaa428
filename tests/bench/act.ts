import type { Browser, Page } from "playwright-core";
import { lookOutFor, lookOutForPress } from "../browser/seen.ts";
import { BOARD_BAYS, signIn } from "./browser.ts";
import { atMost, type Figure, percentile } from "./figure.ts";
import type { Plan } from "./plan.ts";

/**
 * From a press at one station to its effect in the document of the other station and of a full wall. The sound of a bay is
 * paused and resumed in turn: unlike an acknowledgement, that waits for the board's next frame, so nothing takes longer.
 */
export async function benchAct(browser: Browser, wall: Page, url: string, { act }: Plan): Promise<Figure[]> {
  const here = await openStation(browser, url);
  const there = await openStation(browser, url);
  const delays: number[] = [];
  for (let time = 0; time < act.times; time++) {
    // Each bay is paused, and the next time resumed.
    const bay = String(1 + (Math.floor(time / 2) % BOARD_BAYS));
    const paused = time % 2 === 0;
    const button = `.bay-line[data-bay="${bay}"] .act-pause`;
    await here.locator(button).focus();
    const pressedAt = await lookOutForPress(here);
    const mark = ':has([aria-label="alarm sound paused"])';
    const seen = await Promise.all([
      lookOutFor(here, `${button}[data-paused="${paused}"]`),
      lookOutFor(there, `${button}[data-paused="${paused}"]`),
      lookOutFor(wall, `article[aria-label^="Bay ${bay},"]${paused ? mark : `:not(${mark})`}`),
    ]);
    await here.keyboard.press("Enter");
    const pressed = await pressedAt();
    delays.push(Math.max(...(await Promise.all(seen.map((at) => at())))) - pressed);
  }
  for (const page of [here, there]) await page.close();
  const figure = (share: number) => percentile(delays, share).toFixed(0);
  const note = `${delays.length} presses, two stations and a wall of ${BOARD_BAYS} bays at 1 Hz, to the last of the three; p50 ${figure(0.5)}, most ${figure(1)} ms`;
  return [atMost("act → every screen, p99", percentile(delays, 0.99), 200, "ms", note)];
}

async function openStation(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage({ viewport: null });
  await signIn(page, url, "nurse");
  await page.goto(`${url}/station`);
  await page
    .locator(".bay-line")
    .nth(BOARD_BAYS - 1)
    .waitFor();
  return page;
}
