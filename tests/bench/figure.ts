/** What the benchmark says: figures, each with its target beside it. */

export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** In words, with its direction; `baseline` for what others are compared with. */
  readonly target: string;
  readonly ok: boolean;
  /** How it came about: repeats, spread, what it is made of. Only in the table. */
  readonly note: string;
}

export const atMost = (name: string, value: number, most: number, unit: string, note: string): Figure => ({
  name,
  value,
  unit,
  target: `≤ ${most}`,
  ok: value <= most,
  note,
});

export const atLeast = (name: string, value: number, least: number, unit: string, note: string): Figure => ({
  name,
  value,
  unit,
  target: `≥ ${least}`,
  ok: value >= least,
  note,
});

export const baseline = (name: string, value: number, unit: string, note: string): Figure => ({
  name,
  value,
  unit,
  target: "baseline",
  ok: true,
  note,
});

/** The value below which a share of the others lies (nearest rank). */
export function percentile(values: readonly number[], share: number): number {
  if (values.length === 0) return Number.NaN;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** "0.081–0.084" */
export const spread = (values: readonly number[], digits: number): string =>
  `${Math.min(...values).toFixed(digits)}–${Math.max(...values).toFixed(digits)}`;

export function table(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, value, unit, target, ok, note }) => [
    target === "baseline" ? "" : ok ? "✓" : "✗",
    name,
    shown(value),
    unit,
    target,
    note,
  ]);
  const all = [["", "figure", "value", "unit", "target", "how"], ...rows];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...all.map((row) => row[column]!.length)));
  return all
    .map((row) =>
      row
        .map((cell, column) => {
          const width = widths[column] ?? 0;
          return column === 2 ? cell.padStart(width) : cell.padEnd(width);
        })
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** What JSON gets: the agreed five, and a number that JSON can hold. */
export const asJson = (figures: readonly Figure[]): string =>
  JSON.stringify(
    figures.map(({ name, value, unit, target, ok }) => ({ name, value: rounded(value), unit, target, ok })),
    null,
    2,
  );

const rounded = (value: number): number | null => (Number.isFinite(value) ? Number(value.toPrecision(4)) : null);

function shown(value: number): string {
  if (!Number.isFinite(value)) return "none";
  if (Math.abs(value) >= 10_000) return Math.round(value).toLocaleString("en-US");
  return String(Number(value.toPrecision(3)));
}
