/** A scenario as it happens in one session. */
import type { AtMs, DurationMs } from "@vigil/shared/ids";
import type { Fault, MonitorTrouble } from "../monitor/index.ts";
import { NO_MONITOR_TROUBLE } from "../monitor/index.ts";
import { type Apnoea, NO_TROUBLE, type Trouble, type Truth } from "../patient/index.ts";
import { type Random, randomFrom } from "../random/index.ts";
import type { Episode, Mark, Scenario } from "./scenario.ts";

/** When each time line of a session began; `null`: not yet. */
export type Marks = { readonly [M in Mark]: AtMs | null };

/** What holds at one instant. */
export interface Circumstances {
  readonly body: Trouble;
  readonly monitor: MonitorTrouble;
}

interface Occurrence {
  readonly since: Mark;
  readonly from: DurationMs;
  readonly rise: DurationMs;
  readonly hold: DurationMs;
  readonly fall: DurationMs;
  readonly changes: Partial<Truth>;
  readonly apnoea: Pick<Apnoea, "depth" | "obstructed"> | null;
  readonly fault: Fault | null;
  readonly delayMs: DurationMs;
  readonly clock: { readonly stepMs: DurationMs; readonly driftMsPerMin: number } | null;
}

const VITALS_OF_TRUTH = ["hr", "spo2", "rr", "sbp", "dbp"] as const satisfies readonly (keyof Truth)[];
const NOTHING: Circumstances = { body: NO_TROUBLE, monitor: NO_MONITOR_TROUBLE };
/** So long after breathing is back the finger may still show that it was away. */
const APNOEA_ECHO_MS = 120_000;

/** The scenario as it happens in one session: what holds at an instant, by the session's marks. */
export function timeline(scenario: Scenario, seed: number, session: string): (at: AtMs, marks: Marks) => Circumstances {
  const random = randomFrom(seed, `scenario/${session}`);
  const occurrences = scenario.episodes.flatMap((episode) => occurrencesOf(episode, random));
  return (at, marks) => {
    const now = occurrences.flatMap((each) => {
      const origin = marks[each.since];
      return origin !== null && isNear(each, at - origin) ? [{ each, origin, since: at - origin }] : [];
    });
    return now.length === 0 ? NOTHING : circumstances(now);
  };
}

interface Happening {
  readonly each: Occurrence;
  readonly origin: AtMs;
  readonly since: DurationMs;
}

function circumstances(now: readonly Happening[]): Circumstances {
  const changes: Partial<Record<keyof Truth, number>> = {};
  const faults = new Set<Fault>();
  const apnoeas: Apnoea[] = [];
  let delayMs = 0;
  let clockMs = 0;
  for (const { each, origin, since } of now) {
    if (each.apnoea !== null) {
      const from = origin + each.from;
      apnoeas.push({ from, to: from + each.rise + each.hold, ...each.apnoea });
    }
    const strong = strength(each, since);
    if (strong === 0) continue;
    if (each.fault !== null) faults.add(each.fault);
    delayMs = Math.max(delayMs, each.delayMs);
    if (each.clock !== null) {
      clockMs += Math.round(each.clock.stepMs + (each.clock.driftMsPerMin * (since - each.from)) / 60_000);
    }
    for (const vital of VITALS_OF_TRUTH) {
      const change = each.changes[vital];
      if (change !== undefined) changes[vital] = (changes[vital] ?? 0) + change * strong;
    }
  }
  return { body: { changes, apnoeas }, monitor: { faults, delayMs, clockMs } };
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

function occurrenceAt(fromMin: number, episode: Episode, random: Random): Occurrence {
  const { riseS, holdS, fallS, changes, apnoea, fault, delayS, clock } = episode;
  const heights: Partial<Record<keyof Truth, number>> = {};
  for (const vital of VITALS_OF_TRUTH) {
    const range = changes?.[vital];
    if (range !== undefined) heights[vital] = random.within(range);
  }
  return {
    since: episode.since,
    from: fromMin * 60_000,
    rise: random.within(riseS) * 1000,
    hold: random.within(holdS) * 1000,
    fall: random.within(fallS) * 1000,
    changes: heights,
    apnoea: apnoea === undefined ? null : { depth: random.within(apnoea.depth), obstructed: apnoea.obstructed },
    fault: fault ?? null,
    delayMs: delayS === undefined ? 0 : Math.round(random.within(delayS) * 1000),
    clock:
      clock === undefined
        ? null
        : { stepMs: random.within(clock.stepS) * 1000, driftMsPerMin: random.within(clock.driftSPerMin) * 1000 },
  };
}

const isNear = ({ from, rise, hold, fall, apnoea }: Occurrence, since: DurationMs): boolean =>
  since >= from && since < from + rise + hold + fall + (apnoea === null ? 0 : APNOEA_ECHO_MS);

/** 0 outside, 1 while it holds, between them a smooth slope. */
function strength({ from, rise, hold, fall }: Occurrence, at: DurationMs): number {
  const since = at - from;
  if (since < 0 || since >= rise + hold + fall) return 0;
  const x = since < rise ? since / rise : since < rise + hold ? 1 : 1 - (since - rise - hold) / fall;
  return x * x * (3 - 2 * x);
}
