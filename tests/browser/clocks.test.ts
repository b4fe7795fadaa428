/**
 * Sessions across midnight and across both changes of summer time, in the clinic's own zone, on screens whose zone and whose clock
 * are others: lengths are right, times are the clinic's, and the hour that comes twice is told apart.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type RunningServer, startServer } from "@vigil/server";
import { actorSchema } from "@vigil/shared/session";
import pino from "pino";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildClient } from "../../build-client.ts";
import { cookieFor } from "../badges.ts";
import { press, section, type } from "./at-the-bay.ts";
import { launchChromium } from "./chromium.ts";
import { PASSWORD } from "./insiders.ts";
import { pastSession } from "./past-sessions.ts";
import { courseFrom, SteeredClock } from "./steered-clock.ts";

const MIN = 60_000;
/** Berlin goes from 02:00 to 03:00 at 01:00 UTC, */
const SPRING = Date.UTC(2026, 2, 29, 1);
/** and from 03:00 back to 02:00. */
const AUTUMN = Date.UTC(2026, 9, 25, 1);

const ADA = actorSchema.parse({ id: "ada", name: "Ada Lund", role: "nurse" });
/** Hours pass between two presses: nobody is idle for it. */
const ALL_THE_TEST = { idleAfterMs: 10 * 24 * 60 * MIN, endsAfterMs: 10 * 24 * 60 * MIN } as const;
const directory = mkdtempSync(join(tmpdir(), "vigil-clocks-"));
const faults: string[] = [];
/** Two minutes before the clocks go back: it is 02:58 for the first time. */
const clock = new SteeredClock(courseFrom(AUTUMN - 2 * MIN));
let server: RunningServer;
let browser: Browser;

/** From now on it is so late. */
const comes = (at: number) => clock.steer(courseFrom(at));

/** A screen whose clock was never set. */
function wrongClock(): void {
  const Real = Date;
  const aheadMs = -(400 * 24 * 60 + 77) * 60_000;
  globalThis.Date = class extends Real {
    constructor(...given: [] | [number]) {
      if (given.length === 0) super(Real.now() + aheadMs);
      else super(...given);
    }
    static override now = () => Real.now() + aheadMs;
  } as DateConstructor;
}

beforeAll(async () => {
  const clientDir = await buildClient(fileURLToPath(new URL("../..", import.meta.url)));
  server = await startServer({
    config: { port: 0, host: "127.0.0.1", dataDir: directory, bays: 2, zone: "Europe/Berlin" },
    clock,
    log: pino({ level: "silent" }),
    epoch: "clocks",
    clientDir,
  });
  const story = { plannedMin: 120, recoveryMin: 62 };
  server.backfill([
    // 23:30 until after three: over midnight and over the hour that was left out.
    pastSession({ id: "spring", bay: "1", openedAt: SPRING - 150 * MIN, untilMin: 500, ...story }),
    // Since 00:34, and it still runs.
    pastSession({
      id: "autumn",
      bay: "2",
      openedAt: AUTUMN - 146 * MIN,
      untilMin: 143,
      plannedMin: 200,
      recoveryMin: 62,
    }),
  ]);
  browser = await launchChromium({ width: 1280, height: 800 });
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
  rmSync(directory, { recursive: true, force: true });
  expect(faults).toEqual([]);
});

async function open(path: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, timezoneId: "America/New_York" });
  await context.addCookies([cookieFor(server.url, await server.people.openSession(ADA, ALL_THE_TEST))]);
  const page = await context.newPage();
  await page.addInitScript(wrongClock);
  page.on("pageerror", (error) => faults.push(error.message));
  await page.goto(server.url + path);
  return page;
}

it("a session over midnight and into summer time has its lengths and the clinic's times, chart and report", async () => {
  const page = await open("/sessions/spring/report");
  const report = page.locator("article.report");
  await report.getByText("Infusion session report").waitFor();
  const text = (await report.innerText()).replaceAll(/\s+/g, " ");
  // Started six minutes after 23:30, ran for two hours by any clock, and an hour was left out meanwhile.
  expect(text).toContain("23:36 +1 – Sun 29 Mar 2026, 01:36 +1 (ran 120 min)");
  // 188 minutes after 23:30, one hour left out.
  expect(text).toContain("23:30 +1 – Sun 29 Mar 2026, 03:38 +2");
  expect(text).toMatch(/No driving or machinery.*Mon 30 Mar 2026, 03:38/);
  await page.goto(`${server.url}/sessions/spring`);
  await page.locator(".lane path.values").first().waitFor();
  const ticks = await page.locator(".session-chart .time-axis i").allInnerTexts();
  await page.locator(".timeline-list .new-day").getByText("Sun 29 Mar 2026").waitFor();
  expect(ticks.some((tick) => /^01:\d\d \+1$/.test(tick))).toBe(true);
  expect(ticks.some((tick) => /^03:\d\d \+2$/.test(tick))).toBe(true);
  expect(ticks.filter((tick) => tick.startsWith("02:"))).toEqual([]);
  await page.context().close();
});

it("an infusion that runs through the hour that comes twice counts on, and each time tells which of the two it is", async () => {
  const page = await open("/bays/2");
  await page.getByText(/^live/).waitFor();
  const told = () => page.locator(".clinic-clock").innerText();
  await expect.poll(told).toMatch(/^02:5[89]:\d\d\s+Europe\/Berlin\s+CEST$/);
  expect(await section(page, "Infusion").innerText()).toMatch(/Elapsed\s+2:1[89]:\d\d/);
  // Twenty minutes after the clocks went back, before the same eyes: it is 02:20 for the second time.
  comes(AUTUMN + 20 * MIN);
  await expect.poll(told).toMatch(/^02:2\d:\d\d\s+Europe\/Berlin\s+CET$/);
  // The bar shows the server's time in the clinic's zone: not New York's, not that of this screen's clock.
  const infusion = section(page, "Infusion");
  // Started six minutes after 00:34 of summer time, 160 minutes ago.
  expect(await infusion.innerText()).toMatch(
    /Elapsed\s+2:40:\d\d\s+Remaining\s+(40:00|39:\d\d)\s+Planned end\s+03:00 \+1/,
  );
  await press(page, /^All \d+$/);
  await section(page, "What was done").getByText("00:40 +2").first().waitFor();
  // What is entered for 02:10 is of the hour that runs; what is entered for 02:50 was before the clocks went back.
  for (const [typed, shown] of [
    ["02:10", "02:10 +1"],
    ["02:50", "02:50 +2"],
  ] as const) {
    await press(page, "Enter late …");
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("radio", { name: "Other medication" }).check();
    await type(page, "Medication", `saline at ${typed}`);
    await type(page, "Dose", "10");
    await type(page, "Done at, Europe/Berlin", typed);
    await press(page, "Enter late");
    const act = section(page, "What was done")
      .getByRole("listitem")
      .filter({ hasText: `saline at ${typed}` });
    await act.getByText(shown).waitFor();
  }
  await page.context().close();
});

it("the last shift, the last night and the last month are the clinic's", async () => {
  const page = await open("/alerts/shift");
  // In New York it is still the evening of the day before, and this screen's clock is more than a year behind.
  await expect.poll(() => page.getByLabel("From").inputValue()).toBe("2026-10-24T07:00");
  expect(await page.getByLabel("To").inputValue()).toBe("2026-10-24T19:00");
  await page.getByRole("heading", { name: /shift/i }).first().waitFor();
  await page.goto(`${server.url}/alerts`);
  await page.getByLabel("Time", { exact: true }).selectOption({ label: "Last night, 19–8" });
  await expect.poll(() => new URL(page.url()).searchParams.get("from")).toBe("2026-10-24T19:00");
  await page.goto(`${server.url}/alerts/month`);
  await page.getByText("September 2026").first().waitFor();
  await page.context().close();
});

it("over midnight, a start that was forgotten and an end that was pressed late move clock, dose and minimum stay", async () => {
  const midnight = Date.UTC(2026, 9, 25, 23);
  comes(midnight - 15 * MIN);
  const page = await open("/bays/1");
  await page.getByText(/^live/).waitFor();
  await expect.poll(() => page.locator(".clinic-clock").innerText()).toMatch(/^23:4\d/);
  for (const [field, text] of [
    ["Name", "Maria Weber"],
    ["Weight, kg", "70"],
    ["Drug", "ketamine"],
    ["Dose, mg/kg", "0.5"],
    ["Planned minutes", "40"],
    ["In the bag, mg/mL", "1"],
  ] as const)
    await type(page, field, text);
  await press(page, "Open the session");
  for (const check of ["identity", "weight", "dose double-checked", "fasting", "escort named"])
    await press(page, new RegExp(`^Confirm ?: ${check}$`));
  await press(page, "By hand …");
  for (const [field, text] of [
    ["HR", "72"],
    ["SpO₂", "98"],
    ["SBP", "126"],
    ["DBP", "79"],
  ] as const)
    await page.getByLabel(new RegExp(`^${field}, `)).fill(text);
  await press(page, "Take as baseline");
  await page.getByText("Everything is there.").waitFor();

  comes(midnight + 10 * MIN);
  await press(page, "Enter late …");
  await page.getByRole("dialog").getByRole("radio", { name: "Start of the infusion" }).check();
  await type(page, "Done at, Europe/Berlin", "23:55");
  await page
    .getByRole("dialog")
    .getByText(/^Sun 25 Oct 2026, 23:55, 15 min ago/)
    .waitFor();
  await press(page, "Enter late");
  const infusion = section(page, "Infusion");
  // A quarter of an hour at 0.875 mg a minute.
  await expect
    .poll(() => infusion.innerText())
    .toMatch(/Elapsed\s+15:\d\d[\s\S]*Planned end\s+00:35[\s\S]*Dose given\s+13\.[1-6] mg/);
  await section(page, "What was done")
    .getByRole("listitem")
    .filter({ hasText: "Infusion started" })
    .getByText("entered late")
    .waitFor();

  comes(midnight + 45 * MIN);
  await press(page, "Finish");
  await page.getByText(/left of the minimum stay, until 01:45$/).waitFor();
  await press(page, "Correct a time …");
  await page
    .getByRole("dialog")
    .getByRole("radio", { name: /Infusion ended/ })
    .check();
  await type(page, "Done at, Europe/Berlin", "00:15");
  await press(page, "pressed late");
  await press(page, "Correct the time");
  await page.getByText(/left of the minimum stay, until 01:15$/).waitFor();
  const ended = section(page, "What was done").getByRole("listitem").filter({ hasText: "Infusion ended" });
  expect(await ended.innerText()).toMatch(/^00:15[\s\S]*corrected from 00:45:\d\d by Ada Lund, 00:4\d: pressed late/);
  // Twenty minutes of the forty: half the dose, in the report, which reads the journal alone.
  await page.getByRole("link", { name: "Chart of the session" }).click();
  await page.waitForURL(/\/sessions\/[^/]+$/);
  await page.goto(`${page.url()}/report`);
  await page
    .locator("article.report")
    .getByText(/17\.5 mg/)
    .first()
    .waitFor();
  await page.context().close();
});

it("acting at a station left alone for ten minutes asks who is there; a PIN says so, and guessing it ends with the password", async () => {
  const { url } = server;
  const admin = await server.people.openSession(
    actorSchema.parse({ id: "boss", name: "Boss", role: "administrator" }),
    ALL_THE_TEST,
  );
  const send = async (method: string, path: string, body: object, cookie: string) => {
    const headers = { "content-type": "application/json", origin: url, cookie };
    const response = await fetch(url + path, { method, headers, body: JSON.stringify(body) });
    expect([path, response.ok]).toEqual([path, true]);
    return response.headers.getSetCookie().map((each) => each.split(";")[0] ?? "");
  };
  const bo = { username: "bo.ek", password: "only for the first time" };
  await send("POST", "/api/people", { ...bo, name: "Bo Ek", role: "nurse" }, admin);
  const cookies = await send("POST", "/api/sign-in", { ...bo, newPassword: PASSWORD }, "");
  await send("PUT", "/api/me/pin", { password: PASSWORD, pin: "4711" }, cookies.join("; "));
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  await context.addCookies(cookies.map((cookie) => cookieFor(url, cookie)));
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(`${url}/station`);
  const pause = section(page, "Bays").getByRole("button", { name: /^Pause sound 2 min.*bay 2$/ });
  const paused = page.getByText("sound paused by Bo Ek").first();
  const band = section(page, "Who acts here");
  const pin = band.getByRole("textbox", { name: "PIN of Bo Ek" });
  /** Ten minutes by the server's clock; for this screen no time has passed, and it still takes Bo for there. */
  const leftAlone = async () => {
    await page.locator(".who").getByText("Bo Ek, nurse").waitFor();
    await pause.waitFor();
    comes(clock.now() + 10 * MIN);
    await pause.click();
    await page.getByText("Nobody has acted here for a while. Say who you are.").first().waitFor();
    await page.locator(".who").getByText("Bo Ek was here").waitFor();
    expect(await paused.count()).toBe(0);
    // What is pressed now waits for the answer.
    await pause.click();
    await press(page, "Bo Ek");
  };

  await leftAlone();
  await pin.fill("4711");
  await press(page, "That is me");
  await paused.waitFor();
  comes(clock.now() + 3 * MIN);

  await leftAlone();
  for (let i = 0; i < 5; i += 1) {
    await pin.fill(`000${i}`);
    await press(page, "That is me");
    await band.getByText(/^That PIN is wrong/).waitFor();
  }
  await pin.fill("4711");
  await press(page, "That is me");
  await band.getByText("Too many wrong tries. Sign in with your password.").waitFor();
  expect(await paused.count()).toBe(0);
  await press(page, "Somebody else");
  await press(page, "Somebody else");
  await band.getByRole("textbox", { name: "Sign-in name" }).fill("bo.ek");
  await band.getByLabel("Password").fill(PASSWORD);
  await press(page, "Sign in");
  await paused.waitFor();
  await context.close();
});
