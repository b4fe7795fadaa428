import { expect, it } from "vitest";
import { ACTS, mgInMinutes, NEW_BAG, NOTHING_TYPED, readAct } from "./act-form.ts";

const read = (kind: (typeof ACTS)[number], texts: Partial<typeof NOTHING_TYPED> = {}, at?: number) =>
  readAct(kind, { ...NOTHING_TYPED, ...texts }, at);

it("refuses in words what is missing or is no figure", () => {
  expect(read("pause")).toEqual({ ok: false, errors: { reason: "Say why, in a few words." } });
  expect(read("rate", { rateMlPerH: "sixty" })).toMatchObject({
    errors: { rateMlPerH: "A rate is a number in mL/h, such as 12.5." },
  });
  expect(read("rate", { rateMlPerH: "-5" })).toMatchObject({ ok: false });
  expect(read("bolus", { bolusMg: "0" })).toMatchObject({ errors: { bolusMg: "A bolus of 0 mg says nothing." } });
  expect(read("bolus", { bolusMg: "5000" })).toMatchObject({
    errors: { bolusMg: "A bolus of 5000 mg cannot be right: 1000 is the most." },
  });
  expect(read("extend")).toMatchObject({ errors: { minutes: "By how many minutes, or how many mg?" } });
  expect(read("medication", { unit: " " })).toMatchObject({
    errors: { name: "Which medication?", dose: "How much?", unit: "In which unit?" },
  });
});

it("reads figures with a point or a comma, and leaves out what was not typed", () => {
  expect(read("rate", { rateMlPerH: " 52,5 " })).toEqual({
    ok: true,
    command: { type: "change-rate", rateMlPerH: 52.5 },
  });
  expect(read("extend", { minutes: "10", moreMg: "8,75" })).toMatchObject({ command: { minutes: 10, mg: 8.75 } });
  expect(read("end")).toEqual({ ok: true, command: { type: "end-infusion" } });
  expect(read("medication", { name: "ondansetron", dose: "4" })).toMatchObject({
    command: { medication: { kind: "other", name: "ondansetron", dose: 4, unit: "mg", route: "IV" } },
  });
});

it("takes more time without more drug only when that is said", () => {
  expect(read("extend", { minutes: "10" })).toEqual({
    ok: false,
    errors: { moreMg: "How many mg in that time? Or choose “same dose, more time”." },
  });
  expect(read("extend", { minutes: "10", moreMg: "same dose, more time" })).toEqual({
    ok: true,
    command: { type: "extend-infusion", minutes: 10 },
  });
  expect(read("extend", { moreMg: "10", bag: NEW_BAG })).toMatchObject({ command: { mg: 10, newBag: true } });
  expect(read("extend", { moreMg: "10", bag: "the other" })).toMatchObject({ ok: false });
  expect(mgInMinutes("10", 0.875)).toBe("8.75");
  expect(mgInMinutes("ten", 0.875)).toBe("");
  expect(mgInMinutes("10", null)).toBe("");
});

it("sends the time of what is entered late with every act that may be", () => {
  const typed = {
    ...{ reason: "x", rateMlPerH: "1", bolusMg: "1", name: "x", dose: "1", minutes: "1", moreMg: "1" },
    ...{ check: "identity", hr: "70", spo2: "98", sbp: "120", dbp: "75" },
  };
  for (const kind of ACTS) {
    const late = read(kind, typed, 1_000);
    expect(late.ok && "effectiveAt" in late.command).toBe(true);
    const now = read(kind, typed);
    expect(now.ok && "effectiveAt" in now.command).toBe(false);
  }
});
