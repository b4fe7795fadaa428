/** Comma-separated values: one row for each instant, a column for the time and one for each vital. */
import { basename } from "node:path";
import type { AtMs, BayId } from "@vigil/shared/ids";
import { VITALS, type Vital } from "@vigil/shared/vitals";
import { CsvError, parse } from "csv-parse/sync";
import { feedOf, ImportError, type Imported, instantOf, type Measured, usualCadence } from "./imported.ts";
import { converted, UNITS, type Unit } from "./units.ts";

export interface Column {
  readonly vital: Vital;
  /** As the first row names it. */
  readonly name: string;
  /** `null`: the unit of feeds. */
  readonly unit: Unit | null;
}

export interface CsvMapping {
  /** The column of the time; `null`: the first. */
  readonly time: string | null;
  /** Empty: columns that are named like vitals, whatever their case. */
  readonly columns: readonly Column[];
}

interface Row {
  readonly cells: readonly string[];
  readonly line: number;
}

/** What stands in a cell when the monitor had no valid value. */
const NOT_VALID = new Set(["null", "nan", "na", "n/a", "-", "--", "---"]);

/** @throws ImportError */
export function importCsv(path: string, text: string, bay: BayId, mapping: CsvMapping): Imported {
  const separator = separatorOf(text);
  const { rows, remarks } = rowsOf(path, text, separator);
  // Where commas do not part the cells they are decimal commas.
  const number = (cell: string) => numberOf(separator === "," ? cell : cell.replace(/^([-+]?\d+),(\d+)$/, "$1.$2"));
  const [head, ...body] = rows;
  if (head === undefined) throw new ImportError(path, null, "is empty");
  const names = head.cells.map((cell) => cell.trim());
  const place = (name: string): number => {
    const found = names.indexOf(name);
    if (found >= 0) return found;
    throw new ImportError(path, head.line, `there is no column "${name}"; there are ${names.join(", ")}`);
  };
  const time = mapping.time === null ? 0 : place(mapping.time);
  const columns = (mapping.columns.length > 0 ? mapping.columns : likeVitals(names)).map((column) => ({
    ...column,
    index: place(column.name),
    factor: column.unit === null ? 1 : UNITS[column.unit],
  }));
  if (columns.length === 0) {
    throw new ImportError(
      path,
      head.line,
      `no column is named like a vital (${VITALS.join(", ")}); say which is which`,
    );
  }

  let startedAt: AtMs | null = null;
  let latest = Number.NEGATIVE_INFINITY;
  const measured: Measured[] = [];
  for (const { cells, line } of body) {
    const cell = (cells[time] ?? "").trim();
    const instant = instantOf(cell);
    if (measured.length === 0) startedAt = instant;
    const at = startedAt === null ? secondsOf(number(cell)) : instant === null ? null : instant - startedAt;
    if (at === null) throw new ImportError(path, line, `"${cell}" is no time like the others: seconds, or ISO 8601`);
    if (at < latest) throw new ImportError(path, line, `its time is before that of the line above`);
    latest = at;
    const values: { [V in Vital]?: number | null } = {};
    for (const { vital, index, name, factor } of columns) {
      const value = cellValue(cells[index] ?? "", number);
      if (value === "wrong") throw new ImportError(path, line, `${name} must be a number; it is "${cells[index]}"`);
      if (value !== undefined) values[vital] = value === null ? null : converted(value, factor);
    }
    measured.push({ at, values });
  }
  const cadence = usualCadence(measured.map(({ at }) => at));
  // Whoever named the columns knows of the others.
  const others =
    mapping.columns.length > 0 ? [] : names.filter((_, i) => i !== time && !columns.some((each) => each.index === i));
  const leftOut = others.map(
    (name) => `column "${name}" is named like no vital and was left out; --columns says which is which`,
  );
  return feedOf(basename(path), [{ bay, measured, cadence }], { startedAt, remarks: [...remarks, ...leftOut] });
}

/** What parts the cells of the first row: the most frequent of them outside of quotes. */
function separatorOf(text: string): "," | ";" | "\t" {
  const [head = ""] = text.replace(/"[^"]*"/g, "").split(/\r?\n/, 1);
  const count = (separator: string) => head.split(separator).length;
  const [best] = ([",", ";", "\t"] as const).toSorted((a, b) => count(b) - count(a));
  return best ?? ",";
}

function rowsOf(path: string, text: string, delimiter: string): { rows: readonly Row[]; remarks: readonly string[] } {
  const rows: Row[] = [];
  const remarks: string[] = [];
  try {
    parse(text, {
      bom: true,
      delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      on_record: (cells, { lines }) => {
        rows.push({ cells, line: lines });
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    if (error.code !== "CSV_QUOTE_NOT_CLOSED") throw new ImportError(path, lineOf(error), `not CSV: ${error.message}`);
    remarks.push("the file is cut off within a quoted cell; what is before it was kept");
  }
  const columns = rows[0]?.cells.length ?? 0;
  const last = rows.at(-1);
  // A last cell without a line's end after it may be the beginning of a longer one: 9 of 98.
  if (remarks.length === 0 && rows.length > 1 && last !== undefined && !/[\r\n]$/.test(text)) {
    rows.pop();
    remarks.push(
      last.cells.length < columns
        ? `the file is cut off in line ${last.line}; what is before it was kept`
        : `line ${last.line} does not end, so it may be cut off; what is before it was kept`,
    );
  }
  for (const { cells, line } of rows) {
    if (cells.length === columns) continue;
    throw new ImportError(path, line, `it has ${cells.length} cells, the first row ${columns}`);
  }
  return { rows, remarks };
}

const lineOf = (error: CsvError): number | null => (typeof error.lines === "number" ? error.lines : null);

const likeVitals = (names: readonly string[]): Column[] =>
  VITALS.flatMap((vital) => {
    const name = names.find((each) => each.toLowerCase() === vital);
    return name === undefined ? [] : [{ vital, name, unit: null }];
  });

const numberOf = (text: string): number => (text === "" ? Number.NaN : Number(text));

const secondsOf = (seconds: number): number | null =>
  Number.isFinite(seconds) && Math.abs(seconds) < 1e10 ? Math.round(seconds * 1000) + 0 : null;

/** `undefined`: not measured; `null`: not valid. */
function cellValue(cell: string, number: (cell: string) => number): number | null | undefined | "wrong" {
  const text = cell.trim();
  if (text === "") return undefined;
  if (NOT_VALID.has(text.toLowerCase())) return null;
  const value = number(text);
  return Number.isFinite(value) ? value : "wrong";
}
