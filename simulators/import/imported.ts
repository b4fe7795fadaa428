/** What an import gives: lines of a feed, and what a person should know of how they came about. */
import type { AtMs, BayId, DurationMs } from "@vigil/shared/ids";
import { type ReadingValues, VITAL_FACTS, VITALS, type Vital } from "@vigil/shared/vitals";
import type { FeedHeader, FeedLine } from "../feed/index.ts";

export interface Imported {
  readonly header: FeedHeader;
  readonly lines: readonly FeedLine[];
  /** Sentences: where the file was cut off, what was not taken. */
  readonly remarks: readonly string[];
}

/** Nothing can be made of the file: "file:line: sentence". */
export class ImportError extends Error {
  constructor(path: string, line: number | null, reason: string) {
    super(line === null ? `${path}: ${reason}` : `${path}:${line}: ${reason}`);
    this.name = "ImportError";
  }
}

export interface Measured {
  readonly at: DurationMs;
  readonly values: ReadingValues;
}

/** What was measured at one bay, in time order. */
export interface BayMeasured {
  readonly bay: BayId;
  readonly measured: readonly Measured[];
  /** Seconds. */
  readonly cadence: number;
}

/** Puts measurements into a feed; a value that no monitor can report is taken as not valid. */
export function feedOf(
  title: string,
  bays: readonly BayMeasured[],
  { startedAt, remarks }: { startedAt: AtMs | null; remarks: readonly string[] },
): Imported {
  let impossible = 0;
  const possible = (values: ReadingValues): ReadingValues => {
    const taken: { [V in Vital]?: number | null } = {};
    for (const vital of VITALS) {
      const value = values[vital];
      if (value === undefined) continue;
      const { min, max } = VITAL_FACTS[vital].plausible;
      const isPossible = value === null || (value >= min && value <= max);
      if (!isPossible) impossible += 1;
      taken[vital] = isPossible ? value : null;
    }
    return taken;
  };
  const cadences = new Set(bays.map(({ cadence }) => cadence));
  const [only] = cadences;
  const cadence = cadences.size > 1 ? null : (only ?? 1);
  const lines = bays
    .flatMap(({ bay, measured, cadence: own }) =>
      measured.map(({ at, values }): FeedLine => {
        const recorded = cadence === null ? { recorded: { cadence: own } } : {};
        return { at, bay, values: possible(values), command: null, other: {}, ...recorded };
      }),
    )
    .sort((a, b) => a.at - b.at);
  const many =
    impossible === 1
      ? "1 value that no monitor can report was"
      : `${impossible} values that no monitor can report were`;
  const said = impossible === 0 ? [] : [`${many} taken as not valid`];
  const start = startedAt === null ? {} : { startedAt: new Date(startedAt).toISOString() };
  const header = { title, bays: bays.map(({ bay }) => bay), ...start, cadence, other: {} };
  return { header, lines, remarks: [...remarks, ...said] };
}

/** The usual time between two measurements, in seconds: the median. */
export function usualCadence(times: readonly DurationMs[]): number {
  const gaps = times.slice(1).flatMap((at, i) => (at > (times[i] ?? at) ? [at - (times[i] ?? at)] : []));
  const middle = gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)];
  return middle === undefined ? 1 : Math.min(86_400, middle / 1000);
}

/** Instants: ISO 8601, a space for the T allowed; without a zone UTC. `null`: not an instant. */
export function instantOf(text: string): AtMs | null {
  const parts = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?) ?(Z|[+-]\d\d:?\d\d)?$/.exec(text.trim());
  if (parts === null) return null;
  const at = Date.parse(`${parts[1]}T${parts[2]}${parts[3] ?? "Z"}`);
  return Number.isNaN(at) ? null : at;
}
