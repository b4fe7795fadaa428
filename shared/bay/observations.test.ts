/** What a nurse records, and what it calls for. */
import { describe, expect, it } from "vitest";
import { commandSchema, type Observation } from "../session/index.ts";
import { infusing, recovering, type Scene } from "./test-scene.ts";

const records = (scene: Scene, min: number, observation: Observation) =>
  scene.does(min * 60, { type: "record-observation", observation });
/** Only what is said about observations: monitor and cuff say nothing here. */
const waits = (scene: Scene, untilMin: number) =>
  scene.waits(untilMin * 60).filter((line) => /observation|dissociation/.test(line));

describe("observation-overdue", () => {
  it("is raised five minutes after one was due, counted from the start, and cleared by one", () => {
    const scene = infusing();
    expect(waits(scene, 19.99)).toEqual([]);
    expect(waits(scene, 20)).toEqual(["1200 raised observation-overdue low"]);
    expect(records(scene, 21, { sedation: 5 })).toEqual([
      "1260 act record-observation infusing",
      "1260 cleared observation-overdue low",
    ]);
    expect(waits(scene, 41)).toEqual(["2460 raised observation-overdue low"]);
  });

  it("is wanted less often in recovery", () => {
    expect(waits(recovering(), 35)).toEqual(["2100 raised observation-overdue low"]);
    expect(waits(recovering({ observationIntervalMin: { recovery: 5 } }), 35)).toEqual([
      "600 raised observation-overdue low",
    ]);
  });
});

describe("dissociation-prolonged", () => {
  const often = { observationIntervalMin: { infusing: 600, recovery: 600 } };

  it("is raised an hour after the infusion when dissociation was last seen and not seen to end", () => {
    const scene = recovering(often);
    records(scene, 10, { dissociation: 6 });
    records(scene, 50, { nausea: 1 });
    expect(waits(scene, 60)).toEqual(["3600 raised dissociation-prolonged low"]);
    expect(records(scene, 61, { dissociation: 1 })).toEqual(["3660 act record-observation recovery"]);
    expect(records(scene, 62, { dissociation: 0 })).toEqual([
      "3720 act record-observation recovery",
      "3720 cleared dissociation-prolonged low",
    ]);
  });

  it("is not raised during the infusion, nor when nothing or no dissociation was seen", () => {
    const running = infusing(often);
    records(running, 1, { dissociation: 9 });
    expect(waits(running, 200)).toEqual([]);
    expect(waits(recovering(often), 200)).toEqual([]);
    const none = recovering(often);
    records(none, 1, { dissociation: 0 });
    expect(waits(none, 200)).toEqual([]);
  });
});

it("an observation says something, within its scales", () => {
  const accepts = (observation: object) => commandSchema.safeParse({ type: "record-observation", observation }).success;
  for (const good of [{ dissociation: 0 }, { sedation: 5 }, { oriented: false }, { note: "calm" }]) {
    expect(accepts(good)).toBe(true);
  }
  for (const bad of [
    {},
    { dissociation: 11 },
    { sedation: 6 },
    { pain: 1.5 },
    { nausea: null },
    { note: " " },
    { foo: 1 },
  ]) {
    expect(accepts(bad), JSON.stringify(bad)).toBe(false);
  }
});
