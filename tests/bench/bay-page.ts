/** The bay's page and the list of sessions on a server with a past: from the address to what a nurse can use. */
import { startServer, systemClock } from "@vigil/server";
import pino from "pino";
import type { Browser, Page } from "playwright-core";
import { badgesOf, cookieFor } from "../badges.ts";
import { pastSession } from "../browser/past-sessions.ts";
import { launchWallBrowser } from "./browser.ts";
import { atMost, type Figure, median, spread } from "./figure.ts";
import type { Pages } from "./pages.ts";
import type { Plan } from "./plan.ts";
import type { Workshop } from "./workshop.ts";

const MIN = 60_000;
const HOUR = 60 * MIN;
const PAST_SESSIONS = 200;
const BAYS = 8;
const TARGET_MS = 1_500;
/** A tablet of ten inches. */
const VIEWPORT = { width: 1280, height: 800 };

/** New tabs without a cache, one after the other; the browser itself is warm after the first, which does not count. */
export async function benchBayPage(workshop: Workshop, pages: Pages, { bayPage }: Plan): Promise<Figure[]> {
  const clock = systemClock();
  const server = await startServer({
    config: { port: 0, host: "127.0.0.1", dataDir: workshop.newDirectory("visits"), bays: BAYS, zone: "Europe/Berlin" },
    clock,
    log: pino({ level: "warn" }, pino.destination(2)),
    epoch: "bench",
    clientDir: pages.directory,
  });
  const browser = await launchWallBrowser(workshop);
  try {
    const now = clock.now();
    const story = { plannedMin: 40, recoveryMin: 62, everyS: 15 };
    for (let n = 0; n < PAST_SESSIONS; n++) {
      const openedAt = now - Math.ceil((PAST_SESSIONS - n) / BAYS) * 4 * HOUR;
      server.backfill([
        pastSession({ id: `past-${n}`, bay: String(1 + (n % BAYS)), openedAt, untilMin: 200, ...story }),
      ]);
    }
    // The one that is looked at: in the middle of its infusion, at 1 Hz.
    const running = {
      id: "running",
      bay: "1",
      openedAt: now - 30 * MIN,
      untilMin: 30,
      plannedMin: 40,
      recoveryMin: 62,
    };
    server.backfill([pastSession({ ...running, eventful: true })]);
    const nurse = cookieFor(server.url, (await badgesOf(server.people)).nurse);
    const bay: number[] = [];
    const list: number[] = [];
    for (let round = 0; round <= bayPage.rounds; round++) {
      const bayMs = await usableAfter(browser, nurse, `${server.url}/bays/1`, (page) =>
        page.getByRole("button", { name: "Pause …" }).click({ trial: true }),
      );
      const listMs = await usableAfter(browser, nurse, `${server.url}/sessions`, (page) =>
        page.locator("tbody tr").nth(49).waitFor(),
      );
      if (round > 0) bay.push(bayMs);
      if (round > 0) list.push(listMs);
    }
    const how = (measured: readonly number[]) => `${measured.length} new tabs: ${spread(measured, 0)}`;
    return [
      atMost(`bay page usable, ${PAST_SESSIONS} past sessions`, median(bay), TARGET_MS, "ms", how(bay)),
      atMost(`session list usable, ${PAST_SESSIONS} past sessions`, median(list), TARGET_MS, "ms", how(list)),
    ];
  } finally {
    await browser.close();
    await server.close();
  }
}

/** From asking for the address until `usable` holds. */
async function usableAfter(
  browser: Browser,
  badge: ReturnType<typeof cookieFor>,
  address: string,
  usable: (page: Page) => Promise<void>,
): Promise<number> {
  const context = await browser.newContext({ viewport: VIEWPORT, hasTouch: true });
  await context.addCookies([badge]);
  const page = await context.newPage();
  page.on("pageerror", (error) => process.stderr.write(`the page failed: ${error.stack ?? error.message}\n`));
  const begunAt = performance.now();
  await page.goto(address, { waitUntil: "commit" });
  await usable(page);
  const took = performance.now() - begunAt;
  await context.close();
  return took;
}
