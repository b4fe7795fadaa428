/**
 * The oracle's own examples, worked by hand. Each names the sentence of the alarm specification it comes from.
 * An event reads `seconds event alarm tier/priority value limit`.
 */
import { describe, expect, it } from "vitest";
import { ADULT_KETAMINE_LIMITS } from "./adult-ketamine.ts";
import { type Course, type Limits, type Line, predictLimitAlarms, type TierLimit, type Vital } from "./limit-alarms.ts";

/** spo2 low: warning below 94, critical below 90. */
const warning: TierLimit = { limit: 94, priority: "medium", delay: 10, offDelay: 5, deadband: 1 };
const critical: TierLimit = { limit: 90, priority: "high", delay: 4, offDelay: 2, deadband: 1 };
const onlyWarning: Limits = { spo2: { low: { warning } } };
const onlyCritical: Limits = { spo2: { low: { critical } } };
const bothTiers: Limits = { spo2: { low: { warning, critical } } };

const warningWith = (change: Partial<TierLimit>): Limits => ({ spo2: { low: { warning: { ...warning, ...change } } } });

/** One reading a second from `start` on: `held(88, 3)` holds 88 for 3 s. */
function eachSecond(vital: Vital, values: (number | null)[], start = 0): Line[] {
  return values.map((value, i) => ({ t: start + i, [vital]: value }));
}
const held = <T>(value: T, seconds: number): T[] => Array.from({ length: seconds }, () => value);

function predict(lines: Line[], limits: Limits, more: Partial<Course> = {}): string[] {
  const endT = lines.at(-1)?.t ?? 0;
  const events = predictLimitAlarms({ lines, limits, cadenceS: 1, cuffIntervalMin: 5, endT, ...more });
  return events.map(({ t, event, alarm, tier, priority, value, limit }) =>
    [t, event, alarm, `${tier ?? "none"}/${priority}`, value, limit].filter((part) => part !== undefined).join(" "),
  );
}

describe("violating: high: v > limit; low: v < limit", () => {
  it("is quiet at the very limit", () => {
    expect(predict(eachSecond("spo2", held(94, 20)), onlyWarning)).toEqual([]);
  });

  it("counts the smallest step below a low limit", () => {
    expect(predict(eachSecond("spo2", [93.9]), warningWith({ delay: 0 }))).toEqual([
      "0 raised spo2.low warning/medium 93.9 94",
    ]);
  });

  it("counts above, not at, a high limit", () => {
    const high: Limits = {
      hr: { high: { warning: { limit: 120, priority: "medium", delay: 0, offDelay: 0, deadband: 2 } } },
    };
    expect(predict(eachSecond("hr", [120, 121]), high)).toEqual(["1 raised hr.high warning/medium 121 120"]);
  });

  it("takes 0 as a value", () => {
    expect(predict(eachSecond("spo2", [0]), warningWith({ delay: 0 }))).toEqual([
      "0 raised spo2.low warning/medium 0 94",
    ]);
  });
});

describe("pending → active at exactly t₀ + delay", () => {
  it("fires at the delay, not at the next reading after it", () => {
    const lines = [0, 4, 8, 12].map((t) => ({ t, spo2: 88 }));
    expect(predict(lines, onlyWarning)).toEqual(["10 raised spo2.low warning/medium 88 94"]);
  });

  it("fires at the delay counted from the first violating reading, not from the feed’s start", () => {
    expect(predict(eachSecond("spo2", [97, 97, ...held(93, 12)]), onlyWarning)).toEqual([
      "12 raised spo2.low warning/medium 93 94",
    ]);
  });

  it("shows the last value known when the delay ends, not the one that began it", () => {
    expect(predict(eachSecond("spo2", [...held(93, 9), 92, 91]), onlyWarning)).toEqual([
      "10 raised spo2.low warning/medium 92 94",
    ]);
  });

  it("is cancelled by one normal reading, and counts anew", () => {
    expect(predict(eachSecond("spo2", [...held(88, 9), 94, ...held(88, 11)]), onlyWarning)).toEqual([
      "20 raised spo2.low warning/medium 88 94",
    ]);
  });

  it("is cancelled by a reading inside the deadband, which is not violating", () => {
    expect(predict(eachSecond("spo2", [...held(93, 5), 94.5, ...held(93, 6)]), onlyWarning)).toEqual([]);
  });

  it("fires even if the reading at that instant is normal", () => {
    expect(predict(eachSecond("spo2", [...held(88, 10), 97]), onlyWarning)).toEqual([
      "10 raised spo2.low warning/medium 88 94",
    ]);
  });

  it("does not fire when a normal reading comes a millisecond before the delay ends", () => {
    const lines = [...eachSecond("spo2", held(88, 10)), { t: 9.999, spo2: 97 }, { t: 10, spo2: 97 }];
    expect(predict(lines, onlyWarning)).toEqual([]);
  });

  it("with delay 0 is active at t₀ itself", () => {
    expect(predict(eachSecond("spo2", [97, 93]), warningWith({ delay: 0 }))).toEqual([
      "1 raised spo2.low warning/medium 93 94",
    ]);
  });

  it("is settled at the end of the feed when it ends there, and not when it ends a millisecond later", () => {
    const lines = [
      { t: 0, spo2: 88 },
      { t: 4, spo2: 88 },
      { t: 8, spo2: 88 },
    ];
    expect(predict([...lines, { t: 10 }], onlyWarning)).toEqual(["10 raised spo2.low warning/medium 88 94"]);
    expect(predict([...lines, { t: 9.999 }], onlyWarning)).toEqual([]);
  });

  it("counts in milliseconds, and before the feed’s zero", () => {
    const lines = eachSecond("spo2", held(88, 12), -10.25);
    expect(predict(lines, warningWith({ delay: 10.001 }))).toEqual(["-0.249 raised spo2.low warning/medium 88 94"]);
  });
});

describe("active → recovering → inactive at exactly r₀ + offDelay", () => {
  const active = held(88, 11); // raised at 10

  it("clears at offDelay after the first recovered reading", () => {
    expect(predict(eachSecond("spo2", [...active, ...held(97, 6)]), onlyWarning)).toEqual([
      "10 raised spo2.low warning/medium 88 94",
      "16 cleared spo2.low none/medium",
    ]);
  });

  it("clears even if the reading at that instant violates", () => {
    expect(predict(eachSecond("spo2", [...active, ...held(97, 5), 88]), onlyWarning)).toEqual([
      "10 raised spo2.low warning/medium 88 94",
      "16 cleared spo2.low none/medium",
    ]);
  });

  it("does not clear inside the deadband", () => {
    expect(predict(eachSecond("spo2", [...active, ...held(94.9, 20)]), onlyWarning)).toHaveLength(1);
  });

  it("clears at the very end of the deadband", () => {
    expect(predict(eachSecond("spo2", [...active, ...held(95, 6)]), onlyWarning)).toContain(
      "16 cleared spo2.low none/medium",
    );
  });

  it("counts anew after a reading that is not recovered, though it does not violate", () => {
    expect(predict(eachSecond("spo2", [...active, ...held(95, 4), 94, ...held(95, 6)]), onlyWarning)).toEqual([
      "10 raised spo2.low warning/medium 88 94",
      "21 cleared spo2.low none/medium",
    ]);
  });

  it("needs no new delay when it violates again before it has cleared", () => {
    expect(predict(eachSecond("spo2", [...active, 97, 97, ...held(88, 30)]), onlyWarning)).toHaveLength(1);
  });

  it("starts at the delay’s own instant when that reading is recovered", () => {
    expect(predict(eachSecond("spo2", [...held(88, 10), ...held(97, 6)]), onlyWarning)).toEqual([
      "10 raised spo2.low warning/medium 88 94",
      "15 cleared spo2.low none/medium",
    ]);
  });

  it("with offDelay 0 clears at the recovered reading itself", () => {
    expect(predict(eachSecond("spo2", [...active, 95]), warningWith({ offDelay: 0 }))).toEqual([
      "10 raised spo2.low warning/medium 88 94",
      "11 cleared spo2.low none/medium",
    ]);
  });

  it("one good measurement clears a cuff pressure", () => {
    const lines: Line[] = [
      { t: 0, sbp: 185 },
      { t: 300, sbp: 163 },
      { t: 600, sbp: 162 },
    ];
    expect(predict(lines, ADULT_KETAMINE_LIMITS)).toEqual([
      "0 raised sbp.high critical/high 185 180",
      "300 deescalated sbp.high warning/medium",
      "600 cleared sbp.high none/medium",
    ]);
  });

  it("raises anew after it has cleared, after the whole delay", () => {
    const lines = eachSecond("spo2", [...active, ...held(97, 6), ...held(88, 11)]);
    expect(predict(lines, onlyWarning)).toEqual([
      "10 raised spo2.low warning/medium 88 94",
      "16 cleared spo2.low none/medium",
      "27 raised spo2.low warning/medium 88 94",
    ]);
  });
});

describe("stale: no valid reading for staleAfter", () => {
  it("turns a pending tier inactive: the delay is counted anew", () => {
    // stale at 2 + 5; violating again from 8
    const lines = [...eachSecond("spo2", held(88, 3)), ...eachSecond("spo2", held(88, 11), 8)];
    expect(predict(lines, onlyWarning)).toEqual(["18 raised spo2.low warning/medium 88 94"]);
  });

  it("leaves pending alone a millisecond before", () => {
    const lines = [...eachSecond("spo2", held(88, 3)), ...eachSecond("spo2", held(88, 4), 6.999)];
    expect(predict(lines, onlyWarning)).toEqual([]); // the feed ends at 9.999
    expect(predict([...lines, { t: 10 }], onlyWarning)).toEqual(["10 raised spo2.low warning/medium 88 94"]);
  });

  it("keeps an active alarm, as unknown, and says so once", () => {
    const lines = [...eachSecond("spo2", held(88, 11)), { t: 40 }, { t: 400 }];
    expect(predict(lines, onlyWarning)).toEqual([
      "10 raised spo2.low warning/medium 88 94",
      "15 unknown spo2.low warning/medium",
    ]);
  });

  it("turns recovering back to active: losing data never resolves an alarm", () => {
    const lines = [...eachSecond("spo2", [...held(88, 11), 97]), ...eachSecond("spo2", held(97, 9), 20)];
    expect(predict(lines, warningWith({ offDelay: 8 }))).toEqual([
      "10 raised spo2.low warning/medium 88 94",
      "16 unknown spo2.low warning/medium",
      "20 present spo2.low warning/medium",
      "28 cleared spo2.low none/medium",
    ]);
  });

  it("is settled before a reading at that very instant", () => {
    const lines = [...eachSecond("spo2", held(88, 11)), { t: 15, spo2: 88 }];
    expect(predict(lines, onlyWarning)).toEqual([
      "10 raised spo2.low warning/medium 88 94",
      "15 unknown spo2.low warning/medium",
      "15 present spo2.low warning/medium",
    ]);
  });

  it("is not deferred by null, which changes nothing by itself", () => {
    const lines = eachSecond("spo2", [...held(88, 11), ...held(null, 6)]);
    expect(predict(lines, onlyWarning)).toEqual([
      "10 raised spo2.low warning/medium 88 94",
      "15 unknown spo2.low warning/medium",
    ]);
  });

  it("null and absence cancel neither a delay nor an offDelay", () => {
    const lines = eachSecond("spo2", [88, null, null, 88, null, null, null, 88, null, null, null, 97, null, null, 97]);
    expect(predict([...lines, { t: 16 }], onlyWarning)).toEqual([
      "10 raised spo2.low warning/medium 88 94",
      "16 cleared spo2.low none/medium",
    ]);
  });

  it("has nothing to say of a vital that was never measured, or of no active alarm", () => {
    expect(predict([{ t: 0, spo2: null }, { t: 1, hr: 70 }, { t: 900 }], ADULT_KETAMINE_LIMITS)).toEqual([]);
  });

  it("a delay that ends at that very instant counts as ended", () => {
    const lines = [...eachSecond("spo2", held(88, 6)), { t: 10, spo2: null }, { t: 60 }];
    expect(predict(lines, onlyWarning)).toEqual(["10 raised spo2.low warning/medium 88 94"]);
  });

  it("after such a coincidence the alarm was unknown, so the next reading makes it present", () => {
    const lines = [...eachSecond("spo2", held(88, 6)), { t: 12, spo2: 88 }];
    expect(predict(lines, onlyWarning)).toEqual([
      "10 raised spo2.low warning/medium 88 94",
      "12 present spo2.low warning/medium",
    ]);
  });

  it("an offDelay that ends at that very instant counts as ended", () => {
    const lines = [...eachSecond("spo2", [...held(88, 11), 97]), { t: 60 }];
    expect(predict(lines, warningWith({ offDelay: 5 }))).toEqual([
      "10 raised spo2.low warning/medium 88 94",
      "16 cleared spo2.low none/medium",
    ]);
  });

  it("the first reading after it that changes the tier gives that event and not present", () => {
    const lines = [...eachSecond("spo2", held(93, 11)), { t: 20, spo2: 85 }, { t: 21, spo2: 85 }];
    const limits: Limits = { spo2: { low: { warning, critical: { ...critical, delay: 0 } } } };
    expect(predict(lines, limits)).toEqual([
      "10 raised spo2.low warning/medium 93 94",
      "15 unknown spo2.low warning/medium",
      "20 escalated spo2.low critical/high 85 90",
    ]);
  });

  it("comes after max(5 s, 2.5 × the cadence) for continuous vitals", () => {
    const limits: Limits = warningWith({ delay: 0 });
    const lines = [{ t: 0, spo2: 88 }, { t: 1000 }];
    const unknownAt = (cadenceS: number) => predict(lines, limits, { cadenceS })[1];
    expect(unknownAt(1)).toBe("5 unknown spo2.low warning/medium");
    expect(unknownAt(2)).toBe("5 unknown spo2.low warning/medium");
    expect(unknownAt(2.5)).toBe("6.25 unknown spo2.low warning/medium");
    expect(unknownAt(60)).toBe("150 unknown spo2.low warning/medium");
  });

  it("comes after two intervals for cuff pressures, unless the protocol says otherwise", () => {
    const lines: Line[] = [{ t: 0, sbp: 170 }, { t: 3000 }];
    const raised = "0 raised sbp.high warning/medium 170 165";
    const unknown = (t: number) => [raised, `${t} unknown sbp.high warning/medium`];
    expect(predict(lines, ADULT_KETAMINE_LIMITS)).toEqual(unknown(600));
    expect(predict(lines, ADULT_KETAMINE_LIMITS, { cuffIntervalMin: 2.5 })).toEqual(unknown(300));
    expect(predict(lines, ADULT_KETAMINE_LIMITS, { staleAfter: { sbp: 90 } })).toEqual(unknown(90));
  });
});

describe("the tier of an alarm is the highest active", () => {
  it("warning, then critical: escalated, with the limit it has now passed", () => {
    expect(predict(eachSecond("spo2", [...held(92, 11), ...held(85, 5)]), bothTiers)).toEqual([
      "10 raised spo2.low warning/medium 92 94",
      "15 escalated spo2.low critical/high 85 90",
    ]);
  });

  it("straight to critical is one raised, and the warning that follows below it gives no event", () => {
    expect(predict(eachSecond("spo2", held(85, 30)), bothTiers)).toEqual(["4 raised spo2.low critical/high 85 90"]);
  });

  it("both tiers at one instant are one raised", () => {
    const limits: Limits = { spo2: { low: { warning: { ...warning, delay: 4 }, critical } } };
    expect(predict(eachSecond("spo2", held(85, 6)), limits)).toEqual(["4 raised spo2.low critical/high 85 90"]);
  });

  it("critical recovers while the warning holds: deescalated", () => {
    expect(predict(eachSecond("spo2", [...held(85, 11), ...held(92, 4)]), bothTiers)).toEqual([
      "4 raised spo2.low critical/high 85 90",
      "13 deescalated spo2.low warning/medium",
    ]);
  });

  it("critical that ends before the warning’s delay is cleared, and the warning is raised later by itself", () => {
    // critical active at 4, recovered from 5, cleared at 7; warning violating since 0
    expect(predict(eachSecond("spo2", [...held(85, 5), ...held(92, 7)]), bothTiers)).toEqual([
      "4 raised spo2.low critical/high 85 90",
      "7 cleared spo2.low none/high",
      "10 raised spo2.low warning/medium 92 94",
    ]);
  });

  it("a warning that goes below an active critical gives no event", () => {
    const slow: Limits = {
      spo2: {
        low: { warning: { ...warning, delay: 0, offDelay: 1 }, critical: { ...critical, delay: 0, offDelay: 9 } },
      },
    };
    expect(predict(eachSecond("spo2", [85, ...held(97, 11)]), slow)).toEqual([
      "0 raised spo2.low critical/high 85 90",
      "10 cleared spo2.low none/high",
    ]);
  });

  it("both tiers that end at one instant are one cleared, with the priority it had", () => {
    const limits: Limits = {
      spo2: { low: { warning: { ...warning, delay: 0 }, critical: { ...critical, delay: 0, offDelay: 5 } } },
    };
    expect(predict(eachSecond("spo2", [85, ...held(97, 6)]), limits)).toEqual([
      "0 raised spo2.low critical/high 85 90",
      "6 cleared spo2.low none/high",
    ]);
  });

  it("critical that ends at the instant the warning’s delay ends is deescalated, not cleared and raised", () => {
    // critical: active at 4, recovered from 8, ends at 10; warning: violating since 0, begins at 10
    expect(predict(eachSecond("spo2", [...held(85, 8), ...held(92, 3)]), bothTiers)).toEqual([
      "4 raised spo2.low critical/high 85 90",
      "10 deescalated spo2.low warning/medium",
    ]);
  });

  it("works with a critical tier alone", () => {
    expect(predict(eachSecond("spo2", held(85, 5)), onlyCritical)).toEqual(["4 raised spo2.low critical/high 85 90"]);
  });
});

describe("steps, and the order of their events", () => {
  const now: Omit<TierLimit, "limit"> = { priority: "medium", delay: 0, offDelay: 0, deadband: 0 };
  const everything: Limits = {
    map: { high: { warning: { ...now, limit: 100 } } },
    rr: { low: { warning: { ...now, limit: 8 } } },
    spo2: { low: { warning: { ...now, limit: 94 } } },
    hr: { high: { warning: { ...now, limit: 120 } }, low: { warning: { ...now, limit: 50 } } },
  };

  it("one line’s events come in the order of the catalogue", () => {
    expect(predict([{ t: 0, map: 110, rr: 4, spo2: 90, hr: 130 }], everything)).toEqual([
      "0 raised hr.high warning/medium 130 120",
      "0 raised spo2.low warning/medium 90 94",
      "0 raised rr.low warning/medium 4 8",
      "0 raised map.high warning/medium 110 100",
    ]);
  });

  it("low comes before high when a reading jumps across", () => {
    expect(predict(eachSecond("hr", [130, 40]), everything)).toEqual([
      "0 raised hr.high warning/medium 130 120",
      "1 raised hr.low warning/medium 40 50",
      "1 cleared hr.high none/medium",
    ]);
  });

  it("deadlines of one instant come before the line of that instant, whatever the catalogue says", () => {
    const limits: Limits = { ...everything, rr: { low: { warning: { ...now, limit: 8, delay: 2 } } } };
    const lines: Line[] = [
      { t: 0, rr: 4 },
      { t: 1, rr: 4 },
      { t: 2, rr: 4, hr: 40 },
    ];
    expect(predict(lines, limits)).toEqual([
      "2 raised rr.low warning/medium 4 8",
      "2 raised hr.low warning/medium 40 50",
    ]);
  });

  it("an unknown and a raised of the same instant come in the order of the catalogue", () => {
    const limits: Limits = { ...everything, rr: { low: { warning: { ...now, limit: 8, delay: 5 } } } };
    const lines: Line[] = [{ t: 0, hr: 40, rr: 4 }, { t: 2, rr: 4 }, { t: 5 }];
    expect(predict(lines, limits)).toEqual([
      "0 raised hr.low warning/medium 40 50",
      "5 unknown hr.low warning/medium",
      "5 raised rr.low warning/medium 4 8",
    ]);
  });

  it("two lines of one instant are two steps", () => {
    const lines: Line[] = [
      { t: 3, hr: 130 },
      { t: 3, hr: 90 },
      { t: 3, hr: 130 },
    ];
    expect(predict(lines, everything)).toEqual([
      "3 raised hr.high warning/medium 130 120",
      "3 cleared hr.high none/medium",
      "3 raised hr.high warning/medium 130 120",
    ]);
  });

  it("of two lines of one instant the later one can cancel the delay the earlier one began", () => {
    const lines: Line[] = [{ t: 0, spo2: 88 }, { t: 0, spo2: 97 }, { t: 4, spo2: 97 }, { t: 8, spo2: 97 }, { t: 12 }];
    expect(predict(lines, onlyWarning)).toEqual([]);
  });

  it("low and high of one vital are two alarms, and silent on one another", () => {
    const lines = eachSecond("hr", [130, 130, 40, 40, 130]);
    const high: Limits = { hr: { high: { warning: { ...now, limit: 120, offDelay: 60 } } } };
    expect(predict(lines, high)).toEqual(["0 raised hr.high warning/medium 130 120"]);
  });
});

describe("the events themselves", () => {
  it("carry value and limit when raised, neither later, and no tier when cleared", () => {
    const lines = eachSecond("spo2", [88, 97]);
    const limits = warningWith({ delay: 0, offDelay: 0 });
    expect(predictLimitAlarms({ lines, limits, cadenceS: 1, cuffIntervalMin: 5, endT: 1 })).toEqual([
      { t: 0, event: "raised", alarm: "spo2.low", tier: "warning", priority: "medium", value: 88, limit: 94 },
      { t: 1, event: "cleared", alarm: "spo2.low", tier: null, priority: "medium" },
    ]);
  });

  it("are none where the protocol has no limits", () => {
    expect(predict(eachSecond("spo2", held(60, 100)), { spo2: {}, hr: { low: {} } })).toEqual([]);
  });

  it("refuses a feed that goes back in time", () => {
    expect(() => predict([{ t: 1 }, { t: 0.999 }], onlyWarning)).toThrow("line 1 goes back in time, from 1 to 0.999");
  });
});
