import type { BayEvent } from "@vigil/shared/bay";
import { addDays, instantOf, localDateOf } from "@vigil/shared/course";
import { expect, it } from "vitest";
import { type PastSession, pastMonth } from "./past-month.ts";

const NOW = Date.UTC(2026, 2, 10, 14);

it("marks some alarms of the past, each that was raised there, after its session and before now, by its nurse", () => {
  const sessions: PastSession[] = [];
  for (const told of pastMonth(NOW, 7, "Europe/Berlin")) {
    if (told !== null) sessions.push(told);
    if (sessions.length === 12) break;
  }
  const steps = sessions.flatMap((session) => session.steps);
  const isRaised = (event: BayEvent) => event.type === "alarm" && event.change === "raised";
  const marks = steps.flatMap((step) => step.marks);
  const raised = steps.flatMap((step) => step.events.filter(isRaised));
  expect(marks.length).toBeGreaterThan(0);
  expect(marks.length).toBeLessThan(raised.length / 2);
  expect(new Set(marks.map(({ actionable }) => actionable))).toEqual(new Set(["yes", "no"]));
  for (const session of sessions) {
    const endedAt = session.steps.at(-1)!.input.at;
    const opened = session.steps[0]!.input;
    for (const { events, marks: judged } of session.steps) {
      for (const { alarm, at, by } of judged) {
        expect(events.some((event) => isRaised(event) && event.type === "alarm" && event.alarm === alarm)).toBe(true);
        expect(at).toBeGreaterThan(endedAt);
        expect(at).toBeLessThan(NOW);
        expect(opened.kind === "command" && opened.by).toEqual(by);
      }
    }
  }
});

it("has a high alarm that somebody answered last night, whatever day it is", () => {
  const zone = "Europe/Berlin";
  const DAY = 24 * 3_600_000;
  const answered = Array.from({ length: 7 }, (_, day) => {
    const now = NOW + day * DAY;
    const last = addDays(localDateOf(now, zone), -1);
    const from = instantOf(last, "19:00", zone) ?? Number.NaN;
    // The newest session is told first.
    for (const told of pastMonth(now, 7, zone)) {
      const steps = told?.steps ?? [];
      const isAnswer = (event: BayEvent) =>
        event.type === "alarm" && event.change === "acknowledged" && event.priority === "high" && event.at > from;
      if (told !== null) return steps.some(({ events }) => events.some(isAnswer));
    }
    return false;
  });
  expect(answered).toEqual(answered.map(() => true));
});
