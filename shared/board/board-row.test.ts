import { describe, expect, it } from "vitest";
import { advance, type Bay, type BayInput, newBay, settle } from "../bay/index.ts";
import { bayIdSchema, commandIdSchema, personIdSchema, sessionIdSchema } from "../ids/index.ts";
import { type ProtocolDocument, protocolSchema } from "../protocol/index.ts";
import type { Command } from "../session/index.ts";
import type { ReadingValues } from "../vitals/index.ts";
import { boardRow } from "./board-row.ts";

const MIN = 60;
const by = { id: personIdSchema.parse("n1"), name: "Nora", role: "nurse" as const };
const reads = (s: number, values: ReadingValues): BayInput => ({
  kind: "reading",
  at: s * 1000,
  measuredAt: null,
  cadenceS: null,
  values,
});
const does = (s: number, command: Command): BayInput => ({
  kind: "command",
  at: s * 1000,
  id: commandIdSchema.parse("c"),
  by,
  command,
});
const OPEN: Command = {
  type: "open-session",
  sessionId: sessionIdSchema.parse("s1"),
  patient: { initials: "AB", name: "Ada Byron", recordNumber: "4711", weightKg: 70 },
  plan: { drug: "ketamine", doseMgPerKg: 0.5, plannedMin: 40 },
};
const STARTED = [
  does(0, OPEN),
  does(0, { type: "record-baseline", values: { hr: 70, spo2: 98, sbp: 120, dbp: 75 } }),
  does(0, { type: "start-infusion" }),
];

function bayAfter(inputs: readonly BayInput[], untilS = 0, protocol: ProtocolDocument = {}): Bay {
  const fresh = newBay(
    bayIdSchema.parse("1"),
    protocolSchema.parse({ startChecks: [], dischargeChecks: [], ...protocol }),
  );
  return settle(
    inputs.reduce((bay, input) => advance(bay, input).bay, fresh),
    untilS * 1000,
  ).bay;
}
const row = (...given: Parameters<typeof bayAfter>) => boardRow(bayAfter(...given));

describe("the row of a free bay", () => {
  it("says so, and shows nothing where nothing is known", () => {
    const free = row([]);
    expect(free).toMatchObject({
      bay: "1",
      sessionId: null,
      phase: null,
      initials: null,
      infusionStartedAt: null,
      runningSince: null,
      plannedMs: null,
      recoveryStartedAt: null,
      recoveryMinimumAt: null,
      baselineTaken: false,
      monitor: "never",
      lastMessageAt: null,
      cuffDueAt: null,
      alarms: [],
      audioPausedUntil: null,
      alarmsOff: [],
    });
    for (const vital of Object.values(free.vitals)) expect(vital).toMatchObject({ value: null, at: null });
  });

  it("says that the monitor fell silent, though nobody is alarmed", () => {
    expect(row([reads(1, { hr: 70 })], 5).monitor).toBe("talking");
    expect(row([reads(1, { hr: 70 })], 3600).monitor).toBe("silent");
  });
});

describe("the row of a session", () => {
  it("has the facts of the infusion’s clock, and of a patient no more than initials", () => {
    const paused = row([...STARTED, does(10 * MIN, { type: "pause-infusion", reason: "nausea" })]);
    expect(paused).toMatchObject({
      sessionId: "s1",
      phase: "paused",
      initials: "AB",
      infusionStartedAt: 0,
      ranMs: 600_000,
      runningSince: null,
      plannedMs: 2_400_000,
      recoveryStartedAt: null,
      recoveryMinimumAt: null,
      baselineTaken: true,
    });
    const resumed = row([
      ...STARTED,
      does(10, { type: "pause-infusion", reason: "n" }),
      does(20, { type: "resume-infusion" }),
    ]);
    expect(resumed).toMatchObject({ phase: "infusing", ranMs: 10_000, runningSince: 20_000 });
    expect(JSON.stringify(paused)).not.toMatch(/Byron|4711/);
  });

  it("has the facts of the countdown once the drug has stopped", () => {
    expect(row([...STARTED, does(40 * MIN, { type: "end-infusion" })])).toMatchObject({
      phase: "recovery",
      recoveryStartedAt: 2_400_000,
      recoveryMinimumAt: 6_000_000,
    });
  });

  it("has each vital’s last valid value with its age and what it is drawn between", () => {
    const { vitals } = row([...STARTED, reads(1, { hr: 0, spo2: 97 }), reads(2, { hr: null })]);
    expect(vitals.hr).toEqual({ value: 0, at: 1_000, staleAfterMs: 5_000, low: 50, high: 120 });
    expect(vitals.spo2).toEqual({ value: 97, at: 1_000, staleAfterMs: 5_000, low: 94, high: null });
    expect(vitals.sbp).toEqual({ value: null, at: null, staleAfterMs: 600_000, low: 90, high: 156 });
    expect(vitals.map).toMatchObject({ low: null, high: null });
  });

  it("lets no value count as live again that the engine has called stale, when the cuff is wanted less often", () => {
    const later = [...STARTED, reads(1, { sbp: 120, dbp: 75 }), does(700, { type: "end-infusion" })];
    const bay = bayAfter(later, 700);
    const { at, staleAfterMs } = boardRow(bay).vitals.sbp;
    expect((at ?? 0) + staleAfterMs <= 700_000).toBe(bay.vitals.sbp.stale);
  });

  it("draws the critical limit where there is no warning, and the session’s edits", () => {
    const limits = { hr: { low: { critical: { limit: 41 } } } };
    expect(row(STARTED, 0, { limits }).vitals.hr).toMatchObject({ low: 41, high: null });
    const edited = protocolSchema.parse({ limits: { hr: { low: { warning: { limit: 55 } } } } }).limits.hr ?? {};
    expect(
      row([...STARTED, does(1, { type: "set-limits", vital: "hr", limits: edited, relative: [] })]).vitals.hr.low,
    ).toBe(55);
  });

  it("draws the limit that is reached first: of a rise over the baseline and the fixed one, the lower", () => {
    const baseline = does(0, { type: "record-baseline", values: { hr: 70, spo2: 98, sbp: 130, dbp: 70 } });
    expect(row([does(0, OPEN)]).vitals.sbp.high).toBe(165);
    expect(row([does(0, OPEN), baseline]).vitals).toMatchObject({ sbp: { high: 165 }, dbp: { high: 91 } });
    const relative = [{ vital: "sbp" as const, riseOverBaseline: 0.5 }];
    expect(row([does(0, OPEN), baseline], 0, { limits: {}, relative }).vitals.sbp.high).toBe(195);
  });

  it("says when the monitor is silent and when it talks again", () => {
    expect(row(STARTED, 60).monitor).toBe("never");
    expect(row([...STARTED, reads(1, {})], 10).monitor).toBe("talking");
    expect(row([...STARTED, reads(1, {})], 11).monitor).toBe("silent");
    expect(row([...STARTED, reads(1, {}), reads(60, {})], 60)).toMatchObject({
      monitor: "talking",
      lastMessageAt: 60_000,
    });
  });

  it("says when the cuff is due, from the start and from each measurement", () => {
    expect(row([does(0, OPEN)]).cuffDueAt).toBeNull();
    expect(row(STARTED).cuffDueAt).toBe(300_000);
    expect(row([...STARTED, reads(10, { sbp: 120, dbp: 75 })]).cuffDueAt).toBe(310_000);
    expect(
      row([...STARTED, reads(10, { map: 90 }), does(20, { type: "end-infusion", reason: "pain" })]).cuffDueAt,
    ).toBe(910_000);
  });

  it("has the gravest alarm first, of the same priority the newest", () => {
    const alarmed = row([...STARTED, reads(1, { sbp: 85 }), reads(2, { dbp: 45 }), reads(3, { sbp: 85, dbp: 39 })], 14);
    expect(alarmed.alarms.map(({ id, priority }) => `${id} ${priority}`)).toEqual([
      "dbp.low high",
      "monitor-silent medium",
      "sbp.low medium",
    ]);
    expect(alarmed.alarms[0]).toEqual({
      id: "dbp.low",
      kind: "physiological",
      condition: "present",
      tier: "critical",
      priority: "high",
      raisedAt: 2_000,
      value: 39,
      extreme: 39,
      limit: 40,
      acknowledged: false,
      annunciation: "sounding",
      callsSince: 3_000,
      remindedAt: null,
      escalatedTo: null,
    });
  });

  it("has what people did to the alarms", () => {
    const seen = row([
      ...STARTED,
      reads(1, { sbp: 85 }),
      does(2, { type: "acknowledge-alarm", alarm: "sbp.low" }),
      does(3, { type: "pause-audio", seconds: 60 }),
      does(4, { type: "alarm-off", vital: "spo2", reason: "cold hand" }),
      does(5, { type: "alarm-off", vital: "hr", reason: "shivering" }),
    ]);
    expect(seen.alarms.map(({ acknowledged }) => acknowledged)).toEqual([true]);
    expect(seen).toMatchObject({ audioPausedUntil: 63_000, alarmsOff: ["hr", "spo2"] });
  });
});

it("the same bay gives the same row", () => {
  const bay = bayAfter([...STARTED, reads(1, { sbp: 70 })], 60);
  expect(boardRow(bay)).toEqual(boardRow(bay));
});
