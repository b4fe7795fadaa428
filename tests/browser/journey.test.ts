/**
 * One visit from arrival to the ride home in the real browser, with a simulated monitor and a clock that hurries: two people at
 * two screens, and the server killed and started again in every phase. After each restart both pages and the record stand as before.
 * While the infusion is paused the clinic's clocks go forward.
 */
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { SessionView } from "@vigil/shared/bay";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { inJournal } from "../../server/testing/disk.ts";
import { cookieFor } from "../badges.ts";
import { canBeHeldBack, press, pressTogether, section, smallTargets, type } from "./at-the-bay.ts";
import { launchChromium } from "./chromium.ts";
import { SteeredClinic } from "./steered-clinic.ts";

const BAY = "1";
/** Berlin goes from 02:00 to 03:00 at 01:00 UTC, while the infusion is paused. */
const FROM = Date.UTC(2026, 2, 29, 0, 47);
const TABLET = { width: 1280, height: 800 };

let clinic: SteeredClinic;
let browser: Browser;
let ada: Page;
let bo: Page;

beforeAll(async () => {
  clinic = await SteeredClinic.open({ from: FROM, zone: "Europe/Berlin", bays: 1 });
  browser = await launchChromium(TABLET);
  const open = async (name: string, options: { readonly hasTouch?: boolean }) => {
    const context = await browser.newContext({ viewport: TABLET, timezoneId: "Asia/Tokyo", ...options });
    await context.addCookies([cookieFor(clinic.url, clinic.cookieOf(name))]);
    const page = await context.newPage();
    await page.addInitScript(sameIdsEveryTime, name.length);
    await canBeHeldBack(page);
    page.on("pageerror", (error) => faults.push(error.message));
    await page.goto(`${clinic.url}/bays/${BAY}`);
    await page.getByText(/^live/).waitFor();
    await page.getByText(name).first().waitFor();
    return page;
  };
  ada = await open("Ada Lund", { hasTouch: true });
  bo = await open("Bo Ek", {});
}, 120_000);

const faults: string[] = [];

/** Who the simulated patient is follows from the session's id: the same one comes every time. */
function sameIdsEveryTime(seed: number): void {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 16) & 255;
  };
  Object.defineProperty(crypto, "getRandomValues", { value: (bytes: Uint8Array) => bytes.map(next) });
}

afterAll(async () => {
  await browser?.close();
  await clinic?.close();
  expect(faults).toEqual([]);
});

const asAda = () => ({ headers: { cookie: clinic.cookieOf("Ada Lund") } });
const view = async (path: string): Promise<SessionView> => {
  const answer = await (await fetch(`${clinic.url}/api/${path}`, asAda())).json();
  return path.startsWith("bays") ? answer.session : answer;
};

/** The bay's own view and that of the journal alone, of one and the same instant: time is made to stand almost still. */
async function bothViews(id: string): Promise<{ readonly live: SessionView; readonly kept: SessionView }> {
  clinic.hurry(0.001);
  try {
    for (;;) {
      const [live, kept] = await Promise.all([view(`bays/${BAY}`), view(`sessions/${id}`)]);
      if (live.now.at === kept.now.at) return { live, kept };
    }
  } finally {
    clinic.hurry(1);
  }
}

/** Without what goes on by itself: the instant, and what vital signs of the moment decide. */
function standing({ now: _now, criteria, ...session }: SessionView) {
  const byAct = criteria.filter(
    ({ id }) => !["near-baseline", "no-physiological-alarm", "recovery-minimum"].includes(id),
  );
  return { ...session, criteria: byAct };
}

/** What both pages say of what was done, newest first. */
const told = async (page: Page) => {
  const all = page.getByRole("button", { name: /^All \d+$/ });
  if ((await all.count()) > 0) await all.click();
  return section(page, "What was done").getByRole("listitem").allInnerTexts();
};

/** Nothing for axe to find and nothing too small for a finger, in the phase as it stands. */
async function isFit(page: Page, name: string): Promise<void> {
  const shots = process.env.VIGIL_SHOTS;
  if (shots !== undefined) await page.screenshot({ path: join(shots, `journey-${name}.png`), fullPage: true });
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  expect(await smallTargets(page)).toEqual([]);
}

/** kill -9, start again; the record and both pages are as they were, live and from the journal alone. */
async function survives(phase: string): Promise<void> {
  const before = standing(await view(`bays/${BAY}`));
  expect(before.phase).toBe(phase);
  const isOpen = phase !== "discharged";
  const saidBefore = isOpen ? await Promise.all([ada, bo].map(told)) : [];
  await clinic.kill();
  for (const page of [ada, bo]) await page.getByText("Nothing here is live.").waitFor();
  await clinic.start();
  for (const page of [ada, bo]) await page.getByText(/^live/).waitFor();
  const { live, kept } = await bothViews(before.id);
  expect(standing(live)).toEqual(before);
  // To the last part, the dose and the vital signs of that instant too.
  expect(kept).toEqual(live);
  if (!isOpen) return;
  for (const [i, page] of [ada, bo].entries()) await expect.poll(() => told(page)).toEqual(saidBefore[i]);
}

const confirm = (page: Page, check: string) => press(page, new RegExp(`^Confirm ?: ${check}$`));
const holds = (page: Page, criterion: string) =>
  page
    .getByRole("list", { name: "Discharge criteria" })
    .getByRole("listitem")
    .filter({ hasText: criterion })
    .getByRole("img", { name: "holds", exact: true })
    .waitFor();
const both = (name: string) => pressTogether([ada, bo].map((page) => page.getByRole("button", { name, exact: true })));
/** How many of the two were told so. */
const toldCount = async (text: RegExp) =>
  (await Promise.all([ada, bo].map((page) => page.getByText(text).count()))).reduce((sum, count) => sum + count);

it("preparation: a session is opened, its vital signs come from the monitor, and all of it survives a kill", async () => {
  await isFit(ada, "free");
  await type(ada, "Name", "Maria Weber");
  await type(ada, "Record number", "R-77");
  await type(ada, "Weight, kg", "70");
  await type(ada, "Drug", "ketamine");
  await type(ada, "Dose, mg/kg", "0.5");
  await type(ada, "Planned minutes", "10");
  await type(ada, "In the bag, mg/mL", "1");
  await type(ada, "Bag, mL", "50");
  await press(ada, "Open the session");
  await section(bo, "Patient").getByText("Maria Weber").waitFor();
  await confirm(ada, "identity");
  await confirm(bo, "weight");
  // The monitor measures a pressure when somebody comes: that takes it half a minute.
  await clinic.pass(1.2, 30);
  await section(ada, "Baseline")
    .getByText(/Monitor now: HR \d+ · SpO₂ \d+ % · BP \d+\/\d+/)
    .waitFor({ timeout: 90_000 });
  await press(ada, "Take from the monitor");
  await section(bo, "Baseline")
    .getByText(/taken \d\d:\d\d/)
    .waitFor();
  await isFit(ada, "preparation");
  await survives("preparation");
}, 180_000);

it("infusing: it starts once, counts, and survives a kill", async () => {
  for (const check of ["dose double-checked", "fasting", "escort named"]) await confirm(ada, check);
  await ada.getByText("Everything is there.").waitFor();
  await both("Start the infusion");
  for (const page of [ada, bo]) await section(page, "Infusion").getByText("Planned end").waitFor();
  await section(ada, "Infusion")
    .getByText(/^01:5\d$/)
    .first()
    .waitFor();
  await expect.poll(() => toldCount(/(Ada Lund|Bo Ek) has already started the infusion\./)).toBe(1);
  await isFit(ada, "infusing");
  await survives("infusing");
}, 120_000);

/** What the bay shows now of heart rate and cuff pressure. */
async function measured(): Promise<{ readonly hr: number; readonly sbp: number }> {
  const { bays } = await (await fetch(`${clinic.url}/api/bays`, asAda())).json();
  const { hr, sbp } = bays.find(({ id }: { id: string }) => id === BAY).row.vitals;
  return { hr: hr.value, sbp: sbp.value };
}

it("paused: the clock and the dose stand, the patient comes down, and it survives a kill", async () => {
  const before = await measured();
  await clinic.pass(8, 240);
  await press(ada, "Pause …");
  await press(ada, "blood pressure");
  await press(ada, "Pause");
  await bo.getByText(/^Paused since/).waitFor();
  const given = (await view(`bays/${BAY}`)).now.dose!.mg;
  // 35 mg over 10 min.
  expect(given).toBeGreaterThan(27);
  // The cuff measures every five minutes: the first time soon after the pause, at the height of the effect.
  await clinic.pass(3, 120);
  const height = await measured();
  expect(height.hr).toBeGreaterThan(before.hr + 12);
  expect(height.sbp).toBeGreaterThan(before.sbp + 8);
  await clinic.pass(12, 240);
  const calmed = await measured();
  expect(calmed.hr).toBeLessThan(height.hr - 5);
  expect(calmed.sbp).toBeLessThan(height.sbp - 5);
  expect((await view(`bays/${BAY}`)).now.dose!.mg).toBe(given);
  // An hour was left out meanwhile, and nobody waited for it: about eight minutes of infusion, a quarter of an hour of pause.
  for (const page of [ada, bo]) {
    await expect.poll(() => page.locator(".clinic-clock").innerText()).toMatch(/^03:1\d:\d\d\s+Europe\/Berlin\s+CEST$/);
    await page.getByText(/^Paused since 01:5\d \+1/).waitFor();
    await expect
      .poll(() => section(page, "Infusion").innerText())
      .toMatch(/Elapsed\s+0?[89]:\d\d[\s\S]*Paused in all\s+1[5-7]:\d\d/);
  }
  await isFit(bo, "paused");
  await survives("paused");
}, 180_000);

it("recovery: the infusion is finished at its planned time, and the countdown survives a kill", async () => {
  await press(bo, "Resume");
  for (const page of [ada, bo]) await page.getByText(/^Paused since/).waitFor({ state: "detached" });
  await section(ada, "Infusion").getByText("Planned end").waitFor();
  await clinic.pass(3, 120);
  await both("Finish");
  await expect.poll(() => toldCount(/(Ada Lund|Bo Ek) has already ended the infusion\./)).toBe(1);
  expect((await view(`bays/${BAY}`)).now.dose!.mg).toBeCloseTo(35, 1);
  for (const page of [ada, bo]) await page.getByText(/left of the minimum stay/).waitFor();
  await isFit(ada, "recovery");
  await survives("recovery");
}, 120_000);

it("ready: after the hour every criterion holds by fact and by word, and that survives a kill", async () => {
  await press(ada, "Declare ready");
  await ada
    .getByText(/The minimum recovery time is not over\./)
    .first()
    .waitFor();
  await clinic.pass(61, 400);
  const choose = (group: string, answer: RegExp) =>
    bo.getByRole("group", { name: group }).getByRole("radio", { name: answer }).check();
  await choose("Sedation", /^5/);
  await choose("Dissociation", /^0/);
  await choose("Oriented", /yes/);
  await bo.locator("summary", { hasText: "Discharge score" }).click();
  for (const item of ["Activity", "Respiration", "Circulation", "Consciousness", "Oxygen"]) await choose(item, /^2/);
  await press(bo, "Record observation");
  await holds(ada, "Discharge score");
  await ada.getByLabel("Escort’s name").fill("Jo Doe");
  await ada.getByLabel("Escort’s phone").fill("555 0100");
  await press(ada, "Name the escort");
  for (const check of ["escort present", "instructions given and understood", "line removed"])
    await confirm(ada, check);
  for (const page of [ada, bo]) await page.getByText("All criteria hold.").waitFor({ timeout: 60_000 });
  await both("Declare ready");
  await expect.poll(() => toldCount(/(Ada Lund|Bo Ek) has already declared the patient ready/)).toBe(1);
  await isFit(bo, "ready");
  await survives("ready");
}, 240_000);

it("discharged: once, by one of two; the other is told by whom; until when not to drive is still said after a kill", async () => {
  for (const page of [ada, bo]) await page.getByText("All criteria hold.").waitFor({ timeout: 60_000 });
  await both("Discharge");
  await expect.poll(() => toldCount(/(Ada Lund|Bo Ek) has already discharged the patient/)).toBe(1);
  const driving = /No driving or machinery until \w{3} \d+ \w{3} \d{4}, \d\d:\d\d/;
  for (const page of [ada, bo]) await page.getByText(driving).waitFor();
  await isFit(ada, "discharged");
  await survives("discharged");
  await ada.getByText(driving).waitFor();
  await ada.getByRole("link", { name: "Report" }).click();
  const report = ada.locator("article.report");
  await report.getByText("Maria Weber").first().waitFor();
  expect(await report.innerText()).toMatch(driving);
  expect(await report.innerText()).toContain("35.0 mg");
  expect(await report.innerText()).toMatch(/01:4\d \+1 – (Sun 29 Mar 2026, )?03:1\d \+2 \(ran 1[0-2] min/);
}, 120_000);

it("every act was one input of the journal's own table, with who did it and when; nothing else was done than is told", async () => {
  const { sessions } = await (await fetch(`${clinic.url}/api/sessions?text=R-77`, asAda())).json();
  const { timeline } = await view(`sessions/${sessions[0].id}`);
  const rows = inJournal(
    clinic.dataDir,
    "select seq, at, command_id, command ->> '$.command.type' as type, command ->> '$.by.name' as name, command ->> '$.by.id' as person, " +
      "exists (select * from event where event.seq = input.seq and event.type = 'refused') as refused " +
      "from input where command is not null and command ->> '$.command' is not null order by seq",
  );
  const kept = rows.filter(({ refused }) => refused === 0);
  expect(kept.map(({ command_id, at, type, name, person }) => [command_id, at, type, name, person])).toEqual(
    timeline
      .toSorted((a, b) => a.enteredAt - b.enteredAt)
      .map(({ id, enteredAt, command, by }) => [id, enteredAt, command.type, by.name, by.id]),
  );
  // Who was slower is in the journal too, with the refusal.
  expect(rows.length - kept.length).toBeGreaterThanOrEqual(4);
  for (const { name } of rows) expect(["Ada Lund", "Bo Ek"]).toContain(name);
  for (const { at, enteredAt } of timeline) expect(at).toBeLessThanOrEqual(enteredAt);
  const done = timeline.map(({ command }) => command.type);
  for (const once of ["open-session", "start-infusion", "end-infusion", "declare-ready", "discharge"]) {
    expect(done.filter((each) => each === once)).toHaveLength(1);
  }
});
