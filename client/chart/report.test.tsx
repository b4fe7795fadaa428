import { render } from "@testing-library/react";
import type { SessionChart } from "@vigil/shared/chart";
import { describe, expect, it, vi } from "vitest";
import { Report } from "./report.tsx";
import { at, bay, begun, chartOf, supervisor } from "./testing.ts";

function textOf(chart: SessionChart): string {
  const { container } = render(<Report readings={{ bay, bays: [bay], zone: "UTC", thinnedAt: null, chart }} />);
  return (container.textContent ?? "").replaceAll(/\s+/g, " ");
}

describe("the report", () => {
  it("tells all that was done with the pump, by whom and why, and what was entered late or undone", () => {
    const text = textOf(
      chartOf(60, [
        ...begun,
        [8, { type: "change-rate", rateMlPerH: 24 }],
        [9, { type: "change-rate", rateMlPerH: 100 }],
        [9.1, { type: "undo-act", act: "c7" }],
        [12, { type: "pause-infusion", reason: "nausea" }],
        [17, { type: "resume-infusion", effectiveAt: at(15) }],
        [18, { type: "give-medication", medication: { kind: "bolus", mg: 3 } }],
        [19, { type: "extend-infusion", minutes: 5, mg: 2 }],
        [
          20,
          {
            type: "give-medication",
            medication: { kind: "other", name: "ondansetron", dose: 4, unit: "mg", route: "IV" },
          },
        ],
        [21, { type: "alarm-off", vital: "hr", reason: "shivering" }],
        [22, { type: "hand-over", to: { id: "n2", name: "Otto" }, summary: "calm, BP to be watched" }],
        [25, { type: "end-infusion", reason: "wants to stop" }],
        [26, { type: "correct-time", act: "c16", effectiveAt: at(24), reason: "pressed too late" }],
      ]),
    );
    for (const part of [
      "Missed of the schedule: 09:20 not done, 09:50 not done.",
      "2 mg/mL, bag 50 mL (100 mg), 26.3 mL/h (0.88 mg/min)",
      "09:05 Infusion started at 26.3 mL/h Nora Nightly",
      "09:08 Rate changed to 24 mL/h",
      "09:09 Rate changed to 100 mL/h Nora Nightly (undone by Nora Nightly, 09:09)",
      "09:12 Infusion paused: nausea",
      "09:15 Infusion resumed Nora Nightly (entered late, 09:17)",
      "09:18 ketamine bolus 3 mg",
      "09:19 Extended by 5 min and 2 mg",
      "09:20 ondansetron 4 mg IV",
      "09:21 Alarms of HR off: shivering",
      "09:22 Handed over to Otto: calm, BP to be watched",
      "09:24 Infusion ended: wants to stop Nora Nightly (was 09:25, put right by Nora Nightly, 09:26: pressed too late)",
      "identity: Nora Nightly 09:02; dose: Nora Nightly 09:03 and Sam Lind 09:04.",
      "Before going home: not confirmed: line removed.",
      "Looked after by Otto.",
    ]) {
      expect(text).toContain(part);
    }
    // A bolus of the drug is an event of the infusion, not a second thing that was given.
    expect(text.split("bolus 3 mg")).toHaveLength(2);
  });

  it("of an abandoned session tells who gave it up and why, and what was missing then", () => {
    const text = textOf(chartOf(30, [...begun, [10, { type: "abandon-session", reason: "fire alarm" }, supervisor]]));
    expect(text).toContain("Session abandonedAbandoned by Sam Lind (supervisor) at 09:10: fire alarm");
    expect(text).toContain("Criteria as they stood then:");
    expect(text).toContain("No Minimum recovery time over");
    const early = textOf(chartOf(9, [...begun.slice(0, 3), [8, { type: "abandon-session", reason: "has eaten" }]]));
    expect(early).toContain("Before the infusion: identity: Nora Nightly 09:02; not confirmed: dose.");
    expect(early).not.toContain("Before going home");
    expect(early).toContain("Abandoned by Nora Nightly (nurse) at 09:08: has eaten");
  });

  it("says what the patient’s record and the plan said before they were put right, by whom and why", () => {
    const text = textOf(
      chartOf(30, [
        ...begun,
        [
          10,
          {
            type: "correct-patient",
            patient: { initials: "JD", name: "Doe, Jane", recordNumber: "R-8" },
            reason: "misread",
          },
          supervisor,
        ],
        [
          11,
          {
            type: "set-plan",
            plan: { drug: "ketamine", doseMgPerKg: 0.5, plannedMin: 40, concentrationMgPerMl: 1 },
            reason: "other bag",
            effectiveAt: at(0),
          },
        ],
      ]),
    );
    expect(text).toContain("R-8");
    expect(text).toContain("09:10 Patient’s record corrected: misread; record number R-8 (was R-7) Sam Lind");
    expect(text).toContain(
      "Plan set: ketamine 0.5 mg/kg over 40 min, 1 mg/mL: other bag Nora Nightly (entered late, 09:11)",
    );
  });

  it("marks what was put right, and tells of two observations of one minute both", () => {
    const complained = vi.spyOn(console, "error");
    const patient = { initials: "JD", name: "Doe, Jane", recordNumber: "R-8", weightKg: 70 };
    const text = textOf(
      chartOf(30, [
        begun[0],
        [0.5, { type: "set-patient", patient }],
        ...begun.slice(1),
        [10, { type: "record-observation", observation: { note: "first" }, effectiveAt: at(8) }],
        [
          11,
          { type: "record-observation", observation: { values: { hr: 66, sbp: 120, dbp: 90 } }, effectiveAt: at(8) },
        ],
        [
          12,
          { type: "record-observation", observation: { values: { hr: 67, sbp: 121, dbp: 91 } }, effectiveAt: at(8) },
        ],
      ]),
    );
    expect(text).toContain("Also entered late, corrected or undone09:00 Patient’s record set Nora Nightly");
    expect(text).toContain("09:08 “first” Nora Nightly (entered late)09:08 HR 66, BP 120/90 by hand");
    // No measured mean: estimated, and said so.
    expect(text).toMatch(/≈10[01]/);
    expect(complained).not.toHaveBeenCalled();
  });
});
