/** A patient's course in a real browser, on the demonstration's past: scores in, relief and due days out, bookings kept. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { smallTargets } from "./at-the-bay.ts";
import { launchChromium } from "./chromium.ts";
import { tabTo } from "./keyboard.ts";
import { MORNING, startVigil, type VigilProcess } from "./vigil-process.ts";

let data: string;
let vigil: VigilProcess;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "vigil-courses-"));
  vigil = await startVigil({ PORT: "0", VIGIL_DATA: data, VIGIL_ZONE: MORNING.zone }, MORNING.course);
  browser = await launchChromium({ width: 1440, height: 1000 });
  const context = await browser.newContext({ viewport: null });
  await vigil.insiders.enter(context, "Demo", "nurse");
  page = await context.newPage();
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await vigil?.stop();
  await rm(data, { recursive: true, force: true });
});

const line = (recordNumber: string) => page.getByRole("row").filter({ hasText: recordNumber });
const headline = (term: string) => page.locator(".course-head dl > div").filter({ hasText: term });
const faults = async () =>
  (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [id, nodes[0]?.html]);

it("lists who needs attention first, with the reason", async () => {
  await page.goto(`${vigil.url}/courses`);
  await line("KT-1038").getByText("Thoughts of death").waitFor();
  await line("KT-1051")
    .getByText(/^Missed /)
    .waitFor();
  await line("KT-1029")
    .getByText(/^Late by \d+ days/)
    .waitFor();
  const order = await page.locator("tbody tr .patient-link").allTextContents();
  const place = (recordNumber: string) => order.findIndex((text) => text.includes(recordNumber));
  expect([place("KT-1038"), place("KT-1051"), place("KT-1029")]).toEqual([0, 1, 2]);
  expect(await faults()).toEqual([]);
});

it("finds a patient and opens the course", async () => {
  await page.getByRole("searchbox").fill("1051");
  await expect.poll(() => page.locator("tbody tr").count()).toBe(1);
  await page.getByRole("link", { name: /KT-1051/ }).click();
  await headline("Where it stands").getByText("Induction 2 of 6, day 9 of 28").waitFor();
  await page.locator(".recharts-line-dot").first().waitFor();
  await expect.poll(() => page.locator(".recharts-line-dot").count()).toBe(3);
  await expect.poll(() => page.locator(".recharts-reference-area").count()).toBe(1);
  expect(await faults()).toEqual([]);
});

it("lets a session be booked and cancelled by keyboard alone", async () => {
  await page.goto(`${vigil.url}/courses`);
  await tabTo(page, page.getByRole("searchbox"));
  await page.keyboard.type("1017");
  await tabTo(page, page.getByRole("link", { name: /KT-1017/ }));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("tab", { name: "Score" }));
  await page.keyboard.press("ArrowRight");
  await page.getByLabel("Day of the session").waitFor();
  await tabTo(page, page.locator(".mantine-DatePicker-day[tabindex='0']"));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.getByText(/: (in time|\d+ days? (before|after))/).waitFor();
  await tabTo(page, page.getByLabel("Time", { exact: true }));
  await tabTo(page, page.getByLabel("Bay", { exact: true }));
  await tabTo(page, page.getByRole("button", { name: "Book the session" }));
  await page.keyboard.press("Enter");
  const booked = page.getByRole("list", { name: "Booked sessions" }).getByRole("listitem");
  await tabTo(page, booked.last().getByRole("button", { name: "Cancel", exact: true }));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByLabel("Why it is cancelled"));
  await page.keyboard.type("only a test");
  const before = await booked.count();
  await page.keyboard.press("Enter");
  await expect.poll(() => booked.count()).toBe(before - 1);
  await tabTo(page, page.getByRole("tab", { name: "Next session" }));
  await page.keyboard.press("ArrowRight");
  await tabTo(page, page.getByRole("button", { name: "Keep the settings" }));
  expect(await faults()).toEqual([]);
  expect(await smallTargets(page)).toEqual([]);
  await page.goto(`${vigil.url}/courses/KT-1051`);
  await headline("Relief").waitFor();
});

it("refuses to keep a score until all nine items are answered", async () => {
  for (let item = 1; item <= 8; item += 1) {
    await page
      .getByRole("radiogroup", { name: new RegExp(`^${item}\\.`) })
      .getByRole("radio", { name: /^1,/ })
      .click();
  }
  await page.getByRole("button", { name: "Keep the score" }).click();
  await page.getByRole("alert").getByText("Item 9 is not answered").waitFor();
  await page.getByRole("radiogroup", { name: /^9\./ }).getByRole("radio", { name: /^1,/ }).click();
});

it("keeps a PHQ-9 by item: the plot, the relief and the flag of item 9 follow at once", async () => {
  await headline("Relief").getByText("no score shows any").waitFor();
  await page.getByRole("button", { name: "Keep the score" }).click();
  await headline("Relief").getByText("5 days so far").waitFor();
  await page.getByRole("list", { name: "Needs attention" }).getByText("Thoughts of death").waitFor();
  await expect.poll(() => page.locator(".recharts-line-dot").count()).toBe(4);
  // The due window, and now the relief.
  await expect.poll(() => page.locator(".recharts-reference-area").count()).toBe(2);
  await page.getByLabel("What was done").fill("Spoke with the patient; physician told");
  await page.getByRole("button", { name: "Write down" }).click();
  await page.getByText("Thoughts of death").waitFor({ state: "detached" });
});

it("moves the missed booking to the first day due, and the course is on schedule again", async () => {
  await page.getByRole("tab", { name: "Next session" }).click();
  expect(await faults()).toEqual([]);
  await page.getByRole("button", { name: "Move", exact: true }).click();
  await page.locator("button.mantine-DatePicker-day[data-due=true]:not([data-disabled])").first().click();
  await page.getByText(/: in time$/).waitFor();
  await page.getByLabel("Why it is moved").fill("was ill");
  await page.getByRole("button", { name: "Move the session" }).click();
  await headline("Booked").getByText(/10:30/).waitFor();
  await headline("Where it stands").getByText("on schedule", { exact: true }).waitFor();
});

it("shows the same after the server was killed", async () => {
  const { port } = new URL(vigil.url);
  await vigil.kill();
  vigil = await startVigil({ PORT: port, VIGIL_DATA: data, VIGIL_ZONE: MORNING.zone }, MORNING.course);
  await page.reload();
  await headline("Relief").getByText("5 days so far").waitFor();
  await headline("Booked").getByText(/10:30/).waitFor();
  await page.getByRole("row").filter({ hasText: "Spoke with the patient" }).waitFor();
});

it("fits a phone without scrolling sideways, with targets of a thumb's size", async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const path of ["/courses", "/courses/KT-1017"]) {
    await page.goto(`${vigil.url}${path}`);
    await page.getByRole("table").waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(await smallTargets(page)).toEqual([]);
    expect(await faults()).toEqual([]);
  }
});
