import { expect, it } from "vitest";
import { checkRises, riseTexts } from "./rise-texts.ts";

const RULE = { riseOverBaseline: 0.3, priority: "medium", delay: 0, offDelay: 0, deadband: 3 } as const;
const LIKE = { limit: 120, priority: "medium", delay: 10, offDelay: 5, deadband: 2 } as const;

it("gives back a rise that nobody changed, to the last digit", () => {
  const odd = { ...RULE, riseOverBaseline: 0.33333 };
  expect(riseTexts([RULE, odd])).toEqual(["30", "33.3"]);
  expect(checkRises(["30", "33.3"], [RULE, odd], LIKE)).toEqual({ ok: true, rules: [RULE, odd] });
});

it("changes a rise and leaves its times, deadband and priority", () => {
  expect(checkRises([" 25,5 "], [RULE], LIKE)).toEqual({ ok: true, rules: [{ ...RULE, riseOverBaseline: 0.255 }] });
});

it("takes an empty field for none, and a new one with the times of its neighbour", () => {
  expect(checkRises([""], [RULE], LIKE)).toEqual({ ok: true, rules: [] });
  expect(riseTexts([])).toEqual([""]);
  const { limit: _, ...times } = LIKE;
  expect(checkRises(["20"], [], LIKE)).toEqual({ ok: true, rules: [{ ...times, riseOverBaseline: 0.2 }] });
});

it.each(["0", "-5", "501", "x", "10.55"])("says in words what is wrong with %j", (text) => {
  const checked = checkRises([text], [RULE], LIKE);
  expect(checked).toEqual({ ok: false, errors: [expect.stringMatching(/percentage above 0 and up to 500/)] });
});
