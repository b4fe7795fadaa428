import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { courseOf, feedAndProtocol, feedText } from "./generators.ts";
import { DIRECTIONS, type Limits, predictLimitAlarms, VITALS } from "./limit-alarms.ts";

describe("generated feeds and protocols", () => {
  it("lines that measure nothing change nothing, wherever they are", () => {
    fc.assert(
      fc.property(feedAndProtocol, fc.array(fc.nat(60)), (sample, places) => {
        const ticked = sample.lines.flatMap((line, i) => {
          const earlier = sample.lines[i - 1]?.t ?? line.t;
          const halfway = Math.max(earlier, Math.floor((earlier + line.t) * 500) / 1000);
          return places.includes(i) ? [{ t: halfway }, { t: line.t }, line] : [line];
        });
        expect(predictLimitAlarms({ ...courseOf(sample), lines: ticked })).toEqual(
          predictLimitAlarms(courseOf(sample)),
        );
      }),
    );
  });

  it("limits of one vital and direction decide alone", () => {
    fc.assert(
      fc.property(
        feedAndProtocol,
        fc.constantFrom(...VITALS),
        fc.constantFrom(...DIRECTIONS),
        (sample, vital, direction) => {
          const course = courseOf(sample);
          const limits: Limits = { [vital]: { [direction]: course.limits[vital]?.[direction] ?? {} } };
          expect(predictLimitAlarms({ ...course, limits })).toEqual(
            predictLimitAlarms(course).filter(({ alarm }) => alarm === `${vital}.${direction}`),
          );
        },
      ),
    );
  });

  it("a shorter feed’s events are the beginning of a longer one’s", () => {
    fc.assert(
      fc.property(feedAndProtocol, fc.nat(200), (sample, length) => {
        const whole = predictLimitAlarms(courseOf(sample));
        const beginning = predictLimitAlarms(courseOf({ ...sample, lines: sample.lines.slice(0, length) }));
        expect(whole.slice(0, beginning.length)).toEqual(beginning);
      }),
    );
  });

  it("each alarm tells a story that makes sense, in time order", () => {
    fc.assert(
      fc.property(feedAndProtocol, (sample) => {
        const events = predictLimitAlarms(courseOf(sample));
        const times = events.map(({ t }) => t);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        const tierOf = new Map<string, string | null>();
        for (const { alarm, event, tier } of events) {
          const before = tierOf.get(alarm) ?? null;
          if (event === "raised") expect(before).toBeNull();
          else expect(before).not.toBeNull();
          if (event === "unknown" || event === "present") expect(tier).toBe(before);
          else expect(tier).not.toBe(before);
          if (event === "escalated") expect(tier).toBe("critical");
          if (event === "deescalated") expect(tier).toBe("warning");
          if (event === "cleared") expect(tier).toBeNull();
          tierOf.set(alarm, tier);
        }
      }),
    );
  });

  it("make every kind of event happen, often", () => {
    const counts = new Map<string, number>();
    for (const sample of fc.sample(feedAndProtocol, { numRuns: 200, seed: 1 }))
      for (const event of new Set(predictLimitAlarms(courseOf(sample)).map(({ event }) => event)))
        counts.set(event, (counts.get(event) ?? 0) + 1);
    for (const event of ["raised", "escalated", "deescalated", "cleared", "unknown", "present"])
      expect(counts.get(event), event).toBeGreaterThan(20);
  });

  it("survive being written to a feed file and read back", () => {
    fc.assert(
      fc.property(feedAndProtocol, (sample) => {
        const [header, ...lines] = feedText(sample)
          .trimEnd()
          .split("\n")
          .map((line) => JSON.parse(line));
        expect({ header, lines }).toEqual({ header: sample.header, lines: sample.lines });
        expect(JSON.parse(JSON.stringify(sample.protocol))).toEqual(sample.protocol);
      }),
    );
  });
});
