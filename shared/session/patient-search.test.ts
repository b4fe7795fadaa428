import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isSearched } from "./patient-search.ts";

const maria = { initials: "MW", name: "Maria Weber-Österman", recordNumber: "KT-1038" };

describe("the search for a patient", () => {
  it.each(["österman", "ÖSTERMAN", "osterman", "O\u0308sterman", "weber maria", "mw 1038", "  maria  ", ""])(
    "finds Maria Weber-Österman by “%s”",
    (wanted) => {
      expect(isSearched(maria, wanted)).toBe(true);
    },
  );

  it("asks for every word", () => {
    expect(isSearched(maria, "maria meier")).toBe(false);
    expect(isSearched({ initials: null, name: null, recordNumber: "R" }, "maria")).toBe(false);
  });

  it.each([
    ["Strauß", "STRAUSS"],
    ["Sørensen", "sorensen"],
    ["Łukasz", "lukasz"],
    ["İpek", "ipek"],
    ["Nguyễn", "nguyen"],
  ])("finds %s by %s", (name, wanted) => {
    expect(isSearched({ initials: "X", name }, wanted)).toBe(true);
  });

  it("finds everybody by their own name, however it is written", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 30 }), (name) => {
        expect(isSearched({ initials: "X", name }, name)).toBe(true);
      }),
    );
  });
});
