/** A course for tests: a nurse, acts with numbers for ids, sessions on given days. */
import { type AtMs, bayIdSchema, commandIdSchema, personIdSchema, sessionIdSchema } from "../ids/index.ts";
import type { Actor } from "../session/index.ts";
import { type CourseActInput, type CourseFact, courseActSchema } from "./act.ts";
import { instantOf, type LocalDate, type LocalTime } from "./calendar.ts";
import { type Course, newCourse } from "./course.ts";
import { moveCourse } from "./move.ts";
import type { PastSession } from "./session-of-course.ts";

export const ZONE = "Europe/Berlin";

const nurse: Actor = { id: personIdSchema.parse("nurse-1"), name: "Nora Nurse", role: "nurse" };

export const idOf = (name: string) => commandIdSchema.parse(name);

/** @throws when the clocks skip it */
export function at(date: LocalDate, time: LocalTime = "12:00", zone = ZONE): AtMs {
  const instant = instantOf(date, time, zone);
  if (instant === null) throw new Error(`no ${time} on ${date} in ${zone}`);
  return instant;
}

export const fact = (id: string, when: AtMs, act: CourseActInput): CourseFact => ({
  id: idOf(id),
  recordNumber: "R-1",
  at: when,
  by: nurse,
  act: courseActSchema.parse(act),
});

/** What the acts make of an empty course. @throws when one is refused */
export function courseAfter(...facts: readonly CourseFact[]): Course {
  let course = newCourse("R-1");
  for (const each of facts) {
    const moved = moveCourse(course, each, ZONE);
    if ("refused" in moved) throw new Error(moved.refused.reason);
    course = moved.course;
  }
  return course;
}

export const session = (date: LocalDate, time: LocalTime = "10:00", { open = false } = {}): PastSession => ({
  id: sessionIdSchema.parse(`s-${date}`),
  bay: bayIdSchema.parse("1"),
  initials: "AB",
  name: null,
  openedAt: at(date, time) - 600_000,
  startedAt: at(date, time),
  endedAt: open ? null : at(date, time) + 6_000_000,
});

export const total = (id: string, date: LocalDate, value: number, time: LocalTime = "09:00") =>
  fact(id, at(date, time), { type: "record-score", instrument: "phq-9", answers: { total: value } });
