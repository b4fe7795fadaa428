import { describe, expect, it } from "vitest";
import { zoneText } from "../ui/zone-text.ts";
import { lanesOf, limitsAmongBars } from "./lanes.ts";
import { cursorText, eventsAt } from "./read-out.tsx";
import { at, begun, chartOf } from "./testing.ts";

const minute = (min: number, spo2: number) =>
  Array.from({ length: 60 }, (_, second) => ({ min: min + second / 60, values: { hr: 70, spo2 } }));

describe("what is read out at the cursor", () => {
  it("is everything that happened there: an alarm that stands hides neither medication nor observation", () => {
    const given = { kind: "other", name: "ondansetron", dose: 4, unit: "mg", route: "IV" };
    const chart = chartOf(
      12,
      [
        ...begun,
        [8, { type: "pause-infusion", reason: "nausea" }],
        [8.1, { type: "give-medication", medication: given }],
        [8.2, { type: "record-observation", observation: { nausea: 6 } }],
        [8.2, { type: "record-observation", observation: { note: "pale" } }],
      ],
      [...minute(6, 97), ...minute(7, 85), ...minute(8, 85)],
    );
    const told = ["Infusion paused: nausea", "ondansetron 4 mg IV", "nausea 6/10", "“pale”", "SpO₂ 85 < 90"];
    expect(eventsAt(chart, at(8.2))).toEqual(told);
    const zone = zoneText("UTC", at(0), at(12));
    expect(cursorText(lanesOf(chart), chart, null, at(8.2), zone)).toContain(`Events ${told.join(" · ")}`);
  });

  it("tells the mean of a pressure without one as estimated", () => {
    const chart = chartOf(6, begun);
    const zone = zoneText("UTC", at(0), at(6));
    expect(cursorText(lanesOf(chart), chart, null, at(5), zone)).toContain("BP 120/80, mean 93 est.");
  });

  it("names the limits among the bars of pressure as they stood then: of each vital the one that comes first", () => {
    const chart = chartOf(20, [
      ...begun,
      [
        10,
        { type: "set-limits", vital: "dbp", limits: { high: { warning: { limit: 95 }, critical: { limit: 110 } } } },
      ],
    ]);
    const names = (min: number) => limitsAmongBars(chart, at(min)).map(({ name }) => name);
    expect(names(0.5)).toEqual(["SBP < 90", "DBP > 100"]);
    expect(names(12)).toEqual(["SBP < 90", "DBP > 95"]);
  });
});
