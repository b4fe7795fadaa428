/**
 * Everything that people may write freely, written as somebody who means harm would: script for the browser and formulas
 * for a spreadsheet. Every page that tells of it shows it as it was written, and nothing of it is ever carried out.
 */
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Role } from "@vigil/shared/people";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { asBench, cookieFor } from "../badges.ts";
import { launchChromium } from "./chromium.ts";
import { PASSWORD } from "./insiders.ts";
import { SteeredClock } from "./steered-clock.ts";
import { MORNING, startVigil, type VigilProcess } from "./vigil-process.ts";

/** How long each may be, as its schema says. */
const LONGEST = {
  ...{ initials: 8, patient: 120, record: 40, drug: 60, protocol: 120, check: 80, target: 60 },
  ...{ pause: 500, medication: 80, unit: 20, route: 40, note: 500, escort: 120, phone: 40, handover: 1_000 },
  ...{ sound: 500, off: 500, time: 500, end: 500, abandon: 500, mark: 500 },
  ...{ bay: 40, board: 60, person: 60, display: 60, monitor: 60, why: 500, withdrawn: 500 },
  ...{ corrected: 500, flag: 500, moved: 500, cancelled: 500, closed: 500, reopened: 500, withdrew: 500 },
} as const;
type Field = keyof typeof LONGEST;
const FIELDS = Object.keys(LONGEST) as Field[];

const IMAGE = "<img src=x onerror=stolen=1>";
function nasty(field: Field): string {
  // No free text: the door takes letters only.
  if (field === "initials") return "M.W.";
  const whole = `=1 ${field} ${IMAGE}<script>stolen=1</script>;=HYPERLINK("//x")`;
  const short = `=${field} ${IMAGE}`;
  return [whole, short].find(({ length }) => length <= LONGEST[field]) ?? `=<s>${field}`.slice(0, LONGEST[field]);
}
const texts = Object.fromEntries(FIELDS.map((field) => [field, nasty(field)])) as Record<Field, string>;

const clock = new SteeredClock(MORNING.course);
let data: string;
let vigil: VigilProcess;
let browser: Browser;
const faults: string[] = [];

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "vigil-script-"));
  const settings = { PORT: "0", VIGIL_DATA: data, VIGIL_DEMO: "0", VIGIL_BAYS: "2", VIGIL_ZONE: MORNING.zone };
  [vigil, browser] = await Promise.all([
    startVigil(settings, MORNING.course),
    launchChromium({ width: 1440, height: 1000 }),
  ]);
  await writeAll();
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await vigil?.stop();
  await rm(data, { recursive: true, force: true });
});

const cookieOf = (name: string, role: Role) => vigil.insiders.cookie(name, role);

async function send(method: string, path: string, body: unknown, cookie: string): Promise<Response> {
  const response = await fetch(`${vigil.url}/api/${path}`, {
    ...{ method, body: JSON.stringify(body) },
    headers: { "content-type": "application/json", origin: vigil.url, cookie },
  });
  if (!response.ok) throw new Error(`${path} ${JSON.stringify(body)}: ${response.status} ${await response.text()}`);
  return response;
}

/** A nurse whose name is no better than what they write. */
async function hire(admin: string): Promise<string> {
  const first = "only for the first time";
  const person = { username: "mallory", name: texts.person, role: "nurse", password: first };
  await send("POST", "people", person, admin);
  const entered = await send("POST", "sign-in", { username: "mallory", password: first, newPassword: PASSWORD }, "");
  const set = entered.headers.getSetCookie().find((each) => each.includes("session_token="));
  return set?.split(";")[0] ?? "";
}

async function writeAll(): Promise<void> {
  const admin = await cookieOf("Ada Admin", "administrator");
  const supervisor = await cookieOf("Sam Supervisor", "supervisor");
  const mallory = await hire(admin);
  const administer = (act: unknown) => send("POST", "admin/acts", { id: randomUUID(), act }, admin);
  const ladder = [{ afterS: 30, target: texts.target }];
  const document = { name: texts.protocol, startChecks: [texts.check], escalation: ladder };
  await administer({ type: "rename-bay", bay: "1", name: texts.bay });
  await administer({ type: "add-target", target: texts.target });
  for (const protocol of ["standard", "withdrawn"]) {
    await administer({ type: "draft-protocol", protocol, document, why: texts.why });
  }
  await administer({ type: "withdraw-protocol", protocol: "withdrawn", version: 1, reason: texts.withdrawn });
  await send("POST", "devices", { kind: "monitor", name: texts.monitor, bays: ["1"] }, admin);
  await send("PUT", "boards/east", { name: texts.board, bays: ["1", "2"] }, supervisor);
  const { code } = (await (await send("POST", "displays/codes", {}, "")).json()) as { code: string };
  await send("POST", "displays/approve", { code, name: texts.display }, supervisor);

  const commands = async (bay: string, ...all: readonly object[]) => {
    for (const command of all) {
      await send("POST", `bays/${bay}/commands`, { id: randomUUID(), command }, mallory);
    }
  };
  const patient = { initials: texts.initials, name: texts.patient, recordNumber: texts.record, weightKg: 80 };
  const plan = { drug: texts.drug, doseMgPerKg: 0.5, plannedMin: 40 };
  const baseline = { type: "record-baseline", values: { hr: 70, spo2: 98, sbp: 120, dbp: 80 } };
  const benchHeaders = { "content-type": "application/json", ...asBench(vigil.insiders) };
  /** Rules that no clinic has approved are a test bench's. */
  const open = async (bay: string, sessionId: string) => {
    const command = { type: "open-session", sessionId, patient, plan, protocol: document };
    const by = { id: "mallory", name: texts.person, role: "nurse" };
    const body = JSON.stringify({ id: randomUUID(), command, by });
    const opened = await fetch(`${vigil.url}/api/bays/${bay}/commands`, {
      ...{ method: "POST", headers: benchHeaders, body },
    });
    if (!opened.ok) throw new Error(await opened.text());
  };
  await open("2", "s2");
  await commands("2", { type: "abandon-session", reason: texts.abandon });
  await open("1", "s1");
  await commands(
    "1",
    ...[{ type: "confirm-check", check: texts.check }, baseline, { type: "start-infusion" }],
    { type: "pause-infusion", reason: texts.pause },
    { type: "resume-infusion" },
    {
      type: "give-medication",
      medication: { kind: "other", name: texts.medication, dose: 4, unit: texts.unit, route: texts.route },
    },
    { type: "name-escort", name: texts.escort, phone: texts.phone },
    { type: "hand-over", to: { id: "nurse-2", name: texts.person }, summary: texts.handover },
    { type: "alarm-off", vital: "rr", reason: texts.off },
  );
  // Before it is sent: a time that it cannot have.
  const earlier = clock.now() - 1;
  const observed = { type: "record-observation", observation: { dissociation: 3, note: texts.note } };
  await send("POST", "bays/1/commands", { id: "observed", command: observed }, mallory);
  await commands("1", { type: "correct-time", act: "observed", effectiveAt: earlier, reason: texts.time });
  const reading = JSON.stringify({ bay: "1", hr: 70, spo2: 98, sbp: 210, dbp: 80, cadence: 600 });
  await fetch(`${vigil.url}/api/readings`, { method: "POST", headers: benchHeaders, body: reading });
  await commands("1", { type: "pause-audio", seconds: 120, reason: texts.sound });
  const { alerts } = (await (await asked("alerts?vital=sbp", supervisor)).json()) as { alerts: { id: number }[] };
  alarm = String(alerts[0]?.id);
  await send("POST", `alerts/${alarm}/mark`, { actionable: "no", why: texts.mark }, mallory);
  await commands("1", { type: "end-infusion", reason: texts.end });

  const course = (act: unknown, id: string = randomUUID()) =>
    send("POST", `courses/${encodeURIComponent(texts.record)}/acts`, { id, act }, mallory);
  const items = [1, 1, 1, 1, 1, 1, 1, 1, 1];
  const score = { instrument: "phq-9", answers: { items } };
  for (const id of ["score-1", "score-2"]) await course({ type: "record-score", ...score }, id);
  await course({ type: "answer-flag", score: "score-1", note: texts.flag });
  await course({ type: "correct-score", score: "score-1", ...score, reason: texts.corrected });
  await course({ type: "withdraw-score", score: "score-2", reason: texts.withdrew });
  const day = { date: "2030-03-04", time: "10:00" };
  await course({ type: "book-session", ...day }, "booking-1");
  await course({ type: "book-session", ...day, date: "2030-03-05" }, "booking-2");
  await course({ type: "move-booking", booking: "booking-1", ...day, time: "11:00", reason: texts.moved });
  await course({ type: "cancel-booking", booking: "booking-2", reason: texts.cancelled });
  await course({ type: "close-course", reason: texts.closed });
  await course({ type: "reopen-course", reason: texts.reopened });
}

let alarm = "";
const asked = (path: string, cookie: string) => fetch(`${vigil.url}/api/${path}`, { headers: { cookie } });

async function pageOf(name: string, role: Role): Promise<Page> {
  const context: BrowserContext = await browser.newContext({ viewport: { width: 1440, height: 1000 } });
  await context.addCookies([cookieFor(vigil.url, await cookieOf(name, role))]);
  const page = await context.newPage();
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("dialog", (dialog) => faults.push(dialog.message()));
  return page;
}

/** What of all that was written stands on the page, as text or in a field, exactly as it was written. */
const shownOn = (page: Page): Promise<Field[]> =>
  page.evaluate((all) => {
    const fields = [...document.querySelectorAll<HTMLInputElement>("input, textarea, select")].map(
      ({ value }) => value,
    );
    const told = [document.body.innerText, ...fields].join("\n");
    return Object.entries(all)
      .filter(([, text]) => told.includes(text))
      .map(([field]) => field);
  }, texts) as Promise<Field[]>;

/** Elements that only what was written could have made, and whether any of it ran. */
const carriedOut = (page: Page) =>
  page.evaluate(() => ({
    elements: document.querySelectorAll('img[src="x"], s, body script:not([src])').length,
    stolen: Reflect.get(window, "stolen"),
  }));

const PAGES: readonly (readonly [path: () => string, ...must: Field[]])[] = [
  [() => "wall", "initials"],
  [() => "wall/east", "initials", "board"],
  [() => "station"],
  [() => "bays/1", "initials", "note"],
  [() => "sessions", "patient", "record"],
  [() => "sessions/s1", "patient", "pause", "medication", "note"],
  [() => "sessions/s1/report", "patient", "pause", "medication", "note", "escort", "phone", "handover", "end", "drug"],
  [() => "sessions/s2/report", "abandon"],
  [() => "courses", "patient", "record"],
  [() => `courses/${encodeURIComponent(texts.record)}`, "patient", "corrected", "flag"],
  [() => `alerts?alert=${alarm}`, "patient", "person", "mark"],
  [() => "alerts/measures"],
  [() => `alerts/shift?from=${wallTime(-3)}&to=${wallTime(3)}`, "patient", "person", "drug", "mark", "off"],
  [() => `alerts/month?month=${wallTime(0).slice(0, 7)}`, "protocol", "person"],
  [() => "what-if"],
  [() => "replay?session=s1"],
  [() => "admin", "bay"],
  [() => "admin/protocols", "why"],
  [() => "admin/settings", "target"],
  [() => "admin/displays", "display", "monitor"],
  [() => "admin/audit", "person"],
];

/** So many hours from now, by the clinic's clock. */
const wallTime = (hours: number): string =>
  Temporal.Instant.fromEpochMilliseconds(clock.now())
    .toZonedDateTimeISO(MORNING.zone)
    .add({ hours })
    .toPlainDateTime()
    .toString()
    .slice(0, 16);

it("what people wrote stands on every page as they wrote it, and nothing of it is carried out", async () => {
  const page = await pageOf("Sam Supervisor", "supervisor");
  const seen = new Set<Field>();
  for (const [path, ...must] of PAGES) {
    await page.goto(`${vigil.url}/${path()}`);
    await page.locator("h1, h2, main, article").first().waitFor();
    await expect.poll(() => shownOn(page), { message: path() }).toEqual(expect.arrayContaining(must));
    for (const field of await shownOn(page)) seen.add(field);
    expect([path(), await carriedOut(page)]).toEqual([path(), { elements: 0, stolen: undefined }]);
  }
  // The audit, last opened, tells of the rest further down.
  const audit = page.locator(".audit-scroll");
  for (let top = 0; top < (await audit.evaluate(({ scrollHeight }) => scrollHeight)); top += 500) {
    await audit.evaluate((box, to) => box.scrollTo(0, to), top);
    await expect.poll(() => page.locator(".audit-row", { hasText: "…" }).count()).toBe(0);
    for (const field of await shownOn(page)) seen.add(field);
  }
  expect(await carriedOut(page)).toEqual({ elements: 0, stolen: undefined });
  await page.context().close();
  const administrator = await pageOf("Ada Admin", "administrator");
  await administrator.goto(`${vigil.url}/admin/people`);
  await expect.poll(() => shownOn(administrator)).toContain("person");
  expect(await carriedOut(administrator)).toEqual({ elements: 0, stolen: undefined });
  expect(FIELDS.filter((field) => !seen.has(field))).toEqual([]);
  expect(faults).toEqual([]);
});

it("what people wrote is no formula in what is exported", async () => {
  const cookie = await cookieOf("Sam Supervisor", "supervisor");
  for (const path of ["alerts.csv", "audit.csv"]) {
    const csv = (await (await asked(path, cookie)).text()).replace("\ufeff", "");
    const cells = [...csv.matchAll(/(?:^|,|\r\n)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g)].map(
      ([, quoted, plain = ""]) => quoted?.replaceAll('""', '"') ?? plain,
    );
    const parts = cells.flatMap((cell) => (Number.isNaN(Number(cell)) ? cell.split(/[;\t\r\n]/) : []));
    expect(parts.filter((part) => /^\s*[=+\-@]/.test(part))).toEqual([]);
    expect(parts.some((part) => part.includes(IMAGE))).toBe(true);
  }
  const lines = (await (await asked("alerts.ndjson", cookie)).text()).trim().split("\n");
  expect(lines.map((line) => JSON.parse(line).marked_why)).toContain(texts.mark);
});
