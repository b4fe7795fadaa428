/** A comparison as text for people: figures of the one set of rules and, under "then", of the other. */
import type { ComparedSource } from "@vigil/shared/replay";
import { VITAL_FACTS, VITALS } from "@vigil/shared/vitals";

const COLUMNS = ["source", "priority", "alarms", "then", "minutes", "then", "gained", "lost", "moved"] as const;

export function whatIfTable(sources: readonly ComparedSource[], done: number, what: string): string {
  const rows = sources.map(({ source, priority, before, after, gained, lost, moved }) => [
    sourceText(source),
    priority,
    ...[before.alarms, after.alarms].map(String),
    ...[before, after].map(({ standingMs }) => (standingMs / 60_000).toFixed(1)),
    ...[gained, lost, moved].map(String),
  ]);
  const sum = (of: (each: ComparedSource) => number): number => sources.reduce((n, each) => n + of(each), 0);
  const total = [
    `all, ${done} ${what}`,
    "",
    String(sum(({ before }) => before.alarms)),
    String(sum(({ after }) => after.alarms)),
    (sum(({ before }) => before.standingMs) / 60_000).toFixed(1),
    (sum(({ after }) => after.standingMs) / 60_000).toFixed(1),
    String(sum(({ gained }) => gained)),
    String(sum(({ lost }) => lost)),
    String(sum(({ moved }) => moved)),
  ];
  const lines = [[...COLUMNS], ...rows, total];
  const widths = COLUMNS.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((text, column) => (column < 2 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function sourceText(source: string): string {
  const vital = VITALS.find((each) => each === source);
  return vital === undefined ? source : VITAL_FACTS[vital].label;
}
