import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answersProblem, bandOf, INSTRUMENT_FACTS, INSTRUMENTS, thoughtsOfDeath, totalOf } from "./instrument.ts";

const instrument = fc.constantFrom(...INSTRUMENTS);

describe("a score", () => {
  it("is a whole number within the instrument's range, nothing else", () => {
    fc.assert(
      fc.property(
        instrument,
        fc.oneof(fc.integer({ min: -50, max: 150 }), fc.double({ noNaN: false })),
        (one, total) => {
          const legal = Number.isInteger(total) && total >= 0 && total <= INSTRUMENT_FACTS[one].max;
          expect(answersProblem(one, { total }) === null).toBe(legal);
        },
      ),
    );
  });

  it.each([
    ["phq-9", 27],
    ["madrs", 60],
    ["gad-7", 21],
    ["pcl-5", 80],
    ["pain-nrs", 10],
  ] as const)("%s ends at %i", (one, max) => {
    expect(answersProblem(one, { total: max })).toBeNull();
    expect(answersProblem(one, { total: max + 1 })).toContain(`0 to ${max}`);
  });

  it("by item: nine answers from 0 to 3 add up, and no other list is taken", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1, max: 4 }), { maxLength: 11 }), (items) => {
        const legal = items.length === 9 && items.every((item) => item >= 0 && item <= 3);
        expect(answersProblem("phq-9", { items }) === null).toBe(legal);
        if (legal) expect(answersProblem("phq-9", { total: totalOf({ items }) })).toBeNull();
      }),
    );
    expect(answersProblem("phq-9", { items: [1, 1] })).toContain("9 items; 2 are answered");
    expect(answersProblem("madrs", { items: [1, 1] })).toContain("total from 0 to 60");
  });

  it.each([
    [4, "minimal"],
    [5, "mild"],
    [9, "mild"],
    [10, "moderate"],
    [15, "moderately severe"],
    [20, "severe"],
  ])("of %i in PHQ-9 is %s", (total, label) => {
    expect(bandOf("phq-9", total).label).toBe(label);
  });
});

describe("thoughts of death", () => {
  const items = (last: number) => ({ items: [3, 3, 3, 3, 3, 3, 3, 3, last] });
  it("are any answer to item 9 but not at all", () => {
    expect([0, 1, 2, 3].map((last) => thoughtsOfDeath("phq-9", items(last)))).toEqual([null, 1, 2, 3]);
  });
  it("cannot be told from a total", () => {
    expect(thoughtsOfDeath("phq-9", { total: 27 })).toBeNull();
  });
});
