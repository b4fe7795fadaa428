/** The pages around a bay on a server with a past: from the address to what a nurse can use. */
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
/** Each with a course of its own. */
const PATIENTS = 40;
const BAYS = 8;
const TARGET_MS = 1_500;
/** A tablet of ten inches. */
const VIEWPORT = { width: 1280, height: 800 };

interface LookedAt {
  readonly name: string;
  readonly path: string;
  /** Comes back when a person could begin. */
  readonly usable: (page: Page) => Promise<void>;
}

const LOOKED_AT: readonly LookedAt[] = [
  {
    name: "bay page",
    path: "/bays/1",
    usable: (page) => page.getByRole("button", { name: "Pause …" }).click({ trial: true }),
  },
  { name: "session list", path: "/sessions", usable: (page) => page.locator("tbody tr").nth(49).waitFor() },
  {
    name: "chart page",
    path: "/sessions/running",
    usable: async (page) => {
      await page.locator(".lane[data-lane=hr] path.values").waitFor();
      await page.getByRole("button", { name: "Zoom in" }).click({ trial: true });
    },
  },
  {
    name: "list of courses",
    path: "/courses",
    usable: (page) => page.locator("tbody .patient-link").first().click({ trial: true }),
  },
  {
    name: "course page",
    path: "/courses/KET-0007",
    usable: async (page) => {
      await page.getByRole("button", { name: "Keep the score" }).click({ trial: true });
      await page.locator(".plot svg").first().waitFor();
    },
  },
];

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
      const recordNumber = `KET-${String(n % PATIENTS).padStart(4, "0")}`;
      const bay = String(1 + (n % BAYS));
      server.backfill([pastSession({ id: `past-${n}`, bay, recordNumber, openedAt, untilMin: 200, ...story })]);
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
    const measured = LOOKED_AT.map((looked) => ({ ...looked, took: [] as number[] }));
    for (let round = 0; round <= bayPage.rounds; round++) {
      for (const { path, usable, took } of measured) {
        const ms = await usableAfter(browser, nurse, `${server.url}${path}`, usable);
        if (round > 0) took.push(ms);
      }
    }
    return measured.map(({ name, took }) =>
      atMost(
        `${name} usable, ${PAST_SESSIONS} past sessions`,
        median(took),
        TARGET_MS,
        "ms",
        `${took.length} new tabs: ${spread(took, 0)}`,
      ),
    );
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
