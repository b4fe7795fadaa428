import { describe, expect, it } from "vitest";
import { bayIdSchema } from "../ids/index.ts";
import { protocolSchema } from "../protocol/index.ts";
import { advance } from "./advance.ts";
import { bayInPhase, newBay } from "./new-bay.ts";
import { nextDeadline, settle } from "./settle.ts";

const ID = bayIdSchema.parse("1");
const protocol = protocolSchema.parse({});

describe("a new bay", () => {
  it("is free, and nothing will happen in it by itself", () => {
    const bay = newBay(ID, protocol);
    expect(bay).toMatchObject({ id: ID, session: null, alarms: [], watches: [], alarmsOff: [], audioPause: null });
    expect(nextDeadline(bay)).toBeNull();
  });

  it("has a next deadline as soon as a monitor talks", () => {
    const reading = { kind: "reading", at: 1_000, measuredAt: null, cadenceS: null, values: { hr: 70 } } as const;
    const { bay } = advance(newBay(ID, protocol), reading);
    expect(nextDeadline(bay)).toBe(6_000);
    const { bay: later } = settle(bay, 60_000);
    expect(later.vitals).toMatchObject({ hr: { stale: true }, spo2: { stale: false, value: null } });
  });
});

describe("a bay that stands in a phase, for looking at a feed", () => {
  const standing = (phase: Parameters<typeof bayInPhase>[2]) => bayInPhase(ID, protocol, phase, 5_000, 7).session!;

  it("has an infusion as far as the phase says", () => {
    const infusion = { startedAt: 5_000, ranMs: 0, runningSince: null, endedAt: null };
    expect(standing("preparation").infusion).toBeNull();
    expect(standing("infusing").infusion).toMatchObject({ ...infusion, runningSince: 5_000 });
    expect(standing("paused").infusion).toMatchObject(infusion);
    expect(standing("recovery").infusion).toMatchObject({ ...infusion, endedAt: 5_000 });
    expect(standing("ready").infusion).toMatchObject({ ...infusion, endedAt: 5_000 });
  });

  it("has stood in it from then on, at a rate that is not known, and nothing was done before", () => {
    const rate = { rateMlPerH: null, rateMgPerMin: null };
    expect(standing("infusing")).toMatchObject({
      patient: { initials: "–" },
      phases: [{ phase: "infusing", from: 5_000 }],
      infusion: { segments: [{ from: 5_000, to: null, ...rate }], rate, boluses: [], extensions: [] },
      medications: [],
      acts: [],
    });
    expect(standing("recovery")).toMatchObject({
      phases: [{ phase: "recovery", from: 5_000 }],
      infusion: { segments: [], rate },
    });
  });

  it("watches every vital that the protocol limits", () => {
    const { watches } = bayInPhase(ID, protocol, "infusing", 5_000, 7);
    expect(new Set(watches.map(({ vital }) => vital))).toEqual(new Set(["hr", "spo2", "rr", "sbp", "dbp"]));
  });

  it("knows nothing of a patient, and goes by the protocol but for the cuff", () => {
    const bay = bayInPhase(ID, protocol, "infusing", 5_000, 7);
    expect(bay.session).toMatchObject({ plan: null, baseline: null, confirmed: [], observations: [], openedAt: 5_000 });
    expect(bay.session?.patient.initials).not.toBe("");
    expect(bay.session?.protocol.cuffIntervalMin).toEqual({ infusing: 7, recovery: 7 });
    expect(bay.limits).toEqual(protocol.limits);
    // No baseline: the limits alone are watched.
    expect(bay.watches.flatMap(({ tiers }) => tiers.map(({ source }) => source))).not.toContain("relative.0");
  });
});
