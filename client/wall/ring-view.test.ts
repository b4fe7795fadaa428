import { describe, expect, it } from "vitest";
import { infusing, row, sessionId } from "../live/testing/rows.ts";
import { ringView } from "./ring-view.ts";

const MIN = 60_000;

describe("the ring", () => {
  it("shows the infusion's elapsed time against the plan", () => {
    expect(ringView(infusing("1", 0), 24 * MIN + 18_000, false)).toEqual({
      time: "24:18",
      caption: "of 40:00",
      share: (24 * 60 + 18) / 2400,
    });
  });

  it("is full, and no fuller, past the planned time", () => {
    expect(ringView(infusing("1", 0), 62 * MIN, false)).toMatchObject({ time: "1:02:00", share: 1 });
  });

  it("stands still while paused, and is then no estimate when the link is lost", () => {
    const paused = infusing("1", 0, { phase: "paused", ranMs: 16 * MIN, runningSince: null });
    expect(ringView(paused, 90 * MIN, true).time).toBe("16:00");
    expect(ringView(infusing("1", 0), 16 * MIN, true).time).toBe("≈16:00");
  });

  it("counts the recovery down, then over", () => {
    const recovery = row("1", {
      sessionId: sessionId("s"),
      phase: "recovery",
      recoveryStartedAt: 0,
      recoveryMinimumAt: 60 * MIN,
    });
    expect(ringView(recovery, 15 * MIN, false)).toEqual({ time: "45:00", caption: "to go", share: 0.75 });
    expect(ringView(recovery, 63 * MIN + 12_000, true)).toEqual({ time: "≈+03:12", caption: "over", share: 1 });
  });

  it("says in preparation whether the baseline is taken", () => {
    const preparation = row("1", { sessionId: sessionId("s"), phase: "preparation" });
    expect(ringView(preparation, 0, false).caption).toBe("no baseline");
    expect(ringView({ ...preparation, baselineTaken: true }, 0, false).caption).toBe("baseline set");
  });
});
