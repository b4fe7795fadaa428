import type { CommandId } from "@vigil/shared/ids";
import { expect, it } from "vitest";
import { bayId, commandId, commandInput, openSession, reading } from "../testing/index.ts";
import { INPUT_COLUMNS, type InputRow, inputOf, inputRow } from "./rows.ts";

const rowWith = (
  named: number | null,
  spo2: number | null,
  commandId: CommandId | null,
  command: string | null,
): InputRow => [7, bayId("1"), 1000, null, null, named, null, spo2, null, null, null, null, commandId, command];

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
  expect(inputOf(rowWith(0b11, 0, null, null))).toMatchObject({ values: { hr: null, spo2: 0 } });
  expect(inputOf(rowWith(0, null, null, null))).toEqual(reading(1000, {}));
});

it.each([
  ["not JSON", "{"],
  ["no actor", '{"command":{"type":"start-infusion"}}'],
  ["nothing at all", "null"],
  ["an unknown command", '{"by":{"id":"n","name":"N","role":"nurse"},"command":{"type":"dance"}}'],
  ["an unknown role", '{"by":{"id":"n","name":"N","role":"king"},"command":{"type":"start-infusion"}}'],
])("does not guess at a damaged command: %s", (_what, text) => {
  expect(() => inputOf(rowWith(null, null, commandId("c"), text))).toThrow();
});
