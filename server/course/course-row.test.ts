import type { CourseFlagCode } from "@vigil/shared/course";
import type { CourseRow } from "@vigil/shared/wire";
import { expect, it } from "vitest";
import { byUrgency } from "./course-row.ts";

const row = (recordNumber: string, flags: CourseFlagCode[], to: string | null, closed = false): CourseRow => ({
  recordNumber,
  initials: null,
  name: null,
  stage: "maintenance",
  induction: null,
  due: to === null ? null : { from: to, to },
  booked: null,
  flags: flags.map((code) => ({ code, days: 1, date: "2026-03-01", score: null })),
  sessions: 1,
  lastSession: null,
  openAt: null,
  lastScore: null,
  closed,
});

it("lists the gravest flag first, then who is due soonest, and the closed last", () => {
  const rows = [
    row("closed", [], null, true),
    row("nothing", [], null),
    row("may", [], "2026-05-01"),
    row("april", [], "2026-04-01"),
    row("late", ["late"], "2026-02-01"),
    row("missing", ["missing", "late"], "2026-02-01"),
    row("death", ["late", "thoughts-of-death"], "2026-06-01"),
  ];
  expect(rows.toSorted(byUrgency).map(({ recordNumber }) => recordNumber)).toEqual([
    "death",
    "missing",
    "late",
    "april",
    "may",
    "nothing",
    "closed",
  ]);
});
