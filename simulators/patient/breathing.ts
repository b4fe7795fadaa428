/**
 * What a pause of breathing does to SpO₂: the lungs' oxygen is used up in a straight line and comes back fast with the
 * next breaths; haemoglobin holds on to it first and then lets go (Severinghaus' curve, J Appl Physiol 46, 1979); the
 * finger sees it with the blood's delay. Closed forms of time: any instant can be asked for in any order. For simulation.
 */
import type { DurationMs } from "@vigil/shared/ids";

/** Breathing that is less than it should be, for a while. */
export interface Apnoea {
  /** When it begins and ends, on any one time line. */
  readonly from: DurationMs;
  readonly to: DurationMs;
  /** Share of breathing that is lost: 1 is none at all. */
  readonly depth: number;
  /** The chest still moves against a closed airway: the monitor's respiratory rate knows nothing of it. */
  readonly obstructed: boolean;
}

/** About 250 mL/min out of two and a half litres on room air, as mmHg of oxygen tension a second. */
const FALLS_MMHG_PER_S = 0.85;
const LEAST_MMHG = 24;
const RECOVERS_S = 9;
/** From lung to finger. */
const DELAY_MS = 12_000;
/** After so many time constants of recovery nothing is left of it. */
const FORGOTTEN_S = 8 * RECOVERS_S;

/** Saturation in % at an oxygen tension in mmHg. */
const saturation = (mmHg: number): number => 100 / (1 + 23_400 / (mmHg * mmHg * mmHg + 150 * mmHg));

/** The tension at which a saturation holds: by halving, twenty times. */
function tension(spo2: number): number {
  let [low, high] = [LEAST_MMHG, 200];
  for (let i = 0; i < 20; i += 1) {
    const middle = (low + high) / 2;
    if (saturation(middle) < spo2) low = middle;
    else high = middle;
  }
  return low;
}

/** SpO₂ in % at `at`, for a patient who rests at `restSpo2`. */
export function spo2During(apnoeas: readonly Apnoea[], restSpo2: number, at: DurationMs): number {
  let lowest = restSpo2;
  for (const apnoea of apnoeas) {
    const now = at - DELAY_MS;
    if (now <= apnoea.from || now >= apnoea.to + FORGOTTEN_S * 1000) continue;
    const rest = tension(Math.min(restSpo2, 99.5));
    const lackedS = (Math.min(now, apnoea.to) - apnoea.from) / 1000;
    // Breathing in part gives a part of the oxygen: the tension settles where use and supply meet.
    const floor = rest - (rest - LEAST_MMHG) * apnoea.depth;
    const fallen = Math.max(floor, rest - FALLS_MMHG_PER_S * apnoea.depth * lackedS);
    const backS = Math.max(0, now - apnoea.to) / 1000;
    lowest = Math.min(lowest, saturation(rest - (rest - fallen) * relaxation(backS / RECOVERS_S)));
  }
  return lowest;
}

/** 1 falling to 0 like an exponential, by plain arithmetic: the same bits on any machine. */
const relaxation = (x: number): number => 1 / (1 + x + (x * x) / 2 + (x * x * x) / 6 + (x * x * x * x) / 24);

/** The share of the respiratory rate that a monitor can see at `at`. */
export function breathsDuring(apnoeas: readonly Apnoea[], at: DurationMs): number {
  let share = 1;
  for (const { from, to, depth, obstructed } of apnoeas) {
    if (!obstructed && at >= from && at < to) share = Math.min(share, 1 - depth);
  }
  return share;
}
