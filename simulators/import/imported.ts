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

/** Puts measurements, in time order, into a feed of one bay; a value that no monitor can report is taken as not valid. */
export function feedOf(
  title: string,
  bay: BayId,
  measured: readonly Measured[],
  { startedAt, cadence, remarks }: { startedAt: AtMs | null; cadence: number; remarks: readonly string[] },
): Imported {
  let impossible = 0;
  const lines = measured.map(({ at, values }): FeedLine => {
    const taken: { [V in Vital]?: number | null } = {};
    for (const vital of VITALS) {
      const value = values[vital];
      if (value === undefined) continue;
      const { min, max } = VITAL_FACTS[vital].plausible;
      const possible = value === null || (value >= min && value <= max);
      if (!possible) impossible += 1;
      taken[vital] = possible ? value : null;
    }
    return { at, bay, values: taken, command: null, other: {} };
  });
  const said = impossible === 0 ? [] : [`${impossible} values that no monitor can report were taken as not valid`];
  const start = startedAt === null ? {} : { startedAt: new Date(startedAt).toISOString() };
  return { header: { title, bays: [bay], ...start, cadence, other: {} }, lines, remarks: [...remarks, ...said] };
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
