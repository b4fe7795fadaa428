import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { advance, type BayInput, departure, newBay } from "../bay/index.ts";
import { bayIdSchema, commandIdSchema } from "../ids/index.ts";
import { protocolSchema } from "../protocol/index.ts";
import { actorSchema, commandSchema } from "../session/index.ts";
import type { ReadingValues } from "../vitals/index.ts";
import { SessionRecorder } from "./recorder.ts";
import { sessionChartSchema } from "./session-chart.ts";

const MIN = 60_000;
const bay = newBay(bayIdSchema.parse("1"), protocolSchema.parse({}));
const nurse = actorSchema.parse({ id: "n1", name: "Nora", role: "nurse" });
const supervisor = actorSchema.parse({ id: "s1", name: "Sam", role: "supervisor" });

let acts = 0;
function act(min: number, document: object, by = nurse): BayInput {
  acts += 1;
  const id = commandIdSchema.parse(`c${acts}`);
  return { kind: "command", at: min * MIN, id, by, command: commandSchema.parse(document) };
}
const reading = (at: number, values: ReadingValues): BayInput => ({
  kind: "reading",
  at,
  measuredAt: null,
  cadenceS: null,
  values,
});
const seconds = (from: number, to: number, values: (second: number) => ReadingValues): BayInput[] =>
  Array.from({ length: to - from }, (_, i) => reading((from + i) * 1000, values(from + i)));

const open = act(0, {
  type: "open-session",
  sessionId: "s1",
  patient: { initials: "AB", weightKg: 70 },
  protocol: protocolSchema.parse({ startChecks: [], dischargeChecks: [] }),
  plan: { drug: "ketamine", doseMgPerKg: 0.5, plannedMin: 40, concentrationMgPerMl: 1 },
});
const baseline = act(1, { type: "record-baseline", values: { hr: 70, spo2: 98, sbp: 120, dbp: 80 } });
const start = act(2, { type: "start-infusion" });

function chartOf(inputs: readonly BayInput[], at: number, window = {}) {
  const recorder = new SessionRecorder(bay);
  for (const input of [...inputs].sort((a, b) => a.at - b.at)) recorder.take(input);
  return recorder.chart(at, window)!;
}

describe("the chart of a session", () => {
  it("is nothing before the session opened", () => {
    expect(new SessionRecorder(bay).chart(0)).toBeNull();
  });

  it("tells phases, dose and clocks from the facts: pauses stop what is given", () => {
    const chart = chartOf(
      [
        open,
        baseline,
        start,
        act(12, { type: "pause-infusion", reason: "nausea" }),
        act(17, { type: "resume-infusion" }),
        act(27, { type: "end-infusion", reason: "enough" }),
        act(40, { type: "discharge", override: "goes to the ward" }, supervisor),
      ],
      50 * MIN,
    );
    expect(chart.phases.map(({ phase, from, to }) => [phase, from / MIN, to === null ? null : to / MIN])).toEqual([
      ["preparation", 0, 2],
      ["infusing", 2, 12],
      ["paused", 12, 17],
      ["infusing", 17, 27],
      ["recovery", 27, 40],
    ]);
    expect(chart.infusion).toMatchObject({ ranMs: 20 * MIN, pausedMs: 5 * MIN, endedAt: 27 * MIN });
    expect(chart.infusion?.given).toMatchObject({ mg: 17.5, ofPlan: 0.5 });
    expect(chart).toMatchObject({ phase: "discharged", endedAt: 40 * MIN, noDrivingUntil: (40 + 24 * 60) * MIN });
    expect(chart.acts.at(-1)).toMatchObject({ by: supervisor, command: { type: "discharge" } });
    expect(sessionChartSchema.parse(JSON.parse(JSON.stringify(chart)))).toEqual(JSON.parse(JSON.stringify(chart)));
  });

  it("never takes more than the plan for given, however late the end is recorded", () => {
    const chart = chartOf([open, baseline, start, act(90, { type: "end-infusion" })], 100 * MIN);
    expect(chart.infusion?.given?.mg).toBeCloseTo(35);
  });

  it("draws no line across missing data, and says when it ended", () => {
    const there = () => ({ hr: 70 });
    const chart = chartOf([open, ...seconds(0, 60, there), ...seconds(120, 150, there)], 200_000);
    const { at, value } = chart.vitals.hr!;
    const gaps = at.filter((_, i) => value[i] === null);
    // Stale 5 s after the last valid value, by the engine's own rule.
    expect(gaps).toEqual([64_000, 154_000]);
    expect(chart.vitals.spo2).toBeNull();
  });

  it("a single missed value is no gap, as it is none for the alarms", () => {
    const chart = chartOf([open, ...seconds(0, 60, (s) => ({ hr: s === 30 ? null : 70 }))], 60_000);
    expect(chart.vitals.hr?.value).not.toContain(null);
  });

  it("tells an alarm as one episode with its worst value, its gravest priority and who saw it", () => {
    const spo2 = (s: number) => ({ spo2: s < 60 || s >= 160 ? 97 : s < 100 ? 92 : 86 });
    const chart = chartOf(
      [open, ...seconds(0, 240, spo2), act(2, { type: "acknowledge-alarm", alarm: "spo2.low" })],
      240_000,
    );
    const [low, ...more] = chart.alarms.filter(({ id }) => id === "spo2.low");
    expect(more).toEqual([]);
    expect(low).toMatchObject({
      priority: "high",
      raisedAt: 75_000,
      clearedAt: 165_000,
      extreme: 86,
      limit: 90,
      acknowledged: { at: 2 * MIN, name: "Nora" },
    });
  });

  it("knows which limits were in force when: edits and the baseline's own included", () => {
    const edit = act(5, { type: "set-limits", vital: "sbp", limits: { high: { warning: { limit: 175 } } } });
    const chart = chartOf(
      [open, baseline, start, edit, act(8, { type: "alarm-off", vital: "hr", reason: "shivering" })],
      10 * MIN,
    );
    const told = (vital: string, direction: string) =>
      chart.limits
        .filter((limit) => limit.vital === vital && limit.direction === direction && limit.tier === "warning")
        .map(({ limit, from, to }) => [limit, from / MIN, to === null ? null : to / MIN]);
    expect(told("sbp", "high")).toEqual([
      [165, 0, 5],
      // Limits given anew are whole: these have no rise over the baseline.
      [156, 1, 5],
      [175, 5, null],
    ]);
    expect(told("hr", "high")).toEqual([[120, 0, 8]]);
  });

  it("charts the nearest valid reading on the protocol's grid, each measurement once, by hand marked so", () => {
    const values = (s: number): ReadingValues => ({
      hr: s >= 590 && s < 620 ? null : 70 + (s % 60),
      ...(s % 300 === 20 ? { sbp: 120, dbp: 80, map: 93 } : {}),
    });
    const chart = chartOf([open, baseline, start, ...seconds(0, 1200, values)], 1200_000);
    const rows = chart.grid.map(({ at, cells }) => [at / MIN, cells.hr?.value ?? null, cells.sbp?.at ?? null]);
    expect(rows).toEqual([
      [0, 70, 20_000],
      [5, 70, 320_000],
      [10, null, 620_000],
      [15, 70, 920_000],
    ]);
    expect(chart.cuffs.find(({ manual }) => manual)).toMatchObject({ at: MIN, sbp: 120, map: null });
  });

  it("tells hand-entered vital signs, rate changes and medication, in their place when entered late, undone as undone", () => {
    const recorder = new SessionRecorder(bay);
    const slip = act(15, { type: "record-observation", observation: { values: { hr: 170 } } });
    const undoing = act(15.1, { type: "undo-act", act: slip.kind === "command" ? slip.id : "" });
    const inputs = [
      open,
      baseline,
      act(4, { type: "start-infusion", effectiveAt: 2 * MIN }),
      act(8, {
        type: "give-medication",
        medication: { kind: "other", name: "ondansetron", dose: 4, unit: "mg", route: "IV" },
      }),
      act(10, { type: "change-rate", rateMlPerH: 30 }),
      act(12, {
        type: "record-observation",
        effectiveAt: 11 * MIN,
        observation: { values: { hr: 66, sbp: 121, dbp: 76 } },
      }),
      slip,
      undoing,
    ];
    for (const input of inputs) recorder.take(input);
    const chart = recorder.chart(20 * MIN)!;
    expect(chart.phases.map(({ phase, from }) => [phase, from / MIN])).toEqual([
      ["preparation", 0],
      ["infusing", 2],
    ]);
    expect(chart.medication).toEqual([{ at: 8 * MIN, name: "Nora", what: "ondansetron 4 mg IV" }]);
    expect(chart.signs.map(({ at, hr }) => [at / MIN, hr])).toEqual([
      [1, 70],
      [11, 66],
    ]);
    expect(chart.cuffs.at(-1)).toEqual({ at: 11 * MIN, sbp: 121, dbp: 76, map: null, manual: true });
    expect(chart.observations).toMatchObject([{ at: 11 * MIN, late: true, name: "Nora" }]);
    expect(chart.grid.find(({ at }) => at === 10 * MIN)?.cells.hr).toEqual({ value: 66, at: 11 * MIN, manual: true });
    expect(chart.acts.map(({ at, command, late, undone }) => [at / MIN, command.type, late, undone?.name])).toEqual([
      [0, "open-session", false, undefined],
      [1, "record-baseline", false, undefined],
      [2, "start-infusion", true, undefined],
      [8, "give-medication", false, undefined],
      [10, "change-rate", false, undefined],
      [11, "record-observation", true, undefined],
      [15, "record-observation", false, "Nora"],
      [15.1, "undo-act", false, undefined],
    ]);
  });

  it("goes on at the next bay: readings, alarms and acts of every bay are one session's", () => {
    const there = newBay(bayIdSchema.parse("2"), protocolSchema.parse({}));
    const low = seconds(0, 100, () => ({ spo2: 85 }));
    const leave = act(2, { type: "transfer-session", to: "2" });
    if (leave.kind !== "command") throw new Error("not a command");
    let left = bay;
    for (const input of [open, ...low]) left = advance(left, input).bay;
    const carried = departure(left, { ...leave, target: "free" })!;
    const recorder = new SessionRecorder(bay);
    for (const input of [open, ...low]) recorder.take(input);
    recorder.take({ ...leave, target: "free" });
    // Whoever comes next to the bay that was left is somebody else.
    recorder.take(reading(121_000, { spo2: 99 }));
    recorder.goTo(there);
    recorder.take({ kind: "arrival", at: 2 * MIN, by: nurse, from: bay.id, carried });
    for (const input of seconds(125, 180, () => ({ spo2: 97 }))) recorder.take(input);
    const chart = recorder.chart(3 * MIN)!;
    expect(chart.stays).toEqual([
      { bay: "1", from: 0 },
      { bay: "2", from: 2 * MIN },
    ]);
    expect(chart.vitals.spo2?.value).not.toContain(99);
    expect(chart.vitals.spo2?.at.at(-1)).toBe(179_000);
    const episodes = chart.alarms.filter(({ id }) => id === "spo2.low");
    expect(episodes).toMatchObject([{ raisedAt: 10_000, clearedAt: 130_000, extreme: 85 }]);
    expect(chart.acts.filter(({ command }) => command.type === "transfer-session")).toHaveLength(1);
    expect(chart.phase).toBe("preparation");
  });

  it("tells who confirmed which check, both signatures of a double-check, and what nobody confirmed", () => {
    const protocol = { startChecks: ["identity", "dose", "fasting"], secondPersonChecks: ["dose", "fasting"] };
    const asks = act(0, {
      ...(open.kind === "command" ? open.command : {}),
      protocol: protocolSchema.parse({ ...protocol, dischargeChecks: ["line removed"] }),
    });
    const confirm = (min: number, check: string, by = nurse) => act(min, { type: "confirm-check", check }, by);
    const chart = chartOf(
      [asks, confirm(1, "identity"), confirm(2, "dose"), confirm(3, "dose", supervisor), confirm(4, "fasting")],
      5 * MIN,
    );
    const signed = (name: string, min: number) => ({ name, at: min * MIN });
    expect(chart.checks).toEqual([
      { part: "start", check: "identity", first: signed("Nora", 1), second: null, holds: true },
      { part: "start", check: "dose", first: signed("Nora", 2), second: signed("Sam", 3), holds: true },
      { part: "start", check: "fasting", first: signed("Nora", 4), second: null, holds: false },
      { part: "discharge", check: "line removed", first: null, second: null, holds: false },
    ]);
  });

  it("keeps what was missing when a session was abandoned", () => {
    const told = [
      open,
      baseline,
      start,
      act(10, { type: "abandon-session", reason: "fire alarm", left: "against-advice" }),
    ];
    const { criteria, phase } = chartOf(told, 20 * MIN);
    expect(phase).toBe("abandoned");
    expect(criteria.find(({ id }) => id === "recovery-minimum")).toMatchObject({ holds: false });
    expect(
      chartOf([open, act(1, { type: "abandon-session", reason: "went home", left: "against-advice" })], MIN).criteria,
    ).toEqual([]);
  });

  it("looked at again and again tells the same as looked at once", () => {
    const spo2 = (s: number) => ({ hr: 70, spo2: s % 90 < 30 ? 88 : 97 });
    const inputs = [open, ...seconds(0, 300, spo2), baseline, start].sort((a, b) => a.at - b.at);
    const once = chartOf(inputs, 400_000);
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(inputs.length - 1), { maxLength: 20 }), (looks) => {
        const recorder = new SessionRecorder(bay);
        for (const [i, input] of inputs.entries()) {
          recorder.take(input);
          if (looks.includes(i)) recorder.chart(input.at);
        }
        expect(recorder.chart(400_000)).toEqual(once);
      }),
      { numRuns: 20 },
    );
  });
});
