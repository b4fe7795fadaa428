/** People act on alarms: two stations, a bay's page and a wall before the real program, and what one does all see. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { canBeHeldBack, pressTogether } from "./at-the-bay.ts";
import { launchChromium } from "./chromium.ts";
import { PASSWORD } from "./insiders.ts";
import { lookOutFor, lookOutForPress } from "./seen.ts";
import { startVigil, type VigilProcess } from "./vigil-process.ts";
import { openWard, type TestWard } from "./ward.ts";

let data: string;
let vigil: VigilProcess;
let ward: TestWard;
let browser: Browser;
let ada: Page;
let bo: Page;
let wall: Page;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "vigil-act-"));
  vigil = await startVigil({ PORT: "0", VIGIL_DATA: data, VIGIL_DEMO: "0", VIGIL_BAYS: "4" });
  ward = openWard(() => vigil);
  browser = await launchChromium({ width: 1280, height: 800 });
  const open = async (path: string, signsIn: boolean) => {
    // A context each: nothing is shared between the screens but the server.
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    if (!signsIn) await vigil.insiders.enter(context, "Ada Lund", "nurse");
    const page = await context.newPage();
    await canBeHeldBack(page);
    await page.goto(vigil.url + path);
    if (signsIn) {
      // Whoever opens the station unknown is led to the sign-in, and from there back.
      await vigil.insiders.cookie("Bo Ek", "supervisor");
      await page.getByRole("textbox", { name: "Sign-in name" }).fill(vigil.insiders.username("Bo Ek"));
      await page.getByLabel("Password").fill("not the right one");
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.getByText("That name with that password is not known here.").waitFor();
      expect(await seriousOf(page)).toEqual([]);
      await page.getByLabel("Password").fill(PASSWORD);
      await page.getByRole("button", { name: "Sign in" }).click();
    }
    await page.getByText(/^live/).waitFor();
    return page;
  };
  ada = await open("/station", false);
  bo = await open("/station", true);
  wall = await open("/wall", false);
}, 120_000);

afterAll(async () => {
  ward?.stop();
  await browser?.close();
  await vigil?.stop();
  await rm(data, { recursive: true, force: true });
});

const alarm = (page: Page, bay: string) =>
  page.getByRole("region", { name: "Alarms" }).getByRole("article", { name: new RegExp(`alarm, bay ${bay}, `) });
const tile = (bay: string) => wall.getByRole("article", { name: new RegExp(`^Bay ${bay}\\b`) });
const bayLine = (page: Page, bay: string) =>
  page
    .getByRole("region", { name: "Bays" })
    .getByRole("listitem")
    .filter({ has: page.getByText(`Bay ${bay} `) });
const row = (page: Page, vital: string) => page.getByRole("row", { name: new RegExp(`^${vital}`) });
const seriousOf = async (page: Page) => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
};

describe("the station", () => {
  it("is empty-handed without sessions, and knows who signed in, after a reload too", async () => {
    await ada.getByText("No alarms").waitFor();
    expect(await seriousOf(ada)).toEqual([]);
    await bo.getByText("Bo Ek").waitFor();
    await ada.reload();
    await ada.getByText("Ada Lund").waitFor();
    for (const bay of ["1", "2", "3"]) await ward.infuse(bay);
    await bayLine(ada, "3").getByText("Infusing").waitFor();
    expect(await seriousOf(ada)).toEqual([]);
  });

  it("acknowledges by keyboard, and the other station and the wall show it", async () => {
    await ward.read("1", { sbp: 193, dbp: 98 });
    for (const page of [ada, bo]) await alarm(page, "1").getByText("SBP 193 > 180").first().waitFor();
    await tile("1").getByText("193 > 180").first().waitFor();
    expect(await seriousOf(ada)).toEqual([]);

    await ada.bringToFront();
    await ada.keyboard.press("ArrowDown");
    const pressedAt = await lookOutForPress(ada);
    const acknowledged = '.alarm-row[data-key="1 sbp.high"][data-look="acknowledged"]';
    const seen = await Promise.all([
      lookOutFor(ada, acknowledged),
      lookOutFor(bo, acknowledged),
      lookOutFor(wall, 'article[aria-label*="193 > 180, acknowledged"]'),
    ]);
    await ada.keyboard.press("Enter");
    const pressed = await pressedAt();
    const tookMs = (await Promise.all(seen.map((at) => at()))).map((at) => Math.round(at - pressed));
    console.log(`acknowledge → this station, the other, the wall: ${tookMs.join(", ")} ms (≤ 200: npm run bench)`);
    // The bound proves that it was pushed and not fetched; the promise itself is measured where nothing else runs.
    for (const ms of tookMs) expect(ms).toBeGreaterThanOrEqual(0);
    for (const ms of tookMs) expect(ms).toBeLessThan(3_000);
    await alarm(bo, "1")
      .getByText(/Ada Lund \d\d:\d\d:\d\d$/)
      .waitFor();
  });

  it("says to the second of two that the first was quicker, where the second pressed", async () => {
    await alarm(bo, "1")
      .getByRole("button", { name: /^Acknowledged/ })
      .click();
    await alarm(bo, "1").getByRole("alert").getByText("Ada Lund has already acknowledged it.").waitFor();
    await ward.read("2", { sbp: 191, dbp: 98 });
    await pressTogether([ada, bo].map((page) => alarm(page, "2").getByRole("button", { name: /^Acknowledge\b/ })));
    const told = () =>
      Promise.all(
        [ada, bo].map((page) =>
          alarm(page, "2")
            .getByText(/has already acknowledged it/)
            .count(),
        ),
      );
    await expect.poll(told).toSatisfy(([a = 0, b = 0]: number[]) => a + b === 1);
  });

  it("pauses a bay's sound for all, with countdown and owner, and anybody ends it early", async () => {
    await ada.bringToFront();
    await alarm(ada, "1").focus();
    await ada.keyboard.press("p");
    await bayLine(bo, "1").getByText("sound paused by Ada Lund").waitFor();
    const left = async () => (await bo.getByRole("region", { name: "Silenced by people" }).textContent()) ?? "";
    const before = await left();
    expect(before).toMatch(/Bay 1.*(2:00|1:5\d)/);
    await expect.poll(left).not.toBe(before);
    await tile("1").getByRole("img", { name: "alarm sound paused" }).waitFor();
    await bayLine(bo, "1")
      .getByRole("button", { name: /End now/ })
      .click();
    await expect.poll(() => tile("1").getByRole("img", { name: "alarm sound paused" }).count()).toBe(0);
    await bayLine(ada, "1")
      .getByRole("button", { name: /Pause sound 2 min/ })
      .waitFor();
  });

  it("calls who attends when nobody acknowledges, and a second screen's answer ends the call", async () => {
    const rung = { target: "second nurse", afterS: 1 };
    await ward.infuse("4", { protocol: { escalation: [rung] } });
    await ward.read("4", { sbp: 190, dbp: 98 });
    const call = ada.getByRole("alert", { name: "Call, bay 4" });
    await call.getByText(/Second nurse called.*SBP 190 > 180/).waitFor();
    await alarm(bo, "4").getByText("second nurse: delivered").waitFor();
    expect(await seriousOf(ada)).toEqual([]);
    await alarm(bo, "4")
      .getByRole("button", { name: /^Acknowledge\b/ })
      .click();
    await call.waitFor({ state: "detached" });
  });

  it("helps with its keys", async () => {
    await ada.bringToFront();
    await ada.keyboard.press("?");
    await ada.getByRole("dialog", { name: "Keys" }).waitFor();
    expect(await seriousOf(ada)).toEqual([]);
    await ada.keyboard.press("Escape");
    await ada.getByRole("dialog").waitFor({ state: "detached" });
  });
});

describe("a bay's page", () => {
  it("is reached from the station", async () => {
    await bayLine(bo, "3").getByRole("link").click();
    await bo.getByRole("heading", { name: /^Bay 3/ }).waitFor();
    expect(new URL(bo.url()).pathname).toBe("/bays/3");
    expect(await seriousOf(bo)).toEqual([]);
  });

  it("switches alarms off with a reason that the tile and the station show, and on again", async () => {
    await row(bo, "HR")
      .getByRole("button", { name: /^Switch off/ })
      .click();
    const dialog = bo.getByRole("dialog");
    await dialog.getByRole("button", { name: "Switch off" }).click();
    await dialog.getByText("A reason is needed.").waitFor();
    expect(await seriousOf(bo)).toEqual([]);
    await dialog.getByRole("textbox", { name: "Reason" }).fill("pacemaker");
    await dialog.getByRole("button", { name: "Switch off" }).click();
    await row(bo, "HR").getByText("Bo Ek: pacemaker").waitFor();
    await tile("3").getByRole("img", { name: "HR alarms off" }).waitFor();
    await bayLine(ada, "3").getByText("Bo Ek: pacemaker").waitFor();
  });

  it("refuses nonsense in words, sets limits, and warns of what differs from the protocol", async () => {
    await row(bo, "SpO₂")
      .getByRole("button", { name: /^Change/ })
      .click();
    const dialog = bo.getByRole("dialog");
    const warning = dialog.getByRole("textbox", { name: "Warning low" });
    const set = dialog.getByRole("button", { name: "Set limits" });
    await warning.fill("88");
    await set.click();
    await dialog.getByText("Must be above critical low (90).").waitFor();
    expect(await seriousOf(bo)).toEqual([]);
    await warning.fill("92");
    await set.click();
    await bo.getByText("SpO₂: limits differ from the protocol.").waitFor();
    expect(await row(bo, "SpO₂").textContent()).toContain("92 protocol 94");
    expect(await seriousOf(bo)).toEqual([]);
  });

  it("shows the same after a reload, and after the server was killed and started again", async () => {
    await bo.reload();
    await bo.getByText("SpO₂: limits differ from the protocol.").waitFor();
    const { port } = new URL(vigil.url);
    await vigil.kill();
    await bo.getByText("Nothing here is live.").waitFor();
    await row(bo, "HR")
      .getByRole("button", { name: /^Switch on/ })
      .click();
    await row(bo, "HR")
      .getByText(/The server does not answer/)
      .waitFor();
    for (const page of [ada, bo]) expect(await seriousOf(page)).toEqual([]);
    vigil = await startVigil({ PORT: port, VIGIL_DATA: data, VIGIL_DEMO: "0" });
    for (const page of [ada, bo, wall]) await page.getByText(/^live/).waitFor();
    await row(bo, "HR").getByText("Bo Ek: pacemaker").waitFor();
    await bo.getByText("SpO₂: limits differ from the protocol.").waitFor();
    await alarm(ada, "1")
      .getByText(/Ada Lund \d\d:\d\d:\d\d$/)
      .waitFor();
    await row(bo, "HR")
      .getByRole("button", { name: /^Switch on/ })
      .click();
    await expect.poll(() => tile("3").getByRole("img", { name: "HR alarms off" }).count()).toBe(0);
  });

  it("goes back to the protocol's limits at one touch, and by itself when the session ends", async () => {
    await bo.getByRole("button", { name: /^Back to protocol.*SpO₂/ }).click();
    await bo.getByText(/limits differ/).waitFor({ state: "detached" });
    await ward.command("3", { type: "set-limits", vital: "hr", limits: { high: { warning: RAISED } }, relative: [] });
    await bo.getByText("HR: limits differ from the protocol.").waitFor();
    ward.monitor("3", null);
    await ward.command("3", { type: "abandon-session", reason: "the test is over", left: "against-advice" });
    await bo.getByText("No session is open at this bay, so it raises no alarms.").waitFor();
    await bo.getByText(/limits differ/).waitFor({ state: "detached" });
    expect(await row(bo, "HR").textContent()).toContain("120");
    expect(await seriousOf(bo)).toEqual([]);
  });
});

const RAISED = { limit: 135, priority: "medium", delay: 10, offDelay: 5, deadband: 2 } as const;
