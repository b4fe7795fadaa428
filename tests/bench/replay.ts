/** A day of a ward, decided again: in Node, in the browser's worker, and any instant of it reached. */

import { startServer, systemClock } from "@vigil/server";
import type { BayInput } from "@vigil/shared/bay";
import { feedLineOf, headerText, lineText } from "@vigil/shared/feed";
import { bayIdSchema } from "@vigil/shared/ids";
import { protocolSchema } from "@vigil/shared/protocol";
import { Replay, type ReplayInput } from "@vigil/shared/replay";
import { commandSchema } from "@vigil/shared/session";
import pino from "pino";
import { launchWallBrowser, signIn } from "./browser.ts";
import { CLINIC, cuffValues, feedValues, secondsSinceCuff } from "./feed.ts";
import { atMost, type Figure, median, percentile, spread } from "./figure.ts";
import type { Pages } from "./pages.ts";
import { act, OBSERVATION, sessionsUnderWay } from "./sessions.ts";
import type { Workshop } from "./workshop.ts";

const BAYS = 8;
const SECONDS = 3 * 3600;
const ROUNDS = 7;
const INFUSION_S = 3600;
const OBSERVED_EVERY_S = 14 * 60;
const END = commandSchema.parse({ type: "end-infusion" });
const SEEKS = 200;
const BEGUN_AT = Date.UTC(2026, 2, 2, 9);

/** 86,400 readings, and what opens the sessions. */
function day(): ReplayInput[] {
  const inputs = sessionsUnderWay(BAYS, 0, BEGUN_AT).flatMap(({ bay, inputs: opening }) =>
    opening.map((input): ReplayInput => ({ bay, input })),
  );
  inputs.sort((a, b) => a.input.at - b.input.at);
  for (let second = 0; second < SECONDS; second += 1) {
    for (let bay = 1; bay <= BAYS; bay += 1) {
      for (const input of people(bay, second)) inputs.push({ bay: bayIdSchema.parse(String(bay)), input });
      const cuff = secondsSinceCuff(bay, second) === 0 ? cuffValues(bay, second) : {};
      const values = { ...feedValues(CLINIC, bay, second), ...cuff };
      const at = BEGUN_AT + second * 1000;
      const id = bayIdSchema.parse(String(bay));
      inputs.push({ bay: id, input: { kind: "reading", at, measuredAt: null, cadenceS: null, values } });
    }
  }
  return inputs;
}

/** A nurse looks after each patient in time, and stops the infusion when it is over. */
function people(bay: number, second: number): BayInput[] {
  const at = BEGUN_AT + second * 1000;
  if (bay % 4 > 0 && second === INFUSION_S) return [act(bay, second, at, END)];
  return second > 0 && (second + bay * 37) % OBSERVED_EVERY_S === 0 ? [act(bay, second, at, OBSERVATION)] : [];
}

export async function benchReplay(workshop: Workshop, pages: Pages): Promise<Figure[]> {
  const inputs = day();
  const settings = { protocol: protocolSchema.parse({}) };
  const runs: number[] = [];
  let events = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const begunAt = performance.now();
    events = new Replay(inputs, settings).log.length;
    runs.push(performance.now() - begunAt);
  }
  const said = `${inputs.length} inputs, ${events} events, ${ROUNDS} runs: ${spread(runs, 0)}`;
  const { decided, seeks } = await inBrowser(workshop, pages, feedText(inputs));
  return [
    atMost("3 h of 8 bays, in Node", median(runs), 200, "ms", said),
    atMost(
      "3 h of 8 bays, in the browser's worker",
      median(decided),
      500,
      "ms",
      `${decided.length} pages: ${spread(decided, 0)}`,
    ),
    atMost(
      "seek, p95",
      percentile(seeks, 0.95),
      50,
      "ms",
      `from the slider to the clock's new text, ${seeks.length} places: p50 ${percentile(seeks, 0.5).toFixed(0)} ms`,
    ),
  ];
}

function feedText(inputs: readonly ReplayInput[]): string {
  const bays = Array.from({ length: BAYS }, (_, i) => bayIdSchema.parse(String(i + 1)));
  const header = { bays, startedAt: new Date(BEGUN_AT).toISOString(), cadence: null, other: {} };
  return [headerText(header), ...inputs.map(({ bay, input }) => lineText(feedLineOf(bay, input, BEGUN_AT)))].join("\n");
}

async function inBrowser(workshop: Workshop, pages: Pages, feed: string) {
  const server = await startServer({
    config: { port: 0, host: "127.0.0.1", dataDir: workshop.newDirectory("replay"), bays: 1, zone: "UTC", demo: true },
    clock: systemClock(),
    log: pino({ level: "warn" }, pino.destination(2)),
    epoch: "bench",
    clientDir: pages.directory,
  });
  const browser = await launchWallBrowser(workshop);
  const decided: number[] = [];
  let seeks: number[] = [];
  try {
    for (let round = 0; round < 3; round += 1) {
      const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
      await signIn(page, server.url, "engineer");
      await page.goto(`${server.url}/replay`);
      const file = { name: "day.ndjson", mimeType: "application/x-ndjson", buffer: Buffer.from(feed) };
      await page.getByLabel("Feed file").setInputFiles(file);
      const note = page.getByText(/decided in \d+ ms/);
      await note.waitFor();
      decided.push(Number(/in (\d+) ms/.exec((await note.textContent()) ?? "")?.[1]));
      await page.locator(".replay-chart path.values").first().waitFor({ state: "attached" });
      if (round === 2) seeks = await page.evaluate(seekAround, SEEKS);
      await page.close();
    }
  } finally {
    await browser.close();
    await server.close();
  }
  return { decided, seeks };
}

/** Within the page: from place to place as by hand. */
async function seekAround(places: number): Promise<number[]> {
  const slider = document.querySelector(".replay-slider");
  const shown = document.querySelector(".replay-clock time");
  if (!(slider instanceof HTMLInputElement) || shown === null) throw new Error("there is no slider");
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set;
  const took: number[] = [];
  for (let i = 1; i <= places; i += 1) {
    const to = Math.floor((((i * 0.618) % 1) * Number(slider.max)) / 1000) * 1000;
    const changed = new Promise<void>((resolve) => {
      const observer = new MutationObserver(() => {
        observer.disconnect();
        resolve();
      });
      observer.observe(shown, { characterData: true, childList: true, subtree: true });
    });
    const begunAt = performance.now();
    set?.call(slider, String(to));
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await changed;
    took.push(performance.now() - begunAt);
  }
  return took;
}
