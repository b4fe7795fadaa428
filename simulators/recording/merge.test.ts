import { bayIdSchema } from "@vigil/shared/ids";
import { expect, it } from "vitest";
import { MergedLines } from "./merge.ts";

const line = (bay: string, at: number, recorded = {}) => ({
  at,
  line: { at, bay: bayIdSchema.parse(bay), values: null, command: null, other: {}, recorded },
});
const taken = (merged: MergedLines) => [...merged.take()].map(({ at, line: { bay } }) => `${bay} ${at}`);

it("gives no line before it is known that nothing earlier comes", () => {
  const merged = new MergedLines(2);
  merged.push(0, line("1", 5));
  merged.push(0, line("1", 8));
  expect(taken(merged)).toEqual([]);
  merged.push(1, line("2", 6));
  expect(taken(merged)).toEqual(["1 5", "2 6"]);
  merged.known(1, 8);
  expect(taken(merged)).toEqual([]);
  merged.known(1, 9);
  expect([taken(merged), merged.knownOfAll]).toEqual([["1 8"], 8]);
  merged.known(0, Number.POSITIVE_INFINITY);
  merged.push(1, line("2", 9));
  expect(taken(merged)).toEqual(["2 9"]);
});

it("lets whoever moves leave before they arrive", () => {
  const merged = new MergedLines(2);
  merged.push(0, line("1", 5, { arrival: {} }));
  merged.push(1, line("2", 5));
  for (const part of [0, 1]) merged.known(part, Number.POSITIVE_INFINITY);
  expect(taken(merged)).toEqual(["2 5", "1 5"]);
});
