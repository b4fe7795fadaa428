import * as fc from "fast-check";
import { expect, it } from "vitest";
import { csvLine } from "./csv.ts";

/** As whoever reads CSV has it back. */
function cellOf(text: string): string {
  const written = csvLine([text, "next"]).slice(0, -",next\r\n".length);
  return written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written;
}

it("keeps whatever a person wrote, and never begins a cell with what a spreadsheet would carry out", () => {
  const nasty = fc.string({
    unit: fc.constantFrom("=", "+", "-", "@", ";", "\t", "\r", "\n", '"', ",", "a", " ", "1"),
  });
  void fc.assert(
    fc.property(nasty, (text) => {
      const told = cellOf(text);
      expect(told.replaceAll("'", "")).toBe(text);
      expect(told).not.toMatch(/^[\t\r\n]/);
      for (const part of told.split(/[;\t\r\n]/)) expect(part).not.toMatch(/^\s*[=+\-@]/);
    }),
  );
});

it.each([
  ['=HYPERLINK("http://x")', '\'=HYPERLINK("http://x")'],
  ["x;=1+1", "x;'=1+1"],
  ["x; \u00a0=1+1", "x;' \u00a0=1+1"],
  ["x\r\n-1", "x\r\n'-1"],
  ["＝1+1", "'＝1+1"],
  ["Jürgen O'Hara, 2-1", "Jürgen O'Hara, 2-1"],
])("%j becomes %j", (text, told) => {
  expect(cellOf(text)).toBe(told);
});

it("leaves numbers numbers, and nothing nothing", () => {
  expect(csvLine([-1, null, "a"])).toBe("-1,,a\r\n");
});
