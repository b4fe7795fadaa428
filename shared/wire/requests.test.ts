import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { VITAL_FACTS, VITALS } from "../vitals/index.ts";
import { commandRequestSchema, isPlainReading, readingMessageSchema, watchRequestSchema } from "./requests.ts";

const reading = (change: object) => readingMessageSchema.safeParse({ bay: "1", ...change });

describe("a reading", () => {
  it("needs the bay and nothing else", () => {
    expect(readingMessageSchema.parse({ bay: "1" })).toEqual({ bay: "1" });
    for (const bad of [{}, { bay: "" }, { bay: 1 }, { bay: " 1" }, null, [], "1"]) {
      expect(readingMessageSchema.safeParse(bad).success, JSON.stringify(bad)).toBe(false);
    }
  });

  it("tells apart what was not measured from what has no valid value", () => {
    expect(readingMessageSchema.parse({ bay: "1", hr: null })).toEqual({ bay: "1", hr: null });
    expect("spo2" in readingMessageSchema.parse({ bay: "1", hr: null })).toBe(false);
  });

  it("ignores unknown keys", () => {
    expect(readingMessageSchema.parse({ bay: "1", hr: 70, temp: 37, HR: 3 })).toEqual({ bay: "1", hr: 70 });
  });

  it.each(VITALS)("takes %s at its plausible bounds and not beyond, with the range in the sentence", (vital) => {
    const { min, max } = VITAL_FACTS[vital].plausible;
    for (const value of [min, max, (min + max) / 2]) expect(reading({ [vital]: value }).success).toBe(true);
    for (const value of [min - 1, max + 0.1, -1, -100, 32767]) {
      const parsed = reading({ [vital]: value });
      expect(parsed.error?.issues[0]).toMatchObject({ path: [vital] });
      expect(parsed.error?.issues[0]?.message).toContain(`from ${min} to ${max}`);
    }
  });

  it.each(VITALS)("takes %s for a number only: no text, no NaN, no infinity, no list", (vital) => {
    for (const value of ["70", "", Number.NaN, Number.POSITIVE_INFINITY, true, [70], { value: 70 }]) {
      expect(reading({ [vital]: value }).success, String(value)).toBe(false);
    }
  });

  it("takes 0 for a value", () => {
    expect(readingMessageSchema.parse({ bay: "1", hr: 0 }).hr).toBe(0);
  });

  it("takes the device’s clock in milliseconds or in ISO 8601 with a zone", () => {
    const at = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
    for (const measuredAt of [at, "2026-01-02T03:04:05.678Z", "2026-01-02T05:04:05.678+02:00"]) {
      expect(readingMessageSchema.parse({ bay: "1", measuredAt }).measuredAt).toBe(at);
    }
    for (const measuredAt of [
      "2026-01-02T03:04:05",
      "2026-01-02",
      "2026-02-30T00:00:00Z",
      "now",
      "",
      1.5,
      -1,
      1e16,
      null,
    ]) {
      expect(reading({ measuredAt }).success, String(measuredAt)).toBe(false);
    }
  });

  it("gives a finite device time for every text it takes", () => {
    const when = fc.date({ min: new Date(0), max: new Date("9999-12-31T23:59:59Z"), noInvalidDate: true });
    fc.assert(
      fc.property(when, fc.constantFrom("Z", "+14:00", "-11:30"), fc.nat(9), (date, zone, digits) => {
        const text = date.toISOString().replace(/\.\d+Z$/, `${digits > 0 ? `.${"1".repeat(digits)}` : ""}${zone}`);
        expect(readingMessageSchema.parse({ bay: "1", measuredAt: text }).measuredAt).toSatisfy(Number.isFinite);
      }),
    );
  });

  it("takes a cadence above 0, of an hour at most", () => {
    for (const cadence of [0.1, 1, 60, 3600]) expect(reading({ cadence }).success).toBe(true);
    for (const cadence of [0, -1, 3601, "1", null, Number.NaN]) expect(reading({ cadence }).success).toBe(false);
  });
});

describe("a plain reading", () => {
  it("is any with values alone", () => {
    expect(isPlainReading({ bay: "1" })).toBe(true);
    expect(isPlainReading({ bay: "1", hr: 70, spo2: 98, rr: null, sbp: 120, dbp: 80, map: undefined })).toBe(true);
    for (const other of [
      { measuredAt: 0 },
      { cadence: 1 },
      { hr: "70" },
      { spo2: 101 },
      { rr: Number.NaN },
      { map: -1 },
    ]) {
      expect(isPlainReading({ bay: "1", ...other }), JSON.stringify(other)).toBe(false);
    }
  });

  it("is what the schema takes as it stands, and whatever the schema takes of values alone is plain", () => {
    const anything = fc.oneof(
      fc.constantFrom(undefined, null, "70", true, Number.NaN, Number.POSITIVE_INFINITY, 0, -0, 100, 350, [70], {}),
      fc.double({ min: -10, max: 400 }),
    );
    const message = fc.record({
      hr: anything,
      spo2: anything,
      rr: anything,
      sbp: anything,
      dbp: anything,
      map: anything,
    });
    fc.assert(
      fc.property(fc.oneof(message, fc.record({ hr: anything }), fc.record({ map: anything })), (values) => {
        const parsed = reading(values);
        expect(isPlainReading(values)).toBe(parsed.success);
        if (parsed.success) expect(parsed.data).toEqual({ bay: "1", ...values });
      }),
    );
  });
});

describe("a watch request", () => {
  it("may name a board and where to resume", () => {
    expect(watchRequestSchema.parse({})).toEqual({});
    const whole = { board: "main", resume: { epoch: "e1", seq: 0 } };
    expect(watchRequestSchema.parse(whole)).toEqual(whole);
    for (const bad of [
      { board: "" },
      { resume: { epoch: "e1" } },
      { resume: { epoch: "e1", seq: -1 } },
      { resume: { epoch: "e", seq: 0.5 } },
      null,
    ]) {
      expect(watchRequestSchema.safeParse(bad).success, JSON.stringify(bad)).toBe(false);
    }
  });
});

describe("a command request", () => {
  const request = {
    id: "c1",
    bay: "1",
    command: { type: "resume-audio" },
  };

  it("names command, bay and itself, and takes nobody's word for who acts", () => {
    const by = { id: "n1", name: "Nora", role: "nurse" };
    expect(commandRequestSchema.parse({ ...request, by })).toEqual(request);
  });

  it.each(["id", "bay", "command"])("is refused without %s", (key) => {
    const parsed = commandRequestSchema.safeParse({ ...request, [key]: undefined });
    expect(parsed.error?.issues[0]?.path[0]).toBe(key);
  });

  it("says where within the command it is wrong", () => {
    const parsed = commandRequestSchema.safeParse({ ...request, command: { type: "pause-audio", seconds: 500 } });
    expect(parsed.error?.issues[0]?.path).toEqual(["command", "seconds"]);
  });
});
