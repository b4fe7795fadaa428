import { expect, it } from "vitest";
import { bayId, commandInput, openSession, reading } from "../testing/index.ts";
import { INPUT_COLUMNS, type InputRow, inputOf, inputRow } from "./rows.ts";

const blank: InputRow = {
  seq: 7,
  bay: "1",
  at: 1000,
  measured_at: null,
  cadence_s: null,
  named: null,
  hr: null,
  spo2: null,
  rr: null,
  sbp: null,
  dbp: null,
  map: null,
  command_id: null,
  command: null,
};

it("gives a row one value for each column", () => {
  const rows = [
    inputRow(1, bayId("1"), reading(1000, { hr: 70 })),
    inputRow(2, bayId("1"), commandInput(1000, "c", openSession("s"))),
  ];
  for (const row of rows) expect(row).toHaveLength(INPUT_COLUMNS.length);
});

it("tells a vital that was not measured from one that has no valid value", () => {
  const row = inputRow(1, bayId("1"), reading(1000, { hr: null, spo2: 0, map: undefined }));
  expect(row.slice(INPUT_COLUMNS.indexOf("named"))).toEqual([0b11, null, 0, null, null, null, null, null, null]);
  expect(inputOf({ ...blank, named: 0b11, spo2: 0 })).toMatchObject({ values: { hr: null, spo2: 0 } });
  expect(inputOf({ ...blank, named: 0 })).toEqual(reading(1000, {}));
});

it.each([
  ["not JSON", "{"],
  ["no actor", '{"command":{"type":"start-infusion"}}'],
  ["nothing at all", "null"],
  ["an unknown command", '{"by":{"id":"n","name":"N","role":"nurse"},"command":{"type":"dance"}}'],
  ["an unknown role", '{"by":{"id":"n","name":"N","role":"king"},"command":{"type":"start-infusion"}}'],
])("does not guess at a damaged command: %s", (_what, text) => {
  expect(() => inputOf({ ...blank, command_id: "c", command: text })).toThrow();
});
