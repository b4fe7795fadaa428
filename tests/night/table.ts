/** The night as text: a line for each bay, each alarm, and the whole. */
import { COLUMNS, type Counts } from "./books.ts";
import type { NightReport } from "./report.ts";

const HEADINGS = [
  "raised",
  "moved",
  "escal",
  "deesc",
  "unkn",
  "acked",
  "remind",
  "cleared",
  "latched",
  "stand",
] as const;
const LADDER = ["queued", "sent", "confd", "failed", "cancd"] as const;

export function nightTables({
  books,
  wall,
  memory,
  counts,
  scenarios,
  plan,
  complaints,
  problems,
}: NightReport): string {
  const line = (name: string, each: Counts, last: string) => [
    name,
    ...COLUMNS.map((column) => String(each[column])),
    last,
  ];
  const header = (name: string, last: string) => [name, ...HEADINGS, ...LADDER, last];
  const byName = <K extends string>([a]: [K, unknown], [b]: [K, unknown]) =>
    a.localeCompare(b, "en", { numeric: true });
  const bays = [...books.byBay]
    .sort(byName)
    .map(([bay, each]) => line(bay, each, String(wall.seenOfBay.get(bay) ?? 0)));
  const alarms = [...books.byAlarm].sort(byName).map(([alarm, each]) => line(alarm, each, ""));
  const perHour = Map.groupBy(memory.samples, ({ at }) => Math.floor((at - memory.samples[0]!.at) / 3_600_000));
  const held = [...perHour].map(([hour, samples]) => {
    const { heapUsed, rss, life } = samples.at(-1)!;
    return [String(hour + 1), String(life), megabytes(heapUsed), megabytes(rss)];
  });
  return [
    `A night of ${plan.hours} h at ${plan.speed}×, ${plan.bays} bays, seed ${plan.seed}`,
    columns([header("bay", "wall saw"), ...bays, line("all", books.total, String(wall.seen))]),
    columns([header("alarm", ""), ...alarms]),
    columns([["hour", "life", "heap MB", "rss MB"], ...held]),
    `memory, last third of the longest life to its first: heap ${ratio(memory.heapGrowth)}, rss ${ratio(memory.rssGrowth)}`,
    `wall: ${wall.frames} frames; ${wall.seen} alarm events shown, ${wall.away} came while it or the server was away`,
    `sessions: ${[...scenarios].map(([name, sessions]) => `${name} ${sessions}`).join(", ")}`,
    Object.entries(counts)
      .map(([name, count]) => `${name} ${count}`)
      .join(", "),
    ...(complaints.length === 0 ? [] : [`the server logged ${complaints.length} errors, first: ${complaints[0]}`]),
    problems.length === 0
      ? "The books balance."
      : [`${problems.length} entries cannot be:`, ...problems.slice(0, 40).map((problem) => `  ${problem}`)].join("\n"),
  ].join("\n\n");
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
const ratio = (grown: number | null): string => (grown === null ? "not judged, too short" : grown.toFixed(2));

function columns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join("  "),
    )
    .map((each) => each.trimEnd())
    .join("\n");
}
