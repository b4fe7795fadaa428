import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium } from "./chromium.ts";

let server: Server;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  server = createServer((_request, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end("<h1>Bay 3 · 98 %</h1><canvas width=40 height=20></canvas>");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");

  browser = await launchChromium({ width: 800, height: 480, deviceScaleFactor: 2 });
  page = await browser.newPage({ viewport: null });
  await page.goto(`http://127.0.0.1:${address.port}/`);
});

afterAll(async () => {
  await browser?.close();
  server?.close();
});

test("opens a page and reads it", async () => {
  expect(await page.textContent("h1")).toBe("Bay 3 · 98 %");
});

test("has the size and the pixels asked for", async () => {
  expect(await page.evaluate(() => [innerWidth, innerHeight, devicePixelRatio])).toEqual([800, 480, 2]);

  const dir = await mkdtemp(join(tmpdir(), "vigil-shot-"));
  try {
    const path = join(dir, "page.png");
    await page.screenshot({ path });
    const png = await readFile(path);
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1600, 960]);
  } finally {
    await rm(dir, { recursive: true });
  }
});

test("draws on a canvas", async () => {
  const pixel = await page.evaluate(() => {
    const context = document.querySelector("canvas")?.getContext("2d");
    if (!context) return null;
    context.fillStyle = "rgb(10 200 30)";
    context.fillRect(0, 0, 40, 20);
    return [...context.getImageData(20, 10, 1, 1).data];
  });
  expect(pixel).toEqual([10, 200, 30, 255]);
});

test("renders sound", async () => {
  const peak = await page.evaluate(async () => {
    const context = new OfflineAudioContext(1, 4800, 48_000);
    const tone = new OscillatorNode(context, { frequency: 440 });
    tone.connect(context.destination);
    tone.start();
    const samples = (await context.startRendering()).getChannelData(0);
    return samples.reduce((most, sample) => Math.max(most, sample), 0);
  });
  expect(peak).toBeCloseTo(1, 2);
});
