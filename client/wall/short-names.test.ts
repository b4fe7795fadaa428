import { expect, it } from "vitest";
import { shortNames } from "./short-names.ts";

it("keeps of each name what tells it apart", () => {
  expect(shortNames(["Bay 1", "Bay 2", "Bay 12"])).toEqual(["1", "2", "12"]);
  expect(shortNames(["Infusion room A", "Infusion room B"])).toEqual(["A", "B"]);
  expect(shortNames(["1", "2"])).toEqual(["1", "2"]);
  expect(shortNames(["Bay 1", "Window"])).toEqual(["Bay 1", "Window"]);
  expect(shortNames(["Bay 1"])).toEqual(["Bay 1"]);
  expect(shortNames(["Bay 1", "Bay "])).toEqual(["Bay 1", "Bay "]);
});
