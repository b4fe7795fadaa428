/**
 * Lines of CSV (RFC 4180) that no spreadsheet carries out. A text that one would take for a formula gets an apostrophe
 * before it (OWASP, "CSV Injection"), also where one that splits at semicolons, as a German Excel does whatever the quotes
 * say, would begin a cell within it. Numbers are this program's own and stay numbers.
 */

/** Before everything else in a file: without it Excel reads umlauts as something else. */
export const CSV_BEGINS = "\ufeff";

export const csvLine = (cells: readonly (string | number | null)[]): string => `${cells.map(cell).join(",")}\r\n`;

/** What begins a formula, in the wide forms of East Asian keyboards as well. */
const FORMULA = "[=+\\-@＝＋－＠]";
const BEGINS_FORMULA = new RegExp(`^(?:\\s*${FORMULA}|[\\t\\r\\n])`);
const FORMULA_WITHIN = new RegExp(`(;|\\t|\\r\\n|\\r|\\n)(?=[^\\S\\t\\r\\n]*${FORMULA})`, "g");

function cell(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const harmless = (BEGINS_FORMULA.test(value) ? `'${value}` : value).replace(FORMULA_WITHIN, "$1'");
  return /[",;\t\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
