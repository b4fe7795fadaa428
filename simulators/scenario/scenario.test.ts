import { describe, expect, it } from "vitest";
import { FAULTS } from "../monitor/index.ts";
import { tryScenario } from "../trial/index.ts";
import { type Marks, nearestNames, parseScenario, scenarioNamed, scenarioNames, timeline } from "./index.ts";

const NAMES = scenarioNames();
const SEEDS = [10, 17];

describe("the library", () => {
  it("has at least twenty scenarios, the first six among them, and every fault in one of them", () => {
    expect(NAMES.length).toBeGreaterThanOrEqual(20);
    expect(NAMES).toEqual(
      expect.arrayContaining([
        "calm",
        "hypertensive-surge",
        "desaturation",
        "bradycardia",
        "probe-off",
        "monitor-dropout",
      ]),
    );
    const used = new Set(NAMES.flatMap((name) => scenarioNamed(name)!.episodes.map(({ fault }) => fault)));
    expect(Object.keys(FAULTS).filter((fault) => !used.has(fault as keyof typeof FAULTS))).toEqual([]);
  });

  it.each(NAMES)("%s raises what its file expects, and nothing else", (name) => {
    for (const seed of SEEDS)
      expect({ seed, ...tryScenario(scenarioNamed(name)!, seed) }).toMatchObject({ complaints: [] });
  });

  it.each(NAMES)("%s is the same for the same seed and session, another for another", (name) => {
    const scenario = scenarioNamed(name)!;
    const marks: Marks = { opening: 0, infusion: 180_000, end: 2_600_000 };
    const times = Array.from({ length: 700 }, (_, i) => i * 10_000);
    const told = (seed: number) => times.map((at) => timeline(scenario, seed, "s")(at, marks));
    expect(told(5)).toEqual(told(5));
    if (scenario.episodes.length > 0) expect(told(6)).not.toEqual(told(5));
    expect(timeline(scenario, 5, "s")(0, { opening: 0, infusion: null, end: null }).body.apnoeas).toEqual([]);
  });

  it("counts how often an alarm is raised, where its file says how often", () => {
    const twice = scenarioNamed("probe-off")!;
    const once = { ...twice, expect: twice.expect.map((each) => ({ ...each, times: [1, 1] as const })) };
    expect(tryScenario(once, 1).complaints).toEqual(["signal-lost.spo2 was raised 2 times, expected was 1 to 1"]);
  });

  it("has none of another name, and knows the nearest", () => {
    expect(scenarioNamed("desturation")).toBeNull();
    expect(scenarioNamed("../scenarios/calm")).toBeNull();
    expect(nearestNames("desturation")[0]).toBe("desaturation");
    expect(nearestNames("apnoea")).toContain("central-apnoea");
  });
});

const scenario = (text: string) => parseScenario("there/own-one.yaml", text);

describe("a scenario's file", () => {
  it("needs one line only: the rest is an ordinary session of anyone", () => {
    expect(scenario("says: anyone\n")).toMatchObject({
      name: "own-one",
      says: "anyone",
      kinetics: "domino",
      plan: { drug: "ketamine", doseMgPerKg: 0.5, plannedMin: 40 },
      monitor: { cadenceS: 1 },
      episodes: [],
      expect: [],
    });
  });

  it("takes a number for a range that is one point", () => {
    const { episodes } = scenario("says: x\nepisodes:\n  - { fromMin: 3, holdS: [4, 5], changes: { hr: -10 } }\n");
    expect(episodes[0]).toMatchObject({ fromMin: [3, 3], riseS: [0, 0], holdS: [4, 5], changes: { hr: [-10, -10] } });
  });

  it.each([
    ["", /own-one\.yaml:1: the file is empty|own-one\.yaml:1: .*expected object/],
    ["says: [\n", /own-one\.yaml:\d: not YAML: /],
    ["patient: {}\n", /own-one\.yaml:1: says is missing/],
    ["says: x\nepisode: []\n", /own-one\.yaml:2: there is no key "episode"/],
    ["says: x\npatient:\n  age: [60, 20]\n", /own-one\.yaml:3: patient\.age: has its lowest above its highest/],
    ["says: x\npatient:\n  age: old\n", /:3: patient\.age: must be a number from 18 to 85, or two of them/],
    ["says: x\nkinetics: dominoes\n", /:2: kinetics: must be one of domino, clements/],
    ["says: x\nepisodes:\n  - fromMin: 3\n", /:3: episodes\.0\.holdS(:| is missing)/],
    [
      "says: x\nepisodes:\n  - fromMin: 3\n    holdS: 9\n    fault: probeoff\n",
      /:5: episodes\.0\.fault: must be one of probe-off, /,
    ],
    ["says: x\nacts:\n  - atMin: 3\n    command: { type: dance }\n", /:4: acts\.0\.command/],
    [
      "says: x\nacts:\n  - atMin: 3\n    command: { type: start-infusion }\n",
      /:4: acts\.0\.command: is what the simulated nurse/,
    ],
    ["says: x\nexpect:\n  - { alarm: spo2.lo, priority: high }\n", /:3: expect\.0\.alarm: must be one of hr\.low, /],
    [
      "says: x\nexpect:\n  - { alarm: spo2.low, priority: grave }\n",
      /:3: expect\.0\.priority: must be one of high, medium, low/,
    ],
    ["says: x\nsays: y\n", /own-one\.yaml:2: not YAML: .*unique/],
    [`a: &a [x, x]\nb: &b [*a, *a, *a, *a]\nc: &c [*b, *b, *b, *b]\nsays: [*c, *c, *c, *c, *c]\n`, /own-one\.yaml/],
  ])("refuses %j and names file, line and mistake", (text, message) => {
    expect(() => scenario(text)).toThrow(message);
  });

  it("names every mistake at once", () => {
    expect(() => scenario("says: 3\nkinetics: 4\nfoo: 5\n")).toThrow(
      /:1: says.*\n.*:2: kinetics.*\n.*:3: there is no key "foo"/,
    );
  });

  it("has a name that can stand in a session's id", () => {
    expect(() => parseScenario("My Scenario.yaml", "says: x")).toThrow(/lower-case letters and hyphens/);
  });
});
