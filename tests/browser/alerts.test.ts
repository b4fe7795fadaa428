/** A supervisor's morning: last night's slowest answered high alarm found, read, marked, exported and printed. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchChromium } from "./chromium.ts";
import { printed } from "./printed.ts";
import { MORNING, startVigil, type VigilProcess } from "./vigil-process.ts";

const SCRIPT = '<img src=x onerror="window.stolen=1"><script>window.stolen=1</script>';

let data: string;
let vigil: VigilProcess;
let browser: Browser;
let page: Page;
const faults: string[] = [];

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "vigil-alerts-"));
  vigil = await startVigil({ PORT: "0", VIGIL_DATA: data, VIGIL_ZONE: MORNING.zone }, MORNING.course);
  browser = await launchChromium({ width: 1440, height: 1000 });
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, acceptDownloads: true });
  await vigil.insiders.enter(context, "Demo", "supervisor");
  page = await context.newPage();
  page.on("pageerror", (error) => faults.push(error.message));
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await vigil?.stop();
  await rm(data, { recursive: true, force: true });
});

const rows = () => page.locator(".alerts-row[data-alert]");
const story = () => page.getByRole("complementary", { name: "Story of the alarm" });
const get = async (path: string) => {
  const headers = { cookie: await vigil.insiders.cookie("Demo", "supervisor") };
  return (await fetch(`${vigil.url}/api/${path}`, { headers })).json();
};
const seriousFaults = async () =>
  (await new AxeBuilder({ page }).analyze()).violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => [id, nodes[0]?.html]);

interface Answered {
  readonly acknowledged: { readonly afterMs: number } | null;
}
const waits = (alerts: readonly Answered[]) => alerts.map(({ acknowledged }) => acknowledged?.afterMs ?? -1);

it("finds last night's slowest answered high alarm by filters that stand in the address", async () => {
  // The demonstration tells its past beside the running ward, the last night first.
  const query = new URLSearchParams({ priority: "high", sort: "slowest-answered", ...MORNING.lastNight });
  await expect
    .poll(async () => waits((await get(`alerts?${query}`)).alerts)[0] ?? -1, { timeout: 120_000, interval: 500 })
    .toBeGreaterThan(0);
  await page.goto(`${vigil.url}/alerts`);
  await rows().first().waitFor();
  await page.getByLabel("Priority", { exact: true }).selectOption("high");
  await page.getByLabel("Time", { exact: true }).selectOption({ label: "Last night, 19–8" });
  await page.getByRole("button", { name: "Answered" }).click();
  const address = () => Object.fromEntries(new URL(page.url()).searchParams);
  await expect.poll(address).toMatchObject({
    ...{ priority: "high", sort: "slowest-answered" },
    ...{ from: expect.stringMatching(/T19:00$/), to: expect.stringMatching(/T08:00$/) },
  });
  await expect.poll(async () => (await rows().first().textContent()) ?? "").toMatch(/after/);
  const asked = new URL(page.url()).search;
  const { alerts } = (await get(`alerts${asked}`)) as { alerts: readonly Answered[] };
  expect(waits(alerts)).toEqual(waits(alerts).sort((a, b) => b - a));
  const link = page.url();
  await page.reload();
  await rows().first().waitFor();
  expect(page.url()).toBe(link);
  expect(await page.getByLabel("Priority", { exact: true }).inputValue()).toBe("high");
  expect(await seriousFaults()).toEqual([]);
});

it("opens its story by keyboard: what happened, the readings around it", async () => {
  await rows().first().focus();
  await page.keyboard.press("Enter");
  await story().getByText("What happened").waitFor();
  await story()
    .getByText(/^raised/)
    .first()
    .waitFor();
  await story()
    .getByText(/^acknowledged/)
    .first()
    .waitFor();
  expect(await seriousFaults()).toEqual([]);
});

it("marks it with a reason, which is shown as it was written and carries nothing out", async () => {
  await page.getByLabel(/^Why/).fill(SCRIPT);
  await page.getByRole("button", { name: "Actionable", exact: true }).click();
  await page.getByText(`actionable: ${SCRIPT}`).waitFor();
  await page.getByText("Demo supervisor (supervisor)").waitFor();
  expect(await page.evaluate(() => Reflect.get(window, "stolen"))).toBeUndefined();
  const marked = await page.locator(".alerts-row[aria-selected=true]").getAttribute("data-alert");
  await page.keyboard.press("Escape");
  await story().waitFor({ state: "detached" });
  // The keyboard is where it was.
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("data-alert"))).toBe(marked);
  await page.getByLabel("Mark", { exact: true }).selectOption("yes");
  await page.locator(`.alerts-row[data-alert="${marked}"]`).waitFor();
});

it("exports what is shown, and says when it is done", async () => {
  const { total } = (await get(`alerts${new URL(page.url()).search}`)) as { total: number };
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Export CSV" }).click(),
  ]);
  const csv = await readFile(await download.path(), "utf8");
  expect(csv.trim().split("\r\n")).toHaveLength(total + 1);
  expect(csv).toMatch(/,high,.*,yes\r\n$/);
  await page.getByText(`Exported ${total} of ${total}`).waitFor();
});

it("a nurse marks, and takes nothing out", async () => {
  const context = await browser.newContext();
  await vigil.insiders.enter(context, "Demo", "nurse");
  const nurses = await context.newPage();
  await nurses.goto(page.url());
  await nurses.locator(".alerts-row[data-alert]").first().click();
  await nurses.getByRole("button", { name: "Not actionable" }).waitFor();
  await expect.poll(() => nurses.getByRole("link", { name: "Export CSV" }).count()).toBe(0);
  expect(await nurses.evaluate(async () => (await fetch("/api/alerts.csv")).status)).toBe(403);
  await context.close();
});

it("shows the measures of the month, each with its definition one touch away", async () => {
  await page.goto(`${vigil.url}/alerts/measures`);
  await page.getByText("Burden by day").waitFor();
  await page.locator(".recharts-bar-rectangle").first().waitFor();
  await page.getByText("Alarms per bay-day").click();
  await page.getByText(/divided by the days on which a bay had a session/).waitFor();
  expect(await seriousFaults()).toEqual([]);
});

it("measures one bay in the hours that are asked for, and keeps the question in the address", async () => {
  await page.getByLabel("Bay", { exact: true }).selectOption("1");
  await page.getByLabel("Hours of the day").selectOption("7-13");
  await expect.poll(() => page.url()).toMatch(/bay=1&hours=7-13/);
  await expect.poll(() => page.locator(".measures-groups section").first().locator("tbody tr").count()).toBe(1);
  const hours = page.locator(".measures-groups section").last().locator("tbody th");
  // The bay's answer may still stand while that of its hours is under way.
  const outside = async () => (await hours.allTextContents()).map(Number).filter((hour) => hour < 7 || hour >= 13);
  await expect.poll(outside).toEqual([]);
});

it("prints last night's shift with every grave alarm, its sessions and nothing cut", async () => {
  const night = new URLSearchParams(MORNING.lastNight);
  await page.goto(`${vigil.url}/alerts/shift?${night}`);
  await page.getByRole("heading", { name: "Shift report" }).waitFor();
  const { sessions, alarms } = await get(`alerts/shift?${night}`);
  expect(sessions.length).toBeGreaterThan(0);
  await expect.poll(() => page.locator("article tbody").first().locator("tr").count()).toBe(sessions.length);
  await expect.poll(() => page.locator("article tbody").last().locator("tr").count()).toBe(alarms.length);
  expect(await seriousFaults()).toEqual([]);
  const { pages, cut } = await printed(page);
  expect(cut).toEqual([]);
  // Some 45 rows stand on a page.
  expect(pages).toBeLessThanOrEqual(1 + Math.ceil((sessions.length + alarms.length) / 35));
});

it("prints the month on a few pages, charts and definitions included, and nothing cut", async () => {
  await page.goto(`${vigil.url}/alerts/month?month=${MORNING.lastNight.from.slice(0, 7)}`);
  await page.getByRole("heading", { name: /^Alarms of/ }).waitFor();
  await page.locator(".recharts-bar-rectangle").first().waitFor();
  await expect.poll(() => page.locator(".measures-chart").count()).toBe(4);
  await page.getByText(/Elsewhere: 187 audible alarms/).waitFor();
  expect(await seriousFaults()).toEqual([]);
  const { pages, cut } = await printed(page);
  expect(cut).toEqual([]);
  expect(pages).toBeGreaterThanOrEqual(2);
  expect(pages).toBeLessThanOrEqual(4);
  expect(faults).toEqual([]);
});
