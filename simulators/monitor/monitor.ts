/** A simulated bedside monitor: turns what is true of the patient into what a monitor sends, once a second. */
import type { AtMs, DurationMs } from "@vigil/shared/ids";
import type { ReadingValues } from "@vigil/shared/vitals";
import type { Truth } from "../patient/index.ts";
import { type Random, randomFrom } from "../random/index.ts";
import type { Fault } from "../scenario/index.ts";
import { newCuff } from "./cuff.ts";

/** Seconds between its readings. */
export const MONITOR_CADENCE_S = 1;
/** How long the probe needs after the cuff on its arm has let go; with the measurement less than 60 s (clinical.md). */
const PROBE_RECOVERS_MS = 10_000;

export interface Monitor {
  /** The nurse presses "measure pressure". */
  measurePressure(at: AtMs): void;
  /** What it sends at `at`; `null` when it sends nothing. To be called at each cadence, in time order. */
  read(at: AtMs, truth: Truth, faults: ReadonlySet<Fault>, cuffInterval: DurationMs): ReadingValues | null;
}

export function newMonitor(seed: number, name: string, cuffOnProbeArm: boolean): Monitor {
  const random = randomFrom(seed, `monitor/${name}`);
  const cuff = newCuff(randomFrom(seed, `cuff/${name}`));
  let probeBlindUntil = Number.NEGATIVE_INFINITY;

  return {
    measurePressure: (at) => cuff.start(at),
    read(at, truth, faults, cuffInterval) {
      const pressure = cuff.step(at, truth, cuffInterval);
      if (cuffOnProbeArm && cuff.measuring) probeBlindUntil = at + PROBE_RECOVERS_MS;
      if (faults.has("drop-out")) return null;
      const blind = faults.has("probe-off") || at < probeBlindUntil;
      const seen = faults.has("artefact") ? shaken(truth, random) : truth;
      return {
        hr: Math.round(seen.hr),
        spo2: blind ? null : Math.round(seen.spo2),
        rr: Math.round(seen.rr),
        ...pressure,
      };
    },
  };
}

/** What a moving arm makes of heart rate and SpO₂. */
function shaken(truth: Truth, random: Random): Truth {
  return { ...truth, hr: truth.hr + random.within([-12, 35]), spo2: truth.spo2 - random.within([1, 9]) };
}
