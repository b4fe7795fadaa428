/** Where a course stands on a day: what is done, what is due, what is late or missing. */
import type { AtMs } from "../ids/index.ts";
import type { CourseSettings, Stage } from "./act.ts";
import { addDays, daysBetween, type LocalDate, localDateOf, type Zone } from "./calendar.ts";
import { type Booking, type Course, type Score, settingsOf } from "./course.ts";
import { type DueWindow, dayOfInduction, inductionDue, maintenanceDue } from "./due.ts";
import { type Baseline, baselineOf, type Relief, reliefOf } from "./relief.ts";
import { type CourseSession, type PastSession, sessionsOfCourse } from "./session-of-course.ts";

export const COURSE_FLAGS = {
  "thoughts-of-death": "PHQ-9 item 9 was answered above not at all, and nobody has written down what was done",
  missing: "a booked day is over and no session took place since",
  "window-over": "the induction's longest window is over, and sessions of it are still to come",
  late: "the last day on which the next session was in time is over",
  "booked-late": "the next session is booked for a day after the last on which it is in time",
} as const;
export type CourseFlagCode = keyof typeof COURSE_FLAGS;

export interface CourseFlag {
  readonly code: CourseFlagCode;
  /** Days since it should have been, or until; of a window, since its last day; of thoughts of death, since the score. */
  readonly days: number;
  /** The day it is about. */
  readonly date: LocalDate;
  readonly score: Score["id"] | null;
}

export interface Standing {
  readonly today: LocalDate;
  readonly settings: CourseSettings;
  /** Of the next session, or of the last one once the course is closed. */
  readonly stage: Stage;
  readonly sessions: readonly (CourseSession & { readonly relief: Relief | null })[];
  /** The induction's window, while it lasts: session `done` of `of`, day `day` of `days`. */
  readonly induction: {
    readonly done: number;
    readonly of: number;
    readonly day: number;
    readonly days: number;
  } | null;
  /** `null`: no session yet, one is going on, or the course is closed. */
  readonly due: DueWindow | null;
  /** The next booked session that is not over; today's counts until a session has begun. */
  readonly booked: Booking | null;
  readonly baseline: Baseline | null;
  readonly flags: readonly CourseFlag[];
  /** Nothing is late, missing or booked too late, and the induction is within its window. */
  readonly onSchedule: boolean;
}

export function standingOf(course: Course, past: readonly PastSession[], now: AtMs, zone: Zone): Standing {
  const today = localDateOf(now, zone);
  const settings = settingsOf(course);
  const sessions = sessionsOfCourse(past, settings, zone);
  const baseline = baselineOf(course.scores, sessions, settings);
  const relief = reliefOf(sessions, course.scores, settings, baseline);
  const inductions = sessions.filter(({ stage }) => stage === "induction");
  const { protocol } = settings;
  const inducing = settings.stage === "induction" && inductions.length < protocol.induction.sessions;
  const first = inductions[0];
  const due = course.closed === null ? dueAfter(sessions, inducing, settings) : null;
  const lastDate = sessions.at(-1)?.date ?? null;
  const open = course.bookings.filter(({ date }) => date >= today && (lastDate === null || date > lastDate));
  const booked = open[0] ?? null;
  const induction =
    inducing && first !== undefined
      ? {
          done: inductions.length,
          of: protocol.induction.sessions,
          day: dayOfInduction(first.date, today),
          days: protocol.induction.windowDays.max,
        }
      : null;
  const ofDays = { bookings: course.bookings, booked, due, lastDate, today };
  const flags = [
    ...flagsOfScores(course.scores, today),
    ...(course.closed === null ? [...flagsOfWindow(induction, today), ...flagsOfDays(ofDays)] : []),
  ];
  return {
    today,
    settings,
    stage: inducing ? "induction" : "maintenance",
    sessions: sessions.map((session, index) => ({ ...session, relief: relief[index] ?? null })),
    induction,
    due,
    booked,
    baseline,
    flags,
    onSchedule: flags.every(({ code }) => code === "thoughts-of-death"),
  };
}

function dueAfter(
  sessions: readonly CourseSession[],
  inducing: boolean,
  { protocol }: CourseSettings,
): DueWindow | null {
  const last = sessions.at(-1);
  if (last === undefined || last.open) return null;
  if (!inducing) return maintenanceDue(last.date, protocol);
  return inductionDue(
    sessions.map(({ date }) => date),
    protocol,
  );
}

const flagsOfScores = (scores: readonly Score[], today: LocalDate): CourseFlag[] =>
  scores
    .filter(({ flag }) => flag !== null && flag.done === null)
    .map(({ id, date }) => ({ code: "thoughts-of-death", days: daysBetween(date, today), date, score: id }));

/** Until its last session was given: whether to go on, or to make the window longer, is somebody's decision. */
function flagsOfWindow(induction: Standing["induction"], today: LocalDate): CourseFlag[] {
  if (induction === null || induction.day <= induction.days) return [];
  const days = induction.day - induction.days;
  return [{ code: "window-over", days, date: addDays(today, -days), score: null }];
}

interface Days {
  readonly bookings: readonly Booking[];
  readonly booked: Booking | null;
  readonly due: DueWindow | null;
  readonly lastDate: LocalDate | null;
  readonly today: LocalDate;
}

function flagsOfDays({ bookings, booked, due, lastDate, today }: Days): CourseFlag[] {
  const flags: CourseFlag[] = [];
  const missed = bookings.findLast(({ date }) => date < today && (lastDate === null || date > lastDate));
  if (missed !== undefined) {
    flags.push({ code: "missing", days: daysBetween(missed.date, today), date: missed.date, score: null });
  }
  if (due !== null && today > due.to) {
    flags.push({ code: "late", days: daysBetween(due.to, today), date: due.to, score: null });
  } else if (due !== null && booked !== null && booked.date > due.to) {
    flags.push({ code: "booked-late", days: daysBetween(due.to, booked.date), date: booked.date, score: null });
  }
  return flags;
}
