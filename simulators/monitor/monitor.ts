/** A simulated bedside monitor: turns what is true of the patient into what a monitor sends. */
import type { AtMs, DurationMs } from "@vigil/shared/ids";
import type { ReadingValues } from "@vigil/shared/vitals";
import type { Truth } from "../patient/index.ts";
import { type Random, randomFrom } from "../random/index.ts";
import { newAverage } from "./average.ts";
import { newCuff } from "./cuff.ts";
import type { MonitorTrouble } from "./fault.ts";
import { newLine } from "./line.ts";
import type { Message } from "./message.ts";

/** It looks at the patient once a second, however seldom it sends. */
export const MONITOR_STEP_MS = 1000;

export interface MonitorSettings {
  /** Seconds between its messages; a gateway may send once a minute. */
  readonly cadenceS: number;
  /** Over how many seconds it averages SpO₂. */
  readonly averagingS: number;
  /** A cuff on the probe's arm blanks SpO₂ while it measures. */
  readonly cuffOnProbeArm: boolean;
}

export const USUAL_MONITOR: MonitorSettings = { cadenceS: 1, averagingS: 8, cuffOnProbeArm: false };

export interface Monitor {
  /** The nurse presses "measure pressure". */
  measurePressure(at: AtMs): void;
  /** What comes from it at `at`. To be called once a second, in time order. */
  read(at: AtMs, truth: Truth, trouble: MonitorTrouble, cuffInterval: DurationMs): readonly Message[];
}

/** How long the probe needs after the cuff on its arm has let go; with the measurement less than 60 s (clinical.md). */
const PROBE_RECOVERS_MS = 10_000;
const AVERAGES_HR_S = 5;
/** Breaths are counted over a longer time (practice). */
const AVERAGES_RR_S = 15;
/** From power to the first valid values. */
const STARTS_UP_MS = 12_000;
/** No monitor's clock is exact (ms). */
const CLOCK_OFF_BY = 400;

export function newMonitor(seed: number, name: string, settings: MonitorSettings): Monitor {
  const random = randomFrom(seed, `monitor/${name}`);
  const cuff = newCuff(randomFrom(seed, `cuff/${name}`));
  const line = newLine();
  const clockMs = Math.round(random.within([-CLOCK_OFF_BY, CLOCK_OFF_BY]));
  const averages = {
    hr: newAverage(AVERAGES_HR_S),
    spo2: newAverage(settings.averagingS),
    rr: newAverage(AVERAGES_RR_S),
  };
  let probeBlindUntil = Number.NEGATIVE_INFINITY;
  let poweredAt = Number.NEGATIVE_INFINITY;
  let nextAt: AtMs | null = null;
  let pressure: ReadingValues | null = null;
  let shown: ReadingValues = {};

  /** What it would show on its own screen now; the pressure of a measurement that just ended included. */
  function look(at: AtMs, truth: Truth, { faults }: MonitorTrouble, cuffInterval: DurationMs): void {
    const moving = faults.has("artefact");
    const measured = cuff.step(at, truth, { leaks: faults.has("cuff-leaks"), moving }, cuffInterval);
    if (measured !== null) pressure = measured;
    if (settings.cuffOnProbeArm && cuff.measuring) probeBlindUntil = at + PROBE_RECOVERS_MS;
    const startsUp = at < poweredAt + STARTS_UP_MS;
    const noLeads = startsUp || faults.has("leads-off");
    const blind = startsUp || faults.has("probe-off") || at < probeBlindUntil;
    const seen = moving ? shaken(truth, random) : truth;
    const means = {
      hr: averages.hr.take(noLeads ? null : seen.hr),
      spo2: averages.spo2.take(blind ? null : seen.spo2),
      rr: averages.rr.take(noLeads ? null : seen.rr),
    };
    if (faults.has("frozen")) return;
    shown = { hr: whole(means.hr), spo2: whole(means.spo2), rr: whole(means.rr) };
  }

  function message(at: AtMs, trouble: MonitorTrouble): Message | null {
    nextAt ??= at;
    if (at < nextAt) return null;
    nextAt += settings.cadenceS * 1000;
    const values = pressure === null ? shown : { ...shown, ...pressure };
    pressure = null;
    return { measuredAt: at + clockMs + trouble.clockMs, cadenceS: settings.cadenceS, values };
  }

  return {
    measurePressure: (at) => cuff.start(at),
    read(at, truth, trouble, cuffInterval) {
      if (trouble.faults.has("off")) {
        poweredAt = at;
        nextAt = null;
        pressure = null;
        cuff.restart(at);
        return line.carry(at, null, trouble);
      }
      look(at, truth, trouble, cuffInterval);
      return line.carry(at, message(at, trouble), trouble);
    },
  };
}

const whole = (value: number | null): number | null => (value === null ? null : Math.round(value));

/** What a moving arm makes of heart rate and SpO₂. */
function shaken(truth: Truth, random: Random): Truth {
  return { ...truth, hr: truth.hr + random.within([-12, 35]), spo2: truth.spo2 - random.within([1, 9]) };
}
