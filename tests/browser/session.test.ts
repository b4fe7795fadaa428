/** The chart of a session and its report, in a real browser on a real server. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import { type RunningServer, startServer } from "@vigil/server";
import pino from "pino";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { buildClient } from "../../build-client.ts";
import { cookieFor, NURSE, SUPERVISOR } from "../badges.ts";
import { smallTargets } from "./at-the-bay.ts";
import { launchChromium } from "./chromium.ts";
import { tabTo } from "./keyboard.ts";
import { pastSession } from "./past-sessions.ts";
import { SteeredClock } from "./steered-clock.ts";
import { MORNING } from "./vigil-process.ts";

const MIN = 60_000;
const directory = mkdtempSync(join(tmpdir(), "vigil-session-"));
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
  server.backfill([
    pastSession({
      id: "usual",
      bay: "1",
      openedAt: now - 130 * MIN,
      untilMin: 125,
      plannedMin: 40,
      recoveryMin: 62,
      eventful: true,
      handled: true,
    }),
    pastSession({
      id: "long",
      bay: "2",
      openedAt: now - 361 * MIN,
      untilMin: 360,
      plannedMin: 288,
      recoveryMin: 62,
      eventful: true,
      handled: true,
    }),
    pastSession({
      id: "gap",
      bay: "3",
      openedAt: now - 80 * MIN,
      untilMin: 79.9,
      plannedMin: 40,
      recoveryMin: 62,
      silentMin: [30, 50],
    }),
  ]);
  browser = await launchChromium({ width: 1280, height: 800 });
}, 120_000);

afterEach(() => {
  expect(faults.splice(0)).toEqual([]);
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
  rmSync(directory, { recursive: true, force: true });
});

async function open(path: string, person = SUPERVISOR): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  await context.addCookies([cookieFor(server.url, await server.people.openSession(person))]);
  const page = await context.newPage();
  page.on("pageerror", (error) => faults.push(error.message));
  await page.goto(server.url + path);
  return page;
}

describe("the chart", () => {
  it("shows every lane, moves its cursor by keyboard and says what stands there", async () => {
    const page = await open("/sessions/usual");
    await page.locator(".lane[data-lane=hr] path.values").waitFor();
    await expect.poll(() => page.locator(".lane").count()).toBe(6);
    await page.getByText("model, not for dosing").waitFor();
    const cursor = page.getByRole("slider", { name: /Time cursor/ });
    await cursor.focus();
    await cursor.press("Home");
    expect(await cursor.getAttribute("aria-valuetext")).toContain("Preparation");
    for (let i = 0; i < 3; i += 1) await cursor.press("Shift+ArrowRight");
    const told = await cursor.getAttribute("aria-valuetext");
    expect(told).toMatch(
      /Infusing; HR \d+; SpO₂ \d+; RR \d+; BP \d+\/\d+, mean \d+.*; Ketamine [\d.]+ mg, model \d+ ng\/mL/,
    );
    for (const seen of ["first seen", "strongest: 6 of 10", "seen to be over"]) {
      await page.locator(".timeline, .session-lists").getByText(`Dissociation ${seen}`).first().waitFor();
    }
    // Every lane reads out at the same instant.
    expect(await page.locator(".lane[data-lane=hr] .lane-figure").textContent()).toBe(/HR (\d+)/.exec(told ?? "")?.[1]);
    await page.context().close();
  });

  it("comes closer by key, button and wheel, moves by dragging, and goes back to the whole", async () => {
    const page = await open("/sessions/long");
    await page.locator(".lane[data-lane=hr] path.values").waitFor();
    const whole = page.getByRole("button", { name: "Whole session" });
    expect(await whole.isDisabled()).toBe(true);
    const firstTime = () => page.locator(".session-chart .time-axis i").first().textContent();
    const before = await firstTime();
    await page.getByRole("slider", { name: /Time cursor/ }).press("+");
    await page.getByRole("button", { name: "Zoom in" }).click();
    await expect.poll(firstTime).not.toBe(before);
    const closer = await firstTime();
    await page.mouse.move(800, 300);
    await page.keyboard.down("Control");
    await page.mouse.wheel(0, -300);
    await page.keyboard.up("Control");
    await expect.poll(firstTime).not.toBe(closer);
    const zoomed = await firstTime();
    // Without Ctrl the wheel is the page's.
    await page.mouse.wheel(0, 300);
    await expect.poll(() => page.evaluate(() => document.scrollingElement?.scrollTop ?? 0)).toBeGreaterThan(0);
    expect(await firstTime()).toBe(zoomed);
    await page.mouse.wheel(0, -300);
    await page.mouse.down();
    await page.mouse.move(400, 300, { steps: 5 });
    await page.mouse.up();
    await expect.poll(firstTime).not.toBe(zoomed);
    await whole.click();
    await expect.poll(firstTime).toBe(before);
    await page.context().close();
  });

  it("draws nothing where the monitor was not heard", async () => {
    const page = await open("/sessions/gap");
    const line = page.locator(".lane[data-lane=hr] path.values");
    await line.waitFor();
    const pieces = ((await line.getAttribute("d")) ?? "").split("M").slice(1);
    expect(pieces).toHaveLength(2);
    const x = (piece: string, at: number) => Number(piece.split("L").at(at)?.split(",")[0]);
    const width = (await page.locator(".lane[data-lane=hr] .plot").boundingBox())!.width;
    // 20 of 80 minutes.
    expect((x(pieces[1]!, 0) - x(pieces[0]!, -1)) / width).toBeCloseTo(0.25, 1);
    await page.context().close();
  });

  it("has nothing for axe to find, and no target too small for a finger", async () => {
    const page = await open("/sessions/usual");
    await page.locator(".lane[data-lane=hr] path.values").waitFor();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    expect(await smallTargets(page)).toEqual([]);
    // Its recording is for who may take it out.
    const recording = page.getByRole("link", { name: "Download recording" });
    expect(await recording.getAttribute("href")).toBe("/api/sessions/usual/inputs");
    await page.context().close();
    const nurses = await open("/sessions/usual", NURSE);
    await nurses.getByRole("link", { name: "Report" }).waitFor();
    await expect.poll(() => nurses.getByRole("link", { name: "Download recording" }).count()).toBe(0);
    await nurses.context().close();
  });

  it("is found, read, zoomed and left for its report by keyboard alone", async () => {
    const page = await open("/sessions");
    await page.getByRole("row").nth(3).waitFor();
    expect(await smallTargets(page)).toEqual([]);
    expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
    await tabTo(page, page.getByRole("searchbox", { name: "Patient" }));
    await page.keyboard.type("jane ket-0007");
    await expect.poll(() => page.locator("table[aria-busy=true]").count()).toBe(0);
    await tabTo(page, page.getByRole("row").filter({ hasText: "Bay 1" }).getByRole("link").first());
    await page.keyboard.press("Enter");
    const cursor = page.getByRole("slider", { name: /Time cursor/ });
    await page.locator(".lane[data-lane=hr] path.values").waitFor();
    await tabTo(page, page.getByRole("button", { name: "Infusion", exact: true }));
    await page.keyboard.press("Enter");
    const whole = page.getByRole("button", { name: "Whole session" });
    await expect.poll(() => whole.isEnabled()).toBe(true);
    await tabTo(page, cursor);
    await page.keyboard.press("Home");
    await page.keyboard.press("PageUp");
    expect(await cursor.getAttribute("aria-valuetext")).toMatch(/HR \d+; SpO₂ \d+/);
    // Wherever the cursor goes, what is looked at goes along.
    expect(await page.locator(".cursor-line").isVisible()).toBe(true);
    await tabTo(page, page.locator(".recharts-brush-traveller").first());
    await tabTo(page, page.getByRole("link", { name: "Report" }));
    await page.keyboard.press("Enter");
    await page.getByText("Infusion session report").waitFor();
    await tabTo(page, page.getByRole("button", { name: "Print or save as PDF" }));
    expect(await smallTargets(page)).toEqual([]);
    await page.context().close();
  });

  it("says that there is no such session", async () => {
    const page = await open("/sessions/nobody");
    await page.getByText("There is no such session.").waitFor();
    await page.context().close();
  });
});

describe("the report", () => {
  it.each(["usual", "long"])("of the %s session is complete and fits one or two pages of A4", async (id) => {
    const page = await open(`/sessions/${id}/report`);
    await page.getByText("Infusion session report").waitFor();
    const text = (await page.locator("article.report").innerText()).replaceAll(/\s+/g, " ");
    for (const part of [
      "Doe, Jane",
      "KET-0007",
      "70 kg",
      "Adult ketamine infusion",
      "ketamine 0.5 mg/kg (35.0 mg)",
      "BP 124/78",
      "0.50 mg/kg = 35.0 mg",
      "SpO₂ 86 < 90",
      "SBP 176 > 165",
      "MOAA/S 4",
      "1 mg/mL, bag 50 mL (50 mg)",
      "dose double-checked: A. Okafor",
      "and M. Lind",
      "Infusion started at",
      "Rate changed to",
      "ketamine bolus 2 mg",
      "Extended by 5 min",
      "Infusion paused: airway repositioned",
      "ondansetron 4 mg IV",
      "Alarms of RR off: talks a lot",
      "Limits of SBP changed: low 90, high 175/185",
      "Handed over to M. Lind: Calm, mild nausea, next cuff at the quarter hour.",
      "“Holds her sister’s hand” A. Okafor (entered late)",
      "Discharged against a criterion by M. Lind (supervisor)",
      "Escort is a nurse of this clinic",
      "Minimum recovery time over",
      "No driving or machinery",
      "A. Okafor (nurse)",
      "not for dosing",
    ]) {
      expect(text).toContain(part);
    }
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map((violation) => violation.id)).toEqual([]);
    const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString("latin1");
    const pages = pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    expect(pages).toBeGreaterThanOrEqual(1);
    expect(pages).toBeLessThanOrEqual(2);
    expect(pdf).toMatch(/\/MediaBox\s*\[0 0 59[45][.\d]* 84[12][.\d]*\]/);
    await page.context().close();
  });
});
