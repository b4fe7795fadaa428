/**
 * A session from arrival to the end of the drug, at the bay's own page: two people at two screens before the real program.
 * The page itself, in each phase, is looked at by axe in the journey; here its forms are.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { canBeHeldBack, pressTogether } from "./at-the-bay.ts";
import { launchChromium } from "./chromium.ts";
import { PASSWORD } from "./insiders.ts";
import { tabTo } from "./keyboard.ts";
import { SteeredClock } from "./steered-clock.ts";
import { MORNING, startVigil, type VigilProcess } from "./vigil-process.ts";
import { openWard, type TestWard } from "./ward.ts";

const BAY = "1";
/** The clinic's own: what is typed is a time of it. */
const clock = new SteeredClock(MORNING.course);

let data: string;
let vigil: VigilProcess;
let ward: TestWard;
let browser: Browser;
let ada: Page;
let bo: Page;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "vigil-visit-"));
  const environment = { PORT: "0", VIGIL_DATA: data, VIGIL_DEMO: "0", VIGIL_BAYS: "3", VIGIL_ZONE: MORNING.zone };
  vigil = await startVigil(environment, MORNING.course);
  ward = openWard(() => vigil);
  browser = await launchChromium({ width: 1280, height: 800 });
  const open = async (name: string, viewport: { width: number; height: number }) => {
    // A context each: nothing is shared between the screens but the server. Neither is in the clinic's zone.
    const context = await browser.newContext({ viewport, timezoneId: "America/New_York" });
    await vigil.insiders.enter(context, name, "nurse");
    const page = await context.newPage();
    await canBeHeldBack(page);
    await page.goto(`${vigil.url}/bays/${BAY}`);
    await page.getByText(/^live/).waitFor();
    await page.getByText(name).first().waitFor();
    return page;
  };
  ada = await open("Ada Lund", { width: 1024, height: 768 });
  bo = await open("Bo Ek", { width: 1280, height: 800 });
}, 120_000);

afterAll(async () => {
  ward?.stop();
  await browser?.close();
  await vigil?.stop();
  await rm(data, { recursive: true, force: true });
});

const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: true }).click();
const type = (page: Page, name: string, text: string) => page.getByRole("textbox", { name, exact: true }).fill(text);
const section = (page: Page, name: string) => page.getByRole("region", { name });
const acts = (page: Page) => section(page, "What was done").getByRole("listitem");
const done = (page: Page, what: string | RegExp) => acts(page).filter({ hasText: what }).first().waitFor();
const look = async (page: Page, name: string) => {
  const shots = process.env.VIGIL_SHOTS;
  if (shots !== undefined) await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
};
const seriousOf = async (page: Page) => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
};
/** What is smaller than a fingertip among what is pressed and typed into. */
const smallTargets = (page: Page) =>
  page.evaluate(() =>
    [
      ...document.querySelectorAll(
        ".bay-work button, .bay-work a, .bay-section input, .undo-bar button, dialog button, dialog input",
      ),
    ]
      .map((element) => ({
        box: (element.closest("label") ?? element).getBoundingClientRect(),
        text: element.textContent,
      }))
      .filter(({ box }) => box.width > 0 && (box.height < 44 || box.width < 44))
      .map(({ box, text }) => `${text} ${box.width}×${box.height}`),
  );
/** hh:mm:ss on the clinic's wall, so many ms from now. */
const wallTime = (inMs: number) =>
  new Intl.DateTimeFormat("en-GB", { timeZone: MORNING.zone, timeStyle: "medium" }).format(clock.now() + inMs);
const doseMg = async (page: Page) =>
  Number(/Dose given\s*([\d.]+) mg/.exec((await section(page, "Infusion").textContent()) ?? "")?.[1]);

describe("preparation", () => {
  it("opens a session with a plan whose arithmetic is shown, and refuses what is implausible in words", async () => {
    await type(ada, "Name", "Maria Weber");
    await type(ada, "Record number", "R-77");
    await type(ada, "Weight, kg", "7");
    await ada.getByText("A weight of 7 kg is outside the protocol's 30 to 250 kg.").first().waitFor();
    await type(ada, "Weight, kg", "70");
    await type(ada, "Drug", "ketamine");
    await type(ada, "Dose, mg/kg", "5");
    await type(ada, "Planned minutes", "40");
    await ada.getByText("A dose of 5 mg/kg is outside the protocol's 0.1 to 2 mg/kg.").waitFor();
    await press(ada, "Open the session");
    await expect.poll(() => section(ada, "What was done").count()).toBe(0);
    await type(ada, "Dose, mg/kg", "0,5");
    await type(ada, "In the bag, mg/mL", "1");
    await type(ada, "Bag, mL", "50");
    await type(ada, "Pump rate, mL/h", "70");
    await ada.getByText("70 mL/h gives 46.67 mg in 40 min, not 35 mg.").waitFor();
    await type(ada, "Pump rate, mL/h", "52.5");
    await ada.reload();
    expect(await ada.getByRole("textbox", { name: "Drug" }).inputValue()).toBe("ketamine");
    const sums = await ada.getByLabel("How it is worked out").textContent();
    expect(sums).toContain("0.5 mg/kg × 70 kg = 35 mg");
    expect(sums).toContain("35 mL ÷ 40 min × 60 min/h = 52.5 mL/h");
    await look(ada, "open-1024");
    await press(ada, "Open the session");
    await section(ada, "Patient").getByText("Maria Weber").waitFor();
    await section(bo, "Patient").getByText("Maria Weber").waitFor();
  });

  it("says at the start what is missing, and the server says it too", async () => {
    await ada.getByText("Still missing: baseline vital signs, identity").waitFor();
    await press(ada, "Start the infusion");
    await ada.getByRole("alert").getByText("Record baseline vital signs first.").waitFor();
    await press(ada, "Take from the monitor");
    await section(ada, "Baseline")
      .getByText(/The monitor has no fresh/)
      .waitFor();
    await look(bo, "prepare-1280");
  });

  it("takes the baseline from the monitor at one touch, and confirmations with who and when", async () => {
    await ward.read(BAY, { hr: 71, spo2: 97, rr: 13, sbp: 126, dbp: 78, map: 94 });
    ward.monitor(BAY, { hr: 71, spo2: 97, rr: 13 });
    await section(ada, "Baseline").getByText("Monitor now: HR 71 · SpO₂ 97 % · BP 126/78").waitFor();
    await press(ada, "Take from the monitor");
    await section(bo, "Baseline").getByText("HR 71 · SpO₂ 97 % · BP 126/78").first().waitFor();
    for (const check of ["identity", "weight", "dose double-checked", "fasting"]) {
      await press(ada, new RegExp(`^Confirm ?: ${check}$`));
    }
    await press(bo, /^Confirm ?: escort named$/);
    await ada.getByText(/Bo Ek \d\d:\d\d/).waitFor();
    await ada.getByText("Everything is there.").waitFor();
    await look(ada, "prepare-1024");
  });

  it("starts once when two start at the same moment; the other is told why, and sees it", async () => {
    await pressTogether([ada, bo].map((page) => page.getByRole("button", { name: "Start the infusion", exact: true })));
    for (const page of [ada, bo]) await section(page, "Infusion").getByText("Planned end").waitFor();
    const told = async () =>
      (
        await Promise.all(
          [ada, bo].map((page) => page.getByText(/(Ada Lund|Bo Ek) has already started the infusion/).count()),
        )
      ).reduce((sum, count) => sum + count);
    await expect.poll(told).toBe(1);
    for (const page of [ada, bo]) expect(await acts(page).filter({ hasText: "Infusion started" }).count()).toBe(1);
  });
});

describe("the infusion", () => {
  it("counts on by itself, in the clinic's time", async () => {
    const first = await doseMg(ada);
    await expect.poll(() => doseMg(ada)).toBeGreaterThan(first);
    const ends = [39, 40].map((minutes) => wallTime(minutes * 60_000).slice(0, 5));
    expect(ends).toContain(
      await section(ada, "Infusion")
        .getByText(/^\d\d:\d\d$/)
        .last()
        .textContent(),
    );
    await look(ada, "infuse-1024");
  });

  it("pauses with a reason and not without, keeps the other's form with the refusal, and resumes", async () => {
    await press(ada, "Pause …");
    await press(bo, "Pause …");
    await press(ada, "Pause");
    await ada.getByText("Say why, in a few words.").waitFor();
    expect(await seriousOf(ada)).toEqual([]);
    expect(await smallTargets(ada)).toEqual([]);
    await look(ada, "pause-1024");
    await press(ada, "blood pressure");
    await press(ada, "Pause");
    await bo.getByText(/^Paused since/).waitFor();
    await type(bo, "Reason", "nausea");
    await press(bo, "Pause");
    await bo
      .getByRole("dialog")
      .getByText(/Ada Lund has already paused the infusion/)
      .waitFor();
    await press(bo, "Cancel");
    await done(bo, "Paused: blood pressure");
    const held = await doseMg(bo);
    await look(bo, "paused-1280");
    await press(bo, "Resume");
    await done(ada, "Resumed");
    expect(held - (await doseMg(ada))).toBeLessThanOrEqual(0);
  });

  it("is done by keyboard alone: to the button, through the form, out of it, and back to where one was", async () => {
    const focused = () => ada.evaluate(() => document.activeElement?.textContent?.trim() ?? "");
    const tabTo = async (name: string) => {
      for (let n = 0; n < 80 && (await focused()) !== name; n += 1) await ada.keyboard.press("Tab");
      expect(await focused()).toBe(name);
    };
    await ada.bringToFront();
    await ada.locator("body").focus();
    await tabTo("Pause …");
    await ada.keyboard.press("Enter");
    await ada.getByRole("dialog").waitFor();
    await ada.keyboard.press("Escape");
    await ada.getByRole("dialog").waitFor({ state: "detached" });
    await expect.poll(focused).toBe("Pause …");
    await ada.keyboard.press("Enter");
    await ada.getByRole("dialog").waitFor();
    // Closed and asked for again as fast as keys can be pressed: the one that closes does not take the next with it.
    for (let n = 0; n < 10; n += 1) {
      await Promise.all([ada.keyboard.press("Escape"), ada.keyboard.press("Enter")]);
      await ada.getByRole("dialog").waitFor();
    }
    const isReason = () => ada.evaluate(() => document.activeElement instanceof HTMLInputElement);
    for (let n = 0; n < 12 && !(await isReason()); n += 1) await ada.keyboard.press("Tab");
    await ada.keyboard.type("line checked");
    await ada.keyboard.press("Enter");
    await done(bo, "Paused: line checked");
    await tabTo("Resume");
    await ada.keyboard.press("Enter");
    await section(bo, "Infusion").getByText("Planned end").waitFor();
  });

  it("changes the rate, gives a bolus, and takes the slip back", async () => {
    await press(ada, "Change rate …");
    await type(ada, "New rate, mL/h", "sixty");
    await press(ada, "Set the rate");
    await ada.getByText("A rate is a number in mL/h, such as 12.5.").waitFor();
    await type(ada, "New rate, mL/h", "60");
    await press(ada, "Set the rate");
    await section(bo, "Infusion").getByText("60 mL/h = 1 mg/min").waitFor();

    await press(ada, "Bolus …");
    await type(ada, "Bolus, mg", "60");
    await press(ada, "Bolus given");
    await ada
      .getByRole("dialog")
      .getByText(/60 mg is more than the .* mg left of the plan/)
      .waitFor();
    await type(ada, "Bolus, mg", "10");
    await press(ada, "Bolus given");
    await done(ada, "Bolus 10 mg");
    expect(await doseMg(ada)).toBeGreaterThan(10);
    await look(ada, "undo-1024");
    expect(await smallTargets(ada)).toEqual([]);
    await press(ada, /^Undo/);
    await done(bo, "undone by Ada Lund");
    await expect.poll(() => doseMg(bo)).toBeLessThan(10);
  });

  it("records other medication, and what was forgotten for an earlier time, marked", async () => {
    await press(bo, "Enter late …");
    const dialog = bo.getByRole("dialog");
    await dialog.getByRole("radio", { name: "Other medication" }).check();
    await type(bo, "Medication", "ondansetron");
    await type(bo, "Dose", "4");
    await press(bo, "Enter late");
    await dialog.getByText(/When was it done/).waitFor();
    await type(bo, "Done at, Europe/Berlin", wallTime(120_000));
    await press(bo, "Enter late");
    await dialog
      .getByText(/still to come/)
      .first()
      .waitFor();
    expect(await seriousOf(bo)).toEqual([]);
    await look(bo, "late-1280");
    await type(bo, "Done at, Europe/Berlin", wallTime(-1_000));
    await press(bo, "Enter late");
    await done(ada, /ondansetron 4 mg, IV.*entered late/);
  });

  it("extends, stops early with a reason only, and shows all of it to both", async () => {
    await press(ada, "Extend …");
    await type(ada, "More minutes", "10");
    await type(ada, "More drug, mg", "5");
    await press(ada, "Extend");
    await section(bo, "Infusion")
      .getByText(/extended to 40 mg/)
      .waitFor();
    await press(ada, "Stop early …");
    await press(ada, "Stop the infusion");
    await ada
      .getByRole("dialog")
      .getByText(/Say why it stops early/)
      .waitFor();
    await type(ada, "Reason", "patient’s wish");
    await press(ada, "Stop the infusion");
    for (const page of [ada, bo]) {
      await done(page, "Infusion ended: patient’s wish");
      await section(page, "Infusion").waitFor({ state: "detached" });
    }
    await look(bo, "after-1280");
    expect(await seriousOf(bo)).toEqual([]);
    for (const page of [ada, bo]) {
      await press(page, /^All \d+$/);
      await expect.poll(() => acts(page).count()).toBe(17);
    }
  });
});

describe("a visit with no monitor, under rules that want the dose checked twice", () => {
  const OTHER = "2";
  const DOSE = "dose double-checked";
  const button = (name: string) => ada.getByRole("button", { name, exact: true });
  const field = (name: string) => ada.getByRole("textbox", { name, exact: true });
  const focused = () => ada.evaluate(() => document.activeElement?.textContent?.trim() ?? "");
  const goesTo = async (name: string) => {
    await tabTo(ada, button(name));
    await ada.keyboard.press("Enter");
  };
  const writes = async (name: string, text: string) => {
    await tabTo(ada, field(name));
    await ada.keyboard.press("ControlOrMeta+a");
    await ada.keyboard.type(text);
  };
  /** Enter in the last field sends the form; then the page has the focus again, at what opened it. */
  const sends = async (what: string | RegExp) => {
    await ada.keyboard.press("Enter");
    await ada.getByRole("dialog").waitFor({ state: "detached" });
    await done(bo, what);
  };

  beforeAll(async () => {
    await ward.open(OTHER, { weightKg: 70, protocol: { startChecks: [DOSE], secondPersonChecks: [DOSE] } });
    await ward.command(OTHER, { type: "record-baseline", values: { hr: 72, spo2: 98, sbp: 128, dbp: 79 } });
    for (const page of [ada, bo]) {
      await page.goto(`${vigil.url}/bays/${OTHER}`);
      await section(page, "Preparation").waitFor();
    }
  });

  it("takes the second person's word at the same screen, by their own password, and not the first's again", async () => {
    await press(ada, /^Confirm ?: dose double-checked$/);
    await section(bo, "Checklist").getByText("a second person must check it too").waitFor();
    await press(ada, "Start the infusion");
    await ada.getByRole("alert").getByText(`Confirm first: ${DOSE}.`).waitFor();
    await press(ada, /^Second person ?: dose double-checked$/);
    const sign = async (name: string) => {
      await type(ada, "Second person: sign-in name", vigil.insiders.username(name));
      await ada.getByLabel("Their PIN or password").fill(PASSWORD);
      await press(ada, "I have checked it");
    };
    await sign("Ada Lund");
    await section(ada, "Checklist").getByRole("alert").filter({ hasText: /./ }).first().waitFor();
    expect(await seriousOf(ada)).toEqual([]);
    await sign("Bo Ek");
    for (const page of [ada, bo])
      await section(page, "Checklist")
        .getByText(/^Ada Lund \d\d:\d\d, Bo Ek \d\d:\d\d$/)
        .waitFor();
  });

  it("is infused by keyboard alone: start, pause, resume, rate, more, bolus, finish", async () => {
    await ada.bringToFront();
    await ada.locator("body").focus();
    await goesTo("Start the infusion");
    await section(bo, "Infusion").getByText("Planned end").waitFor();
    await goesTo("Pause …");
    await writes("Reason", "line checked");
    await sends("Paused: line checked");
    await goesTo("Resume");
    await done(bo, "Resumed");
    await goesTo("Change rate …");
    await writes("New rate, mL/h", "6");
    await sends(/6 mL\/h/);
    expect(await focused()).toBe("Change rate …");
    await goesTo("Extend …");
    await writes("More minutes", "5");
    await writes("More drug, mg", "5");
    await sends(/5 mg/);
    await goesTo("Bolus …");
    await writes("Bolus, mg", "39.3");
    await sends("Bolus 39.3 mg");
    await section(ada, "Infusion").getByText("Finish").waitFor();
    expect(await focused()).toBe("Bolus …");
  });

  it("raises an alarm on a pressure that somebody measured and entered", async () => {
    await bo.locator("summary", { hasText: "Vital signs by hand" }).click();
    await bo.getByLabel(/^Systolic/).fill("193");
    await bo.getByLabel(/^Diastolic/).fill("98");
    await press(bo, "Record observation");
    await ada
      .getByRole("article", { name: /alarm, bay 2, / })
      .getByText("SBP 193 > 180")
      .first()
      .waitFor();
  });

  it("is finished by keyboard, and the next nurse reads what the one before wrote", async () => {
    await goesTo("Finish");
    await done(bo, "Infusion ended");
    await press(ada, "Hand over …");
    const summary = ada.getByRole("textbox", { name: "What they need to know" });
    expect(await summary.inputValue()).toMatch(/\d\d\.\d mg given.*bolus 39\.3 mg.*SBP 193 > 180/s);
    await summary.press("ControlOrMeta+End");
    await summary.pressSequentially("\nCuff again at the left arm.");
    await ada.getByRole("combobox", { name: "To" }).selectOption("Bo Ek");
    await press(ada, "Hand over");
    const where = section(bo, "Who and where");
    await where.getByText(/^Handed over by Ada Lund, \d\d:\d\d:$/).waitFor();
    expect(await where.textContent()).toMatch(/Bo Ek looks after this patient since.*Cuff again at the left arm\./s);
  });

  it("is moved by one while the other writes: who is slower is told who moved the patient and where, and goes there", async () => {
    await press(ada, "Medication …");
    await type(ada, "Medication", "ondansetron");
    await type(ada, "Dose", "4");
    await press(bo, /^Move to another bay/);
    await bo.getByRole("dialog").getByRole("radio", { name: /Bay 3/ }).check();
    await press(bo, "Move to bay 3");
    await bo.waitForURL(/\/bays\/3$/);
    await press(ada, "Given");
    const dialog = ada.getByRole("dialog");
    await dialog.getByText(/^Bo Ek has already moved the patient to bay 3\./).waitFor();
    expect(await dialog.getByRole("textbox", { name: "Medication" }).inputValue()).toBe("ondansetron");
    await press(ada, "Cancel");
    await ada.getByText(/^Bo Ek moved A\.R\. to bay \d+ at \d\d:\d\d\.$/).waitFor();
    await ada
      .getByRole("main")
      .getByRole("link", { name: /^bay 3$/ })
      .click();
    await section(ada, "Who and where").getByText("Cuff again at the left arm.").waitFor();
    await expect.poll(() => acts(ada).filter({ hasText: "ondansetron" }).count()).toBe(0);
  });
});
