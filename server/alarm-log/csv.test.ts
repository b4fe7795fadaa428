import { bayIdSchema, sessionIdSchema } from "@vigil/shared/ids";
import type { Alert } from "@vigil/shared/wire";
import { parse } from "csv-parse/sync";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { CSV_HEAD, csvLine } from "./csv.ts";

const alert: Alert = {
  id: 7,
  bay: bayIdSchema.parse("1"),
  session: sessionIdSchema.parse("s"),
  patient: { initials: "AB", name: null, recordNumber: null },
  phase: "infusing",
  nurse: "Nora",
  protocol: "P",
  alarm: "spo2.low",
  vital: "spo2",
  kind: "physiological",
  onsetPriority: "high",
  priority: "high",
  value: -1,
  limit: 90,
  extreme: 85,
  delayMs: null,
  raisedAt: 0,
  acknowledged: null,
  pausedMs: 0,
  rungs: [],
  clearedAt: null,
  durationMs: null,
  over: null,
  state: "standing",
  selfCleared: false,
  latched: false,
  mark: null,
};

const rowOf = (name: string) =>
  (
    parse(CSV_HEAD + csvLine({ ...alert, patient: { ...alert.patient, name } }, () => ""), {
      columns: true,
    }) as Record<string, string>[]
  )[0];

it("keeps whatever a person wrote, and never begins a cell with what a spreadsheet would carry out", () => {
  const nasty = fc.string({ unit: fc.constantFrom("=", "+", "-", "@", "\t", "\r", "\n", '"', ",", "a", " ", "1") });
  void fc.assert(
    fc.property(nasty, (name) => {
      const told = rowOf(name)?.name ?? "";
      expect([name, `'${name}`]).toContain(told);
      expect(told).not.toMatch(/^\s*[=+\-@]/);
      expect(told).not.toMatch(/^[\t\r\n]/);
    }),
  );
  expect(rowOf('=HYPERLINK("http://x")')?.name).toBe('\'=HYPERLINK("http://x")');
  // A number below zero is a number.
  expect(rowOf("x")?.value_at_onset).toBe("-1");
});
