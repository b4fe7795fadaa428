import { expect, it } from "vitest";
import { initialsOf, isInitials } from "./initials.ts";

it.each(["A", "AB", "A.B.", "A. B.", "M.-L. K.", "ÅÖ", "Ж.П.", "李", "김민수", "E\u0301.", "ABCD"])(
  "%s is initials",
  (text) => expect(isInitials(text)).toBe(true),
);

it.each(["", "Maria", "MariaWeb", "MW2", "4711", "A/B", "<b>A", "=A", ".", "- -", "ABCDE", "A,B", "A\nB", "\u0301"])(
  "%s is none: a wall does not show it",
  (text) => expect(isInitials(text)).toBe(false),
);

it.each([
  ["Maria de la Cruz", "M.C."],
  ["  maria   weber ", "M.W."],
  ["Cher", "C."],
  ["(unknown) 4711", "U."],
  ["4711", ""],
  ["", ""],
  ["ßeta ǆ", "SS.Ǆ."],
])("of %s the wall shows %s", (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
  if (initials !== "") expect(isInitials(initials)).toBe(true);
});
