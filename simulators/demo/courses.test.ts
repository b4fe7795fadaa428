import { advance, type BayEvent, newBay } from "@vigil/shared/bay";
import { type CourseFlagCode, courseOf, type PastSession, standingOf } from "@vigil/shared/course";
import { protocolSchema } from "@vigil/shared/protocol";
import { expect, it } from "vitest";
import { demoCourses } from "./courses.ts";

const ZONE = "Europe/Berlin";
// Two days after the clocks went forward.
const NOW = Date.UTC(2026, 2, 31, 9);
const { visits, facts } = demoCourses(NOW, 7, ZONE);

it("tells only legal visits, every one discharged without an alarm that calls for somebody", () => {
  const protocol = protocolSchema.parse({});
  for (const { bay: id, inputs } of visits) {
    let bay = newBay(id, protocol);
    const events: BayEvent[] = [];
    for (const input of inputs) {
      const after = advance(bay, input);
      bay = after.bay;
      events.push(...after.events);
    }
    expect(events.filter(({ type }) => type === "refused")).toEqual([]);
    expect(events.filter((event) => event.type === "alarm" && event.priority !== "low")).toEqual([]);
    expect(bay.session).toBeNull();
  }
});

it("shows courses at different points, each entered legally", () => {
  const flags = new Map<string, CourseFlagCode[]>();
  for (const recordNumber of new Set(facts.map((fact) => fact.recordNumber))) {
    const own = facts.filter((fact) => fact.recordNumber === recordNumber);
    const course = courseOf(recordNumber, own, ZONE);
    const recorded = own.filter(({ act }) => act.type === "record-score");
    expect(course.scores).toHaveLength(recorded.length);
    const standing = standingOf(course, pastOf(recordNumber), NOW, ZONE);
    flags.set(
      recordNumber,
      standing.flags.map(({ code }) => code),
    );
  }
  expect(flags.get("KT-1038")).toEqual(["thoughts-of-death"]);
  expect(flags.get("KT-1051")).toEqual(["missing"]);
  expect(flags.get("KT-1029")).toEqual(["late"]);
  expect(["KT-1042", "KT-1017", "KT-1033", "KT-1008"].flatMap((one) => flags.get(one))).toEqual([]);
});

it("is the same for the same instant, seed and zone, and over before today", () => {
  expect(demoCourses(NOW, 7, ZONE)).toEqual({ visits, facts });
  for (const { inputs } of visits) expect(inputs.every(({ at }) => at < NOW - 3 * 3_600_000)).toBe(true);
});

function pastOf(recordNumber: string): PastSession[] {
  return visits.flatMap(({ bay, inputs }) =>
    inputs.flatMap((input) => {
      if (input.kind !== "command" || input.command.type !== "open-session") return [];
      const { patient, sessionId: id } = input.command;
      if (patient.recordNumber !== recordNumber) return [];
      const openedAt = input.at;
      const session = { id, bay, openedAt, initials: patient.initials, name: null };
      return [{ ...session, startedAt: openedAt + 360_000, endedAt: openedAt + 6_600_000 }];
    }),
  );
}
