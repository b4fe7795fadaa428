/** Alarms as they are seen: how they flash, without colour, without motion, and that each leads to what to do. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { asPage } from "../badges.ts";
import { ALARMING, ALARMING_BAYS, QUIET_BAY, raiseAlarms, type Ward, wardAt } from "./alarming-ward.ts";
import { launchChromium } from "./chromium.ts";
import { type Box, type FrameShape, frameShapeOf } from "./frame-shape.ts";
import { startVigil, type VigilProcess } from "./vigil-process.ts";

let data: string;
let vigil: VigilProcess;
let browser: Browser;
let page: Page;
/** At which a nurse is signed in. */
let station: Page;
let ward: Ward;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "vigil-alarms-"));
  vigil = await startVigil({ PORT: "0", VIGIL_DATA: data, VIGIL_DEMO: "0", VIGIL_BAYS: String(ALARMING_BAYS) });
  ward = wardAt(vigil);
  await raiseAlarms(ward);
  browser = await launchChromium({ width: 1600, height: 900 });
  const context = await browser.newContext({ viewport: null });
  page = await context.newPage();
  await becomeDisplay();
  const desk = await browser.newContext({ viewport: { width: 1600, height: 1600 } });
  await vigil.insiders.enter(desk, "Ada Lund", "nurse");
  station = await desk.newPage();
  await station.goto(`${vigil.url}/station`);
  await station.getByRole("article").first().waitFor();
}, 180_000);

/** Paired like a wall's machine: it shows a code, a supervisor approves it, and nobody is ever signed in there. */
async function becomeDisplay(): Promise<void> {
  await page.goto(`${vigil.url}/wall`);
  const code = await page.locator(".display-code").textContent();
  expect(await seriousOf()).toEqual([]);
  const approved = await fetch(`${vigil.url}/api/displays/approve`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...asPage(vigil.url, await vigil.insiders.cookie("Sam Supervisor", "supervisor")),
    },
    body: JSON.stringify({ code, name: "East wall" }),
  });
  expect(approved.status).toBe(204);
  await page.getByText(/^live/).waitFor();
}

afterAll(async () => {
  await browser?.close();
  await vigil?.stop();
  await rm(data, { recursive: true, force: true });
});

afterEach(() => page.emulateMedia({ reducedMotion: "no-preference", forcedColors: "none" }));

/** Set VIGIL_FIGURES to have what was measured printed. */
const report = (...figures: unknown[]): void => {
  if (process.env.VIGIL_FIGURES) console.log(...figures);
};

type Flashing = "high" | "medium";
const FLASHING: readonly Flashing[] = ["high", "medium"];

/** What is painted: at each picture its time (ms) and, tile by tile, whether the frame is seen (0 to 1). */
interface Picture {
  readonly at: number;
  readonly frames: { readonly [P in Flashing]: readonly number[] };
}
interface Watched {
  readonly pictures: readonly Picture[];
  /** Start and period of what makes them flash, by the same clock. */
  readonly beat: { readonly [P in Flashing]: { readonly from: number; readonly periodMs: number } };
}

/** Of one period, each of which must be seen. */
const PARTS = 20;
/** So long at least: two periods of the slower ones. */
const LEAST_MS = 3_400;

/**
 * Watches what flashes, tiles of the wall or rows of the station, until every part of both periods was seen: a busy machine's
 * few pictures tell it too.
 */
const watchFlashes = (shown: Page, what: "tiles" | "rows"): Promise<Watched> =>
  shown.evaluate(
    async ({ what: flashing, parts, leastMs, mostMs }) => {
      const seen = (element: Element | null): number =>
        element === null ? 1 : Number(getComputedStyle(element).opacity) * seen(element.parentElement);
      const rowsOf = (priority: string) => [
        ...document.querySelectorAll<HTMLElement>(`.alarm-row[data-priority=${priority}][data-look=flashing]`),
      ];
      const framesOf = (priority: string) =>
        flashing === "tiles"
          ? [...document.querySelectorAll(`.flashes[data-priority=${priority}] .flash`)].map(seen)
          : rowsOf(priority).map((row) => Number(getComputedStyle(row, "::after").opacity));
      const beatOf = (priority: string) => {
        const flash =
          flashing === "tiles"
            ? document.querySelector(`.flashes[data-priority=${priority}]`)?.getAnimations()[0]
            : rowsOf(priority)[0]?.getAnimations({ subtree: true })[0];
        return { from: Number(flash?.startTime), periodMs: Number(flash?.effect?.getComputedTiming().duration) };
      };
      const beat = { high: beatOf("high"), medium: beatOf("medium") };
      const left = new Set(
        ["high", "medium"].flatMap((each) => Array.from({ length: parts }, (_, n) => `${each} ${n}`)),
      );
      const pictures: Picture[] = [];
      const from = performance.now();
      const lasted = () => performance.now() - from;
      while ((left.size > 0 && lasted() < mostMs) || lasted() < leastMs) {
        await new Promise(requestAnimationFrame);
        // The instant for which the browser draws this picture.
        const at = Number(document.timeline.currentTime);
        pictures.push({ at, frames: { high: framesOf("high"), medium: framesOf("medium") } });
        for (const [each, { from: begun, periodMs }] of Object.entries(beat)) {
          left.delete(`${each} ${Math.floor((((at - begun) % periodMs) / periodMs) * parts)}`);
        }
      }
      return { pictures, beat };
    },
    { what, parts: PARTS, leastMs: LEAST_MS, mostMs: 30_000 },
  );

interface Rhythm {
  readonly hz: number;
  /** Share of the period in which it is on: at least, at most. All periods laid over one another: whatever beats otherwise fits none. */
  readonly duty: readonly [number, number];
}

function rhythmOf({ pictures, beat }: Watched, priority: Flashing): Rhythm {
  const isOn = ({ frames }: Picture) => (frames[priority][0] ?? 0) > 0.5;
  const { from, periodMs } = beat[priority];
  const phaseOf = ({ at }: Picture) => ((at - from) % periodMs) / periodMs;
  const lit = pictures.filter(isOn).map(phaseOf);
  const dark = pictures.filter((picture) => !isOn(picture)).map(phaseOf);
  return { hz: 1_000 / periodMs, duty: [Math.max(...lit), Math.min(...dark)] };
}

function expectHalf({ duty: [least, most] }: Rhythm): void {
  expect(least).toBeGreaterThan(0.45);
  expect(least).toBeLessThanOrEqual(most);
  expect(most).toBeLessThan(0.55);
}

const tile = (bay: string) => page.getByRole("article", { name: new RegExp(`^Bay ${bay}\\b`) });
async function boxOf(part: Locator): Promise<{ readonly top: number; readonly bottom: number }> {
  const box = await part.boundingBox();
  if (box === null) throw new Error("it is not to be seen");
  return { top: box.y, bottom: box.y + box.height };
}

const seriousOf = async (shown = page) =>
  (await new AxeBuilder({ page: shown }).analyze()).violations
    .filter(({ impact }) => impact !== "minor")
    .map(({ id, nodes }) => [id, nodes.map(({ target }) => target)]);

/** Of the upper left corner of a picture, 0 to 255. */
const brightnessOf = (png: string | undefined): Promise<number> =>
  page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
    context?.drawImage(bitmap, 0, 0);
    const [red = 0, green = 0, blue = 0] = context?.getImageData(8, 8, 1, 1).data ?? [];
    return (red + green + blue) / 3;
  }, png ?? "");

describe("the flash", () => {
  it("is 2 Hz and 50 % for high, 0.6 Hz and 50 % for medium, and all tiles of a priority flash as one", async () => {
    const watched = await watchFlashes(page, "tiles");
    const high = rhythmOf(watched, "high");
    const medium = rhythmOf(watched, "medium");
    report("flash, pictures:", watched.pictures.length, "high:", high, "medium:", medium);
    expect(high.hz).toBeCloseTo(2, 1);
    expectHalf(high);
    expect(medium.hz).toBeCloseTo(0.6, 1);
    expectHalf(medium);
    for (const { frames } of watched.pictures) {
      // High, high, latched, paused; medium, medium.
      expect(frames.high).toHaveLength(4);
      expect(frames.medium).toHaveLength(2);
      for (const priority of FLASHING) expect(new Set(frames[priority]).size).toBe(1);
    }
  });

  it("goes on in the same phase when another bay begins to flash", async () => {
    const phases = () =>
      page.evaluate(() =>
        [...document.querySelectorAll(".flashes")].map((sheet) => ({
          starts: sheet.getAnimations().map(({ startTime }) => startTime),
          duration: sheet.getAnimations()[0]?.effect?.getComputedTiming().duration,
        })),
      );
    const before = await phases();
    expect(before.map(({ starts }) => starts.length)).toEqual([1, 1]);
    expect(before.map(({ duration }) => Math.round(1e6 / Number(duration)))).toEqual([2_000, 600]);
    await ward.reads(QUIET_BAY, { sbp: 186, dbp: 90 });
    await expect.poll(() => page.locator('.flashes[data-priority="high"] .flash').count()).toBe(5);
    expect(await phases()).toEqual(before);
    await ward.does(QUIET_BAY, { type: "acknowledge-alarm", alarm: "sbp.high" });
    await ward.reads(QUIET_BAY, { sbp: 122, dbp: 78 });
    await expect.poll(() => tile(QUIET_BAY).getAttribute("data-priority")).toBeNull();
  });

  it("is none for low, and the low frame stands", async () => {
    expect(await tile(ALARMING.low).getAttribute("data-priority")).toBe("low");
    await expect.poll(() => page.locator('.flashes[data-priority="low"]').count()).toBe(0);
    expect(await tile(ALARMING.low).evaluate((element) => element.getAnimations({ subtree: true }).length)).toBe(0);
  });

  it("stays where less motion is wanted, and everything else stands still", async () => {
    await page.emulateMedia({ reducedMotion: "reduce" });
    const moving = await page.evaluate(() =>
      document.getAnimations().flatMap(({ effect, currentTime }) => {
        const target = effect instanceof KeyframeEffect ? effect.target : null;
        // What would say that the screen is frozen waits, unseen, for that.
        const waits = Number(currentTime) < Number(effect?.getTiming().delay);
        return waits ? [] : [target?.className];
      }),
    );
    expect(moving).toEqual(["flashes", "flashes"]);
    const high = rhythmOf(await watchFlashes(page, "tiles"), "high");
    expect(high.hz).toBeCloseTo(2, 1);
    expectHalf(high);
  });
});

/** How a page may be seen. */
const EYES = [
  { eyes: "everybody", deficiency: "none", forcedColors: "none" },
  { eyes: "who sees no red", deficiency: "protanopia", forcedColors: "none" },
  { eyes: "who sees no green", deficiency: "deuteranopia", forcedColors: "none" },
  { eyes: "who sees no blue", deficiency: "tritanopia", forcedColors: "none" },
  { eyes: "who sees no colour", deficiency: "achromatopsia", forcedColors: "none" },
  { eyes: "who chose the colours", deficiency: "none", forcedColors: "active" },
] as const;

/** In the first half of every period: all frames are seen. */
const holdFlashes = (shown: Page) =>
  shown.evaluate(() => {
    for (const animation of document.getAnimations()) {
      const { duration } = animation.effect?.getComputedTiming() ?? {};
      if (duration !== 500 && Math.round(Number(duration)) !== 1667) continue;
      animation.pause();
      animation.currentTime = 1;
    }
  });

/** The frame that flashes over a tile, or the tile's own. */
const frameBoxOf = (bay: string): Promise<Box> =>
  tile(bay).evaluate((article) => {
    const { left, top } = article.getBoundingClientRect();
    const over = [...document.querySelectorAll(".flash")].find((flash) => {
      const box = flash.getBoundingClientRect();
      return Math.abs(box.left - left) < 20 && Math.abs(box.top - top) < 20;
    });
    const { x, y, width, height } = (over ?? article).getBoundingClientRect();
    return { x, y, width, height };
  });

function expectFourShapes(shapes: { readonly [K in "high" | "medium" | "low" | "latched"]: FrameShape }): void {
  const { high, medium, low, latched } = shapes;
  report(shapes);
  expect([high.breaks, medium.breaks, low.breaks]).toEqual([0, 0, 0]);
  expect([high.lines, low.lines]).toEqual([1, 1]);
  expect(medium.lines).toBeGreaterThanOrEqual(2);
  expect(high.thick).toBeGreaterThanOrEqual(low.thick + 2);
  expect(latched.breaks).toBeGreaterThanOrEqual(3);
}

describe("at the station", () => {
  it("rows flash as the wall's tiles do, and as one; where less motion is wanted nothing else moves", async () => {
    await station.bringToFront();
    await station.emulateMedia({ reducedMotion: "reduce" });
    const moving = await station.evaluate(() =>
      document
        .getAnimations()
        .flatMap(({ animationName, currentTime, effect }: Animation & { animationName?: string }) =>
          Number(currentTime) < Number(effect?.getTiming().delay) ? [] : [animationName],
        ),
    );
    expect(new Set(moving)).toEqual(new Set(["row-flash"]));
    const watched = await watchFlashes(station, "rows");
    const [high, medium] = [rhythmOf(watched, "high"), rhythmOf(watched, "medium")];
    report("rows, high:", high, "medium:", medium);
    expect(high.hz).toBeCloseTo(2, 1);
    expectHalf(high);
    expect(medium.hz).toBeCloseTo(0.6, 1);
    expectHalf(medium);
    for (const { frames } of watched.pictures) {
      for (const priority of FLASHING) expect(new Set(frames[priority]).size).toBe(1);
    }
    await station.emulateMedia({ reducedMotion: "no-preference" });
    await page.bringToFront();
  });
});

describe("without colour", () => {
  it("each priority has its sign and its text, and says what is acknowledged, latched, paused and off", async () => {
    const call = (bay: string) => tile(bay).locator(".call").textContent();
    expect(await call(ALARMING.high)).toBe("!!!SBP 188 > 180");
    expect(await call(ALARMING.medium)).toBe("!!SBP 170 > 165");
    expect(await call(ALARMING.low)).toBe("!SBP 170 > 165");
    expect(await call(ALARMING.latched)).toBe("!!!SBP 188 > 180 · cleared, not seen");
    await tile(ALARMING.acknowledged).getByRole("img", { name: "acknowledged" }).waitFor();
    await tile(ALARMING.paused).getByRole("img", { name: "alarm sound paused" }).waitFor();
    await tile(ALARMING.off).getByRole("img", { name: "SpO₂ alarms off" }).waitFor();
  });

  describe.each(EYES)("for $eyes", ({ deficiency, forcedColors }) => {
    const see = async (shown: Page) => {
      await shown.emulateMedia({ forcedColors });
      const devtools = await shown.context().newCDPSession(shown);
      await devtools.send("Emulation.setEmulatedVisionDeficiency", { type: deficiency });
      await holdFlashes(shown);
    };
    afterEach(async () => {
      for (const shown of [page, station]) {
        const devtools = await shown.context().newCDPSession(shown);
        await devtools.send("Emulation.setEmulatedVisionDeficiency", { type: "none" });
        await shown.emulateMedia({ forcedColors: "none" });
        await shown.evaluate(() => {
          for (const animation of document.getAnimations()) if (animation.playState === "paused") animation.play();
        });
      }
    });

    it("each priority has a frame of its own shape on the wall", async () => {
      await see(page);
      // Each at an edge where no other frame is painted.
      const high = await frameShapeOf(page, await frameBoxOf(ALARMING.high), "left");
      const medium = await frameShapeOf(page, await frameBoxOf(ALARMING.medium2), "right");
      const low = await frameShapeOf(page, await frameBoxOf(ALARMING.low), "left");
      const latched = await frameShapeOf(page, await frameBoxOf(ALARMING.latched), "bottom");
      expectFourShapes({ high, medium, low, latched });
    });

    it("each priority has a frame of its own shape, and its sign, at the station", { timeout: 120_000 }, async () => {
      await see(station);
      // On a machine that was busy it may say for a minute that it stood still, and goes down a line when that is over.
      await station.getByText("SCREEN WAS FROZEN").waitFor({ state: "detached", timeout: 80_000 });
      const of = async (bay: string, sign: string) => {
        const row = station.getByRole("article", { name: new RegExp(`bay ${bay},`) });
        expect(await row.locator(".alarm-sign").textContent()).toBe(sign);
        // Clear of what lies along the bottom.
        await row.evaluate((element) => element.scrollIntoView({ block: "center" }));
        return frameShapeOf(station, (await row.boundingBox())!, "bottom");
      };
      expectFourShapes({
        high: await of(ALARMING.high, "!!!high"),
        medium: await of(ALARMING.medium, "!!medium"),
        low: await of(ALARMING.low, "!low"),
        latched: await of(ALARMING.latched, "!!!high"),
      });
    });
  });
});

describe("what to do", () => {
  it("is one touch from the alarm in the bar and from the tile, and the way back leads to the wall", async () => {
    await page.getByRole("banner").getByRole("link", { name: "SBP 188 > 180" }).first().click();
    await page.getByRole("heading", { name: "Systolic pressure high" }).waitFor();
    // Nothing of the wall but its bays gives way.
    await page.getByText(/^live/).waitFor();
    await expect.poll(() => page.getByRole("button", { name: /SOUND OFF/ }).count()).toBe(1);
    expect(await seriousOf()).toEqual([]);
    await page.getByRole("link", { name: "Back to the wall" }).click();
    await tile(ALARMING.low).waitFor();
    await page.getByText(/^live/).waitFor();
    const box = await tile(ALARMING.low).locator(".call").boundingBox();
    await page.mouse.click(box!.x + box!.width / 2, box!.y + box!.height / 2);
    await page.getByRole("heading", { name: "Systolic pressure high" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByText(/^live/).waitFor();
  });

  it("is opened by the keyboard as well, and in a tab of its own where somebody asks for one", async () => {
    const link = page.getByRole("banner").getByRole("link", { name: "SBP 188 > 180" }).first();
    await link.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Systolic pressure high" }).waitFor();
    await page.keyboard.press("Escape");
    await tile(ALARMING.low).waitFor();
    const [tab] = await Promise.all([page.context().waitForEvent("page"), link.click({ modifiers: ["Control"] })]);
    await tab.getByRole("heading", { name: "Systolic pressure high" }).waitFor();
    await tab.close();
    expect(new URL(page.url()).search).toBe("");
  });

  it.each(["/runbook", "/runbook/spo2.low", "/runbook/monitor-silent?from=/station", "/runbook/none-such"])(
    "has nothing to answer for before axe: %s",
    async (path) => {
      const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
      const other = await context.newPage();
      await other.goto(vigil.url + path);
      await other.getByRole("heading", { level: 1 }).waitFor();
      const { violations } = await new AxeBuilder({ page: other }).analyze();
      const small = await other
        .getByRole("link")
        .evaluateAll((links) => links.filter((link) => link.getBoundingClientRect().height < 44).length);
      const scrolls = await other.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
      await context.close();
      expect(violations.map(({ id }) => id)).toEqual([]);
      expect(small).toBe(0);
      expect(scrolls).toBe(false);
    },
  );
});

describe("the wall with alarms", () => {
  it("has nothing to answer for before axe: high, medium, low, latched, paused, off, acknowledged", async () => {
    expect(await seriousOf()).toEqual([]);
  });

  it("in a flood names the high ones, counts the others for each bay, and answers for nothing before axe", async () => {
    // Room for counts: one high alarm is left.
    for (const bay of [ALARMING.latched, ALARMING.paused, ALARMING.high2]) {
      await ward.reads(bay, { sbp: 122, dbp: 78 });
      await ward.does(bay, { type: "acknowledge-alarm", alarm: "sbp.high" });
    }
    await ward.reads(ALARMING.acknowledged, { sbp: 122, dbp: 78 });
    for (let i = 0; i < 24; i++) {
      await ward.reads(QUIET_BAY, i % 2 === 0 ? { sbp: 170, dbp: 104 } : { sbp: 122, dbp: 78 });
    }
    await ward.reads(QUIET_BAY, { sbp: 170, dbp: 104 });
    await page.getByRole("banner").getByText("Flood").waitFor();
    const chips = await page.getByRole("banner").getByRole("listitem").allTextContents();
    expect(chips.some((text) => text.startsWith(`${QUIET_BAY}!! 2`))).toBe(true);
    expect(chips.filter((text) => text.includes("!!!")).join(" ")).toMatch(/SBP 188 > 180/);
    expect(await seriousOf()).toEqual([]);
  });

  it("says so when its own picture stands still, though the page can do nothing then, and afterwards", async () => {
    const screencast = await page.context().newCDPSession(page);
    const pictures: { readonly at: number; readonly png: string }[] = [];
    screencast.on("Page.screencastFrame", ({ data: png, sessionId }) => {
      pictures.push({ at: performance.now(), png });
      void screencast.send("Page.screencastFrameAck", { sessionId });
    });
    await screencast.send("Page.startScreencast", { format: "png", everyNthFrame: 1 });
    await page.waitForTimeout(500);
    const from = performance.now();
    await page.evaluate(() => {
      const until = performance.now() + 9_000;
      while (performance.now() < until);
    });
    await screencast.send("Page.stopScreencast");
    await page.getByRole("alert").getByText("SCREEN WAS FROZEN").waitFor();
    const before = pictures.filter(({ at }) => at < from + 3_500).at(-1);
    const frozen = pictures.filter(({ at }) => at > from + 6_500 && at < from + 8_500).at(-1);
    report("pictures while frozen:", pictures.length);
    // The band is white where the bar was black.
    expect(await brightnessOf(before?.png)).toBeLessThan(60);
    expect(await brightnessOf(frozen?.png)).toBeGreaterThan(200);
    // It may have lost its link meanwhile.
    await page.getByText(/^live/).waitFor();
    await page.getByRole("banner").locator(".chip").first().waitFor();
    // What moves again is true again: the words lie over no alarm, in the bar or on a tile.
    const note = await boxOf(page.getByRole("alert").filter({ hasText: "SCREEN WAS FROZEN" }));
    for (const alarms of [page.getByRole("banner"), page.getByRole("main")]) {
      const parts = await Promise.all((await alarms.locator(".chip, article").all()).map(boxOf));
      expect(parts.length).toBeGreaterThan(0);
      for (const part of parts) expect(part.bottom <= note.top || part.top >= note.bottom).toBe(true);
    }
    expect(await seriousOf()).toEqual([]);
  });

  it("is known elsewhere to be heard by nobody yet", async () => {
    const headers = { cookie: await vigil.insiders.cookie("Sam Supervisor", "supervisor") };
    const devices = await (await fetch(`${vigil.url}/api/devices`, { headers })).json();
    expect(devices).toContainEqual(expect.objectContaining({ name: "East wall", sound: "off" }));
    const health = await (await fetch(`${vigil.url}/api/health`, { headers })).json();
    expect(health).toMatchObject({ unheard: { off: 2, blocked: 0 } });
  });

  it("has nothing to answer for before axe when the server is lost", async () => {
    await vigil.kill();
    await page.getByRole("link", { name: "What to do" }).first().waitFor();
    await page.getByText("No link to the server").waitFor();
    expect(await seriousOf()).toEqual([]);
  });

  it("says without a server what to do about that", async () => {
    await page.getByRole("banner").getByRole("link", { name: "What to do" }).click();
    await page.getByRole("heading", { level: 1, name: "No link to the server" }).waitFor();
    await page.getByRole("banner").getByText("No link to the server").waitFor();
    expect(await seriousOf()).toEqual([]);
    await page.keyboard.press("Escape");
    await tile(ALARMING.high).waitFor();
  });
});
