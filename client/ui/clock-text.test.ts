import { describe, expect, it } from "vitest";
import {
  ageText,
  countdownText,
  dueText,
  elapsedText,
  minutesText,
  timeOfDayText,
  zoneNameText,
} from "./clock-text.ts";

const S = 1_000;
const MIN = 60 * S;

describe("elapsed", () => {
  it.each([
    [-5, "00:00"],
    [0, "00:00"],
    [999, "00:00"],
    [61 * S, "01:01"],
    [60 * MIN - 1, "59:59"],
    [60 * MIN, "1:00:00"],
    [602 * MIN + 3 * S, "10:02:03"],
  ])("%i ms is %s", (ms, text) => expect(elapsedText(ms)).toBe(text));
});

describe("countdown", () => {
  it.each([
    [60 * MIN, "1:00:00"],
    [60 * MIN - 1, "1:00:00"],
    [59 * MIN + 59 * S, "59:59"],
    [1, "00:01"],
    [0, "00:00"],
    [-999, "+00:00"],
    [-192 * S, "+03:12"],
    [-61 * MIN, "+1:01:00"],
  ])("%i ms left is %s", (ms, text) => expect(countdownText(ms)).toBe(text));
});

describe("ages", () => {
  it("count seconds to an hour", () => {
    expect(ageText(42 * S)).toBe("0:42");
    expect(ageText(59 * MIN + 59 * S)).toBe("59:59");
    expect(ageText(65 * MIN)).toBe("1 h 05");
    expect(ageText(-3)).toBe("0:00");
  });

  it("count minutes where minutes are enough", () => {
    expect(minutesText(59 * S)).toBe("now");
    expect(minutesText(4 * MIN + 59 * S)).toBe("4 min");
    expect(minutesText(61 * MIN)).toBe("1 h 01");
  });

  it("say when something is due", () => {
    expect(dueText(5 * MIN + 1)).toBe("6 min");
    expect(dueText(MIN)).toBe("0:59");
    expect(dueText(9 * S)).toBe("0:09");
    expect(dueText(0)).toBe("due");
    expect(dueText(-MIN)).toBe("due");
  });
});

describe("times of day", () => {
  it("are the clinic's, with the name its clock goes by, on both sides of a change of summer time", () => {
    const before = Date.UTC(2026, 9, 25, 0, 30);
    expect([timeOfDayText(before, "Europe/Berlin"), zoneNameText(before, "Europe/Berlin")]).toEqual([
      "02:30:00",
      "CEST",
    ]);
    const after = before + 3_600_000;
    expect([timeOfDayText(after, "Europe/Berlin"), zoneNameText(after, "Europe/Berlin")]).toEqual(["02:30:00", "CET"]);
    expect(zoneNameText(before, "America/New_York")).toBe("GMT-4");
    expect(zoneNameText(before, "UTC")).toBe("UTC");
    expect(timeOfDayText(before, null)).toBe("");
  });
});
