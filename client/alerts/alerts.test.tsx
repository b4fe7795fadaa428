import { describe, expect, it } from "vitest";
import { zoneText } from "../ui/zone-text.ts";
import { answeredText, raisedText, spanText } from "./alert-words.ts";
import { addressOf, lastNight, queryOf, searchOf } from "./filters.ts";

describe("the filters in the address", () => {
  it("keep what can be asked and leave out the rest", () => {
    const search = searchOf({ bay: "3", priority: "high", vital: "shoe", over: 60, last: 24, sort: "", evil: "x" });
    expect(search).toEqual({ bay: "3", priority: "high", over: "60", last: "24" });
    expect(addressOf(search)).toEqual({ bay: 3, priority: "high", over: 60, last: 24 });
    expect(searchOf(addressOf(search))).toEqual(search);
  });

  it("ask for the last hours as an instant, the same within a minute", () => {
    const at = Date.UTC(2026, 2, 2, 9, 0, 5);
    const query = queryOf({ last: "24", patient: "a&b" }, at);
    expect(query.get("from")).toBe(String(Date.UTC(2026, 2, 1, 9)));
    expect(query.get("patient")).toBe("a&b");
    expect(queryOf({ last: "24", patient: "a&b" }, at + 50_000).toString()).toBe(query.toString());
  });
});

describe("an alarm in words", () => {
  it("says how long and who", () => {
    expect([spanText(null), spanText(42_400), spanText(185_000), spanText(3_900_000)]).toEqual([
      "–",
      "42 s",
      "3 min 05",
      "1 h 05",
    ]);
    expect(answeredText({ acknowledged: { at: 0, by: "Nora", afterMs: 9_000 }, state: "over" })).toBe(
      "after 9 s, Nora",
    );
    expect(answeredText({ acknowledged: null, state: "standing" })).toBe("not yet");
    expect(answeredText({ acknowledged: null, state: "over" })).toBe("nobody");
  });
});

it("says the year of an alarm that is not this year's, by the clinic's calendar", () => {
  const berlin = zoneText("Europe/Berlin", 0, 0);
  // Already the new year in Berlin.
  const now = Date.UTC(2026, 11, 31, 23, 30);
  expect(raisedText(now - 5_000, now, berlin)).toBe("1 Jan 00:29:55");
  expect(raisedText(now - 3_600_000, now, berlin)).toBe("31 Dec 2026 23:30");
});

it("last night is from yesterday's evening until this morning, by the clinic's clock", () => {
  // Half past one in Berlin, still the day before in New York.
  const at = Date.UTC(2026, 2, 29, 0, 30);
  expect(lastNight(at, "Europe/Berlin")).toEqual({ from: "2026-03-28T19:00", to: "2026-03-29T08:00" });
  expect(lastNight(at, "America/New_York")).toEqual({ from: "2026-03-27T19:00", to: "2026-03-28T08:00" });
  const search = searchOf({ ...lastNight(at, "Europe/Berlin"), to: "2026-13" });
  expect(queryOf(search, at).toString()).toBe("from=2026-03-28T19%3A00");
});
