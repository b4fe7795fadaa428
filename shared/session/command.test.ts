import { describe, expect, it } from "vitest";
import { actorSchema, baselineValuesSchema, commandSchema, patientSchema } from "./command.ts";
import { planSchema } from "./plan.ts";

const accepts = (command: unknown) => commandSchema.safeParse(command).success;

describe("commands", () => {
  it.each([
    { type: "open-session", sessionId: "s1", patient: { initials: "AB" } },
    { type: "set-plan", plan: { drug: "ketamine", doseMgPerKg: 0.5, plannedMin: 40 } },
    { type: "confirm-check", check: "identity" },
    { type: "record-baseline" },
    { type: "start-infusion" },
    { type: "pause-infusion", reason: "nausea" },
    { type: "resume-infusion" },
    { type: "end-infusion" },
    { type: "declare-ready" },
    { type: "return-to-recovery", reason: "dizzy" },
    { type: "discharge" },
    { type: "abandon-session", reason: "left" },
    { type: "acknowledge-alarm", alarm: "spo2.low" },
    { type: "pause-audio", seconds: 120 },
    { type: "resume-audio" },
    { type: "set-limits", vital: "hr", limits: {}, relative: [] },
    { type: "alarm-off", vital: "hr", reason: "shivering" },
    { type: "alarm-on", vital: "hr" },
  ])("$type is taken", (command) => {
    expect(commandSchema.parse(command)).toEqual(command);
  });

  it("a protocol brought along is filled in with its defaults", () => {
    const command = commandSchema.parse({
      type: "open-session",
      sessionId: "s",
      patient: { initials: "A" },
      protocol: {},
    });
    expect(command).toHaveProperty("protocol.recoveryMinimumMin", 60);
  });

  it("limits are filled in, and what they leave out is off, a rise over the baseline too", () => {
    expect(
      commandSchema.parse({ type: "set-limits", vital: "hr", limits: { low: { critical: { limit: 40 } } } }),
    ).toEqual({
      type: "set-limits",
      vital: "hr",
      limits: { low: { critical: { limit: 40, priority: "high", delay: 0, offDelay: 0, deadband: 0 } } },
      relative: [],
    });
  });

  it("a rise over the baseline is filled in, and refused for a vital that no baseline has", () => {
    const rising = (vital: string) => ({
      type: "set-limits",
      vital,
      limits: {},
      relative: [{ riseOverBaseline: 0.3 }],
    });
    expect(commandSchema.parse(rising("dbp"))).toMatchObject({
      relative: [{ riseOverBaseline: 0.3, priority: "medium", delay: 0, offDelay: 0, deadband: 0 }],
    });
    expect(commandSchema.safeParse(rising("rr")).error?.issues).toEqual([
      expect.objectContaining({ path: ["relative"], message: "only hr, spo2, sbp, dbp have a baseline to rise over" }),
    ]);
  });

  it("a misspelt part of a limit is refused and named, never ignored", () => {
    const limits = { low: { warning: { limit: 50, Delay: 10 } } };
    expect(commandSchema.safeParse({ type: "set-limits", vital: "hr", limits }).error?.issues).toEqual([
      expect.objectContaining({
        path: ["limits", "low", "warning"],
        message: 'does not know "Delay"; it knows limit, priority, delay, offDelay, deadband',
      }),
    ]);
  });

  it("unknown keys are ignored, unknown commands are not", () => {
    expect(commandSchema.parse({ type: "resume-audio", by: "x" })).toEqual({ type: "resume-audio" });
    for (const bad of [{ type: "audio-off" }, {}, null, "resume-audio", []]) expect(accepts(bad)).toBe(false);
  });

  it("where a reason is owed, blank is none", () => {
    for (const type of ["pause-infusion", "return-to-recovery", "abandon-session"]) {
      for (const reason of [undefined, null, "", "  ", "x".repeat(501)]) expect(accepts({ type, reason })).toBe(false);
    }
    expect(accepts({ type: "alarm-off", vital: "hr" })).toBe(false);
    expect(accepts({ type: "discharge", override: " " })).toBe(false);
    expect(commandSchema.parse({ type: "abandon-session", reason: " left " })).toHaveProperty("reason", "left");
  });

  it("the sound is never paused for longer than two minutes, nor for no time", () => {
    for (const seconds of [120.1, 0.9, 0, -1, Number.NaN, Number.POSITIVE_INFINITY, "60", null]) {
      expect(accepts({ type: "pause-audio", seconds }), String(seconds)).toBe(false);
    }
  });
});

describe("ranges", () => {
  const plan = { drug: "ketamine", doseMgPerKg: 0.5, plannedMin: 40 };
  const baseline = { hr: 70, spo2: 98, sbp: 120, dbp: 75 };

  it.each([
    [{ ...plan, drug: " " }],
    [{ ...plan, doseMgPerKg: 0 }],
    [{ ...plan, doseMgPerKg: 21 }],
    [{ ...plan, plannedMin: 0 }],
    [{ ...plan, plannedMin: 1441 }],
    [{ ...plan, plannedMin: "40" }],
  ])("of a plan: not %j", (bad) => {
    expect(planSchema.safeParse(bad).success).toBe(false);
  });

  it.each([
    [{ ...baseline, hr: 0 }],
    [{ ...baseline, spo2: 101 }],
    [{ ...baseline, sbp: null }],
    [{ ...baseline, dbp: Number.NaN }],
    [{ hr: 70, spo2: 98 }],
  ])("of a baseline: not %j", (bad) => {
    expect(baselineValuesSchema.safeParse(bad).success).toBe(false);
  });

  it("of a patient", () => {
    expect(patientSchema.safeParse({ initials: "AB", birthDate: "1980-02-29", weightKg: 70 }).success).toBe(true);
    for (const bad of [{}, { initials: "" }, { initials: "ABCDEFGHI" }, { initials: "AB", birthDate: "1981-02-29" }]) {
      expect(patientSchema.safeParse(bad).success, JSON.stringify(bad)).toBe(false);
    }
  });

  it("of an actor", () => {
    expect(actorSchema.safeParse({ id: "n1", name: "Nora", role: "nurse" }).success).toBe(true);
    for (const bad of [{ id: "n1", name: "", role: "nurse" }, { id: "n1", name: "N", role: "doctor" }, { name: "N" }]) {
      expect(actorSchema.safeParse(bad).success, JSON.stringify(bad)).toBe(false);
    }
  });
});
