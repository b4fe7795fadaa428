/** What an act makes of a course, or why it is refused. A refused act changes nothing. */
import type { CommandId } from "../ids/index.ts";
import type { CourseAct, CourseFact, RecordNumber } from "./act.ts";
import { instantOf, localDateOf, localTimeOf, type Zone } from "./calendar.ts";
import { type Booking, type Course, newCourse, type Remark, type Score } from "./course.ts";
import { answersProblem, INSTRUMENT_FACTS, thoughtsOfDeath, totalOf } from "./instrument.ts";

const COURSE_REFUSAL_CODES = {
  "out-of-range": "the instrument has no such score",
  "no-such-time": "the clocks skip that time",
  "in-the-future": "a score cannot be taken later than now",
  "in-the-past": "a session cannot be booked for a day that is over",
  "unknown-score": "the course has no such score",
  "unknown-booking": "the course has no such booking",
  "already-booked": "that day is booked already",
  "already-done": "it is already so",
  closed: "the course is closed",
} as const;
export type CourseRefusalCode = keyof typeof COURSE_REFUSAL_CODES;

export interface CourseRefusal {
  readonly code: CourseRefusalCode;
  /** A sentence for the person who asked: what is wrong, what to do. */
  readonly reason: string;
}

export type CourseMove = { readonly course: Course } | { readonly refused: CourseRefusal };

const refuse = (code: CourseRefusalCode, reason: string): { readonly refused: CourseRefusal } => ({
  refused: { code, reason },
});

const UNKNOWN_SCORE = refuse(
  "unknown-score",
  "There is no such score; it may have been withdrawn. Look at the list again.",
);
const UNKNOWN_BOOKING = refuse(
  "unknown-booking",
  "There is no such booking; it may have been cancelled. Look at the list again.",
);
const NO_SUCH_TIME = refuse("no-such-time", "The clocks go forward over that time on that day. Choose another time.");

/** Total: every act on every course gives a course or a refusal. */
export function moveCourse(course: Course, fact: CourseFact, zone: Zone): CourseMove {
  const { act } = fact;
  switch (act.type) {
    case "record-score":
      return recordScore(course, act, fact, zone);
    case "correct-score":
      return correctScore(course, act, fact, zone);
    case "withdraw-score":
      return withScore(course, act.score, () => ({ ...course, scores: without(course.scores, act.score) }));
    case "answer-flag":
      return answerFlag(course, act.score, remark(fact, act.note));
    case "book-session":
      return book(course, null, { ...act, moved: null }, fact, zone);
    case "move-booking":
      return book(course, act.booking, { ...act, moved: remark(fact, act.reason) }, fact, zone);
    case "cancel-booking":
      if (!course.bookings.some(({ id }) => id === act.booking)) return UNKNOWN_BOOKING;
      return { course: { ...course, bookings: without(course.bookings, act.booking) } };
    case "set-course":
      return setCourse(course, act);
    case "close-course":
      if (course.closed !== null) return refuse("already-done", "The course is closed already.");
      return { course: { ...course, closed: remark(fact, act.reason) } };
    case "reopen-course":
      if (course.closed === null) return refuse("already-done", "The course is open already.");
      return { course: { ...course, closed: null } };
  }
}

/** The course that all kept facts of a patient make, in their order. What was kept was legal when it was kept. */
export function courseOf(recordNumber: RecordNumber, facts: Iterable<CourseFact>, zone: Zone): Course {
  let course = newCourse(recordNumber);
  for (const fact of facts) {
    const moved = moveCourse(course, fact, zone);
    if ("course" in moved) course = moved.course;
  }
  return course;
}

type ScoreAct = Extract<CourseAct, { type: "record-score" | "correct-score" }>;

const remark = ({ at, by }: CourseFact, words: string): Remark => ({ at, by, words });

const without = <T extends { readonly id: CommandId }>(all: readonly T[], id: CommandId): readonly T[] =>
  all.filter((each) => each.id !== id);

function recordScore(course: Course, act: ScoreAct, fact: CourseFact, zone: Zone): CourseMove {
  const scored = scoreFrom(act, fact, fact.at, zone);
  if ("refused" in scored) return scored;
  return { course: { ...course, scores: inOrder([...course.scores, { ...scored.score, id: fact.id }]) } };
}

function correctScore(
  course: Course,
  act: Extract<CourseAct, { type: "correct-score" }>,
  fact: CourseFact,
  zone: Zone,
): CourseMove {
  const before = course.scores.find(({ id }) => id === act.score);
  if (before === undefined) return UNKNOWN_SCORE;
  const scored = scoreFrom(act, fact, before.takenAt, zone);
  if ("refused" in scored) return scored;
  const { flag } = scored.score;
  const after: Score = {
    ...scored.score,
    id: before.id,
    by: before.by,
    corrected: remark(fact, act.reason),
    // What was done about one answer says nothing about another.
    flag: flag !== null && flag.answer === before.flag?.answer ? before.flag : flag,
  };
  return { course: { ...course, scores: inOrder([...without(course.scores, before.id), after]) } };
}

function scoreFrom(
  act: ScoreAct,
  fact: CourseFact,
  otherwiseAt: number,
  zone: Zone,
): { readonly score: Score } | { readonly refused: CourseRefusal } {
  const problem = answersProblem(act.instrument, act.answers);
  if (problem !== null) return refuse("out-of-range", problem);
  const takenAt = act.taken === undefined ? otherwiseAt : instantOf(act.taken.date, act.taken.time, zone);
  if (takenAt === null) return NO_SUCH_TIME;
  if (takenAt > fact.at) return refuse("in-the-future", "The score is dated later than now. Set the date right.");
  const answer = thoughtsOfDeath(act.instrument, act.answers);
  return {
    score: {
      id: fact.id,
      instrument: act.instrument,
      answers: act.answers,
      total: totalOf(act.answers),
      takenAt,
      date: localDateOf(takenAt, zone),
      time: localTimeOf(takenAt, zone),
      by: fact.by,
      corrected: null,
      flag: answer === null ? null : { answer, done: null },
    },
  };
}

const inOrder = (scores: readonly Score[]): readonly Score[] =>
  scores.toSorted((a, b) => a.takenAt - b.takenAt || (a.id < b.id ? -1 : 1));

function withScore(course: Course, id: CommandId, then: (score: Score) => Course): CourseMove {
  const score = course.scores.find((each) => each.id === id);
  return score === undefined ? UNKNOWN_SCORE : { course: then(score) };
}

function answerFlag(course: Course, id: CommandId, done: Remark): CourseMove {
  const score = course.scores.find((each) => each.id === id);
  if (score === undefined) return UNKNOWN_SCORE;
  const { flag } = score;
  if (flag === null) return refuse("already-done", "This score tells of no thoughts of death.");
  const scores = course.scores.map((each) => (each.id === id ? { ...each, flag: { ...flag, done } } : each));
  return { course: { ...course, scores } };
}

function book(
  course: Course,
  replaced: CommandId | null,
  wanted: Pick<Extract<CourseAct, { type: "book-session" }>, "date" | "time" | "bay"> & Pick<Booking, "moved">,
  fact: CourseFact,
  zone: Zone,
): CourseMove {
  const before = course.bookings.find(({ id }) => id === replaced);
  if (replaced !== null && before === undefined) return UNKNOWN_BOOKING;
  if (course.closed !== null) return refuse("closed", "The course is closed. Reopen it before booking a session.");
  if (instantOf(wanted.date, wanted.time, zone) === null) return NO_SUCH_TIME;
  if (wanted.date < localDateOf(fact.at, zone)) {
    return refuse("in-the-past", "That day is over. Choose today or a later day.");
  }
  const others = replaced === null ? course.bookings : without(course.bookings, replaced);
  if (others.some(({ date }) => date === wanted.date)) {
    return refuse("already-booked", "A session is booked for that day already. Move or cancel that one.");
  }
  const booking: Booking = {
    id: before?.id ?? fact.id,
    date: wanted.date,
    time: wanted.time,
    bay: wanted.bay ?? null,
    by: before?.by ?? fact.by,
    moved: wanted.moved,
  };
  const bookings = [...others, booking].toSorted((a, b) => (`${a.date}T${a.time}` < `${b.date}T${b.time}` ? -1 : 1));
  return { course: { ...course, bookings } };
}

function setCourse(course: Course, { settings }: Extract<CourseAct, { type: "set-course" }>): CourseMove {
  const { instrument, total } = settings.baseline;
  const { label, max } = INSTRUMENT_FACTS[instrument];
  if (total !== null && (total < 1 || total > max)) {
    return refuse("out-of-range", `A baseline of ${label} is a whole number from 1 to ${max}.`);
  }
  return { course: { ...course, settings } };
}
