import { newBay } from "@vigil/shared/bay";
import { boardRow } from "@vigil/shared/board";
import { bayIdSchema } from "@vigil/shared/ids";
import { protocolSchema } from "@vigil/shared/protocol";
import { describe, expect, it } from "vitest";
import { newPump } from "./pump.ts";

const MIN = 60_000;
const plan = { drug: "ketamine", doseMgPerKg: 0.5, plannedMin: 40 };
const row = boardRow(newBay(bayIdSchema.parse("1"), protocolSchema.parse({})));
const before = { ...row, plannedMs: 40 * MIN };
const running = { ...before, infusionStartedAt: 10 * MIN, runningSince: 10 * MIN };
const paused = { ...running, runningSince: null, ranMs: 5 * MIN };
const resumed = { ...paused, runningSince: 18 * MIN };

describe("the pump", () => {
  it("follows starting, pausing and resuming", () => {
    const pump = newPump(plan);
    pump.observe(before, 9 * MIN);
    expect(pump.startedAt).toBeNull();
    pump.observe(running, 10 * MIN);
    pump.observe(paused, 15 * MIN);
    pump.observe(resumed, 18 * MIN);
    expect(pump.given.runs.map(({ from, to }) => [from, to])).toEqual([
      [10 * MIN, 15 * MIN],
      [18 * MIN, null],
    ]);
    expect(pump.startedAt).toBe(10 * MIN);
    expect(pump.ranMs(20 * MIN)).toBe(7 * MIN);
  });

  it("joined in the middle, knows the time before from the row", () => {
    const lived = newPump(plan);
    for (const [view, at] of [
      [running, 10],
      [paused, 15],
      [resumed, 18],
    ] as const) {
      lived.observe(view, at * MIN);
    }
    const joined = newPump(plan);
    joined.observe(resumed, 25 * MIN);
    expect(joined.given).toEqual(lived.given);
  });

  it("gives the plan's dose over the planned time", () => {
    const pump = newPump(plan);
    pump.observe({ ...running, plannedMs: 60 * MIN }, 10 * MIN);
    expect(pump.given.runs[0]?.rateMgPerKgPerMin).toBeCloseTo(0.5 / 60, 12);
  });
});
