import { bayIdSchema, sessionIdSchema } from "@vigil/shared/ids";
import type { Alert } from "@vigil/shared/wire";
import { parse } from "csv-parse/sync";
import { expect, it } from "vitest";
import { alertCsvLine, CSV_HEAD, ndjsonLine } from "./csv.ts";

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

const rowOf = (name: string, mark: Alert["mark"] = null) =>
  (
    parse(CSV_HEAD + alertCsvLine({ ...alert, mark, patient: { ...alert.patient, name } }, () => ""), {
      columns: true,
      bom: true,
    }) as Record<string, string>[]
  )[0];

it("is inert in a spreadsheet, whoever wrote it, and begins as one expects umlauts", () => {
  expect(CSV_HEAD).toMatch(/^\ufeffid,raised,/);
  expect(rowOf('=HYPERLINK("http://x")')?.name).toBe('\'=HYPERLINK("http://x")');
  expect(rowOf("Jürgen;=1+1")?.name).toBe("Jürgen;'=1+1");
  // A number below zero is a number.
  expect(rowOf("x")?.value_at_onset).toBe("-1");
});

it("tells who marked an alarm, how, and why", () => {
  const mark = { actionable: "no", by: "Sam", why: "-cuff slipped" } as const;
  expect(rowOf("x", mark)).toMatchObject({ marked_by: "Sam", marked_why: "'-cuff slipped", actionable: "no" });
  expect(JSON.parse(ndjsonLine({ ...alert, mark }, () => ""))).toMatchObject({ marked_why: "-cuff slipped" });
});
