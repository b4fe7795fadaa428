/** An administrator's morning in a real browser: a bay, a protocol's next version, a backup, and what the audit tells of it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Role } from "@vigil/shared/people";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { asPage } from "../badges.ts";
import { launchChromium } from "./chromium.ts";
import { startVigil, type VigilProcess } from "./vigil-process.ts";

let data: string;
let vigil: VigilProcess;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "vigil-admin-"));
  vigil = await startVigil({
    PORT: "0",
    VIGIL_DATA: data,
    VIGIL_DEMO: "0",
    VIGIL_BAYS: "2",
    VIGIL_ZONE: "Europe/Berlin",
  });
  browser = await launchChromium({ width: 1440, height: 1000 });
  page = await (await browser.newContext({ viewport: null })).newPage();
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await vigil?.stop();
  await rm(data, { recursive: true, force: true });
});

const seriousFaults = async () =>
  (await new AxeBuilder({ page }).analyze()).violations.filter(
    ({ impact }) => impact === "serious" || impact === "critical",
  );
const section = (name: string) =>
  page.getByRole("navigation", { name: "Administration" }).getByRole("link", { name, exact: true }).click();
const iAm = async (name: string, role: Role) => {
  await vigil.insiders.enter(page.context(), name, role);
  await page.reload();
};

it("adds a bay, which the wall shows at once, and is told why one with a patient cannot go", async () => {
  const wall = await browser.newPage();
  await vigil.insiders.enter(wall.context(), "Nora", "nurse");
  await wall.goto(`${vigil.url}/wall`);
  await wall.getByRole("article").nth(1).waitFor();
  await vigil.insiders.enter(page.context(), "Ada Admin", "administrator");
  await page.goto(`${vigil.url}/admin`);
  await page.getByLabel("Id, as its monitor names it").fill("3");
  await page.getByLabel("Name, as people call it").fill("Garden");
  await page.getByRole("button", { name: "Add the bay" }).click();
  await page.getByRole("rowheader", { name: /Garden/ }).waitFor();
  await wall.getByRole("article", { name: /Garden/ }).waitFor();
  await wall.close();
  await fetch(`${vigil.url}/api/bays/3/commands`, {
    method: "POST",
    headers: { "content-type": "application/json", ...asPage(vigil.url, await vigil.insiders.cookie("Nora", "nurse")) },
    body: JSON.stringify({
      id: "open-garden",
      command: { type: "open-session", sessionId: "garden", patient: { initials: "G.G." } },
    }),
  });
  const garden = page.getByRole("row").filter({ hasText: "Garden" });
  await garden.getByRole("button", { name: "Retire" }).click();
  await page.getByLabel("Why bay Garden is retired").fill("being painted");
  await page.getByRole("button", { name: "Retire the bay" }).click();
  await page
    .getByRole("alert")
    .getByText(/A session is open at this bay/)
    .waitFor();
  expect(await seriousFaults()).toEqual([]);
});

it("drafts a protocol's next version, which only another supervisor can approve, and sees what differs", async () => {
  await section("Protocols");
  await iAm("Sue Supervisor", "supervisor");
  await page.getByRole("button", { name: "Draft the next version" }).click();
  await page.getByLabel("Minimum stay after (min)").fill("ninety");
  await page.getByRole("button", { name: "Keep as a draft" }).click();
  await page
    .getByRole("alert")
    .getByText(/recoveryMinimumMin/)
    .waitFor();
  await page.getByLabel("Minimum stay after (min)").fill("90");
  await page.getByLabel("SpO₂ low, warning, limit").fill("93");
  await page.getByLabel("What is different, and why").fill("a longer stay");
  expect(await seriousFaults()).toEqual([]);
  await page.getByRole("button", { name: "Keep as a draft" }).click();
  await page.getByRole("button", { name: "Differences of version 1" }).click();
  const differences = page.getByRole("table", { name: "Differences of version 1" });
  await differences.getByText("SpO₂ low, warning: limit").waitFor();
  expect(await differences.getByRole("row").allTextContents()).toEqual([
    "RuleBuilt inVersion 1",
    "Minimum stay after the infusion (min)6090",
    "SpO₂ low, warning: limit9493",
  ]);
  await page.getByRole("button", { name: "Approve version 1" }).click();
  await page.getByRole("alert").getByText("Who wrote a version cannot approve it").waitFor();
  await iAm("Sam Supervisor", "supervisor");
  await page.getByRole("button", { name: "Differences of version 1" }).click();
  await page.getByRole("button", { name: "Approve version 1" }).click();
  await page.getByText("Version 1 is in use.").waitFor();
  expect(await seriousFaults()).toEqual([]);
});

it("opens the next session under it, and keeps the running one under its own", async () => {
  await vigil.insiders.enter(page.context(), "Nora", "nurse");
  await page.goto(`${vigil.url}/bays/1`);
  await page.getByText("Adult ketamine infusion, version 1").waitFor();
  const running: { protocol: { version?: number } } = await (
    await fetch(`${vigil.url}/api/sessions/garden`, {
      headers: { cookie: await vigil.insiders.cookie("Nora", "nurse") },
    })
  ).json();
  expect(running.protocol.version).toBeUndefined();
});

it("adds a target, which the station can attend as; sets retention; takes a backup", async () => {
  await vigil.insiders.enter(page.context(), "Ada Admin", "administrator");
  await page.goto(`${vigil.url}/admin/settings`);
  await page.getByLabel("A further target").fill("physician");
  await page.getByRole("button", { name: "Add the target" }).click();
  await page.getByRole("button", { name: "Drop physician" }).waitFor();
  await page.getByLabel("Thin readings after (days)").fill("90");
  await page.getByRole("button", { name: "Thin after these days" }).click();
  await page.getByText(/Readings older than 90 days are thinned/).waitFor();
  expect(await seriousFaults()).toEqual([]);
  await section("Backups");
  await page.getByText("No backup yet.").waitFor();
  await page.getByRole("button", { name: "Take a backup now" }).click();
  await page.getByText(/entries, whole/).waitFor();
  expect(await seriousFaults()).toEqual([]);
  await page.goto(`${vigil.url}/station`);
  await page.getByRole("checkbox", { name: "physician" }).waitFor();
});

it("finds all of it in the audit, which is whole", async () => {
  await page.goto(`${vigil.url}/admin/audit`);
  await page.getByText("Whole", { exact: true }).waitFor();
  await page.getByLabel("Person").selectOption("Ada Admin");
  await page.getByLabel("Action").selectOption("retire-bay");
  await page.getByText("1 entry", { exact: true }).waitFor();
  const actions = page.getByRole("table", { name: "Entries" }).getByRole("cell");
  await actions.getByText("retire-bay").click();
  await page
    .getByRole("region", { name: /^Entry \d+$/ })
    .getByText("being painted")
    .waitFor();
  await page.getByRole("button", { name: "Close" }).click();
  await page.getByLabel("Outcome").selectOption("refused");
  await page.getByText("1 entry", { exact: true }).waitFor();
  expect(await page.getByRole("link", { name: "Export CSV" }).getAttribute("href")).toContain("person=Ada+Admin");
  expect(await seriousFaults()).toEqual([]);
});

it("fits a phone, with targets of a thumb's size", async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const path of ["", "/protocols", "/settings", "/backups", "/audit"]) {
    await page.goto(`${vigil.url}/admin${path}`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.waitForLoadState("networkidle");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    const small = await page
      .locator("button:visible, select:visible, a:visible, input:visible")
      .evaluateAll((all) =>
        all.flatMap((one) => (one.getBoundingClientRect().height < 43.5 ? [one.outerHTML.slice(0, 120)] : [])),
      );
    expect(small).toEqual([]);
    expect(await seriousFaults()).toEqual([]);
  }
});

it.each(["/admin/people", "/admin/displays", "/me", "/first-start", "/sign-in", "/wall/all"])(
  "has nothing to answer for before axe where people and displays are let in: %s",
  async (path) => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(vigil.url + path);
    const whole = path === "/wall/all" ? page.getByText(/^live/) : page.getByRole("heading").first();
    await whole.waitFor();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(
      violations
        .filter(({ impact }) => impact !== "minor")
        .map(({ id, nodes }) => [id, nodes.map(({ target }) => target)]),
    ).toEqual([]);
  },
);
