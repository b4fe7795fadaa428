import type { Page } from "playwright-core";
import { BOARD_BAYS, launchWallBrowser, openPage, saveBoard, WALL_PATH } from "./browser.ts";
import { type Feed, LEAST_ALARMING_SBP, NUMBERED_CYCLE_S } from "./feed.ts";
import { atMost, type Figure, percentile } from "./figure.ts";
import type { SentReading } from "./gateways.child.ts";
import type { Pages } from "./pages.ts";
import type { Plan } from "./plan.ts";
import { recordInPage, recordTones, type SeenNumber, takeFromPage, takeTones } from "./recorder.ts";
import { type LoadedWard, sleep, THOUSAND_BAYS, vigilUnderLoad } from "./ward-under-load.ts";
import type { Workshop } from "./workshop.ts";

/** What is not on the screen by then is lost. */
const PATIENCE_S = 0.7;
/** Both ends read the machine's clock in whole milliseconds. */
const CLOCK_STEP_MS = 1;
const LEAST_ALARMS = 100;
/** A burst lasts 1.1 s, and the next one waits half a second: alarms of one bay in this time are each heard at once. */
const LONE_ALARM_EVERY_S = 2;

export async function benchScreen(workshop: Workshop, pages: Pages, plan: Plan): Promise<Figure[]> {
  const ward = await vigilUnderLoad(workshop, { ...THOUSAND_BAYS, numbered: BOARD_BAYS }, pages.directory, BOARD_BAYS);
  try {
    return await benchScreenOf(workshop, ward, plan);
  } finally {
    await ward.stop();
  }
}

/**
 * From a reading leaving its gateway to its number, or the alarm it completes, on a wall in a real browser.
 * @param ward whose first bays, as many as a wall has, are numbered
 */
export async function benchScreenOf(workshop: Workshop, ward: LoadedWard, { screen }: Plan): Promise<Figure[]> {
  const browser = await launchWallBrowser(workshop);
  try {
    await saveBoard(ward.url);
    const page = await openPage(browser, ward.url + WALL_PATH, (opened) => opened.addInitScript(recordTones));
    await page.evaluate(recordInPage);
    await sleep(screen.warmUpS);
    const lone = { kind: "alarming", everyS: LONE_ALARM_EVERY_S, bays: 1 } as const;
    await page.evaluate(takeTones);
    const calm = await watched(ward, page, lone, screen.readingsS);
    const readings = delays("hr", calm);
    const tones = toneDelays(calm, await page.evaluate(takeTones));
    const alarming = { kind: "alarming", everyS: screen.alarmEveryS, bays: BOARD_BAYS } as const;
    const crowded = await watched(ward, page, alarming, screen.alarmsS);
    const alarms = delays("alarm", crowded, { standing: lone.bays });
    const inDom = delays("alarm", crowded, { standing: lone.bays, until: "inDomAt" });
    if (alarms.length < LEAST_ALARMS) throw new Error(`only ${alarms.length} alarms were raised`);
    const { bays, walls } = THOUSAND_BAYS;
    const at = `at ${bays} bays × 1 Hz × ${walls} walls, from the gateway to the picture handed over by the page`;
    return [
      atMost("reading → screen, p50", percentile(readings, 0.5), 60, "ms", `${described(readings)}; ${at}`),
      atMost("reading → screen, p99", percentile(readings, 0.99), 150, "ms", described(readings)),
      atMost(
        "alarm → screen, p99",
        percentile(alarms, 0.99),
        50,
        "ms",
        `${described(alarms)}; one in ${screen.alarmEveryS} s in each bay`,
      ),
      atMost("alarm → DOM, p99", percentile(inDom, 0.99), 50, "ms", described(inDom)),
      atMost(
        "alarm → first sample of its tone, p99",
        percentile(tones, 0.99),
        150,
        "ms",
        `${described(tones)}; one bay, one in ${LONE_ALARM_EVERY_S} s, through the browser's own buffer`,
      ),
    ];
  } finally {
    await browser.close();
  }
}

interface Watched {
  readonly sent: readonly SentReading[];
  readonly seen: readonly SeenNumber[];
}

async function watched(ward: LoadedWard, page: Page, feed: Feed, seconds: number): Promise<Watched> {
  await page.evaluate(takeFromPage);
  await ward.gateways.call("note", feed);
  await sleep(seconds);
  const sent = await ward.gateways.call("noted");
  await sleep(PATIENCE_S);
  return { sent, seen: await page.evaluate(takeFromPage) };
}

interface DelayOptions {
  readonly until?: "inDomAt" | "paintedAt";
  /** So many bays from the first may still alarm from before, and cannot anew until their cuff was within the limits. */
  readonly standing?: number;
}

/** For everything sent, ms until it was seen; what was never seen took for ever. */
function delays(
  what: SeenNumber["what"],
  { sent, seen }: Watched,
  { until = "paintedAt", standing = 0 }: DelayOptions = {},
): number[] {
  const stands = new Set(Array.from({ length: standing }, (_, n) => n + 1));
  const seenAt = Map.groupBy(
    seen.filter((one) => one.what === what),
    ({ bay, value }) => `${bay} ${value}`,
  );
  return sent.flatMap(([bay, hr, sbp, at]) => {
    const value = what === "hr" ? hr : sbp;
    if (sbp !== null && sbp < LEAST_ALARMING_SBP) stands.delete(bay);
    if (value === null || (what === "alarm" && (value < LEAST_ALARMING_SBP || stands.has(bay)))) return [];
    const found = seenAt.get(`${bay} ${value}`)?.find(({ paintedAt }) => {
      const delay = paintedAt - at;
      return delay >= -CLOCK_STEP_MS && delay < (NUMBERED_CYCLE_S / 2) * 1000;
    });
    return [found === undefined ? Number.POSITIVE_INFINITY : found[until] - at];
  });
}

/** For every alarm sent, ms until its burst began. */
function toneDelays({ sent }: Watched, tones: readonly number[]): number[] {
  return sent.flatMap(([, , sbp, at]) => {
    if (sbp === null || sbp < LEAST_ALARMING_SBP) return [];
    const heard = tones.find((tone) => tone >= at - CLOCK_STEP_MS);
    const inTime = heard !== undefined && heard - at < LONE_ALARM_EVERY_S * 1000;
    return [inTime ? heard - at : Number.POSITIVE_INFINITY];
  });
}

function described(all: readonly number[]): string {
  const seen = all.filter(Number.isFinite);
  const lost = all.length - seen.length;
  const figure = (share: number) => percentile(seen, share).toFixed(0);
  return `${seen.length} seen, ${lost} not; p50 ${figure(0.5)}, p90 ${figure(0.9)}, p99 ${figure(0.99)}, most ${figure(1)} ms`;
}
