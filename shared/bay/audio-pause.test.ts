import { describe, expect, it } from "vitest";
import { annunciation } from "../alarms/index.ts";
import { infusing, NURSE, Scene, WELL } from "./test-scene.ts";

const pause = (seconds: number) => ({ type: "pause-audio" as const, seconds });
const resume = { type: "resume-audio" as const };

/** A pressure that is old after ten seconds, and nothing else that could alarm. */
const NO_CUFF_AT_ALL = { staleAfter: { sbp: 10 }, cuffIntervalMin: { infusing: 60 } };

describe("an audio pause", () => {
  it("has an owner and ends by itself, at its own time", () => {
    const scene = infusing();
    scene.reads(0, WELL, { cadenceS: 60 });
    expect(scene.does(1, pause(120))).toEqual(["1 act pause-audio infusing"]);
    expect(scene.bay.audioPause).toEqual({ since: 1_000, until: 121_000, by: NURSE.id, name: "Nora", covers: [] });
    expect(scene.waits(120.999)).toEqual([]);
    expect(scene.waits(200)[0]).toBe("121 audio pause-ended elapsed");
    expect(scene.bay.audioPause).toBeNull();
  });

  it("pressed again counts from then: never more than two minutes ahead", () => {
    const scene = infusing();
    scene.does(1, pause(120));
    scene.does(60, pause(30));
    expect(scene.bay.audioPause?.until).toBe(90_000);
  });

  it("is ended early by anyone, once", () => {
    const scene = infusing();
    scene.does(1, pause(60));
    expect(scene.does(2, resume)).toEqual(["2 act resume-audio infusing", "2 audio pause-ended ended-early"]);
    expect(scene.does(3, resume)).toEqual(["3 refused resume-audio already-done"]);
    expect(scene.waits(61).filter((line) => line.includes("audio"))).toEqual([]);
  });

  it("ended already when it would be ended at that very instant", () => {
    const scene = infusing();
    scene.does(0, pause(5));
    expect(scene.does(5, resume)).toEqual(["5 audio pause-ended elapsed", "5 refused resume-audio already-done"]);
  });

  it("ends with the session", () => {
    const scene = infusing();
    scene.does(1, pause(60));
    expect(scene.does(2, { type: "abandon-session", reason: "left", left: "against-advice" })).toEqual([
      "2 act abandon-session",
      "2 audio pause-ended session-ended",
    ]);
    expect(scene.waits(600)).toEqual([]);
  });

  it("neither acknowledges nor hides nor keeps an alarm from being raised", () => {
    const scene = infusing();
    scene.reads(1, { sbp: 85 });
    scene.does(2, pause(60));
    expect(scene.bay.alarms[0]).toMatchObject({ condition: "present", acknowledgement: null });
    expect(scene.reads(3, { sbp: 75 })).toEqual(["3 escalated sbp.low critical high 75 80"]);
    expect(scene.reads(4, WELL)).toEqual(["4 cleared sbp.low high latched"]);
  });

  it("goes on covering an alarm that only changes, and lets one sound that is raised anew or becomes graver", () => {
    const heard = (scene: Scene) => scene.bay.alarms.map((alarm) => annunciation(alarm, scene.bay.audioPause));
    const scene = infusing({ ...NO_CUFF_AT_ALL, latching: [] });
    scene.reads(1, { sbp: 75 }, { cadenceS: 600 });
    scene.does(2, pause(120));
    expect(heard(scene)).toEqual(["paused"]);
    expect(scene.reads(3, { sbp: 85 })).toEqual(["3 deescalated sbp.low warning medium"]);
    expect(heard(scene)).toEqual(["paused"]);
    expect(scene.waits(13)).toEqual(["13 unknown sbp.low warning medium"]);
    expect(heard(scene)).toEqual(["paused"]);
    scene.reads(14, { sbp: 120 });
    expect(scene.reads(15, { sbp: 85 })).toEqual(["15 raised sbp.low warning medium 85 90"]);
    expect(heard(scene)).toEqual(["sounding"]);
    scene.does(16, pause(60));
    expect(heard(scene)).toEqual(["paused"]);
    scene.reads(17, { sbp: 75 });
    expect(heard(scene)).toEqual(["sounding"]);
  });

  it("needs a session", () => {
    expect(new Scene().does(1, pause(60))).toEqual(["1 refused pause-audio no-session"]);
    expect(new Scene().does(1, resume)).toEqual(["1 refused resume-audio already-done"]);
  });

  it("ends at its own time, and holds up nothing that falls due before", () => {
    const scene = infusing();
    scene.does(1, { type: "pause-audio", seconds: 60 });
    expect(scene.waits(61)).toEqual([
      "10 raised monitor-silent medium",
      "30 escalated monitor-silent high",
      "60 queued monitor-silent 0 second nurse",
      "61 audio pause-ended elapsed",
    ]);
  });
});
