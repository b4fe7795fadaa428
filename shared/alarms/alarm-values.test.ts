import { expect, it } from "vitest";
import { vitalOfAlarm, worseForAlarm, worstOfAlarm } from "./index.ts";

it.each([
  ["spo2.low", "spo2"],
  ["dbp.high", "dbp"],
  ["signal-lost.hr", "hr"],
  ["monitor-silent", null],
  ["plan-elapsed", null],
])("%s is about the vital %s", (alarm, vital) => {
  expect(vitalOfAlarm(alarm)).toBe(vital);
});

it.each([
  ["spo2.low", "min"],
  ["sbp.high", "max"],
  ["signal-lost.hr", null],
  ["clock-skew", null],
])("the worst value of %s is the %s", (alarm, end) => {
  expect(worstOfAlarm(alarm)).toBe(end);
});

it("of two values the worse is told; of one that is missing, the other", () => {
  expect(worseForAlarm("spo2.low", 88, 91)).toBe(88);
  expect(worseForAlarm("spo2.low", 91, 88)).toBe(88);
  expect(worseForAlarm("sbp.high", 170, 166)).toBe(170);
  expect(worseForAlarm("sbp.high", 166, 170)).toBe(170);
  expect(worseForAlarm("sbp.high", null, 0)).toBe(0);
  expect(worseForAlarm("sbp.high", 0, null)).toBe(0);
  expect(worseForAlarm("sbp.high", null, null)).toBeNull();
});
