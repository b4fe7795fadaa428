import { describe, expect, it } from "vitest";
import { alarm, infusing, vital } from "../live/testing/rows.ts";
import { alarmSince, alarmSubject, alarmWords } from "./alarm-text.ts";

const row = infusing("1", 0, {
  lastMessageAt: 70_000,
  vitals: { ...infusing("1", 0).vitals, spo2: vital(97, 60_000) },
});
const text = (given: Parameters<typeof alarm>[0]) => alarmWords(alarm(given), row).text;

describe("an alarm's text", () => {
  it("says the limit in force of an alarm that holds on after its limit was moved", () => {
    expect(text({ id: "spo2.low", extreme: 88, limit: 87.5 })).toBe("SpO₂ 88, limit 87.5");
    expect(text({ id: "hr.high", extreme: 121, limit: 125 })).toBe("HR 121, limit 125");
  });

  it("names vital, worst value and limit", () => {
    expect(text({})).toBe("SpO₂ 88 < 90");
    expect(text({ id: "sbp.high", extreme: null, value: 168, limit: 165 })).toBe("SBP 168 > 165");
    expect(text({ id: "sbp.high", extreme: 170, limit: 156.00000001 })).toBe("SBP 170 > 156");
    expect(text({ id: "sbp.high", extreme: 161.3, limit: 161.25 })).toBe("SBP 161.3 > 161.25");
    expect(text({ id: "hr.low", extreme: 0, limit: 40 })).toBe("HR 0 < 40");
  });

  it("says when the data behind it is lost, or when nobody has seen that it is over", () => {
    expect(text({ condition: "unknown" })).toBe("SpO₂ 88 < 90 · signal lost");
    expect(text({ id: "sbp.high", condition: "unknown", extreme: 168, limit: 165 })).toBe(
      "SBP 168 > 165 · no new value",
    );
    expect(text({ condition: "gone" })).toBe("SpO₂ 88 < 90 · cleared, not seen");
  });

  it("is plain for technical and procedural alarms", () => {
    expect(text({ id: "signal-lost.spo2" })).toBe("SpO₂ signal lost");
    expect(text({ id: "monitor-silent" })).toBe("Monitor silent");
    expect(text({ id: "pressure-overdue" })).toBe("Cuff overdue");
    expect(text({ id: "clock-skew" })).toBe("Clock off");
    expect(text({ id: "plan-elapsed" })).toBe("Planned time reached");
    expect(text({ id: "recovery-minimum-reached" })).toBe("Recovery minimum reached");
  });

  it("counts lost data from when it stopped, not from when it was called", () => {
    expect(alarmWords(alarm({ id: "signal-lost.spo2", raisedAt: 65_000 }), row).since).toBe(60_000);
    expect(alarmWords(alarm({ id: "monitor-silent", raisedAt: 80_000 }), row).since).toBe(70_000);
    expect(alarmWords(alarm(), row).since).toBeNull();
    // What is over is as old as it was when it began: the monitor talks again.
    expect(alarmSince(alarm({ id: "monitor-silent", raisedAt: 40_000, condition: "gone" }), row)).toBe(40_000);
  });
});

it("knows what an alarm is about", () => {
  expect(alarmSubject("dbp.high")).toEqual({ vital: "dbp", of: "value" });
  expect(alarmSubject("signal-lost.hr")).toEqual({ vital: "hr", of: "signal" });
  expect(alarmSubject("plan-elapsed")).toBeNull();
});
