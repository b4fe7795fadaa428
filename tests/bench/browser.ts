/** A real Chromium on the pages of the benchmark. */
import type { Role } from "@vigil/shared/people";
import type { Browser, CDPSession, Page } from "playwright-core";
import { launchChromium } from "../browser/chromium.ts";
import { BARE_PATH } from "./pages.ts";
import { sleep } from "./ward-under-load.ts";
import type { Workshop } from "./workshop.ts";

export const BOARD_BAYS = 64;
const BOARD = "bench";

export const WALL_PATH = `/wall/${BOARD}`;
export const BARE_PAGE = `${BARE_PATH}?board=${BOARD}`;

export async function launchWallBrowser(workshop: Workshop): Promise<Browser> {
  const browser = await launchChromium({
    width: 1920,
    height: 1080,
    args: ["--autoplay-policy=no-user-gesture-required"],
  });
  workshop.closeFirst(() => browser.close());
  return browser;
}

/** The board that walls show: bays 1 … 64. */
export async function saveBoard(url: string): Promise<void> {
  const bays = Array.from({ length: BOARD_BAYS }, (_, i) => String(i + 1));
  const signedIn = await fetch(`${url}/api/sign-in/demonstration`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ role: "supervisor" }),
  });
  const response = await fetch(`${url}/api/boards/${BOARD}`, {
    method: "PUT",
    headers: {
      "content-type": "application/json",
      origin: url,
      cookie: signedIn.headers
        .getSetCookie()
        .map((each) => each.split(";")[0])
        .join("; "),
    },
    body: JSON.stringify({ name: "Benchmark", bays }),
  });
  if (!response.ok) throw new Error(`the board was refused: ${response.status} ${await response.text()}`);
}

/** Signs the page's browser in, with the click of the demonstration. */
export async function signIn(page: Page, url: string, role: Role): Promise<void> {
  await page.request.post(`${url}/api/sign-in/demonstration`, { data: { role }, headers: { origin: url } });
}

/** Opens a page in a tab of its own and waits until every bay shows its numbers. */
export async function openPage(browser: Browser, address: string, prepare?: (page: Page) => unknown): Promise<Page> {
  const page = await browser.newPage({ viewport: null });
  await prepare?.(page);
  page.on("pageerror", (error) => process.stderr.write(`the page failed: ${error.stack ?? error.message}\n`));
  await page.goto(address);
  await page.waitForFunction((bays) => {
    const figures = document.querySelectorAll("article.tile [data-vital=hr] .figure, body > p > span:first-child");
    return figures.length === bays && [...figures].every((figure) => /^\d+$/.test(figure.textContent ?? ""));
  }, BOARD_BAYS);
  return page;
}

/** Of the time that passed, % in which the main thread was at work, and at what. */
export interface Shares {
  /** Begun and not done: on a busy machine this includes waiting for a processor. */
  readonly task: number;
  readonly processor: number;
  readonly script: number;
  readonly style: number;
  readonly layout: number;
}

/** The page as its developer tools see it. */
export class Probe {
  readonly #session: CDPSession;

  private constructor(session: CDPSession) {
    this.#session = session;
  }

  static async of(page: Page): Promise<Probe> {
    const session = await page.context().newCDPSession(page);
    await session.send("Performance.enable");
    return new Probe(session);
  }

  async shares(seconds: number): Promise<Shares> {
    const before = await this.#metrics();
    await sleep(seconds);
    const after = await this.#metrics();
    const spent = (name: string) => after(name) - before(name);
    const share = (name: string) => (100 * spent(name)) / spent("Timestamp");
    return {
      task: share("TaskDuration"),
      processor: share("ThreadTime"),
      script: share("ScriptDuration"),
      style: share("RecalcStyleDuration"),
      layout: share("LayoutDuration"),
    };
  }

  /** Bytes of live JavaScript objects: what is left after garbage is collected. */
  async liveHeap(): Promise<number> {
    // Finalizers of a first collection may free more for the next.
    for (let i = 0; i < 3; i++) await this.#session.send("HeapProfiler.collectGarbage");
    return (await this.#session.send("Runtime.getHeapUsage")).usedSize;
  }

  async #metrics(): Promise<(name: string) => number> {
    const { metrics } = await this.#session.send("Performance.getMetrics");
    return (name) => {
      const metric = metrics.find((each) => each.name === name);
      if (metric === undefined) throw new Error(`this browser does not tell ${name}`);
      return metric.value;
    };
  }
}
