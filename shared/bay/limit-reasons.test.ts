/** What is said of a limit alarm: the limit, how long it was passed, and what ended it. */
import { describe, expect, it } from "vitest";
import { infusing, NURSE, Scene, WELL } from "./test-scene.ts";

const reads = (scene: Scene, values: Parameters<Scene["reads"]>[1]) => (s: number) => scene.reads(s, values);
const tier = { delay: 0, offDelay: 0, deadband: 0 };

describe("of an alarm that begins", () => {
  it("the limit, its side and the delay that it was passed for", () => {
    const scene = infusing();
    scene.readsOn(1, 10, { ...WELL, spo2: 88, hr: 130 });
    expect(scene.why(11, reads(scene, { ...WELL, spo2: 88, hr: 130 }))).toEqual([
      "raised hr.high: HR was above the warning limit of 120 /min for 10 s without a break: medium priority.",
      "raised spo2.low: SpO₂ was below the critical limit of 90 % for 10 s without a break: high priority.",
    ]);
  });

  it("that it came at once where nothing is waited for, and for a rise the baseline", () => {
    const scene = infusing();
    expect(scene.why(1, reads(scene, { sbp: 160, dbp: 39 }))).toEqual([
      "raised sbp.high: SBP was above the warning limit of 156 mmHg, a rise of 30 % over the baseline of 120 mmHg, at once: medium priority.",
      "raised dbp.low: DBP was below the critical limit of 40 mmHg at once: high priority.",
    ]);
    expect(scene.why(2, reads(scene, { sbp: 181 }))).toEqual([
      "escalated sbp.high: SBP was above the critical limit of 180 mmHg at once: high priority.",
    ]);
  });

  it("of several rises of a vital the one that is meant", () => {
    const rise = { ...tier, vital: "hr" as const };
    const scene = infusing({
      limits: {},
      relative: [
        { ...rise, vital: "sbp", riseOverBaseline: 0.9 },
        { ...rise, riseOverBaseline: 0.6, priority: "low" },
        { ...rise, riseOverBaseline: 0.125 },
      ],
    });
    expect(scene.why(1, reads(scene, { hr: 80 }))).toEqual([
      "raised hr.high: HR was above the warning limit of 78.75 /min, a rise of 12.5 % over the baseline of 70 /min, at once: medium priority.",
    ]);
  });

  it("of two tiers at one limit the one that began", () => {
    const limits = (warning: number, critical: number) => ({
      hr: {
        low: { warning: { ...tier, limit: 50, delay: warning }, critical: { ...tier, limit: 50, delay: critical } },
      },
    });
    const [grave, mild] = [infusing({ limits: limits(5, 0) }), infusing({ limits: limits(0, 3) })];
    expect(grave.why(1, reads(grave, { hr: 45 }))).toEqual([
      "raised hr.low: HR was below the critical limit of 50 /min at once: high priority.",
    ]);
    mild.readsOn(1, 3, { hr: 45 });
    expect(mild.why(4, reads(mild, { hr: 45 }))).toEqual([
      "escalated hr.low: HR was below the critical limit of 50 /min for 3 s without a break: high priority.",
    ]);
  });

  it("the baseline of each vital that has one", () => {
    const relative = [{ ...tier, vital: "spo2" as const, riseOverBaseline: 0.01 }];
    const scene = infusing({ limits: {}, relative });
    expect(scene.why(1, reads(scene, { spo2: 100 }))).toEqual([
      expect.stringContaining("limit of 98.98 %, a rise of 1 % over the baseline of 98 %, at once"),
    ]);
  });

  it("that it is the first value after a gap, if it waited for nothing", () => {
    const scene = infusing({ limits: { hr: { low: { warning: { ...tier, limit: 50 } } } } });
    scene.reads(1, { hr: 70, spo2: 98 });
    scene.waits(8);
    expect(scene.why(9, reads(scene, { hr: 45 }))).toContain(
      "raised hr.low: The first HR after a gap is below the warning limit of 50 /min, which waits for nothing: medium priority.",
    );
  });
});

describe("of an alarm that ends", () => {
  it("the value that ended it, its deadband and how long it held", () => {
    const scene = infusing();
    scene.readsOn(1, 16, { ...WELL, spo2: 92, hr: 130 });
    scene.readsOn(17, 21, WELL);
    expect(scene.why(22, reads(scene, WELL))).toEqual([
      "cleared hr.high: HR was 118 /min or less (the warning limit of 120 /min; its deadband is 2) for 5 s without a break.",
      "cleared spo2.low: SpO₂ was 95 % or more (the warning limit of 94 %; its deadband is 1) for 5 s without a break.",
    ]);
  });

  it("that one value is enough, of a rise without its comma, and that it stays to be seen", () => {
    const scene = infusing();
    scene.reads(1, { sbp: 181, dbp: 98 });
    expect(scene.why(2, reads(scene, { sbp: 160, dbp: 90 }))).toEqual([
      "deescalated sbp.high: SBP was 177 mmHg or less (the critical limit of 180 mmHg; its deadband is 3), and one value is enough. What is left of it has medium priority.",
      "cleared dbp.high: DBP was 94.5 mmHg or less (the warning limit of 97.5 mmHg, a rise of 30 % over the baseline of 75 mmHg; its deadband is 3), and one value is enough.",
    ]);
    expect(scene.why(3, reads(scene, { sbp: 120 }))).toEqual([
      "cleared sbp.high: SBP was 153 mmHg or less (the warning limit of 156 mmHg, a rise of 30 % over the baseline of 120 mmHg; its deadband is 3), and one value is enough. Nobody has seen it, and an alarm as grave as it was stays until somebody has.",
    ]);
  });

  it("the tier that ended, and neither one that goes on nor one that is about to end", () => {
    const rise = { ...tier, vital: "hr" as const };
    const of = (...relative: { riseOverBaseline: number; priority: "high" | "low"; offDelay?: number }[]) => {
      const scene = infusing({ limits: {}, relative: relative.map((each) => ({ ...rise, ...each })) });
      scene.reads(1, { hr: 100 });
      return scene;
    };
    const goesOn = of({ riseOverBaseline: 0.1, priority: "low" }, { riseOverBaseline: 0.3, priority: "high" });
    expect(goesOn.why(2, reads(goesOn, { hr: 80 }))).toEqual([
      expect.stringMatching(/^deescalated hr\.high: HR was 91 .* What is left of it has low priority\.$/),
    ]);
    const aboutTo = of(
      { riseOverBaseline: 0.1, priority: "high" },
      { riseOverBaseline: 0.3, priority: "low", offDelay: 60 },
    );
    expect(aboutTo.why(2, reads(aboutTo, { hr: 70 }))).toEqual([
      expect.stringMatching(/^deescalated hr\.high: HR was 77 .* What is left of it has low priority\.$/),
    ]);
  });

  it("no deadband where there is none", () => {
    const scene = infusing({ limits: { hr: { low: { warning: { ...tier, limit: 50 } } } } });
    scene.reads(1, { hr: 45 });
    expect(scene.why(2, reads(scene, { hr: 51 }))).toEqual([
      "cleared hr.low: HR was 50 /min or more (the warning limit of 50 /min), and one value is enough.",
    ]);
  });
});

describe("of an alarm that the rules change", () => {
  const hrLow = (limit: number, critical?: number) => (scene: Scene) => (s: number) =>
    scene.does(s, {
      type: "set-limits",
      vital: "hr",
      limits: {
        low: {
          warning: { ...tier, limit, priority: "medium" },
          ...(critical === undefined ? {} : { critical: { ...tier, limit: critical, priority: "high" } }),
        },
      },
      relative: [],
    });
  const low = () => {
    const scene = infusing({ limits: { hr: { low: { warning: { ...tier, limit: 40 } } } } });
    scene.reads(1, { hr: 45 });
    return scene;
  };

  it("that it was the last value, by the rules as they are now", () => {
    const scene = low();
    const why = [
      ...scene.why(2, hrLow(50)(scene)),
      ...scene.why(2, hrLow(50, 46)(scene)),
      ...scene.why(3, hrLow(50)(scene)),
      ...scene.why(3, hrLow(40)(scene)),
    ];
    expect(why).toEqual([
      "raised hr.low: The last HR, 45, is below the warning limit of 50 /min as the rules are now: medium priority.",
      "escalated hr.low: The last HR, 45, is below the critical limit of 46 /min as the rules are now: high priority.",
      "deescalated hr.low: The last HR, 45, weighs less by the rules as they are now.",
      expect.stringContaining("cleared hr.low: By the rules as they are now the last HR, 45, is no alarm."),
    ]);
  });

  it("the same when alarms are switched on again, and that a person switched them off", () => {
    const scene = low();
    scene.does(1, { type: "acknowledge-alarm", alarm: "hr.low" });
    hrLow(50)(scene)(1);
    expect(scene.why(2, (s) => scene.does(s, { type: "alarm-off", vital: "hr", reason: "shivering" }))).toEqual([
      "cleared hr.low: Alarms of this vital were switched off by a person.",
    ]);
    expect(scene.why(3, (s) => scene.does(s, { type: "alarm-on", vital: "hr" }))).toEqual([
      "raised hr.low: The last HR, 45, is below the warning limit of 50 /min as the rules are now: medium priority.",
    ]);
  });
});

describe("of an alarm whose value is lost", () => {
  it("for how long nothing came, and that a value that came back has not ended it", () => {
    const scene = infusing();
    scene.readsOn(1, 12, { ...WELL, spo2: 88 });
    expect(scene.why(17).at(0)).toBe(
      "unknown spo2.low: No valid SpO₂ came for 5 s. Losing data ends no alarm: it stands until a value says otherwise.",
    );
    expect(scene.why(18, reads(scene, { spo2: 88 }))).toContain(
      "present spo2.low: A valid SpO₂ came again, and it has not ended the alarm.",
    );
  });
});

describe("what needs no limit says what a person did", () => {
  it("seen, and seen when it was over", () => {
    const scene = infusing();
    scene.reads(1, { sbp: 70 });
    const seen = (s: number) => scene.does(s, { type: "acknowledge-alarm", alarm: "sbp.low" }, NURSE);
    expect(scene.why(2, seen)).toContain(
      "acknowledged sbp.low: A person has seen it: it sounds no more until it ends or becomes graver.",
    );
    const over = infusing();
    over.reads(1, { sbp: 70, dbp: 30 });
    over.reads(2, { sbp: 120 });
    expect(over.why(3, (s) => over.does(s, { type: "acknowledge-alarm", alarm: "dbp.low" }))).toContain(
      "acknowledged dbp.low: A person has seen it: it sounds no more until it ends or becomes graver.",
    );
    expect(over.why(3, (s) => over.does(s, { type: "acknowledge-alarm", alarm: "sbp.low" }))).toContain(
      "acknowledged sbp.low: It was over and waited only to be seen: it leaves.",
    );
  });
});

it("a session that ends without a drug tells of no limit", () => {
  const scene = new Scene();
  scene.opens(0);
  scene.reads(1, { sbp: 70 });
  expect(scene.why(2, (s) => scene.does(s, { type: "abandon-session", reason: "did not come" }))).toEqual([
    "act: From preparation to a free bay.",
    "cleared sbp.low: The session has ended: nobody is watched here any more.",
  ]);
});
