export {
  type CourseAct,
  type CourseActInput,
  type CourseFact,
  type CourseSettings,
  courseActSchema,
  type RecordNumber,
  recordNumberSchema,
  type Stage,
} from "./act.ts";
export { bayClash } from "./bay-clash.ts";
export {
  addDays,
  instantOf,
  isZone,
  type LocalDate,
  type LocalTime,
  localDateOf,
  localTimeOf,
  startOfDay,
  type Zone,
} from "./calendar.ts";
export type { Booking, Course, Remark, Score } from "./course.ts";
export type { CourseProtocol } from "./course-protocol.ts";
export type { DueWindow } from "./due.ts";
export {
  type Answers,
  answersProblem,
  type Band,
  bandOf,
  INSTRUMENT_FACTS,
  INSTRUMENTS,
  type Instrument,
  type InstrumentFacts,
  totalOf,
} from "./instrument.ts";
export { type CourseRefusal, type CourseRefusalCode, courseOf, moveCourse } from "./move.ts";
export type { Baseline, Relief } from "./relief.ts";
export type { CourseSession, PastSession } from "./session-of-course.ts";
export { COURSE_FLAGS, type CourseFlag, type CourseFlagCode, type Standing, standingOf } from "./standing.ts";
