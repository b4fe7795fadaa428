import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alarm, row, vital } from "../live/testing/rows.ts";
import { continuousView, cuffView } from "./vital-view.ts";

const MIN = 60_000;

const withHr = (value: number | null, at: number | null, given: Parameters<typeof row>[1] = {}) => {
  const base = row("1", given);
  return { ...base, vitals: { ...base.vitals, hr: { ...vital(value, at), low: 50, high: 120 } } };
};

describe("a continuous vital", () => {
  it("is live until it is stale, then shows its age", () => {
    expect(continuousView(withHr(0, 1_000), "hr", 5_999)).toEqual({
      ...{ freshness: "live", text: "0", age: "", until: 6_000 },
    });
    expect(continuousView(withHr(97, 1_000), "hr", 6_000)).toEqual({ freshness: "stale", text: "97", age: "0:05" });
  });

  it("has no signal before the first value", () => {
    expect(continuousView(withHr(null, null), "hr", 9)).toMatchObject({ freshness: "none", text: "no signal" });
  });

  it("is whole, but where that would belie a limit", () => {
    const shown = (value: number, given: Parameters<typeof row>[1] = {}) =>
      continuousView(withHr(value, 0, given), "hr", 1).text;
    expect([72.4, 49.6, 50.4, 50, 120.4].map((value) => shown(value))).toEqual(["72", "49.6", "50.4", "50", "120.4"]);
    // The limit of an alarm that stands counts too, where it is not the one that is drawn.
    expect([shown(39.6), shown(39.6, { alarms: [alarm({ id: "hr.low", limit: 40 })] })]).toEqual(["40", "39.6"]);
  });
});

describe("the cuff", () => {
  const measured = (at: number, cuffDueAt: number | null = null) => {
    const base = row("1", { cuffDueAt });
    return { ...base, vitals: { ...base.vitals, sbp: vital(132, at, 10 * MIN), dbp: vital(84, at, 10 * MIN) } };
  };

  it("says how old it is and when the next is due", () => {
    expect(cuffView(measured(0, 10 * MIN), 4 * MIN)).toEqual({
      freshness: "live",
      sbp: { freshness: "live", text: "132" },
      dbp: { freshness: "live", text: "84" },
      ago: "4 min",
      next: "6 min",
      until: 5 * MIN,
    });
    expect(cuffView(measured(0, 3 * MIN), 4 * MIN).next).toBe("due");
  });

  it("goes grey when stale and away after an hour", () => {
    expect(cuffView(measured(0), 10 * MIN).freshness).toBe("stale");
    expect(cuffView(measured(0), 60 * MIN)).toMatchObject({
      freshness: "none",
      sbp: { text: "–" },
      ago: "1 h 00",
    });
  });

  it("judges each pressure by its own age, and tells the older one's", () => {
    const { vitals, ...rest } = measured(9 * MIN);
    const view = cuffView({ ...rest, vitals: { ...vitals, dbp: vital(84, 0, 10 * MIN) } }, 11 * MIN);
    expect(view).toMatchObject({ freshness: "live", ago: "11 min" });
    expect([view.sbp.freshness, view.dbp.freshness]).toEqual(["live", "stale"]);
  });

  it("shows the same until it says that it may not", () => {
    const instant = fc.integer({ min: 0, max: 70 * 60 }).map((s) => s * 1000 + 137);
    const pressure = fc.record({
      value: fc.constant(80),
      at: fc.option(instant),
      staleMin: fc.constantFrom(5, 10, 90),
    });
    const given = fc.record({
      sbp: pressure,
      dbp: pressure,
      due: fc.option(instant),
      now: instant,
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(given, ({ sbp, dbp, due, now, share }) => {
        const base = row("1", { cuffDueAt: due });
        const of = ({ value, at, staleMin }: typeof sbp) => vital(at === null ? null : value, at, staleMin * MIN);
        const bay = { ...base, vitals: { ...base.vitals, sbp: of(sbp), dbp: of(dbp) } };
        const { until, ...view } = cuffView(bay, now);
        expect(until).toBeGreaterThan(now);
        const last = Math.min(until - 1, now + 100 * MIN);
        const { until: _, ...later } = cuffView(bay, Math.floor(now + share * (last - now)));
        expect(later).toEqual(view);
      }),
    );
  });
});
