import { expect, it } from "vitest";
import { parseNdjson } from "./ndjson.ts";

const values = (text: string) => parseNdjson(text).map(({ value }) => value);

it("gives one value a line, whatever ends the line", () => {
  expect(values('{"a":1}\n{"a":2}\r\n{"a":3}')).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }]);
});

it("passes over empty lines, and counts them", () => {
  expect(parseNdjson('\n  \n{"a":1}\n\n')).toEqual([{ line: 2, value: { a: 1 } }]);
  expect(parseNdjson("")).toEqual([]);
});

it("leaves a line that is not JSON as it is, in its place", () => {
  expect(values('{"a":1}\n{"a":\nnull')).toEqual([{ a: 1 }, '{"a":', null]);
});
