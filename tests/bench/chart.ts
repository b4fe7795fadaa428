import { startServer, systemClock } from "@vigil/server";
import pino from "pino";
import type { Browser, Page } from "playwright-core";
import { pastSession } from "../browser/past-sessions.ts";
import { launchWallBrowser, signIn } from "./browser.ts";
import { atMost, type Figure, median, percentile, spread } from "./figure.ts";
import type { Pages } from "./pages.ts";
import type { Plan } from "./plan.ts";
import type { Workshop } from "./workshop.ts";

const MIN = 60_000;
const HOURS = 6;
/** HR, SpO₂, RR and the modelled concentration. */
const CURVES = 4;
const VIEWPORT = { width: 1920, height: 1080 };

/** A session of six hours at 1 Hz: until it is drawn, and the worst frame while it is moved. */
export async function benchChart(workshop: Workshop, pages: Pages, { chart }: Plan): Promise<Figure[]> {
  const clock = systemClock();
  const server = await startServer({
    config: {
      port: 0,
      host: "127.0.0.1",
      dataDir: workshop.newDirectory("sessions"),
      bays: 1,
      zone: "UTC",
      demo: true,
    },
    clock,
    log: pino({ level: "warn" }, pino.destination(2)),
    epoch: "bench",
    clientDir: pages.directory,
  });
  const browser = await launchWallBrowser(workshop);
  try {
    const untilMin = HOURS * 60;
    const given = { id: "six-hours", bay: "1", untilMin, plannedMin: untilMin - 72, recoveryMin: 62, eventful: true };
    server.backfill([pastSession({ ...given, openedAt: clock.now() - (untilMin + 1) * MIN })]);
    const address = `${server.url}/sessions/six-hours`;
    const drawn: number[] = [];
    const frames: number[] = [];
    for (let round = 0; round < chart.rounds; round++) {
      const page = await openChart(browser, address);
      drawn.push(await timeToDraw(page));
      frames.push(...(await framesWhilePanning(page, chart.panS)));
      await page.close();
    }
    const late = frames.filter((frame) => frame > 50).length;
    return [
      atMost(
        `${HOURS}-hour session drawn`,
        median(drawn),
        300,
        "ms",
        `from the answer's last byte to the frame that shows all lanes, ${drawn.length} new pages: ${spread(drawn, 0)}`,
      ),
      atMost(
        "panning it, worst frame",
        Math.max(...frames),
        100,
        "ms",
        `${frames.length} frames; p50 ${percentile(frames, 0.5).toFixed(0)}, p99 ${percentile(frames, 0.99).toFixed(0)} ms; ${late} above 50 ms`,
      ),
    ];
  } finally {
    await browser.close();
    await server.close();
  }
}

async function openChart(browser: Browser, address: string): Promise<Page> {
  const page = await browser.newPage({ viewport: VIEWPORT });
  page.on("pageerror", (error) => process.stderr.write(`the page failed: ${error.stack ?? error.message}\n`));
  await page.addInitScript((curves) => {
    const observer = new MutationObserver(() => {
      if (document.querySelectorAll(".lane path.values").length < curves) return;
      observer.disconnect();
      requestAnimationFrame(() => requestAnimationFrame(() => performance.mark("chart-drawn")));
    });
    observer.observe(document, { childList: true, subtree: true });
  }, CURVES);
  await signIn(page, new URL(address).origin, "supervisor");
  await page.goto(address);
  await page.waitForFunction(() => performance.getEntriesByName("chart-drawn").length > 0);
  return page;
}

const timeToDraw = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const answer = performance.getEntriesByType("resource").find(({ name }) => name.includes("/readings?"));
    const drawn = performance.getEntriesByName("chart-drawn")[0];
    if (!(answer instanceof PerformanceResourceTiming) || drawn === undefined) throw new Error("it was not drawn");
    return drawn.startTime - answer.responseEnd;
  });

/** An hour of it is looked at and dragged to and fro; ms between frames. */
async function framesWhilePanning(page: Page, seconds: number): Promise<number[]> {
  const zoomIn = page.getByRole("button", { name: "Zoom in" });
  for (let i = 0; i < 4; i++) await zoomIn.click();
  await page.waitForTimeout(1_000);
  const lanes = await page.locator(".lane .plot").first().boundingBox();
  if (lanes === null) throw new Error("there is no lane");
  const [left, right, y] = [lanes.x + 100, lanes.x + lanes.width - 100, lanes.y + 40];
  await page.evaluate(() => {
    const frames: number[] = [];
    let before = performance.now();
    const note = () => {
      const now = performance.now();
      frames.push(now - before);
      before = now;
      requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
    Object.assign(globalThis, { panFrames: frames });
  });
  const until = performance.now() + seconds * 1000;
  while (performance.now() < until) {
    for (const [from, to] of [
      [right, left],
      [left, right],
    ] as const) {
      await page.mouse.move(from, y);
      await page.mouse.down();
      await page.mouse.move(to, y, { steps: 60 });
      await page.mouse.up();
    }
  }
  return page.evaluate(() => (globalThis as unknown as { panFrames: number[] }).panFrames.slice(2));
}
