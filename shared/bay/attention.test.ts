/** A high alarm that nobody comes for is taken further; one that was acknowledged and still holds is recalled. */
import { describe, expect, it } from "vitest";
import { annunciation } from "../alarms/index.ts";
import { infusing, type Scene, WELL } from "./test-scene.ts";

const SBP = {
  limits: { sbp: { low: { warning: { limit: 90 }, critical: { limit: 80 } } } },
  cuffIntervalMin: { infusing: 60 },
};
const acknowledge = { type: "acknowledge-alarm" as const, alarm: "sbp.low" };
const about = (lines: string[], word: string) => lines.filter((line) => line.includes(word));
/** A high alarm raised at 1 s, on a link that is not expected to say anything for an hour. */
const alarmed = (): Scene => {
  const scene = infusing(SBP);
  scene.reads(1, { sbp: 70 }, { cadenceS: 1800 });
  return scene;
};

describe("the escalation ladder", () => {
  it("calls the second nurse at 30 s and the supervisor at 60 s", () => {
    expect(alarmed().waits(600)).toEqual(["31 queued sbp.low 0 second nurse", "61 queued sbp.low 1 supervisor"]);
  });

  it("is the protocol’s", () => {
    const scene = infusing({ ...SBP, escalation: [{ afterS: 5, target: "station" }] });
    scene.reads(1, { sbp: 70 }, { cadenceS: 1800 });
    expect(scene.waits(600)).toEqual(["6 queued sbp.low 0 station"]);
  });

  it("is not climbed for a medium alarm, nor once the alarm is acknowledged, over or gone down", () => {
    const medium = infusing(SBP);
    medium.reads(1, { sbp: 85 }, { cadenceS: 1800 });
    expect(medium.waits(600)).toEqual([]);
    const seen = alarmed();
    seen.does(30, acknowledge);
    expect(about(seen.waits(600), "queued")).toEqual([]);
    const over = alarmed();
    over.reads(30, { sbp: 120 });
    expect(over.waits(600)).toEqual([]);
    const down = alarmed();
    down.reads(30, { sbp: 85 });
    expect(down.waits(600)).toEqual([]);
  });

  it("goes on while the data are lost", () => {
    const scene = infusing({ ...SBP, staleAfter: { sbp: 10 } });
    scene.reads(1, { sbp: 70 }, { cadenceS: 1800 });
    expect(scene.waits(600)).toContain("61 queued sbp.low 1 supervisor");
  });

  it("tells what became of each rung, and takes no word back once it is confirmed", () => {
    const scene = alarmed();
    scene.waits(31);
    expect(scene.hears(32, "sbp.low", 0, "sent")).toEqual(["32 sent sbp.low 0 second nurse"]);
    expect(scene.hears(33, "sbp.low", 0, "sent")).toEqual([]);
    expect(scene.hears(34, "sbp.low", 0, "confirmed")).toEqual(["34 confirmed sbp.low 0 second nurse"]);
    expect(scene.hears(35, "sbp.low", 0, "failed", "no answer")).toEqual([]);
    scene.waits(61);
    expect(scene.hears(62, "sbp.low", 1, "failed", "no screen")).toEqual(["62 failed sbp.low 1 supervisor no screen"]);
  });

  it("takes word of a rung or an alarm that is not there for nothing", () => {
    const scene = alarmed();
    expect(scene.hears(2, "sbp.low", 0, "sent")).toEqual([]);
    expect(scene.hears(3, "hr.low", 0, "sent")).toEqual([]);
  });

  it("what is queued is cancelled by the acknowledgement, once", () => {
    const scene = alarmed();
    scene.waits(31);
    expect(scene.does(40, acknowledge)).toEqual([
      "40 act acknowledge-alarm infusing",
      "40 cancelled sbp.low 0 second nurse",
      "40 acknowledged sbp.low critical high by n1",
    ]);
    expect(about(scene.reads(50, { sbp: 120 }), "cancelled")).toEqual([]);
  });

  it("calls anew from the bay to which the patient is taken, whatever had become of the calls", () => {
    const scene = alarmed();
    scene.waits(31);
    scene.hears(31, "sbp.low", 0, "sent");
    expect(about(scene.moves(40), "sbp.low")).toEqual([
      "40 cancelled sbp.low 0 second nurse",
      "40 cleared sbp.low high transferred",
    ]);
    expect(about(scene.waits(69), "queued")).toEqual([
      "40 queued sbp.low 0 second nurse",
      "61 queued sbp.low 1 supervisor",
    ]);
    scene.hears(69, "sbp.low", 0, "confirmed");
    scene.moves(69);
    expect(about(scene.waits(100), "queued sbp.low")).toEqual([
      "69 queued sbp.low 0 second nurse",
      "69 queued sbp.low 1 supervisor",
    ]);
  });

  it("calls nobody from there for an alarm that somebody has acknowledged", () => {
    const scene = alarmed();
    scene.waits(31);
    scene.does(35, acknowledge);
    scene.moves(40);
    expect(about(scene.waits(200), "queued sbp.low")).toEqual([]);
  });

  it("what is queued is cancelled by the end of the alarm, once", () => {
    const scene = alarmed();
    scene.waits(31);
    expect(about(scene.reads(50, { sbp: 120 }), "cancelled")).toEqual(["50 cancelled sbp.low 0 second nurse"]);
    expect(about(scene.does(60, acknowledge), "cancelled")).toEqual([]);
  });

  it("what is on its way is cancelled like what is queued: no rung stays without an end", () => {
    const sent = (): Scene => {
      const scene = alarmed();
      scene.waits(31);
      scene.hears(32, "sbp.low", 0, "sent");
      return scene;
    };
    const cancelled = ["40 cancelled sbp.low 0 second nurse"];
    expect(about(sent().does(40, acknowledge), "cancelled")).toEqual(cancelled);
    expect(about(sent().reads(40, { sbp: 120 }), "cancelled")).toEqual(cancelled);
    expect(about(sent().reads(40, { sbp: 85 }), "cancelled")).toEqual(cancelled);
    const off = { type: "alarm-off" as const, vital: "sbp" as const, reason: "cuff" };
    expect(about(sent().does(40, off), "cancelled")).toEqual(cancelled);
    const leaves = { type: "abandon-session" as const, reason: "wants to go", left: "against-advice" as const };
    expect(about(sent().does(40, leaves), "cancelled")).toEqual(cancelled);
  });

  it("what was confirmed or has failed is not cancelled", () => {
    const scene = alarmed();
    scene.waits(61);
    scene.hears(62, "sbp.low", 0, "confirmed");
    scene.hears(62, "sbp.low", 1, "failed", "no screen");
    expect(about(scene.does(70, acknowledge), "cancelled")).toEqual([]);
  });

  it("word that comes after the cancelling changes nothing", () => {
    const scene = alarmed();
    scene.waits(31);
    scene.does(40, acknowledge);
    expect(scene.hears(41, "sbp.low", 0, "sent")).toEqual([]);
  });

  it("what is queued is cancelled, not forgotten, when the alarm escalates", () => {
    const high = { warning: { limit: 90, priority: "high" as const }, critical: { limit: 80 } };
    const scene = infusing({ ...SBP, limits: { sbp: { low: high } } });
    scene.reads(1, { sbp: 85 }, { cadenceS: 1800 });
    scene.waits(31);
    expect(about(scene.reads(40, { sbp: 70 }), "cancelled")).toEqual(["40 cancelled sbp.low 0 second nurse"]);
    expect(scene.waits(70)).toEqual(["70 queued sbp.low 0 second nurse"]);
  });
});

describe("the reminder", () => {
  it("comes once, three minutes after the acknowledgement of a high alarm that still holds", () => {
    const scene = alarmed();
    scene.does(10, acknowledge);
    expect(scene.waits(189.999)).toEqual([]);
    expect(scene.waits(900)).toEqual(["190 reminded sbp.low critical high"]);
  });

  it("does not come when the alarm is over, has gone down, or was never high", () => {
    for (const sbp of [120, 85]) {
      const scene = alarmed();
      scene.does(10, acknowledge);
      scene.reads(20, { sbp });
      expect(about(scene.waits(3000), "reminded")).toEqual([]);
    }
    const medium = infusing(SBP);
    medium.reads(1, { sbp: 85 }, { cadenceS: 1800 });
    medium.does(10, acknowledge);
    expect(medium.waits(900)).toEqual([]);
  });

  it("comes at its time, though the value grows old before", () => {
    const scene = infusing({ ...SBP, staleAfter: { sbp: 100 } });
    scene.reads(1, { sbp: 70 }, { cadenceS: 1800 });
    scene.does(10, acknowledge);
    expect(scene.waits(900)).toEqual(["101 unknown sbp.low critical high", "190 reminded sbp.low critical high"]);
  });

  const remindedAt = (scene: Scene) => scene.bay.alarms.find(({ id }) => id === "sbp.low")?.remindedAt;

  it("stands on the alarm until it is answered, over, gone down or gone up", () => {
    const scene = alarmed();
    scene.does(10, acknowledge);
    scene.waits(189.999);
    expect(remindedAt(scene)).toBeNull();
    scene.waits(190);
    expect(remindedAt(scene)).toBe(190_000);
    scene.reads(200, { sbp: 71 });
    expect(remindedAt(scene)).toBe(190_000);
    const down = alarmed();
    down.does(10, acknowledge);
    down.reads(191, { sbp: 85 });
    expect(remindedAt(down)).toBeNull();
    scene.reads(201, { sbp: 120 });
    expect(remindedAt(scene)).toBeUndefined();
  });

  it("may be answered once, and comes again three minutes after the answer", () => {
    const scene = alarmed();
    scene.does(10, acknowledge);
    expect(scene.does(189, acknowledge)).toContain("189 refused acknowledge-alarm already-done");
    scene.waits(190);
    expect(scene.does(200, acknowledge)).toContain("200 acknowledged sbp.low critical high by n1");
    expect(remindedAt(scene)).toBeNull();
    expect(scene.does(201, acknowledge)).toContain("201 refused acknowledge-alarm already-done");
    expect(scene.waits(900)).toEqual(["380 reminded sbp.low critical high"]);
  });

  it("and another change of the same alarm at the same instant are not two events", () => {
    const scene = infusing({ ...SBP, staleAfter: { sbp: 200 } });
    scene.reads(1, { sbp: 70 }, { cadenceS: 1800 });
    scene.does(21, acknowledge);
    expect(about(scene.waits(201), "201")).toHaveLength(1);
  });
});

describe("what is to be heard", () => {
  const heard = (scene: Scene) => scene.bay.alarms.map((alarm) => annunciation(alarm, scene.bay.audioPause));

  it("sounds until it is acknowledged or over", () => {
    const seen = alarmed();
    expect(heard(seen)).toEqual(["sounding"]);
    seen.does(2, acknowledge);
    expect(heard(seen)).toEqual(["silent"]);
    const over = alarmed();
    over.reads(2, WELL);
    expect(heard(over)).toEqual(["silent"]);
  });

  it("is paused by an audio pause, but for what is raised or escalated during it", () => {
    const scene = infusing();
    scene.reads(1, { sbp: 85, dbp: 45 });
    scene.does(2, { type: "pause-audio", seconds: 60 });
    expect(heard(scene)).toEqual(["paused", "paused"]);
    scene.reads(3, { sbp: 85, dbp: 39 });
    expect(heard(scene)).toEqual(["paused", "sounding"]);
    scene.does(4, { type: "pause-audio", seconds: 60 });
    expect(heard(scene)).toEqual(["paused", "paused"]);
    scene.waits(64);
    expect(heard(scene).slice(0, 2)).toEqual(["sounding", "sounding"]);
  });

  it("sounds when it is raised or escalated after the pause began, though in its very millisecond", () => {
    const scene = infusing();
    scene.reads(1, { sbp: 85 });
    scene.does(1, { type: "pause-audio", seconds: 60 });
    expect(heard(scene)).toEqual(["paused"]);
    scene.reads(1, { sbp: 79, dbp: 45 });
    expect(heard(scene)).toEqual(["sounding", "sounding"]);
  });

  it("is told by the beginning of a pause that an earlier version kept", () => {
    const scene = infusing();
    scene.reads(1, { sbp: 85 });
    const [alarm] = scene.bay.alarms;
    const heardIn = (since: number) => alarm && annunciation(alarm, { since, until: 60_000 });
    expect([heardIn(999), heardIn(1_000)]).toEqual(["sounding", "paused"]);
  });

  it("is kept of a pause why it was asked for", () => {
    const scene = infusing();
    scene.does(2, { type: "pause-audio", seconds: 60, reason: "suctioning" });
    expect(scene.bay.audioPause).toMatchObject({ name: "Nora", reason: "suctioning" });
  });
});
