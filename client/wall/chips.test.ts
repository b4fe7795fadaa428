import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ChipWidths, fitChips, namedBays } from "./chips.ts";

const room = { width: 1000, gap: 10, count: 60, list: 50 };
const chips = (...priorities: readonly ChipWidths["priority"][]): ChipWidths[] =>
  priorities.map((priority, at) => ({ priority, bay: String(at), calls: true, whole: 300, brief: 200, name: 20 }));

describe("fitChips", () => {
  it("shows all where all fit", () => {
    expect(fitChips(chips("high", "medium", "low"), room)).toMatchObject({ whole: 3, brief: false, named: 0 });
  });

  it("shortens texts if that names more", () => {
    expect(fitChips(chips("high", "medium", "medium", "low"), room)).toMatchObject({ whole: 4, brief: true });
  });

  it("counts what does not fit, by priority", () => {
    const plan = fitChips(chips("high", "medium", "medium", "medium", "medium", "medium", "low", "low"), room);
    expect(plan).toMatchObject({ whole: 4, named: 0, more: { high: 0, medium: 2, low: 2 } });
  });

  it("names the bays of high alarms that have no chip of their own", () => {
    const plan = fitChips(chips("high", "high", "high", "high", "high", "high", "medium"), room);
    expect(plan.whole + plan.named).toBe(6);
    expect(plan.more).toEqual({ high: 0, medium: 1, low: 0 });
  });

  it("loses none, hides no high one, and is never wider than the room unless it says that it is tight", () => {
    const rank = { high: 0, medium: 1, low: 2 };
    const one = fc.record({
      priority: fc.constantFrom("high" as const, "medium" as const, "low" as const),
      bay: fc.constantFrom("1", "2", "3", "4", "5", "6", "7", "8"),
      calls: fc.boolean(),
      whole: fc.integer({ min: 200, max: 600 }),
      brief: fc.integer({ min: 100, max: 200 }),
      name: fc.integer({ min: 10, max: 80 }),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 80 }), fc.integer({ min: 300, max: 3000 }), (alarms, width) => {
        alarms.sort((a, b) => rank[a.priority] - rank[b.priority]);
        const plan = fitChips(alarms, { ...room, width });
        const { high, medium, low } = plan.more;
        expect(plan.whole + plan.named + high + medium + low).toBe(alarms.length);
        expect(high).toBe(0);
        const shown = alarms.slice(0, plan.whole).map((alarm) => (plan.brief ? alarm.brief : alarm.whole));
        const { calling, seen } = namedBays(alarms.slice(plan.whole, plan.whole + plan.named));
        for (const list of [calling, seen])
          if (list.length > 0) shown.push(list.reduce((sum, { name }) => sum + name, room.list));
        if (!plan.tight)
          expect(shown.reduce((sum, chip) => sum + chip + room.gap, -room.gap)).toBeLessThanOrEqual(width);
      }),
    );
  });
});

it("names a bay once, however many of its alarms have no chip, and apart where nobody is called there now", () => {
  const of = (bay: string, calls: boolean) => ({ bay, calls });
  const { calling, seen } = namedBays([of("2", false), of("1", true), of("3", true), of("1", true), of("3", false)]);
  expect(calling.map(({ bay }) => bay)).toEqual(["1", "3"]);
  expect(seen.map(({ bay }) => bay)).toEqual(["2"]);
});
