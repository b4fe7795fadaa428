import { advance, newBay } from "@vigil/shared/bay";
import { bayIdSchema } from "@vigil/shared/ids";
import { protocolSchema } from "@vigil/shared/protocol";
import { describe, expect, it } from "vitest";
import { liveThrough, newBedside, newPast, nurseOfPlace } from "../bedside/index.ts";
import { SCENARIO_NAMES, SCENARIOS, type ScenarioName, timeline } from "./index.ts";

const MIN = 60_000;
const protocol = protocolSchema.parse({});
const bay = bayIdSchema.parse("1");

/** What one whole session of a scenario raises, as "alarm priority", and whether every alarm ended. */
function session(scenarioName: ScenarioName, seed: number) {
  const bedside = newBedside({
    bay,
    seed,
    protocol,
    pace: { preparationMin: [2, 3], turnoverMin: [0, 0] },
    scenarioFor: () => scenarioName,
  });
  let now = newBay(bay, protocol);
  const reached: string[] = [];
  let ended = false;
  const second = newPast(bedside, bay, protocol, nurseOfPlace(0));
  for (const input of liveThrough(second, 0, 125 * MIN)) {
    if (ended) break;
    const after = advance(now, input);
    now = after.bay;
    for (const event of after.events) {
      if (event.type === "alarm" && (event.change === "raised" || event.change === "escalated")) {
        reached.push(`${event.alarm} ${event.priority}`);
      }
      if (event.type === "act" && event.command === "discharge") ended = true;
    }
  }
  return { reached, ended };
}

const SEEDS = [1, 2, 3, 4, 5];

describe("a scenario", () => {
  it.each<[ScenarioName, string[]]>([
    ["hypertensive-surge", ["sbp.high"]],
    ["desaturation", ["spo2.low medium", "spo2.low high"]],
    ["bradycardia", ["hr.low"]],
    ["probe-off", ["signal-lost.spo2 medium"]],
    ["monitor-dropout", ["monitor-silent medium", "monitor-silent high"]],
  ])("%s raises %j in every session, and the session still ends well", (name, expected) => {
    for (const seed of SEEDS) {
      const { reached, ended } = session(name, seed);
      for (const alarm of expected) expect(reached.some((each) => each.startsWith(alarm))).toBe(true);
      expect(ended).toBe(true);
    }
  });

  it("calm raises nothing above low in nineteen sessions of twenty", () => {
    const loud = Array.from({ length: 20 }, (_, seed) => session("calm", seed)).filter(({ reached }) =>
      reached.some((each) => !each.endsWith(" low")),
    );
    expect(loud.length).toBeLessThanOrEqual(1);
  });

  it.each(SCENARIO_NAMES)(
    "%s is the same for the same seed and session, and lies on the infusion's time line",
    (name) => {
      const once = timeline(SCENARIOS[name], 5, "s");
      const again = timeline(SCENARIOS[name], 5, "s");
      const other = timeline(SCENARIOS[name], 6, "s");
      const times = Array.from({ length: 90 * 60 }, (_, s) => s * 1000);
      expect(times.map(again)).toEqual(times.map(once));
      expect(times.map(other)).not.toEqual(times.map(once));
      expect(once(-1)).toEqual({ changes: {}, faults: new Set() });
    },
  );
});
