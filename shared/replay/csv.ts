import { CSV_BEGINS, csvLine } from "../csv/index.ts";
import type { AtMs } from "../ids/index.ts";
import type { ComparedSource, Comparison, Difference } from "./compare.ts";
import type { Episode } from "./episodes.ts";

const COLUMNS = [
  "change",
  "bay",
  "session",
  "alarm",
  "priority before",
  "raised before",
  "cleared before",
  "priority after",
  "raised after",
  "cleared after",
] as const;

/** Every difference as a row; instants in ISO 8601, UTC; an empty cell: there is none, or it still stood at the end. */
export const comparisonCsv = ({ differences }: Comparison): string =>
  CSV_BEGINS + [COLUMNS, ...differences.map(rowOf)].map(csvLine).join("");

function rowOf(difference: Difference): readonly string[] {
  const { kind, before, after } = difference;
  const { bay, session, alarm } = kind === "lost" ? before : after;
  return [kind, bay, session ?? "", alarm, ...cellsOf(before), ...cellsOf(after)];
}

const cellsOf = (episode: Episode | null): string[] =>
  episode === null ? ["", "", ""] : [episode.priority, iso(episode.raisedAt), iso(episode.clearedAt)];

const iso = (at: AtMs | null): string => (at === null ? "" : new Date(at).toISOString());

const SUM_COLUMNS = [
  ...["source", "priority", "alarms before", "alarms after", "minutes before", "minutes after"],
  ...["gained", "lost", "moved"],
];

/** Sums by source and priority as rows; minutes with three decimals. */
export const sourcesCsv = (sources: readonly ComparedSource[]): string =>
  CSV_BEGINS +
  [
    SUM_COLUMNS,
    ...sources.map(({ source, priority, before, after, gained, lost, moved }) => [
      ...[source, priority, before.alarms, after.alarms],
      ...[before, after].map(({ standingMs }) => (standingMs / 60_000).toFixed(3)),
      ...[gained, lost, moved],
    ]),
  ]
    .map(csvLine)
    .join("");
