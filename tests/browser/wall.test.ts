/** The main journey, in a real browser on the real program: what a nurse sees of a working day and of a bad minute. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asBench } from "../badges.ts";
import { launchChromium } from "./chromium.ts";
import { startVigil, type VigilProcess } from "./vigil-process.ts";

let data: string;
let vigil: VigilProcess;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "vigil-wall-"));
  vigil = await startVigil({ PORT: "0", VIGIL_DATA: data });
  browser = await launchChromium({ width: 1920, height: 1080 });
  page = await (await browser.newContext({ viewport: null })).newPage();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await vigil?.stop();
  await rm(data, { recursive: true, force: true });
});

const tile = (bay: string) => page.getByRole("article", { name: new RegExp(`^Bay ${bay}\\b`) });
/** mm:ss or h:mm:ss as seconds. */
const seconds = (text: string): number => text.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
const clockOf = async (bay: string): Promise<number> =>
  seconds(/(?:\d+:)?\d\d:\d\d/.exec((await tile(bay).textContent()) ?? "")?.[0] ?? "");

/** Bay 3 of the demonstration is in the middle of its infusion. */
const BAY = "3";

/** No session stands at this bay of the demonstration, and no monitor. */
const FREE_BAY = "8";
const RECORDED = join(
  process.env.VIGIL_RECORDINGS ?? fileURLToPath(new URL("../../../shared/data/recordings", import.meta.url)),
  "bidmc-05-8min.ndjson",
);

/** What the command says, and whether it did its work. */
function play(...words: string[]): Promise<{ readonly code: number | null; readonly said: string }> {
  const { promise, resolve } = Promise.withResolvers<{ code: number | null; said: string }>();
  const cli = fileURLToPath(new URL("../../vigil.ts", import.meta.url));
  const env = { ...process.env, VIGIL_KEY: vigil.insiders.key };
  const child = spawn(process.execPath, [cli, "play", "--url", vigil.url, ...words], { env });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (said += text));
  child.on("close", (code) => resolve({ code, said }));
  return promise;
}

/** The last value of each vital in a feed that says them whole, as a tile writes it. */
async function lastOf(feed: string): Promise<Record<string, string>> {
  const last: Record<string, string> = {};
  for (const line of (await readFile(feed, "utf8")).trim().split("\n").slice(1)) {
    for (const [key, value] of Object.entries(JSON.parse(line))) if (value !== null) last[key] = String(value);
  }
  return last;
}

describe("the wall", () => {
  it("shows eight bays, live, within ten seconds of the start", async () => {
    await page.goto(`${vigil.url}/wall`);
    await page.getByText(/^live/).waitFor({ timeout: 10_000 });
    await expect.poll(() => page.getByRole("article").count()).toBe(8);
  });

  it("tells whoever is not signed in what an alarm means", async () => {
    await page.goto(`${vigil.url}/wall?runbook=spo2.low`);
    await page.getByRole("heading", { level: 1, name: "SpO₂ low" }).waitFor();
    await page.getByRole("link", { name: "Back to the wall" }).click();
    await tile(BAY).waitFor();
    expect(new URL(page.url()).pathname).toBe("/wall");
  });

  it("updates its figures and ticks its clocks by itself", async () => {
    const before = await tile(BAY).textContent();
    const startedAt = await clockOf(BAY);
    await expect.poll(() => tile(BAY).textContent()).not.toBe(before);
    await expect.poll(() => clockOf(BAY)).toBeGreaterThan(startedAt + 2);
  });

  it("positions no box of a tile that shows a patient: the browser would walk through each with every picture", async () => {
    const positioned = await page
      .locator("article.tile[data-monitor=talking]:not([data-phase=free])")
      .evaluateAll((tiles) => ({
        tiles: tiles.length,
        boxes: tiles
          .flatMap((one) => [...one.querySelectorAll("*")])
          .filter((box) => getComputedStyle(box).position !== "static")
          .map((box) => box.className),
      }));
    expect(positioned.tiles).toBeGreaterThan(3);
    expect(positioned.boxes).toEqual([]);
  });

  it("says SOUND OFF beside the bays, not over them, until a person has heard the test tone", async () => {
    const band = page.getByRole("button", { name: /SOUND OFF/ });
    await band.waitFor();
    const lowest = await page
      .getByRole("article")
      .evaluateAll((tiles) => Math.max(...tiles.map((tile) => tile.getBoundingClientRect().bottom)));
    expect(lowest).toBeLessThanOrEqual((await band.boundingBox())?.y ?? 0);
    await band.click();
    await page.getByRole("button", { name: /^Yes/ }).click();
    await expect.poll(() => page.getByText("SOUND OFF").count()).toBe(0);
  });

  it("has nothing serious to answer for before axe", async () => {
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.filter(({ impact }) => impact === "serious" || impact === "critical")).toEqual([]);
  });

  it("shows a recording that is played to a free bay, value for value, and leaves a bay alone that has a monitor", async () => {
    const small = join(data, "small.ndjson");
    await writeFile(
      small,
      `{"feed":"vigil/1"}\n{"t":0,"hr":61,"spo2":93,"sbp":117,"dbp":74}\n{"t":1,"hr":64,"spo2":91}\n{"t":2,"hr":63}\n`,
    );
    const refused = await play(small, "--bay", BAY);
    expect(refused).toEqual({ code: 1, said: expect.stringContaining(`bay ${BAY} hears another monitor`) });
    expect(refused.said).toContain(`--bay ${FREE_BAY}`);
    for (const [feed, speed] of [
      [small, "2"] as const,
      ...(existsSync(RECORDED) ? [[RECORDED, "100"] as const] : []),
    ]) {
      const played = await play(feed, "--bay", FREE_BAY, "--speed", speed, "--anyway");
      expect(played).toEqual({ code: 0, said: expect.stringContaining("refused 0") });
      const { hr, spo2, sbp, dbp } = await lastOf(feed);
      const figures = () => tile(FREE_BAY).locator(".figure").allTextContents();
      await expect.poll(figures).toEqual([hr, spo2, sbp === undefined ? "117/74" : `${sbp}/${dbp}`]);
    }
    expect(await tile(FREE_BAY).textContent()).toContain("no session");
    expect(await tile(FREE_BAY).getAttribute("data-priority")).toBeNull();
  });

  it("shows an alarm in the tile and in the bar, with vital, value and limit", async () => {
    const response = await fetch(`${vigil.url}/api/readings`, {
      method: "POST",
      headers: { "content-type": "application/json", ...asBench(vigil.insiders) },
      body: JSON.stringify({ bay: BAY, sbp: 193, dbp: 98 }),
    });
    expect(response.status).toBe(200);
    await tile(BAY).getByText("193 > 180").first().waitFor();
    await page.getByRole("banner").getByText("193 > 180").first().waitFor();
    expect(await tile(BAY).getAttribute("data-priority")).toBe("high");
  });

  it("says so when the server is gone, and goes on with the same elapsed time when it is back", async () => {
    const { port } = new URL(vigil.url);
    await vigil.kill();
    await page
      .getByText(/link lost|no link|server lost/i)
      .first()
      .waitFor();
    const greyed = await page.locator(".wall").getAttribute("data-link");
    expect(greyed).toBe("lost");
    const lostAt = await clockOf(BAY);
    await expect.poll(() => clockOf(BAY)).toBeGreaterThan(lostAt);

    vigil = await startVigil({ PORT: port, VIGIL_DATA: data });
    await page.getByText(/^live/).waitFor();
    const { at, bays } = (await (await fetch(`${vigil.url}/api/bays`)).json()) as {
      at: number;
      bays: { id: string; row: { ranMs: number; runningSince: number } }[];
    };
    const row = bays.find((bay) => bay.id === BAY)?.row;
    const elapsed = Math.floor(((row?.ranMs ?? 0) + at - (row?.runningSince ?? 0)) / 1000);
    expect(Math.abs((await clockOf(BAY)) - elapsed)).toBeLessThanOrEqual(2);
    // What stood before the crash stands after it.
    await tile(BAY).getByText("193 > 180").first().waitFor();
  });
});
