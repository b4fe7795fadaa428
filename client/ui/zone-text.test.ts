import { describe, expect, it } from "vitest";
import { timeTicks } from "../chart/view.ts";
import { zoneText } from "./zone-text.ts";

const MIN = 60_000;
const HOUR = 60 * MIN;

describe("times of day in the clinic's zone", () => {
  it("are the clinic's, whatever the screen's zone, across midnight too", () => {
    const from = Date.UTC(2026, 2, 2, 22, 30);
    const berlin = zoneText("Europe/Berlin", from, from + 2 * HOUR);
    expect(berlin.time(from)).toBe("23:30");
    expect(berlin.date(from)).toBe("Mon 2 Mar 2026");
    expect(berlin.dateTime(from + HOUR)).toBe("Tue 3 Mar 2026, 00:30");
    expect(zoneText("Asia/Kathmandu", from, from).second(from)).toBe("04:15:00");
  });

  it("leap over the hour that summer time takes, and tell the offset", () => {
    const before = Date.UTC(2026, 2, 29, 0, 50);
    const zone = zoneText("Europe/Berlin", before, before + 20 * MIN);
    expect([zone.time(before), zone.time(before + 10 * MIN)]).toEqual(["01:50 +1", "03:00 +2"]);
  });

  it("tell apart the hour that comes twice when summer time ends", () => {
    const first = Date.UTC(2026, 9, 25, 0, 30);
    const zone = zoneText("Europe/Berlin", first - HOUR, first + 2 * HOUR);
    expect([zone.time(first), zone.time(first + HOUR)]).toEqual(["02:30 +2", "02:30 +1"]);
    const west = Date.UTC(2026, 10, 1, 5, 30);
    expect(zoneText("America/New_York", west, west + HOUR).time(west)).toBe("01:30 −4");
  });

  it("leap and come twice where the clocks change by another time of night, or by half an hour", () => {
    const newYork = Date.UTC(2026, 2, 8, 7);
    const east = zoneText("America/New_York", newYork - HOUR, newYork + HOUR);
    expect([east.time(newYork - MIN), east.time(newYork)]).toEqual(["01:59 −5", "03:00 −4"]);
    const [forward, back] = [Date.UTC(2026, 9, 3, 15, 30), Date.UTC(2026, 3, 4, 15)];
    const spring = zoneText("Australia/Lord_Howe", forward - HOUR, forward + HOUR);
    expect([spring.time(forward - MIN), spring.time(forward)]).toEqual(["01:59 +10:30", "02:30 +11"]);
    const autumn = zoneText("Australia/Lord_Howe", back - HOUR, back + HOUR);
    expect([autumn.second(back - 1_000), autumn.second(back)]).toEqual(["01:59:59 +11", "01:30:00 +10:30"]);
    expect(autumn.dateTime(back)).toBe("Sun 5 Apr 2026, 01:30 +10:30");
  });

  it("stand on round times of the clinic's own clock", () => {
    const from = Date.UTC(2026, 2, 2, 8, 7);
    const zone = zoneText("Asia/Kathmandu", from, from + 6 * HOUR);
    const ticks = timeTicks({ from, to: from + 6 * HOUR }, 7, zone.offsetMs(from));
    expect(ticks.map((at) => zone.time(at))).toEqual(["14:00", "15:00", "16:00", "17:00", "18:00", "19:00"]);
  });
});
