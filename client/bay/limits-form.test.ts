import { protocolSchema, vitalRulesSchema } from "@vigil/shared/protocol";
import { VITAL_FACTS, VITALS } from "@vigil/shared/vitals";
import fc from "fast-check";
import { expect, it } from "vitest";
import { checkLimits, LIMIT_KEYS, ruleOf, textsOf } from "./limits-form.ts";

const { limits: PROTOCOL } = protocolSchema.parse({});
const HR = PROTOCOL.hr;
const SPO2 = PROTOCOL.spo2;

it("gives back the limits that nobody changed, whole", () => {
  for (const vital of VITALS) {
    const limits = PROTOCOL[vital];
    expect(checkLimits(vital, textsOf(limits), limits, limits)).toEqual({ ok: true, limits: limits ?? {} });
  }
});

it("changes a limit and leaves its delays, deadband and priority", () => {
  const checked = checkLimits("hr", { ...textsOf(HR), "high.warning": " 130,5 " }, HR, HR);
  expect(checked.ok && checked.limits.high?.warning).toEqual({ ...HR?.high?.warning, limit: 130.5 });
  expect(checked.ok && checked.limits.low).toEqual(HR?.low);
});

it.each([
  ["high.warning", "abc", "A number is needed, with one decimal at most."],
  ["high.warning", "-5", "A number is needed, with one decimal at most."],
  ["high.warning", "120.55", "A number is needed, with one decimal at most."],
  ["high.critical", "400", "HR lies between 0 and 350 /min."],
  ["low.warning", "", "The protocol limits this. To silence it, switch the alarms of HR off, with a reason."],
  ["high.warning", "150", null],
  ["low.warning", "40", "Must be above critical low (40)."],
] as const)("says in words what is wrong with %s %j", (key, text, sentence) => {
  const checked = checkLimits("hr", { ...textsOf(HR), [key]: text }, HR, HR);
  if (sentence === null)
    expect(checked).toMatchObject({ ok: false, errors: { "high.critical": "Must be above warning high (150)." } });
  else expect(checked).toMatchObject({ ok: false, errors: { [key]: sentence } });
});

it("takes a limit that the protocol does not have, with its neighbour's times", () => {
  const checked = checkLimits("spo2", { ...textsOf(SPO2), "high.warning": "99" }, SPO2, SPO2);
  expect(checked.ok && checked.limits.high).toEqual({
    warning: { limit: 99, priority: "medium", delay: 15, offDelay: 5, deadband: 1 },
  });
});

it("lets nothing pass that a monitor cannot report, that crosses, or that the server would not take", () => {
  const text = fc.oneof(
    fc.integer({ min: -50, max: 400 }).map(String),
    fc.constantFrom("", "x", "9e9", "12.5", "1,5", "∞"),
  );
  const texts = fc.record({ "low.critical": text, "low.warning": text, "high.warning": text, "high.critical": text });
  fc.assert(
    fc.property(fc.constantFrom(...VITALS), texts, (vital, given) => {
      const limits = PROTOCOL[vital];
      const checked = checkLimits(vital, given, limits, limits);
      if (!checked.ok) return;
      expect(vitalRulesSchema.safeParse(checked.limits).success).toBe(true);
      const values = LIMIT_KEYS.flatMap((key) => ruleOf(checked.limits, key)?.limit ?? []);
      expect(values).toEqual([...new Set(values)].sort((a, b) => a - b));
      const { min, max } = VITAL_FACTS[vital].plausible;
      expect(values.every((value) => value >= min && value <= max)).toBe(true);
      for (const key of LIMIT_KEYS) {
        if (ruleOf(limits, key) !== undefined) expect(ruleOf(checked.limits, key)).toBeDefined();
      }
    }),
    { numRuns: 500 },
  );
});
