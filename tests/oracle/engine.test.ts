/**
 * The engine against the oracle: a program written from alarms.md alone, which knows no states, only definitions.
 * Whatever feed and protocol, both must tell the same story, event for event.
 */
import { advance, type BayEvent, bayInPhase } from "@vigil/shared/bay";
import { bayIdSchema } from "@vigil/shared/ids";
import { protocolSchema } from "@vigil/shared/protocol";
import fc from "fast-check";
import { expect, it } from "vitest";
import { courseOf, feedAndProtocol } from "./generators.ts";
import { type LimitAlarmEvent, predictLimitAlarms } from "./limit-alarms.ts";

type Sample = typeof feedAndProtocol extends fc.Arbitrary<infer S> ? S : never;

function engineEvents(sample: Sample): LimitAlarmEvent[] {
  const course = courseOf(sample);
  const protocol = protocolSchema.parse(sample.protocol);
  const first = Math.round((course.lines[0]?.t ?? 0) * 1000);
  let bay = bayInPhase(bayIdSchema.parse("1"), protocol, "infusing", first, course.cuffIntervalMin);
  const events: BayEvent[] = [];
  const cadenceS = course.cadenceS;
  for (const { t, ...values } of course.lines) {
    const next = advance(bay, { kind: "reading", at: Math.round(t * 1000), measuredAt: null, cadenceS, values });
    bay = next.bay;
    events.push(...next.events);
  }
  return events.flatMap((event): LimitAlarmEvent[] => {
    if (event.type !== "alarm" || event.kind !== "physiological" || event.change === "acknowledged") return [];
    const told = {
      t: event.at / 1000,
      event: event.change,
      alarm: event.alarm,
      tier: event.tier,
      priority: event.priority,
    };
    const crossed = event.change === "raised" || event.change === "escalated";
    return [(crossed ? { ...told, value: event.value, limit: event.limit } : told) as LimitAlarmEvent];
  });
}

it("decides every limit alarm as the oracle predicts, on any feed and protocol", () => {
  fc.assert(
    fc.property(feedAndProtocol, (sample) => {
      expect(engineEvents(sample)).toEqual(predictLimitAlarms(courseOf(sample)));
    }),
    { numRuns: 1500 },
  );
});
