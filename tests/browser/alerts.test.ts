/** A supervisor's morning: last night's slowest answered high alarm found, read, marked and exported. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchChromium } from "./chromium.ts";
import { startVigil, type VigilProcess } from "./vigil-process.ts";

const SCRIPT = '<img src=x onerror="window.stolen=1"><script>window.stolen=1</script>';

let data: string;
let vigil: VigilProcess;
let browser: Browser;
let page: Page;
const faults: string[] = [];

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "vigil-alerts-"));
  vigil = await startVigil({ PORT: "0", VIGIL_DATA: data, VIGIL_ZONE: "Europe/Berlin" });
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

const rows = () => page.locator(".alerts-row[data-index]");
const answeredHigh = async (): Promise<number> => {
  const answer = await fetch(`${vigil.url}/api/alerts?priority=high&sort=longest-unanswered`, {
    headers: { cookie: await vigil.insiders.cookie("Demo", "supervisor") },
  });
  const { alerts } = (await answer.json()) as { alerts: { acknowledged: unknown }[] };
  return alerts.filter(({ acknowledged }) => acknowledged !== null).length;
};
const seriousFaults = async () =>
  (await new AxeBuilder({ page }).analyze()).violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => [id, nodes[0]?.html]);

it("finds the slowest answered high alarm by filters that stand in the address", async () => {
  // The demonstration tells its past beside the running ward.
  await expect.poll(answeredHigh, { timeout: 50_000, interval: 500 }).toBeGreaterThan(0);
  await page.goto(`${vigil.url}/alerts`);
  await rows().first().waitFor();
  await page.getByLabel("Priority", { exact: true }).selectOption("high");
  await page.getByLabel("Order").selectOption("longest-unanswered");
  await expect.poll(() => page.url()).toMatch(/priority=high.*sort=longest-unanswered/);
  await expect.poll(async () => (await rows().first().textContent()) ?? "").toMatch(/after/);
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
  const story = page.getByRole("complementary", { name: "Story of the alarm" });
  await story.getByText("What happened").waitFor();
  await story
    .getByText(/^raised/)
    .first()
    .waitFor();
  await story
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
  await page.keyboard.press("Escape");
  await page.getByRole("complementary", { name: "Story of the alarm" }).waitFor({ state: "detached" });
  await page.getByLabel("Mark", { exact: true }).selectOption("yes");
  await expect.poll(() => rows().count()).toBe(1);
});

it("exports what is shown", async () => {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Export CSV" }).click(),
  ]);
  const csv = await readFile(await download.path(), "utf8");
  expect(csv.trim().split("\r\n")).toHaveLength(2);
  expect(csv).toMatch(/,high,.*,yes\r\n$/);
});

it("shows the measures of the month, each with its definition one touch away", async () => {
  await page.goto(`${vigil.url}/alerts/measures`);
  await page.getByText("Burden by day").waitFor();
  await page.locator(".recharts-bar-rectangle").first().waitFor();
  await page.getByText("Alarms per bay-day").click();
  await page.getByText(/divided by the days on which a bay had a session/).waitFor();
  expect(await seriousFaults()).toEqual([]);
  expect(faults).toEqual([]);
});
