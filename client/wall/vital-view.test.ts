import { describe, expect, it } from "vitest";
import { row, vital } from "../live/testing/rows.ts";
import { continuousView, cuffView } from "./vital-view.ts";

const MIN = 60_000;

describe("a continuous vital", () => {
  it("is live until it is stale, then shows its age", () => {
    expect(continuousView(vital(0, 1_000), 5_999)).toEqual({ freshness: "live", text: "0", age: "" });
    expect(continuousView(vital(97, 1_000), 6_000)).toEqual({ freshness: "stale", text: "97", age: "0:05" });
  });

  it("has no signal before the first value", () => {
    expect(continuousView(vital(null, null), 9)).toMatchObject({ freshness: "none", text: "no signal" });
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
      sbp: "132",
      dbp: "84",
      ago: "4 min",
      next: "6 min",
    });
    expect(cuffView(measured(0, 3 * MIN), 4 * MIN).next).toBe("due");
  });

  it("goes grey when stale and away after an hour", () => {
    expect(cuffView(measured(0), 10 * MIN).freshness).toBe("stale");
    expect(cuffView(measured(0), 60 * MIN)).toMatchObject({ freshness: "none", sbp: "–", ago: "1 h 00" });
  });
});
