/** A supervisor asks what other rules would have changed in a period, in a real browser on a real server. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import { type RunningServer, startServer } from "@vigil/server";
import pino from "pino";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { buildClient } from "../../build-client.ts";
import { asPage, cookieFor, SUPERVISOR } from "../badges.ts";
import { launchChromium } from "./chromium.ts";
import { pastSession } from "./past-sessions.ts";
import { SteeredClock } from "./steered-clock.ts";
import { MORNING } from "./vigil-process.ts";

const MIN = 60_000;
const SESSIONS = 24;
const directory = mkdtempSync(join(tmpdir(), "vigil-what-if-"));
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
  const usual = { untilMin: 125, plannedMin: 40, recoveryMin: 62 };
  // One a third of a day, the newest two hours ago; every other one with something to alarm about.
  server.backfill(
    Array.from({ length: SESSIONS }, (_, i) =>
      pastSession({
        ...usual,
        id: `s${i}`,
        bay: String(1 + (i % 3)),
        openedAt: now - 130 * MIN - (SESSIONS - 1 - i) * 480 * MIN,
        eventful: i % 2 === 1,
      }),
    ),
  );
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

async function open(path: string, viewport = { width: 1440, height: 1000 }): Promise<Page> {
  const context = await browser.newContext({ viewport, acceptDownloads: true });
  await context.addCookies([cookieFor(server.url, await server.people.openSession(SUPERVISOR))]);
  const page = await context.newPage();
  page.on("pageerror", (error) => faults.push(error.message));
  await page.goto(server.url + path);
  await page.getByRole("heading", { name: "What if", level: 1 }).waitFor();
  return page;
}

const picture = async (page: Page, name: string) => {
  if (pictures !== undefined) await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
};
const compare = async (page: Page, done: RegExp) => {
  await page.getByRole("button", { name: "Compare", exact: true }).click();
  await page.getByRole("status").getByText(done).waitFor();
};
const download = async (page: Page, button: string) => {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: button, exact: true }).click(),
  ]);
  return readFileSync(await file.path(), "utf8");
};

it("asks, sees the sums, chooses a figure, goes to the moment of an alarm, and takes it all along", async () => {
  const page = await open("/what-if");
  await picture(page, "what-if-empty");
  // Nothing edited yet: it says so where the press is.
  await page.getByRole("button", { name: "Compare", exact: true }).press("Enter");
  await page.getByText("Change a limit or a delay first").waitFor();

  await page.getByRole("textbox", { name: "SpO₂, Low, critical: Limit" }).fill("80");
  await page.getByRole("textbox", { name: "SpO₂, Low, warning: Limit" }).fill("82");
  await expect.poll(() => page.url()).toContain("edits=");
  await compare(page, /24 of 24 sessions in /);
  await picture(page, "what-if-done");
  const lost = page.getByRole("button", { name: "12 lost: SpO₂, high" });
  await lost.click();
  await page.getByRole("heading", { name: "12 lost: SpO₂, high" }).waitFor();
  const links = page.locator(".what-if-list a");
  await expect.poll(() => links.count()).toBe(12);

  const csv = await download(page, "Export alarms");
  expect(csv).toMatch(/^\ufeffchange,bay,session,alarm,/);
  expect(csv.match(/^lost,\d,s\d+,spo2\.low,high,/gm)).toHaveLength(12);
  expect(await download(page, "Export sums")).toMatch(/^SpO₂|^spo2,high,12,0,/m);

  // The same question by its address, in another browser.
  const again = await open(page.url().slice(server.url.length));
  await compare(again, /24 of 24 sessions in /);
  await again.getByRole("button", { name: "12 lost: SpO₂, high" }).waitFor();
  await again.context().close();

  await links.first().click();
  await page.getByRole("heading", { name: /REPLAY Session s1$/ }).waitFor();
  await page.getByRole("article", { name: /SpO₂ \d+ < 90/ }).waitFor();
  // What was tried stands in the replay too: there the alarm is gone.
  await page.getByRole("radio", { name: "What if" }).check();
  await expect.poll(() => page.getByRole("article", { name: /SpO₂ \d+ </ }).count()).toBe(0);
  await picture(page, "what-if-moment");
  await page.context().close();
});

it("compares a file with the built-in rules, by days, and names what is wrong with a file", async () => {
  const page = await open("/what-if");
  await page.getByLabel("Rules").nth(0).selectOption("built-in");
  await page.getByLabel("Rules").nth(1).selectOption("file");
  await page.getByText("Choose the file of the rules after.").waitFor();
  const give = async (text: string) => {
    const path = join(directory, "rules.json");
    writeFileSync(path, text);
    await page.getByLabel("Protocol file").setInputFiles(path);
  };
  await give("{");
  await page.getByRole("alert").getByText("rules.json: It is not JSON.").waitFor();
  await give('{"limits":{"spo2":{"low":{"warning":{"limit":94,"Delay":1}}}}}');
  await page.getByRole("alert").getByText('does not know "Delay"').waitFor();
  await give('{"name":"Quiet","limits":{"spo2":{"low":{"warning":{"limit":80}}}}}');
  await page.getByText("Quiet from rules.json").waitFor();

  await page.getByLabel("Sessions opened in").selectOption("days");
  await page.getByText("Name the first day").waitFor();
  await page.getByLabel("First day").fill("2020-02-03");
  await page.getByLabel("Last day").fill("2020-02-01");
  await page.getByText("The first day lies after the last one.").waitFor();
  await page.getByLabel("Last day").fill("2020-02-03");
  await compare(page, /0 of 0 sessions/);
  await page.getByText("No session was opened in this period.").waitFor();
  await page.getByLabel("Last day").fill("");
  await page.getByText("below stands the last answer").waitFor();
  await compare(page, /24 of 24 sessions in /);
  await picture(page, "what-if-file");
  await page.context().close();
});

it("tries a draft of the clinic's protocol on what was, before anybody approves it", async () => {
  const document = { name: "Calmer", limits: { spo2: { low: { warning: { limit: 80 } } } } };
  const response = await fetch(`${server.url}/api/admin/acts`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...asPage(server.url, await server.people.openSession(SUPERVISOR)),
    },
    body: JSON.stringify({
      id: "draft-1",
      act: { type: "draft-protocol", protocol: "standard", document, why: "too many calls" },
    }),
  });
  expect(response.status).toBe(200);
  const page = await open("/what-if");
  await page.getByLabel("Rules").nth(1).selectOption({ label: "Calmer, version 1 (draft)" });
  await compare(page, /24 of 24 sessions in /);
  await page.getByRole("button", { name: "12 lost: SpO₂, high" }).waitFor();
  expect(page.url()).toContain("version");
  await page.context().close();
});

it("can be stopped, and tells of a server that goes", async () => {
  const page = await open("/what-if?after=built-in&before=built-in");
  // An answer that takes its time.
  await page.route("**/api/what-if", () => undefined);
  await page.getByRole("button", { name: "Compare", exact: true }).click();
  await page.getByText("Asking the server").waitFor();
  await page.getByRole("button", { name: "Stop" }).click();
  await page.getByRole("button", { name: "Compare", exact: true }).waitFor();
  await page.unroute("**/api/what-if");
  await page.route("**/api/what-if", (route) => route.abort());
  await page.getByRole("button", { name: "Compare", exact: true }).click();
  await page.getByRole("alert").getByText("The connection to the server broke off").waitFor();
  await page.context().close();
});

it("has nothing for axe to find, no target too small and nothing cut off, wide and narrow", async () => {
  const page = await open("/what-if?last=all", { width: 1920, height: 1080 });
  await page.getByRole("textbox", { name: "SpO₂, Low, critical: Limit" }).fill("80");
  await compare(page, /24 of 24 sessions in /);
  for (const viewport of [
    { width: 1920, height: 1080 },
    { width: 600, height: 900 },
  ]) {
    await page.setViewportSize(viewport);
    await page.locator(".what-if-list a").first().waitFor();
    await picture(page, `what-if-${viewport.width}`);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    const targets = page.locator(".what-if :is(button, select, a, input:not(.unseen)):visible");
    const sizes = await targets.evaluateAll((all) =>
      all.map((one) => Math.min(one.getBoundingClientRect().width, one.getBoundingClientRect().height)),
    );
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(43.9);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  }
  await page.context().close();
});
