import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { launchChromium } from "./chromium.ts";

type Sound = "high" | "medium" | "low" | "test";

/** What the page under test offers to the journeys below. */
interface SoundPage {
  readonly SAMPLE_RATE: number;
  render(sound: Sound): Promise<Float32Array>;
  renderCut(): Promise<Float32Array>;
  set(priorities: readonly ("high" | "medium" | "low")[]): void;
  state(): { kind: string; reason?: string };
  /** The browser's own contexts, as opened by the page. */
  readonly contexts: AudioContext[];
  /** From asking for it to its first sample, and where it begins and ends by the context's clock. */
  readonly starts: { readonly delayMs: number; readonly fromS: number; readonly toS: number }[];
  /** Loudest sample that left for the loudspeaker since the page was opened, or forgot what was heard. */
  loudest(): number;
  forget(): void;
}
declare global {
  interface Window {
    sound: SoundPage;
  }
}

/** Set VIGIL_FIGURES to have what was measured printed. */
const report = (...figures: unknown[]): void => {
  if (process.env.VIGIL_FIGURES) console.log(...figures);
};

const ROOT = resolve(import.meta.dirname, "../..");

const PAGE_SCRIPT = `
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { BehaviorSubject } from "rxjs";
import { SoundBanner, useAlarmSound } from "./sound/index.ts";
import { createSynth } from "./sound/synth.ts";
import "./ui/theme.css";

const SAMPLE_RATE = 48_000;
const alarms = new BehaviorSubject([]);
const contexts = [];
const starts = [];
const taps = [];
/** The most an analyser keeps: two thirds of a second, so that a page that is held up for a while misses nothing. */
const LOOK_BACK = 32_768;
const samples = new Float32Array(LOOK_BACK);
/** By the clock of each context. */
const heardToS = [];
let loudest = 0;
const Native = AudioContext;
globalThis.AudioContext = class extends Native {
  constructor(options) {
    super(options);
    contexts.push(this);
    taps.push(new AnalyserNode(this, { fftSize: LOOK_BACK }));
    heardToS.push(0);
  }
};
const connect = AudioNode.prototype.connect;
AudioNode.prototype.connect = function (to, ...rest) {
  if (to instanceof AudioDestinationNode && contexts.includes(to.context)) connect.call(this, taps[contexts.indexOf(to.context)]);
  return connect.call(this, to, ...rest);
};
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (when) {
  if (when !== undefined && contexts.includes(this.context)) {
    this.burst = { delayMs: performance.now() - window.askedAt + (when - this.context.currentTime) * 1000, fromS: when, toS: Infinity };
    starts.push(this.burst);
  }
  return start.call(this, when);
};
const stop = OscillatorNode.prototype.stop;
OscillatorNode.prototype.stop = function (when) {
  if (this.burst !== undefined) this.burst.toS = when;
  return stop.call(this, when);
};

async function offline(seconds, run) {
  const context = new OfflineAudioContext(1, seconds * SAMPLE_RATE, SAMPLE_RATE);
  run(context, createSynth(context, context.destination));
  return (await context.startRendering()).getChannelData(0);
}

function listen() {
  contexts.forEach(({ currentTime, sampleRate }, index) => {
    const fresh = Math.min(LOOK_BACK, Math.floor((currentTime - heardToS[index]) * sampleRate));
    heardToS[index] = currentTime;
    if (fresh <= 0) return;
    taps[index].getFloatTimeDomainData(samples);
    for (const sample of samples.subarray(LOOK_BACK - fresh)) loudest = Math.max(loudest, Math.abs(sample));
  });
}
setInterval(listen, 100);

let calls = 0;
window.sound = {
  SAMPLE_RATE,
  contexts,
  starts,
  render: (sound) => offline(4, (_context, play) => play(sound, 0.1)),
  renderCut: () => offline(1, (context, play) => {
    const burst = play("medium", 0.1);
    context.suspend(0.25).then(() => { burst.stop(); return context.resume(); });
  }),
  set(priorities) {
    window.askedAt = performance.now();
    alarms.next(priorities.map((priority) => ({ bay: priority, id: "spo2.low", priority, callsSince: ++calls })));
  },
  state: () => window.held?.state.value ?? { kind: "none" },
  loudest() {
    listen();
    return loudest;
  },
  forget() {
    listen();
    loudest = 0;
  },
};

function App() {
  const sound = useAlarmSound(alarms);
  window.held = sound;
  return sound && createElement(SoundBanner, { sound, anyKey: true });
}
createRoot(document.getElementById("root")).render(createElement(App));
`;

let server: Server;
let url: string;

beforeAll(async () => {
  const entry = "virtual:sound-page";
  const result = await build({
    root: resolve(ROOT, "client"),
    configFile: false,
    logLevel: "error",
    plugins: [
      {
        name: "sound-page",
        resolveId: (id) => (id === entry ? resolve(ROOT, "client/sound-page.virtual.js") : null),
        load: (id) => (id.endsWith("sound-page.virtual.js") ? PAGE_SCRIPT : null),
      },
    ],
    build: { write: false, minify: false, modulePreload: false, rolldownOptions: { input: entry } },
  });
  if (!("output" in result)) throw new Error("one build was asked for");
  let script = "";
  let style = "";
  for (const file of result.output) {
    if (file.type === "chunk") script += file.code;
    else if (file.fileName.endsWith(".css")) style += String(file.source);
  }
  server = createServer((request, response) => {
    const isScript = request.url === "/page.js";
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html; charset=utf-8");
    response.end(
      isScript
        ? script
        : `<!doctype html><html lang="en"><title>Sound</title><style>${style}</style><div id="root"></div><script type="module" src="/page.js"></script></html>`,
    );
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  url = `http://127.0.0.1:${address.port}/`;
});
afterAll(() => server?.close());

type Policy = "no-user-gesture-required" | "document-user-activation-required";
/** One for each policy, for all tests. */
const browsers = new Map<Policy, Browser>();
afterAll(async () => {
  for (const browser of browsers.values()) await browser.close();
});

async function open(policy: Policy): Promise<Page> {
  const browser =
    browsers.get(policy) ?? (await launchChromium({ width: 1280, height: 720, args: [`--autoplay-policy=${policy}`] }));
  browsers.set(policy, browser);
  const context = await browser.newContext({ viewport: null });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.goto(url);
  await until(page, `window.sound.state().kind !== "none"`);
  return page;
}

/** Playwright's own evaluate and its locators count as a person's press. This does not. */
async function unpressed(page: Page, expression: string): Promise<unknown> {
  const session = await page.context().newCDPSession(page);
  const { result } = await session.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
  await session.detach();
  return result.value;
}
const until = (page: Page, expression: string) => expect.poll(() => unpressed(page, expression)).toBe(true);
const words = (page: Page) => unpressed(page, "document.querySelector('.sound-banner')?.textContent ?? ''");
const pressBand = (page: Page) => page.mouse.click(300, 690);

describe("the tones, as the browser renders them", () => {
  it("have the pulses, the spacing, the pitch and the harmonics that are prescribed", async () => {
    const page = await open("no-user-gesture-required");
    const figures: Record<string, unknown> = {};
    for (const sound of ["high", "medium", "low", "test"] as const) {
      const [rate, rendered] = await page.evaluate(
        async (which) => [window.sound.SAMPLE_RATE, [...(await window.sound.render(which))]] as const,
        sound,
      );
      const samples = Float64Array.from(rendered);
      const pulses = findPulses(samples, rate);
      const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
      const spectra = pulses.map((pulse) => spectrumOf(samples, rate, pulse));
      const pitches = spectra.map(fundamental);
      const levels = spectra.map((spectrum, index) => harmonics(spectrum, pitches[index]!));
      const gaps = pulses.slice(1).map((pulse, index) => pulse.from - pulses[index]!.to);
      figures[sound] = {
        peakDb: toDb(peak),
        pulsesMs: pulses.map(({ from, to }) => round(to - from)),
        gapsMs: gaps.map(round),
        riseMs: pulses.map(({ rise }) => round(rise)),
        fallMs: pulses.map(({ fall }) => round(fall)),
        fundamentalHz: pitches,
        harmonicsDb: levels[0]?.map(round),
        fromFirstToLastMs: round(pulses.at(-1)!.to - pulses[0]!.from),
      };
      expect(peak).toBeLessThan(1);

      const [least, most] = sound === "high" ? [75, 200] : [125, 250];
      for (const pulse of pulses) {
        const length = pulse.to - pulse.from;
        expect(length).toBeGreaterThanOrEqual(least);
        expect(length).toBeLessThanOrEqual(most);
        expect(pulse.rise / length).toBeGreaterThanOrEqual(0.1);
        expect(pulse.rise / length).toBeLessThanOrEqual(0.4);
        expect(pulse.fall).toBeLessThanOrEqual(Math.min(...gaps) - pulse.rise);
      }
      for (const pitch of pitches) {
        expect(pitch).toBeGreaterThanOrEqual(150);
        expect(pitch).toBeLessThanOrEqual(1000);
      }
      for (const level of levels) expect(level.filter((db) => Math.abs(db) <= 15).length).toBeGreaterThanOrEqual(4);
      if (sound === "high") {
        expect(pulses).toHaveLength(10);
        const [x12, x23, between, x45, halves, x67, x78, between2, x910] = gaps;
        for (const x of [x12, x23, x45, x67, x78, x910]) expect(Math.abs(x! - 70)).toBeLessThanOrEqual(1);
        for (const wide of [between, between2]) expect(Math.abs(wide! - (2 * 70 + 100))).toBeLessThanOrEqual(1);
        expect(halves).toBeGreaterThanOrEqual(350);
        expect(halves).toBeLessThanOrEqual(1300);
      } else {
        expect(pulses).toHaveLength(sound === "low" ? 2 : 3);
        for (const gap of gaps) {
          expect(gap).toBeGreaterThanOrEqual(125);
          expect(gap).toBeLessThanOrEqual(250);
        }
      }
    }
    report(JSON.stringify(figures, null, 1));
  });

  it("a burst that is cut off ends within 25 ms and without a click", async () => {
    const page = await open("no-user-gesture-required");
    const samples = await page.evaluate(async () => [...(await window.sound.renderCut())]);
    const at = (s: number): number => Math.round(s * 48_000);
    const peak = (from: number, to: number): number => Math.max(...samples.slice(at(from), at(to)).map(Math.abs));
    const step = Math.max(
      ...samples.slice(at(0.25), at(1)).map((sample, i) => Math.abs(sample - samples[at(0.25) + i - 1]!)),
    );
    const stepBefore = Math.max(
      ...samples.slice(at(0.18), at(0.24)).map((sample, i) => Math.abs(sample - samples[at(0.18) + i - 1]!)),
    );
    expect(peak(0.2, 0.25)).toBeGreaterThan(0.3);
    expect(peak(0.275, 1)).toBe(0);
    expect(step).toBeLessThanOrEqual(stepBefore);
  });
});

describe("where the browser wants a press first", () => {
  it("says SOUND OFF, sounds after a press and a Yes, and asks again after a reload", async () => {
    const page = await open("document-user-activation-required");
    expect(await words(page)).toContain("SOUND OFF");
    await unpressed(page, `window.sound.set(["high"])`);
    const after300ms = "new Promise((say) => setTimeout(() => say(window.sound.loudest()), 300))";
    expect(await unpressed(page, after300ms)).toBe(0);
    await unpressed(page, "window.sound.set([])");

    await pressBand(page);
    await until(page, `window.sound.state().kind === "testing"`);
    expect(await words(page)).toContain("Did you hear the test tone?");
    await until(page, "window.sound.loudest() > 0.1");
    await page.getByRole("button", { name: /^Yes/ }).click();
    await until(page, `window.sound.state().kind === "armed"`);
    expect(await words(page)).toBe("");

    await page.reload();
    await until(page, `window.sound.contexts[0]?.state === "suspended"`);
    expect(await words(page)).toContain("SOUND OFF");
    await page.keyboard.press("Space");
    await until(page, `window.sound.state().kind === "testing"`);
  });

  it("takes any key, and Y", async () => {
    const page = await open("document-user-activation-required");
    await page.keyboard.press("Space");
    await until(page, `window.sound.state().kind === "testing"`);
    await page.keyboard.press("y");
    await until(page, `window.sound.state().kind === "armed"`);
  });

  it("a script’s press is no press: blocked, until a person’s", async () => {
    const page = await open("document-user-activation-required");
    await unpressed(page, "document.querySelector('.sound-press').click()");
    await until(page, `window.sound.state().reason === "suspended"`);
    expect(await words(page)).toContain("SOUND BLOCKED");
    await pressBand(page);
    await until(page, `window.sound.state().kind === "testing"`);
    await until(page, "window.sound.loudest() > 0.1");
  });

  it("the band is accessible, before and while it asks", async () => {
    const page = await open("document-user-activation-required");
    const problems = async () =>
      (await new AxeBuilder({ page }).include(".sound-banner").analyze()).violations.map(({ id }) => id);
    expect(await problems()).toEqual([]);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByText("Did you hear the test tone?").waitFor();
    expect(await problems()).toEqual([]);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => window.sound.state().kind === "armed");
  });
});

describe("armed, in a browser", () => {
  async function armed(): Promise<Page> {
    const page = await open("no-user-gesture-required");
    await page.keyboard.press("Space");
    await page.getByText("Did you hear the test tone?").waitFor();
    await page.keyboard.press("y");
    await page.waitForFunction(() => window.sound.state().kind === "armed");
    // The test tone is over, and half a second more.
    await page.waitForFunction(() =>
      window.sound.starts.every(({ toS }) => Number(window.sound.contexts.at(-1)?.currentTime) > toS + 0.5),
    );
    await page.evaluate(() => window.sound.forget());
    return page;
  }

  it("arms itself after a reload where no press is needed and someone has heard it", async () => {
    const page = await armed();
    await page.reload();
    await page.waitForFunction(() => window.sound.state().kind === "armed");
  });

  it("the first sample of a tone follows its alarm, and bursts never overlap", async () => {
    const page = await armed();
    await page.evaluate(async () => {
      window.sound.starts.length = 0;
      for (let round = 0; round < 10; round++) {
        window.sound.set(["medium"]);
        await new Promise((next) => setTimeout(next, 60));
        window.sound.set(["medium", "high"]);
        await new Promise((next) => setTimeout(next, 60));
        window.sound.set([]);
        await new Promise((next) => setTimeout(next, 600));
      }
    });
    const starts = await page.evaluate(() => window.sound.starts);
    expect(starts).toHaveLength(20);
    starts.slice(1).forEach(({ fromS }, index) => {
      expect(fromS).toBeGreaterThanOrEqual(starts[index]!.toS);
    });
    const delays = starts.map(({ delayMs }) => delayMs).sort((a, b) => a - b);
    report("alarm to first sample, ms:", delays[5], delays[15], delays.at(-1));
    expect(delays.at(-1)).toBeLessThan(100);
  });

  it("a suspended context is found, told and resumed, and the alarm is heard again", async () => {
    const page = await armed();
    await page.evaluate(() => window.sound.set(["high"]));
    await until(page, "window.sound.loudest() > 0.3");
    await page.evaluate(() => window.sound.contexts.at(-1)?.suspend());
    await page.waitForFunction(() => window.sound.state().kind === "blocked");
    await page.evaluate(() => window.sound.forget());
    await page.getByRole("button", { name: /SOUND BLOCKED/ }).waitFor();
    await page.waitForFunction(() => window.sound.state().kind === "armed");
    await until(page, "window.sound.loudest() > 0.3");
  });

  it("a context that was closed under it is replaced", async () => {
    const page = await armed();
    await page.evaluate(() => window.sound.contexts.at(-1)?.close());
    await page.waitForFunction(() => window.sound.state().kind === "blocked");
    await page.waitForFunction(() => window.sound.state().kind === "armed", undefined, { timeout: 50_000 });
    await page.evaluate(() => window.sound.set(["high"]));
    await until(page, "window.sound.loudest() > 0.3");
  });

  it("output that is silent while a burst plays is found", async () => {
    const page = await armed();
    await page.evaluate(() => {
      AudioContext.prototype.createOscillator = function silent() {
        return new OscillatorNode(this, { detune: -153_600 });
      };
      window.sound.set(["high"]);
    });
    await page.waitForFunction(() => window.sound.state().reason === "silent-output");
    await page.getByRole("button", { name: /SOUND BLOCKED/ }).waitFor();
  });
});

interface Found {
  /** The effective length, above 90 % of the peak; ms. */
  readonly from: number;
  readonly to: number;
  readonly rise: number;
  readonly fall: number;
}

const PER_MS = 4;

/** Loudness over time: the root of the mean square in a Hann window of 6 ms, every quarter of a millisecond. */
function envelopeOf(samples: Float64Array, rate: number): number[] {
  const half = Math.round(0.003 * rate);
  const weights = Array.from({ length: 2 * half }, (_, i) => 1 - Math.cos((Math.PI * (i + 0.5)) / half));
  const steps = Math.floor((samples.length / rate) * 1000 * PER_MS);
  return Array.from({ length: steps }, (_, index) => {
    const centre = Math.round((index / PER_MS / 1000) * rate);
    let sum = 0;
    weights.forEach((weight, i) => {
      sum += weight * (samples[centre - half + i] ?? 0) ** 2;
    });
    return Math.sqrt(sum / (2 * half));
  });
}

function findPulses(samples: Float64Array, rate: number): Found[] {
  const envelope = envelopeOf(samples, rate);
  const half = 0.5 * Math.max(...envelope);
  const loud = envelope.filter((one) => one > half).sort((a, b) => a - b);
  const top = loud[Math.floor(loud.length * 0.6)] ?? 0;
  const found: Found[] = [];
  const isAbove = (share: number, at: number): boolean => (envelope[at] ?? 0) >= share * top;
  for (let at = 0; at < envelope.length; at++) {
    if (!isAbove(0.1, at)) continue;
    let end = at;
    while (isAbove(0.1, end)) end++;
    let from = at;
    while (!isAbove(0.9, from)) from++;
    let to = end;
    while (!isAbove(0.9, to - 1)) to--;
    found.push({ from: from / PER_MS, to: to / PER_MS, rise: (from - at) / PER_MS, fall: (end - to) / PER_MS });
    at = end;
  }
  return found;
}

/** How strong each frequency is in the steady part of a pulse (Hann window, Goertzel). */
function spectrumOf(samples: Float64Array, rate: number, { from, to }: Found): (hz: number) => number {
  const steady = samples.slice(Math.round(((from + 8) * rate) / 1000), Math.round(((to - 8) * rate) / 1000));
  const windowed = steady.map((sample, i) => sample * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / (steady.length - 1))));
  return (hz) => {
    const turn = 2 * Math.cos((2 * Math.PI * hz) / rate);
    let one = 0;
    let two = 0;
    for (const sample of windowed) {
      const next = sample + turn * one - two;
      two = one;
      one = next;
    }
    return Math.sqrt(one * one + two * two - turn * one * two);
  };
}

/** The lowest frequency with a peak within 15 dB of the strongest, to half a hertz. */
function fundamental(at: (hz: number) => number): number {
  const steps = Array.from({ length: 800 }, (_, index) => 40 + 5 * index);
  const spectrum = steps.map(at);
  const least = Math.max(...spectrum) * 10 ** (-15 / 20);
  const rough = steps.find((_, i) => {
    const here = spectrum[i] ?? 0;
    return here > least && here >= (spectrum[i - 1] ?? 0) && here >= (spectrum[i + 1] ?? 0);
  });
  if (rough === undefined) throw new Error("a pulse without a pitch");
  const fine = Array.from({ length: 21 }, (_, index) => rough - 5 + index / 2);
  return fine.reduce((best, hz) => (at(hz) > at(best) ? hz : best));
}

/** Levels of the second and higher harmonics up to 4000 Hz, relative to the fundamental. */
function harmonics(at: (hz: number) => number, hz: number): number[] {
  const levels: number[] = [];
  for (let n = 2; n * hz <= 4000; n++) levels.push(toDb(at(n * hz) / at(hz)));
  return levels;
}

const toDb = (ratio: number): number => 20 * Math.log10(ratio);
const round = (value: number): number => Math.round(value * 10) / 10;
