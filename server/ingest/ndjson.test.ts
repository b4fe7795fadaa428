import { expect, it } from "vitest";
import { parseNdjson } from "./ndjson.ts";

it("gives one value a line, whatever ends the line", () => {
  expect(parseNdjson('{"a":1}\n{"a":2}\r\n{"a":3}')).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }]);
});

it("passes over empty lines", () => {
  expect(parseNdjson('\n  \n{"a":1}\n\n')).toEqual([{ a: 1 }]);
  expect(parseNdjson("")).toEqual([]);
});

it("leaves a line that is not JSON as it is, in its place", () => {
  expect(parseNdjson('{"a":1}\n{"a":\nnull')).toEqual([{ a: 1 }, '{"a":', null]);
});
