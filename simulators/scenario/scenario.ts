/**
 * A scenario: what kind of patient comes and what befalls them and their monitor, as data on a time line that begins with
 * the infusion. Ranges are drawn anew for each session.
 */
import type { DurationMs } from "@vigil/shared/ids";
import type { Constitution, Truth } from "../patient/index.ts";
import { type Random, type Range, randomFrom } from "../random/index.ts";

/**
 * Troubles of the monitor. `probe-off`: no valid SpO₂; `drop-out`: nothing is sent at all; `artefact`: the patient moves,
 * heart rate and SpO₂ are nonsense.
 */
export type Fault = "probe-off" | "drop-out" | "artefact";

/** Rises, holds and falls; a change of the body, a fault of the monitor, or both. */
export interface Episode {
  /** When it begins, minutes after the infusion began. */
  readonly fromMin: Range;
  /** Comes again after so many minutes, until `untilMin`; left out, it comes once. */
  readonly again?: { readonly everyMin: Range; readonly untilMin: number };
  readonly riseS: Range;
  readonly holdS: Range;
  readonly fallS: Range;
  /** By how much each vital changes at its height, in its unit. */
  readonly changes?: { readonly [V in keyof Truth]?: Range };
  readonly fault?: Fault;
}

export interface Scenario {
  /** One line for `--help`. */
  readonly says: string;
  readonly constitution: Constitution;
  /** A cuff on the probe's arm blanks SpO₂ while it measures. */
  readonly cuffOnProbeArm: boolean;
  readonly episodes: readonly Episode[];
}

/** What holds at one instant. */
export interface Circumstances {
  readonly changes: Partial<Truth>;
  readonly faults: ReadonlySet<Fault>;
}

interface Occurrence {
  readonly from: DurationMs;
  readonly rise: DurationMs;
  readonly hold: DurationMs;
  readonly fall: DurationMs;
  readonly changes: Partial<Truth>;
  readonly fault: Fault | null;
}

const VITALS_OF_TRUTH = ["hr", "spo2", "rr", "sbp", "dbp"] as const satisfies readonly (keyof Truth)[];
const NOTHING: Circumstances = { changes: {}, faults: new Set() };

/** The scenario as it happens in one session: what holds this long after the infusion began. */
export function timeline(scenario: Scenario, seed: number, session: string): (sinceStart: DurationMs) => Circumstances {
  const random = randomFrom(seed, `scenario/${session}`);
  const occurrences = scenario.episodes.flatMap((episode) => occurrencesOf(episode, random));
  return (sinceStart) => {
    const now = occurrences.filter((each) => strength(each, sinceStart) > 0);
    if (now.length === 0) return NOTHING;
    const changes: Partial<Record<keyof Truth, number>> = {};
    const faults = new Set<Fault>();
    for (const each of now) {
      if (each.fault !== null) faults.add(each.fault);
      for (const vital of VITALS_OF_TRUTH) {
        const change = each.changes[vital];
        if (change !== undefined) changes[vital] = (changes[vital] ?? 0) + change * strength(each, sinceStart);
      }
    }
    return { changes, faults };
  };
}

function occurrencesOf(episode: Episode, random: Random): Occurrence[] {
  const { again } = episode;
  const found: Occurrence[] = [];
  let fromMin = random.within(episode.fromMin);
  do {
    found.push(occurrenceAt(fromMin, episode, random));
    fromMin += again === undefined ? 0 : random.within(again.everyMin);
  } while (again !== undefined && fromMin < again.untilMin);
  return found;
}

function occurrenceAt(fromMin: number, { riseS, holdS, fallS, changes, fault }: Episode, random: Random): Occurrence {
  const heights: Partial<Record<keyof Truth, number>> = {};
  for (const vital of VITALS_OF_TRUTH) {
    const range = changes?.[vital];
    if (range !== undefined) heights[vital] = random.within(range);
  }
  return {
    from: fromMin * 60_000,
    rise: random.within(riseS) * 1000,
    hold: random.within(holdS) * 1000,
    fall: random.within(fallS) * 1000,
    changes: heights,
    fault: fault ?? null,
  };
}

/** 0 outside, 1 while it holds, between them a smooth slope. */
function strength({ from, rise, hold, fall }: Occurrence, at: DurationMs): number {
  const since = at - from;
  if (since < 0 || since >= rise + hold + fall) return 0;
  const x = since < rise ? since / rise : since < rise + hold ? 1 : 1 - (since - rise - hold) / fall;
  return x * x * (3 - 2 * x);
}
