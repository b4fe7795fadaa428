/** The engineer's bench, in a real browser on a real server. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { zstdCompressSync } from "node:zlib";
import { AxeBuilder } from "@axe-core/playwright";
import { type RunningServer, startServer } from "@vigil/server";
import type { LogEntry } from "@vigil/shared/replay";
import pino from "pino";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { buildClient } from "../../build-client.ts";
import { cookieFor, SUPERVISOR } from "../badges.ts";
import { BY_HAND } from "../recording/by-hand.ts";
import { decidedAt, liveThroughItAll, THROUGH_IT_ALL } from "../recording/through-it-all.ts";
import { launchChromium } from "./chromium.ts";
import { pastSession } from "./past-sessions.ts";
import { SteeredClock } from "./steered-clock.ts";
import { MORNING, startVigil } from "./vigil-process.ts";

const MIN = 60_000;
const HOUR = 60 * MIN;
const directory = mkdtempSync(join(tmpdir(), "vigil-replay-"));
/** A folder to look at the pages in. */
const pictures = process.env.VIGIL_PICTURES;
let server: RunningServer;
let browser: Browser;
/** What failed within the pages. */
const faults: string[] = [];

beforeAll(async () => {
  const clock = new SteeredClock(MORNING.course);
  const clientDir = await buildClient(fileURLToPath(new URL("../..", import.meta.url)));
  server = await startServer({
    config: { port: 0, host: "127.0.0.1", dataDir: directory, bays: 3, zone: MORNING.zone },
    clock,
    log: pino({ level: "silent" }),
    epoch: "browser-test",
    clientDir,
  });
  const now = clock.now();
  const usual = { untilMin: 125, plannedMin: 40, recoveryMin: 62, eventful: true };
  server.backfill([
    pastSession({ ...usual, id: "before", bay: "2", openedAt: now - 300 * MIN }),
    pastSession({ ...usual, id: "last", bay: "1", openedAt: now - 130 * MIN }),
  ]);
  browser = await launchChromium({ width: 1440, height: 1000 });
}, 120_000);

afterEach(() => {
  expect(faults.splice(0)).toEqual([]);
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
  rmSync(directory, { recursive: true, force: true });
});

async function open(path: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, acceptDownloads: true });
  await context.addCookies([cookieFor(server.url, await server.people.openSession(SUPERVISOR))]);
  const page = await context.newPage();
  page.on("pageerror", (error) => faults.push(error.message));
  await page.goto(server.url + path);
  return page;
}

const picture = async (page: Page, name: string) => {
  if (pictures !== undefined) await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
};
const LIMIT_ALARM = /(HR|SpO₂|RR|SBP|DBP|MAP) \d+ ([<>]) \d+/;
const clock = (page: Page) => page.locator(".replay-clock time").textContent();
/** The log follows a step last: once it tells of another decision, the tiles and the clock are there. */
async function stepByKey(page: Page, key: string): Promise<void> {
  const told = async () => (await page.locator(".replay-log li[data-last]").allTextContents()).join();
  const before = await told();
  await page.keyboard.press(key);
  await expect.poll(told).not.toBe(before);
}
const limit = (page: Page, name: string) => page.getByRole("textbox", { name });

describe("an engineer's journey", () => {
  it("opens the last session, goes to its first alarm, moves the limit and sees the alarm vanish", async () => {
    const page = await open("/replay");
    await page.locator(".replay-sessions a").first().click();
    await page.getByRole("heading", { name: /REPLAY Session last/ }).waitFor();
    await page.getByRole("button", { name: "Next alarm" }).click();
    const tile = page.getByRole("article", { name: /SpO₂ \d+ < 9\d/ });
    await tile.waitFor();
    await page
      .locator(".replay-inspector")
      .getByText(/SpO₂ was below the (warning limit of 94 % for 15 s|critical limit of 90 % for 10 s)/)
      .first()
      .waitFor();
    const raisedAt = await clock(page);
    await picture(page, "replay-alarm");

    await limit(page, "SpO₂, Low, critical: Limit").fill("80");
    await limit(page, "SpO₂, Low, warning: Limit").fill("82");
    await page.getByText(/lost/).first().waitFor();
    await tile.waitFor({ state: "detached" });
    await expect.poll(() => page.locator(".replay-differences li").count()).toBeGreaterThan(0);
    await picture(page, "replay-what-if");
    // As recorded it stands there still.
    await page.getByRole("radio", { name: "As recorded" }).check();
    await tile.waitFor();
    expect(await clock(page)).toBe(raisedAt);

    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Export as CSV" }).click(),
    ]);
    const csv = readFileSync(await download.path(), "utf8");
    expect(csv).toMatch(/^\ufeffchange,bay,session,alarm,/);
    expect(csv).toMatch(/^lost,1,last,spo2\.low,high,/m);

    const recording = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download recording" }).click();
    expect(readFileSync(await (await recording).path(), "utf8")).toMatch(/^\{"feed":"vigil\/1".*\n\{"t":/);

    // The address leads somebody else to the same instant.
    await expect.poll(() => page.url()).toMatch(/session=last&at=.*&shown=recorded/);
    const again = await open(page.url().slice(server.url.length));
    await again.getByRole("article", { name: /SpO₂ \d+ </ }).waitFor();
    expect(await clock(again)).toBe(raisedAt);
    await again.locator(".replay-counts").waitFor();

    // What was tried there is not tried on the next one, and what was closed stays closed.
    await again.getByRole("link", { name: "Another" }).click();
    await again.getByRole("searchbox", { name: "Patient" }).fill("nobody of that name");
    await again.getByText("No session matches").waitFor();
    expect(again.url()).toBe(`${server.url}/replay`);
    await again.getByRole("searchbox", { name: "Patient" }).fill("");
    await again.locator(".replay-sessions a[href*=before]").click();
    await again.getByRole("heading", { name: /REPLAY Session before/ }).waitFor();
    await expect.poll(() => again.url()).toMatch(/session=before&at=\d+$/);
    await expect.poll(() => again.locator(".replay-counts").count()).toBe(0);
    await again.goBack();
    await again.getByRole("heading", { name: "Replay", exact: true }).waitFor();
    await again.context().close();
    await page.context().close();
  });

  it("does the same, by the keyboard, with the last session of the demonstration that ended", async () => {
    const data = mkdtempSync(join(tmpdir(), "vigil-demonstration-"));
    const vigil = await startVigil({ PORT: "0", VIGIL_DATA: data }, MORNING.course);
    const context = await browser.newContext({ viewport: { width: 1440, height: 1000 } });
    await vigil.insiders.enter(context, "Demo", "engineer");
    const page = await context.newPage();
    try {
      // The demonstration tells its past beside the running ward, the newest first: once the afternoon is told, the night is.
      const night = Date.parse(`${MORNING.lastNight.from}+01:00`);
      const lastEnded = async () => {
        const { sessions } = (await (await page.request.get(`${vigil.url}/api/sessions?limit=200`)).json()) as {
          sessions: readonly { readonly id: string; readonly endedAt: number | null }[];
        };
        const newestFirst = sessions.toSorted((a, b) => (b.endedAt ?? 0) - (a.endedAt ?? 0));
        const ofAfternoon = newestFirst.filter(
          ({ endedAt }) => endedAt !== null && endedAt < night && endedAt > night - 6 * HOUR,
        );
        return ofAfternoon.length < 2
          ? undefined
          : newestFirst.find(({ endedAt }) => endedAt !== null && endedAt > night)?.id;
      };
      await expect.poll(lastEnded, { timeout: 120_000, interval: 500 }).toBeDefined();
      const last = await lastEnded();
      await page.goto(`${vigil.url}/replay`);
      await page.locator(`.replay-sessions a[href*="${last}"]`).click();
      await page.locator(".replay-chart path.values").first().waitFor();
      // To its first alarm of a vital sign, passing monitors that were switched on late.
      const tile = page.getByRole("article", { name: LIMIT_ALARM });
      while ((await tile.count()) === 0) await stepByKey(page, "n");
      const [, label = "", side] = LIMIT_ALARM.exec((await tile.getAttribute("aria-label")) ?? "") ?? [];
      await page
        .locator(".replay-inspector li")
        .filter({
          hasText: new RegExp(`${label} was ${side === "<" ? "below" : "above"} the (warning|critical) limit`),
        })
        .waitFor();
      await page.getByRole("combobox", { name: "Vital" }).selectOption({ label });
      for (const tier of ["warning", "critical"]) {
        await limit(page, `${label}, ${side === "<" ? "Low" : "High"}, ${tier}: Limit`).fill("");
      }
      // A pressure may be above its rise over the baseline too.
      const rise = page.getByRole("textbox", { name: `${label}: Rise over baseline, %` });
      if ((await rise.count()) > 0) await rise.fill("");
      await page.locator(".replay-differences li").filter({ hasText: "lost" }).first().waitFor();
      await tile.waitFor({ state: "detached" });
      await picture(page, "replay-demonstration");
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: "Export as CSV" }).click(),
      ]);
      expect(readFileSync(await download.path(), "utf8")).toMatch(/^lost,\d+,[^,]+,[a-z0-9]+\.(low|high),/m);
    } finally {
      await page.close();
      await vigil.stop();
      rmSync(data, { recursive: true, force: true });
    }
  });

  it("plays at any speed, pauses, and steps by key", async () => {
    const page = await open("/replay?session=last");
    await page.getByRole("button", { name: "Play" }).waitFor();
    const begun = await clock(page);
    await page.getByRole("combobox", { name: "Speed" }).selectOption("100");
    await page.getByRole("button", { name: "Play" }).click();
    await expect.poll(() => clock(page)).not.toBe(begun);
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByRole("button", { name: "Play" }).waitFor();
    await page.locator("h1").click();
    const slider = page.getByRole("slider", { name: "Place in the recording" });
    const paused = Number(await slider.inputValue());
    await page.keyboard.press("ArrowRight");
    await expect.poll(async () => Number(await slider.inputValue())).toBeGreaterThan(paused);
    await page.keyboard.press("n");
    await page.locator(".replay-log li[data-last]").waitFor();
    await slider.focus();
    await slider.press("Home");
    await expect.poll(() => clock(page)).toBe(begun);
    // Nothing here is for ears.
    await expect.poll(() => page.getByText("SOUND OFF").count()).toBe(0);
    await page.context().close();
  });

  it("has nothing for axe to find, and no target too small for a finger", async () => {
    const page = await open("/replay?session=last");
    await page.locator(".replay-chart path.values").first().waitFor();
    await limit(page, "SpO₂, Low, critical: Limit").fill("80");
    await page.locator(".replay-counts").waitFor();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    const targets = page.locator(".replay button:visible, .replay select, .replay-head a");
    const sizes = await targets.evaluateAll((all) =>
      all.map((one) => Math.min(one.getBoundingClientRect().width, one.getBoundingClientRect().height)),
    );
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(44);
    await page.goto(`${server.url}/replay`);
    await page.locator(".replay-sessions a").first().waitFor();
    expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
    await page.getByRole("combobox", { name: "What" }).selectOption("The last 4 hours");
    const recording = page.waitForEvent("download");
    await page.getByRole("link", { name: "Record this bay" }).click();
    expect(readFileSync(await (await recording).path(), "utf8")).toMatch(/^\{"feed":"vigil\/1".*"bays":\["1"\]/);
    await picture(page, "replay-chooser");
    await page.context().close();
  });
});

describe("what was decided that day", () => {
  /** Notes the whole log as the page's worker gives it. */
  const noteLog = () => {
    const Own = Worker;
    window.Worker = class extends Own {
      constructor(address: string | URL, options?: WorkerOptions) {
        super(address, options);
        this.addEventListener("message", ({ data }) => {
          if (data?.answer?.log !== undefined) Object.assign(window, { vigilLog: data.answer.log });
        });
      }
    };
  };

  it("is decided again in the page, event for event, through crashes, a late entry, edited limits, moves and calls", async () => {
    const data = mkdtempSync(join(tmpdir(), "vigil-identity-"));
    // After a crash at the same address: who was let in there is known there.
    let port = "0";
    const { server: vigil } = await liveThroughItAll(async () => {
      const program = await startVigil({ PORT: port, VIGIL_DATA: data, VIGIL_DEMO: "0", VIGIL_BAYS: "4" });
      port = new URL(program.url).port;
      return {
        ...program,
        badges: {
          key: program.insiders.key,
          nurse: await program.insiders.cookie("Nora Nurse", "nurse"),
          supervisor: "",
        },
      };
    });
    try {
      const context = await browser.newContext();
      await vigil.insiders.enter(context, "Eve Engineer", "engineer");
      await context.addInitScript(noteLog);
      const page = await context.newPage();
      const types = new Set<string>();
      const deliveries = new Set<string>();
      for (const [session, bays] of [
        [THROUGH_IT_ALL, ["1", "2"]],
        [BY_HAND, ["3", "4"]],
      ] as const) {
        await page.goto(`${vigil.url}/replay?session=${session}`);
        await page.locator(".replay-log li").first().waitFor();
        const log = await page.evaluate(() => (window as unknown as { vigilLog: readonly LogEntry[] }).vigilLog);
        for (const bay of bays) {
          const again = log.filter((entry) => entry.bay === bay).map(({ event }) => event);
          expect(again).toEqual(decidedAt(data, bay));
        }
        for (const { event } of log) {
          types.add(event.type);
          if (event.type === "delivery") deliveries.add(`${event.target} ${event.state}`);
        }
      }
      expect([...types].sort()).toEqual(["act", "alarm", "audio", "delivery", "refused"]);
      expect([...deliveries]).toEqual(
        expect.arrayContaining([
          "second nurse sent",
          "second nurse confirmed",
          "supervisor failed",
          "second nurse failed",
        ]),
      );
      await context.close();
    } finally {
      await vigil.kill();
      rmSync(data, { recursive: true, force: true });
    }
  });
});

describe("beside the ward", () => {
  /** Counts the bursts of a page's sound, from before its own scripts on. */
  const countTones = () => {
    const { start } = OscillatorNode.prototype;
    let tones = 0;
    OscillatorNode.prototype.start = function (this: OscillatorNode, when = 0) {
      // The hum that proves the output begins with the context and is no tone.
      if (when > 0) tones += 1;
      start.call(this, when);
    };
    Object.assign(window, { vigilTonesHeard: () => tones });
  };
  const tones = (page: Page) =>
    page.evaluate(() => (window as unknown as { vigilTonesHeard(): number }).vigilTonesHeard());

  it("is silent until somebody asks to listen, and leaves the live pages and the ward as they are", async () => {
    const cookie = await server.people.openSession(SUPERVISOR);
    const context = await browser.newContext({ viewport: { width: 1440, height: 1000 } });
    await context.addCookies([cookieFor(server.url, cookie)]);
    await context.addInitScript(countTones);
    const wall = await context.newPage();
    await wall.goto(`${server.url}/wall`);
    await wall.getByText(/^live/).first().waitFor();
    const bays = () =>
      wall.locator("article.tile").evaluateAll((tiles) => tiles.map((tile) => tile.getAttribute("aria-label")));
    const health = async () =>
      (await (await fetch(`${server.url}/api/health`, { headers: { cookie } })).json()) as {
        journal: { lastSeq: number };
      };
    const before = { bays: await bays(), seq: (await health()).journal.lastSeq };

    const page = await context.newPage();
    page.on("pageerror", (error) => faults.push(error.message));
    await page.goto(`${server.url}/replay?session=last`);
    await page.getByRole("button", { name: "Next alarm" }).click();
    await page.getByRole("article", { name: /SpO₂ \d+ < 9\d/ }).waitFor();
    await page.getByRole("button", { name: "Play" }).click();
    const at = await clock(page);
    await expect.poll(() => clock(page)).not.toBe(at);
    expect(await tones(page)).toBe(0);

    await page.getByRole("button", { name: "Listen" }).click();
    await page.getByText("tones of the replay, not of the ward").waitFor();
    // The test tone, and then a burst of the alarm every five seconds.
    await expect.poll(() => tones(page)).toBeGreaterThanOrEqual(3);
    await picture(page, "replay-listening");
    await page.getByRole("button", { name: "Listening" }).click();
    await page.getByRole("button", { name: "Listen", exact: true }).waitFor();
    const then = await tones(page);
    await page.waitForTimeout(1_500);
    expect(await tones(page)).toBe(then);

    // Nothing of it is remembered for, heard on or shown by the live pages, and nothing was sent.
    expect(await page.evaluate(() => localStorage.getItem("vigil.sound.heard"))).toBeNull();
    expect(await tones(wall)).toBe(0);
    expect(await bays()).toEqual(before.bays);
    await expect.poll(() => wall.getByText(/^live/).count()).toBeGreaterThan(0);
    expect((await health()).journal.lastSeq).toBe(before.seq);
    await context.close();
  });
});

describe("a file", () => {
  const header = '{"feed":"vigil/1","bays":["7"]}\n';
  const give = (page: Page, name: string, content: string | Buffer) =>
    page
      .getByLabel("Feed file")
      .setInputFiles({ name, mimeType: "application/x-ndjson", buffer: Buffer.from(content) });

  it("is replayed as an infusion when it opens no session, packed as `vigil record` packs", async () => {
    const page = await open("/replay");
    const lines = Array.from({ length: 120 }, (_, t) => `{"t":${t},"hr":72,"spo2":${t < 40 ? 98 : 85}}\n`);
    await give(page, "dip.ndjson.zst", zstdCompressSync(header + lines.join("")));
    await page.getByText("taken as an infusion").waitFor();
    await page.getByRole("button", { name: "Next alarm" }).click();
    await page.getByRole("article", { name: /SpO₂ 85 < 90/ }).waitFor();
    expect(await clock(page)).toBe("00:00:50");
    await page.context().close();
  });

  it.each([
    ["wrong.ndjson", `${header}{"t":0,"hr":72}\n{"t":1,"hr":"fast"}\n`, /Line 3: hr must be a number/],
    ["back.ndjson", `${header}{"t":5,"hr":72}\n{"t":1,"hr":70}\n`, /Line 3: t 1 is before the line above/],
    ["photo.ndjson", "PNG", /Line 1: the header is not JSON/],
    ["empty.ndjson", "", /It is empty/],
    ["packed.zst", "not zstd", /not zstd, or it is cut off/],
    ["packed.gz", "not gzip", /not gzip, or it is cut off/],
  ])("%s is refused in words", async (name, text, said) => {
    const page = await open("/replay");
    await give(page, name, text);
    await page.getByRole("alert").getByText(said).waitFor();
    await page.context().close();
  });

  it("of a session that is not there is refused in words", async () => {
    const page = await open("/replay?session=nobody");
    await page.getByRole("alert").getByText("There is no such session.").waitFor();
    await page.context().close();
  });
});
