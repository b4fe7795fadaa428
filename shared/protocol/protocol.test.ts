import { describe, expect, it } from "vitest";
import { DIRECTIONS, TIERS } from "./limits.ts";
import { protocolSchema } from "./protocol.ts";

const refused = (document: unknown) => {
  const parsed = protocolSchema.safeParse(document);
  return parsed.success ? "accepted" : parsed.error.issues.map((issue) => issue.path.join(".")).join(" ");
};

describe("a protocol that says nothing", () => {
  const protocol = protocolSchema.parse({});

  it("has the durations, checks and latching of the built-in one", () => {
    expect(protocol).toMatchObject({
      name: "Adult ketamine infusion",
      cuffIntervalMin: { infusing: 5, recovery: 15 },
      recoveryMinimumMin: 60,
      latching: ["high"],
      staleAfter: {},
      dischargeWithinBaseline: 0.2,
    });
    expect(protocol.startChecks).toContain("dose double-checked");
    expect(protocol.dischargeChecks).toContain("escort present");
  });

  it("takes a limit of null as off", () => {
    const { limits } = protocolSchema.parse({
      limits: { spo2: { low: { warning: { limit: 94 }, critical: null }, high: null }, hr: null },
    });
    expect(limits.spo2?.low?.warning?.limit).toBe(94);
    expect([limits.spo2?.low?.critical, limits.spo2?.high, limits.hr]).toEqual([undefined, undefined, undefined]);
  });

  it("has the limits of alarms.md, to the figure", () => {
    const table = Object.entries(protocol.limits).flatMap(([vital, rules]) =>
      DIRECTIONS.flatMap((direction) =>
        TIERS.flatMap((tier) => {
          const rule = rules?.[direction]?.[tier];
          if (rule === undefined) return [];
          return `${vital} ${direction} ${tier} ${rule.limit} ${rule.priority} ${rule.delay}/${rule.offDelay} ±${rule.deadband}`;
        }),
      ),
    );
    expect(table).toEqual([
      "hr low warning 50 medium 10/5 ±2",
      "hr low critical 40 high 5/5 ±2",
      "hr high warning 120 medium 10/5 ±2",
      "hr high critical 150 high 5/5 ±2",
      "spo2 low warning 94 medium 15/5 ±1",
      "spo2 low critical 90 high 10/5 ±1",
      "rr low warning 8 medium 15/5 ±1",
      "rr low critical 5 high 10/5 ±1",
      "rr high warning 30 medium 15/5 ±1",
      "rr high critical 40 high 10/5 ±1",
      "sbp low warning 90 medium 0/0 ±3",
      "sbp low critical 80 high 0/0 ±3",
      "sbp high warning 165 medium 0/0 ±3",
      "sbp high critical 180 high 0/0 ±3",
      "dbp low warning 50 medium 0/0 ±3",
      "dbp low critical 40 high 0/0 ±3",
      "dbp high warning 100 medium 0/0 ±3",
      "dbp high critical 110 high 0/0 ±3",
    ]);
  });

  it("compares both pressures with the baseline, 30 % above it", () => {
    expect(protocol.relative.map((rule) => `${rule.vital} ${rule.riseOverBaseline} ${rule.priority}`)).toEqual([
      "sbp 0.3 medium",
      "dbp 0.3 medium",
    ]);
  });
});

describe("limits, once given, are the whole truth", () => {
  it("what they leave out is off, relative rules included", () => {
    const protocol = protocolSchema.parse({ limits: { hr: { low: { warning: { limit: 45 } } } } });
    expect(Object.keys(protocol.limits)).toEqual(["hr"]);
    expect(protocol.limits.hr?.high).toBeUndefined();
    expect(protocol.limits.hr?.low?.critical).toBeUndefined();
    expect(protocol.relative).toEqual([]);
  });

  it("given empty, nothing is on", () => {
    expect(protocolSchema.parse({ limits: {} })).toMatchObject({ limits: {}, relative: [] });
  });

  it("keeps relative rules that are given too", () => {
    const relative = [{ vital: "dbp" as const, riseOverBaseline: 0.5 }];
    const protocol = protocolSchema.parse({ limits: {}, relative });
    expect(protocol.relative).toEqual([
      { vital: "dbp", riseOverBaseline: 0.5, priority: "medium", delay: 0, offDelay: 0, deadband: 0 },
    ]);
  });

  it("relative rules given alone leave the built-in limits standing", () => {
    const protocol = protocolSchema.parse({ relative: [] });
    expect(protocol.relative).toEqual([]);
    expect(protocol.limits.spo2?.low?.critical?.limit).toBe(90);
  });

  it("a warning is of medium and a critical tier of high priority, at once and without deadband, unless they say otherwise", () => {
    const tiers = { warning: { limit: 100 }, critical: { limit: 120 } };
    expect(protocolSchema.parse({ limits: { map: { high: tiers } } }).limits.map?.high).toEqual({
      warning: { limit: 100, priority: "medium", delay: 0, offDelay: 0, deadband: 0 },
      critical: { limit: 120, priority: "high", delay: 0, offDelay: 0, deadband: 0 },
    });
  });
});

describe("durations", () => {
  it("one cuff interval given leaves the other at its default", () => {
    expect(protocolSchema.parse({ cuffIntervalMin: { infusing: 10 } }).cuffIntervalMin).toEqual({
      infusing: 10,
      recovery: 15,
    });
  });
});

it("a key that a protocol does not know is named, with those that it knows", () => {
  const { error } = protocolSchema.safeParse({ limits: { hr: { low: { warning: { limit: 50, Delay: 10 } } } } });
  expect(error?.issues.map(({ message }) => message)).toEqual([
    'does not know "Delay"; it knows limit, priority, delay, offDelay, deadband',
  ]);
});

describe("a protocol is refused, with the place named,", () => {
  const tier = (change: object) => ({ limits: { hr: { low: { warning: { limit: 50, ...change } } } } });
  it.each([
    ["a vital it does not know", { limits: { pulse: {} } }, "limits"],
    ["a direction it does not know", { limits: { hr: { above: {} } } }, "limits.hr"],
    ["a tier it does not know", { limits: { hr: { low: { panic: { limit: 3 } } } } }, "limits.hr.low"],
    ["no limit", tier({ limit: undefined }), "limits.hr.low.warning.limit"],
    ["a limit that is no number", tier({ limit: Number.NaN }), "limits.hr.low.warning.limit"],
    ["a limit without end", tier({ limit: Number.NEGATIVE_INFINITY }), "limits.hr.low.warning.limit"],
    ["text for a limit", tier({ limit: "50" }), "limits.hr.low.warning.limit"],
    ["a negative delay", tier({ delay: -1 }), "limits.hr.low.warning.delay"],
    ["a negative deadband", tier({ deadband: -1 }), "limits.hr.low.warning.deadband"],
    ["a delay of more than a day", tier({ offDelay: 86_401 }), "limits.hr.low.warning.offDelay"],
    ["an unknown priority", tier({ priority: "urgent" }), "limits.hr.low.warning.priority"],
    ["a part of a tier it does not know", tier({ Delay: 10 }), "limits.hr.low.warning"],
    [
      "a part of a rise it does not know",
      { relative: [{ vital: "sbp", riseOverBaseline: 0.3, off: 1 }] },
      "relative.0",
    ],
    ["a part of a rung it does not know", { escalation: [{ afterS: 30, target: "a", by: "b" }] }, "escalation.0"],
    ["an interval it does not know", { cuffIntervalMin: { resting: 5 } }, "cuffIntervalMin"],
    ["a rule it does not know", { stalAfter: { hr: 5 } }, ""],
    ["no rise", { relative: [{ vital: "sbp", riseOverBaseline: 0 }] }, "relative.0.riseOverBaseline"],
    [
      "a rise over a baseline that nobody records",
      { relative: [{ vital: "rr", riseOverBaseline: 0.3 }] },
      "relative.0.vital",
    ],
    ["staleness at once", { staleAfter: { hr: 0 } }, "staleAfter.hr"],
    ["a cuff that never rests", { cuffIntervalMin: { infusing: 0 } }, "cuffIntervalMin.infusing"],
    ["no recovery", { recoveryMinimumMin: 0 }, "recoveryMinimumMin"],
    ["an empty name", { name: "" }, "name"],
    ["something else altogether", null, ""],
  ])("for %s", (_, document, place) => {
    expect(refused(document)).toBe(place);
  });
});
