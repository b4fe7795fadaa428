/** Why the engine decided what it decided, in the words that a replay shows. */
import { describe, expect, it } from "vitest";
import type { AlarmEvent } from "../alarms/index.ts";
import { commandIdSchema, personIdSchema } from "../ids/index.ts";
import { reasonOf } from "./reasons.ts";
import { BASELINE, infusing, NO_CHECKS, recovering, Scene, WELL } from "./test-scene.ts";

const reads =
  (scene: Scene, values: Parameters<Scene["reads"]>[1] = WELL) =>
  (s: number) =>
    scene.reads(s, values);
/** What is said of one alarm, or of another kind of event. */
const of = (lines: string[], what: string) =>
  lines.flatMap((line) => (line.startsWith(`${what}: `) ? [line.slice(what.length + 2)] : []));
/** A monitor that sends once in half an hour is silent for none of these. */
const slow = (scene: Scene) => (s: number) => scene.reads(s, {}, { cadenceS: 1800 });
const calm = (protocol: object = {}) =>
  infusing({ limits: {}, cuffIntervalMin: { infusing: 120, recovery: 120 }, ...protocol });

describe("of a signal", () => {
  it("which one did not come and for how long, and that it came again", () => {
    const scene = infusing();
    scene.readsOn(1, 5, WELL);
    scene.readsOn(6, 9, { hr: 70, spo2: null, rr: 14 });
    expect(scene.why(10, reads(scene, { hr: 70, rr: 14 }))).toEqual([
      "raised signal-lost.spo2: No valid SpO₂ came for 5 s, while the monitor goes on talking.",
    ]);
    expect(scene.why(11, reads(scene))).toEqual(["cleared signal-lost.spo2: A valid SpO₂ came again."]);
  });

  it("that it is hidden by the silence of the whole monitor", () => {
    const scene = infusing();
    scene.readsOn(1, 5, WELL);
    scene.readsOn(6, 11, { hr: 70, rr: 14 });
    expect(of(scene.why(21), "cleared signal-lost.spo2")).toEqual([
      "The whole monitor is silent, and that alarm says it for every signal.",
    ]);
  });
});

describe("of a monitor", () => {
  it("how long it has sent nothing, by the priority, and that it speaks again", () => {
    const scene = infusing();
    scene.reads(1, WELL);
    const why = scene.why(31);
    expect(of(why, "raised monitor-silent")).toEqual(["The monitor has sent nothing for 10 s."]);
    expect(of(why, "escalated monitor-silent")).toEqual(["The monitor has sent nothing for 30 s."]);
    expect(of(scene.why(32, reads(scene)), "cleared monitor-silent")).toEqual([
      expect.stringMatching(/^The monitor has sent something again\./),
    ]);
  });

  it("that without a drug its silence is of low priority, and what the drug changes", () => {
    const scene = new Scene(NO_CHECKS);
    scene.opens(0);
    expect(scene.why(12)).toEqual([
      "raised monitor-silent: The monitor has sent nothing for 10 s; without a drug on board that is of low priority.",
    ]);
    scene.does(13, { type: "record-baseline", values: BASELINE });
    expect(scene.why(14, (s) => scene.does(s, { type: "start-infusion" }))).toEqual([
      "act: From preparation to infusing.",
      "escalated monitor-silent: The session's phase has changed: with a drug on board it has medium priority.",
    ]);
    const started = commandIdSchema.parse(scene.bay.session?.acts.at(-1)?.id);
    expect(scene.why(15, (s) => scene.does(s, { type: "undo-act", act: started }))).toContain(
      "deescalated monitor-silent: The session's phase has changed: without a drug on board it has low priority.",
    );
  });

  it("that its clock is off, and right again", () => {
    const scene = infusing();
    for (let s = 1; s <= 4; s++) scene.reads(s, WELL, { measuredAtS: s + 60 });
    expect(scene.why(5, (s) => scene.reads(s, WELL, { measuredAtS: s + 60 }))).toEqual([
      "raised clock-skew: The monitor's clock is off by more than 5 s, by several of its messages.",
    ]);
    const right = [6, 7, 8, 9].flatMap((at) => scene.why(at, (s) => scene.reads(s, WELL, { measuredAtS: s })));
    expect(right).toEqual(["cleared clock-skew: By its latest messages the monitor's clock is right again."]);
  });
});

describe("of what falls due", () => {
  it("the cuff: how late it is and how often it is due, and that it came", () => {
    const scene = infusing({ limits: {}, cuffIntervalMin: { infusing: 2.5 } });
    slow(scene)(0);
    const why = scene.why(360);
    expect(of(why, "raised pressure-overdue")).toEqual([
      "No cuff pressure came for 3.5 min; one is due every 2.5 min.",
    ]);
    expect(of(why, "escalated pressure-overdue")).toEqual([
      "No cuff pressure came for 6 min; one is due every 2.5 min.",
    ]);
    expect(of(scene.why(361, reads(scene, { sbp: 120 })), "cleared pressure-overdue")).toEqual([
      "A cuff pressure came.",
    ]);
  });

  it("the plan: its minutes, and that its time was changed", () => {
    const scene = calm();
    slow(scene)(0);
    expect(of(scene.why(2400), "raised plan-elapsed")).toEqual([
      "The planned 40 min of the infusion are over, and it has not been stopped.",
    ]);
    expect(
      of(
        scene.why(2401, (s) => scene.does(s, { type: "extend-infusion", minutes: 5 })),
        "cleared plan-elapsed",
      ),
    ).toEqual(["The planned time was changed, or the infusion does not run any more."]);
  });

  it("with another phase, that nobody asks for it in this one", () => {
    const scene = calm();
    slow(scene)(0);
    scene.waits(2400);
    const why = scene.why(2401, (s) => scene.does(s, { type: "end-infusion" }));
    expect(of(why, "act")).toEqual(["From infusing to recovery."]);
    expect(of(why, "cleared plan-elapsed")).toEqual([
      "The session's phase has changed, and it is not asked for in this one.",
    ]);
  });

  it("an observation: for how long there was none, and that there is one", () => {
    const scene = calm({ observationIntervalMin: { infusing: 15, recovery: 15 } });
    slow(scene)(0);
    expect(of(scene.why(1200), "raised observation-overdue")).toEqual([
      "Nobody recorded an observation for 20 min; one is due every 15 min.",
    ]);
    const seen = { type: "record-observation", observation: { sedation: 5 } } as const;
    expect(
      of(
        scene.why(1201, (s) => scene.does(s, seen)),
        "cleared observation-overdue",
      ),
    ).toEqual(["An observation was recorded."]);
  });

  it("a dissociation: how long after the infusion, and that its end was noted", () => {
    const scene = calm({ dissociationExpectedMin: 30 });
    slow(scene)(0);
    scene.does(10, { type: "record-observation", observation: { dissociation: 6 } });
    scene.does(20, { type: "end-infusion" });
    expect(of(scene.why(20 + 1800), "raised dissociation-prolonged")).toEqual([
      "Dissociation was noted and not its end, 30 min after the infusion.",
    ]);
    const over = { type: "record-observation", observation: { dissociation: 0 } } as const;
    expect(
      of(
        scene.why(1900, (s) => scene.does(s, over)),
        "cleared dissociation-prolonged",
      ),
    ).toEqual(["The end of the dissociation was noted."]);
  });

  it("the least stay: that it is over, and what the criteria make of it", () => {
    const scene = recovering({ recoveryMinimumMin: 2, dischargeCuffs: 1, dischargeFacts: [], limits: {} });
    slow(scene)(0);
    expect(of(scene.why(120), "raised recovery-minimum-reached")).toEqual([
      "The least stay of 2 min is over; not every criterion for going home holds.",
    ]);
    const ready = scene.why(121, reads(scene));
    expect(of(ready, "cleared recovery-minimum-reached")).toEqual([
      "Every criterion for going home holds now, which another alarm says.",
    ]);
    expect(of(ready, "raised ready-for-discharge")).toEqual([
      "The least stay is over, and every criterion for going home holds.",
    ]);
    expect(of(scene.why(122, reads(scene, { ...WELL, hr: 150 })), "cleared ready-for-discharge")).toEqual([
      "A criterion for going home does not hold any more.",
    ]);
  });
});

describe("of the ladder", () => {
  const loud = () => {
    const scene = infusing({ escalation: [{ afterS: 30, target: "second nurse" }] });
    scene.reads(0, { sbp: 70 }, { cadenceS: 1800 });
    return scene;
  };
  const called = () => {
    const scene = loud();
    scene.waits(30);
    return scene;
  };

  it("whom it calls and after how long, and whether they have it", () => {
    const scene = loud();
    expect(scene.why(30)).toEqual([
      "delivery: It is of high priority and nobody acknowledged it for 30 s: the ladder takes it to second nurse.",
    ]);
    expect(scene.why(31, (s) => scene.hears(s, "sbp.low", 0, "sent"))).toEqual([
      "delivery: It was handed over to second nurse; whether they have it is not known yet.",
    ]);
    expect(scene.why(32, (s) => scene.hears(s, "sbp.low", 0, "confirmed"))).toEqual([
      "delivery: The screens of second nurse have it.",
    ]);
  });

  it("the session's own, where it has one", () => {
    const scene = new Scene(NO_CHECKS);
    scene.opens(0, { ...NO_CHECKS, escalation: [{ afterS: 5, target: "doctor" }] });
    scene.reads(0, { sbp: 70 }, { cadenceS: 1800 });
    expect(scene.why(5)).toEqual([
      "delivery: It is of high priority and nobody acknowledged it for 5 s: the ladder takes it to doctor.",
    ]);
  });

  it("that a target was not reached", () => {
    const scene = called();
    expect(scene.why(32, (s) => scene.hears(s, "sbp.low", 0, "failed", "no screen"))).toEqual([
      "delivery: It did not reach second nurse; the next rung is tried in its time.",
    ]);
  });

  it("that nobody need come for what was acknowledged", () => {
    const scene = called();
    const why = scene.why(32, (s) => scene.does(s, { type: "acknowledge-alarm", alarm: "sbp.low" }));
    expect(of(why, "delivery")).toEqual([
      "Acknowledged, over, or changed in priority: second nurse need not be called for what it was.",
    ]);
  });

  it("the reminder of what was acknowledged and is still high", () => {
    const scene = loud();
    scene.does(1, { type: "acknowledge-alarm", alarm: "sbp.low" });
    expect(scene.why(181)).toEqual(["reminded sbp.low: Acknowledged three minutes ago, it is still of high priority."]);
  });
});

describe("of what people do", () => {
  it("nothing beside an act that changes no phase", () => {
    const scene = infusing();
    expect(scene.why(1, (s) => scene.does(s, { type: "record-observation", observation: { pain: 1 } }))).toEqual([]);
    const now = { type: "record-observation", observation: { pain: 1 }, effectiveAt: 2_000 } as const;
    expect(scene.why(2, (s) => scene.does(s, now))).toEqual([]);
  });

  it("the phases that it leads from and to, a free bay included", () => {
    expect(((scene) => scene.why(1, (s) => scene.opens(s)))(new Scene())).toEqual([
      "act: From a free bay to preparation.",
    ]);
  });

  it("from when a late entry holds, and what an undoing means", () => {
    const scene = infusing();
    const late = { type: "record-observation", observation: { pain: 1 }, effectiveAt: 30_000 } as const;
    expect(scene.why(120, (s) => scene.does(s, late)).filter((line) => line.startsWith("act"))).toEqual([
      "act: It holds from 1.5 min before it was entered.",
    ]);
    const last = commandIdSchema.parse(scene.bay.session?.acts.at(-1)?.id);
    expect(scene.why(121, (s) => scene.does(s, { type: "undo-act", act: last }))).toEqual([
      "act: The session is as if that act had not been.",
    ]);
  });

  it("two things of one act in one line", () => {
    const scene = infusing();
    expect(scene.why(120, (s) => scene.does(s, { type: "end-infusion", effectiveAt: 60_000 }))).toContain(
      "act: From infusing to recovery. It holds from 1 min before it was entered.",
    );
  });

  it("what was in the way of what was refused", () => {
    expect(((scene) => scene.why(1, (s) => scene.does(s, { type: "start-infusion" })))(new Scene())).toEqual([
      "refused: Nothing was changed, because no session is open at the bay.",
    ]);
  });

  it("how a pause of the sound ended", () => {
    const pause = { type: "pause-audio", seconds: 60 } as const;
    const scene = infusing();
    slow(scene)(0);
    scene.does(1, pause);
    expect(scene.why(61)).toEqual(["audio: The time it was asked for is over."]);
    scene.does(62, pause);
    expect(scene.why(63, (s) => scene.does(s, { type: "resume-audio" }))).toEqual(["audio: A person ended it."]);
    scene.does(64, pause);
    const left = { type: "abandon-session", reason: "left", left: "against-advice" } as const;
    expect(scene.why(65, (s) => scene.does(s, left))).toEqual([
      "act: From infusing to a free bay.",
      "audio: The session has ended, and its pause with it.",
    ]);
  });

  it("that the alarms of a patient who moves go along", () => {
    const scene = infusing();
    scene.reads(1, { sbp: 70 });
    const before = scene.bay;
    const event: AlarmEvent = {
      type: "alarm",
      at: 2_000,
      alarm: "sbp.low",
      kind: "physiological",
      change: "cleared",
      tier: "critical",
      priority: "high",
      value: 70,
      limit: 80,
      reason: "transferred",
      by: personIdSchema.parse("n1"),
    };
    expect(reasonOf(event, before, before)).toBe("The patient goes to another bay, and the alarm goes along.");
  });
});
