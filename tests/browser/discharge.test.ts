/** From the end of the infusion to the ride home at the bay's own page, before the real program with a monitor that sends. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { actAs } from "./at-the-bay.ts";
import { launchChromium } from "./chromium.ts";
import { startVigil, type VigilProcess } from "./vigil-process.ts";
import { openWard, type TestWard } from "./ward.ts";

const CUFF = { hr: 72, spo2: 98, rr: 14, sbp: 126, dbp: 80, map: 95 };
const environment = { VIGIL_DEMO: "0", VIGIL_BAYS: "3", VIGIL_ZONE: "Europe/Berlin" };

let data: string;
let vigil: VigilProcess;
let ward: TestWard;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "vigil-discharge-"));
  vigil = await startVigil({ ...environment, PORT: "0", VIGIL_DATA: data });
  ward = openWard(() => vigil);
  browser = await launchChromium({ width: 1024, height: 768 });
  await ward.infuse("1", { protocol: { recoveryMinimumMin: 0.2 } });
  await ward.infuse("3");
  await ward.command("1", { type: "end-infusion", reason: "the drug is in" });
  const context = await browser.newContext({ viewport: { width: 1024, height: 768 } });
  await vigil.insiders.enter(context, "Ada Lund", "nurse");
  page = await context.newPage();
  await page.goto(`${vigil.url}/bays/1`);
  await page.getByText("Ada Lund").first().waitFor();
}, 120_000);

afterAll(async () => {
  ward?.stop();
  await browser?.close();
  await vigil?.stop();
  await rm(data, { recursive: true, force: true });
});

const press = (name: string | RegExp) => page.getByRole("button", { name, exact: true }).click();
const criterion = (name: string) =>
  page.getByRole("list", { name: "Discharge criteria" }).getByRole("listitem").filter({ hasText: name });
const holds = (name: string) => criterion(name).getByRole("img", { name: "holds", exact: true }).waitFor();
const choose = (group: string, answer: string | RegExp) =>
  page.getByRole("group", { name: group }).getByRole("radio", { name: answer }).check();
const seriousFaults = async () =>
  (await new AxeBuilder({ page }).analyze()).violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
const smallTargets = (area: string) =>
  page
    .locator(`${area} :is(button:visible, summary:visible, .step:visible, a:visible, input:visible:not([type=radio]))`)
    .evaluateAll((all) =>
      all.flatMap((one) => (one.getBoundingClientRect().height < 43.5 ? [one.outerHTML.slice(0, 120)] : [])),
    );

it("refuses to discharge while criteria are missing, in words at the place of the press", async () => {
  await page.getByText(/\d of 10 missing:/).waitFor();
  await press("Discharge");
  await page
    .locator(".discharge-ways")
    .getByText(/No modified Aldrete score has been recorded/)
    .waitFor();
  expect(await seriousFaults()).toEqual([]);
  expect(await smallTargets(".bay-work")).toEqual([]);
});

it("takes an observation by thumb, and the facts turn green by it", async () => {
  await choose("Sedation", /^5/);
  await choose("Dissociation", /^0/);
  await choose("Oriented", /yes/);
  await page.locator("summary", { hasText: "Discharge score" }).click();
  for (const item of ["Activity", "Respiration", "Circulation", "Consciousness", "Oxygen"]) await choose(item, /^2/);
  await page.locator("summary", { hasText: "Vital signs by hand" }).click();
  await page.getByLabel(/^Systolic/).fill("700");
  await press("Record observation");
  await page.getByText("Systolic is a number from 0 to 350 mmHg.").waitFor();
  await page.getByLabel(/^Systolic/).fill("");
  await press("Record observation");
  await page.getByText(/^Recorded for/).waitFor();
  for (const name of ["Discharge score", "Dissociation over", "Oriented"]) await holds(name);
  await page
    .getByRole("list", { name: "Observations" })
    .getByText(/MOAA\/S 5, dissociation 0\/10/)
    .waitFor();
});

it("moves with the patient to a free bay, and only there", async () => {
  await press(/^Move to another bay/);
  expect(await page.getByRole("dialog").getByRole("radio", { name: /Bay 3/ }).isDisabled()).toBe(true);
  await page.getByRole("dialog").getByRole("radio", { name: /Bay 2/ }).check();
  await press("Move to bay 2");
  await page.waitForURL(/\/bays\/2$/);
  await holds("Discharge score");
  ward.monitor("1", null);
  ward.monitor("2", { hr: 73, spo2: 98, rr: 14 });
});

it("keeps what was confirmed when the server is killed in recovery", async () => {
  await press(/^Confirm ?: line removed/);
  await holds("Line removed");
  const { port } = new URL(vigil.url);
  await vigil.kill();
  await page.getByText("Nothing here is live.").waitFor();
  vigil = await startVigil({ ...environment, PORT: port, VIGIL_DATA: data });
  await page.getByText(/^live/).waitFor();
  await holds("Line removed");
  await holds("Dissociation over");
});

it("lets no nurse discharge against a criterion, and names who takes the patient home", async () => {
  await press(/^Discharge against a criterion/);
  await page.getByRole("textbox", { name: "Reason" }).fill("the ride is waiting");
  await press("Discharge all the same");
  await page.getByRole("dialog").getByText("Only a supervisor may discharge against a criterion.").waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  await page.getByLabel("Escort’s name").fill("Jo Doe");
  await page.getByLabel("Escort’s phone").fill("555 0100");
  await press("Name the escort");
  await holds("Escort named");
});

it("declares ready and discharges when all holds, and says until when not to drive", async () => {
  await press(/^Confirm ?: escort present/);
  await press(/^Confirm ?: instructions given/);
  for (let cuff = 0; cuff < 2; cuff += 1) await ward.read("2", CUFF);
  await page.getByText("All criteria hold.").waitFor();
  await press("Declare ready");
  await press(/^Back to recovery/);
  await page.getByRole("textbox", { name: "Reason" }).fill("dizzy on standing");
  await page.getByRole("dialog").getByRole("button", { name: "Back to recovery" }).click();
  // What was confirmed for going home is to be looked at again.
  for (const check of [/^Confirm ?: escort present/, /^Confirm ?: instructions given/, /^Confirm ?: line removed/]) {
    await press(check);
  }
  await press("Declare ready");
  await page.getByText("All criteria hold.").waitFor();
  await press("Discharge");
  await page.getByText(/No driving or machinery until \w{3} \d+ \w{3} \d{4}, \d\d:\d\d/).waitFor();
  expect(await seriousFaults()).toEqual([]);
});

it("lets a supervisor discharge against a criterion, with the reason, which stands in the report", async () => {
  await ward.command("3", { type: "end-infusion", reason: "the drug is in" });
  // At the screen at which somebody else acts.
  await page.goto(`${vigil.url}/bays/3`);
  await actAs(page, vigil.insiders, "Sam Roth", "supervisor");
  await press(/^Discharge against a criterion/);
  await press("Discharge all the same");
  await page.getByText("A reason is needed.").waitFor();
  expect(await seriousFaults()).toEqual([]);
  await page.getByRole("textbox", { name: "Reason" }).fill("transferred to the ward with a nurse");
  await press("Discharge all the same");
  await page.getByText("By Sam Roth: transferred to the ward with a nurse.").waitFor();
  await page.getByRole("link", { name: "Report" }).click();
  await page
    .getByText(/transferred to the ward with a nurse/)
    .first()
    .waitFor();
  await ward.infuse("3", { session: "after" });
});

it("is one session in the list, at both bays in its report", async () => {
  await page.goto(`${vigil.url}/sessions`);
  await page.getByRole("row").filter({ hasText: "Discharged" }).getByRole("link").first().waitFor();
  await expect.poll(() => page.locator("tbody tr").count()).toBe(3);
  await page.getByLabel("Phase").selectOption("infusing");
  await expect.poll(() => page.locator("tbody tr").count()).toBe(1);
  await page.getByRole("link", { name: "Bay 3" }).waitFor();
  await page.getByRole("searchbox").fill("nobody");
  await page.getByText("No session matches. Search for less.").waitFor();
  expect(await seriousFaults()).toEqual([]);
  await page.getByRole("button", { name: "Show all" }).click();
  await page
    .getByRole("row")
    .filter({ hasText: "Discharged" })
    .filter({ hasText: "Bay 2" })
    .getByRole("link")
    .first()
    .click();
  await page.getByText(/^Bay 1, from \d\d:\d\d bay 2/).waitFor();
  await page.getByText("Moved to bay 2").waitFor();
  await page.getByRole("link", { name: "Report" }).click();
  await page.getByText(/^Yes Escort named \(Jo Doe, 555 0100\)/).waitFor();
});
