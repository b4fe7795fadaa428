/** A course in one line, as the list shows it. */
import {
  bandOf,
  COURSE_FLAGS,
  type Course,
  type PastSession,
  type RecordNumber,
  type Standing,
  standingOf,
  type Zone,
} from "@vigil/shared/course";
import type { AtMs } from "@vigil/shared/ids";
import type { CoursePatient, CourseRow, LastScore } from "@vigil/shared/wire";

export function patientOf(recordNumber: RecordNumber, sessions: readonly PastSession[]): CoursePatient {
  return {
    recordNumber,
    initials: sessions.at(-1)?.initials ?? null,
    name: sessions.findLast(({ name }) => name !== null)?.name ?? null,
  };
}

export function courseRow(course: Course, sessions: readonly PastSession[], at: AtMs, zone: Zone): CourseRow {
  const standing = standingOf(course, sessions, at, zone);
  const { stage, induction, due, booked, flags } = standing;
  return {
    ...patientOf(course.recordNumber, sessions),
    stage,
    induction,
    due,
    booked,
    flags,
    sessions: standing.sessions.length,
    lastSession: standing.sessions.at(-1)?.date ?? null,
    openAt: sessions.find(({ endedAt }) => endedAt === null)?.bay ?? null,
    lastScore: lastScore(course, standing),
    closed: course.closed !== null,
  };
}

function lastScore(course: Course, { settings, baseline }: Standing): LastScore | null {
  const { instrument } = settings.baseline;
  const own = course.scores.filter((score) => score.instrument === instrument);
  const last = own.at(-1);
  if (last === undefined) return null;
  const before = own.at(-2);
  return {
    instrument,
    total: last.total,
    band: bandOf(instrument, last.total).label,
    date: last.date,
    change: before === undefined ? null : last.total - before.total,
    inRelief: baseline === null ? null : last.total <= baseline.reliefAt,
  };
}

const GRAVITY = Object.keys(COURSE_FLAGS);
const LAST = "9999";

const gravityOf = ({ flags }: CourseRow): number =>
  Math.min(GRAVITY.length, ...flags.map(({ code }) => GRAVITY.indexOf(code)));

/** The gravest flag first, then who is due soonest; courses that are closed come last. */
export function byUrgency(a: CourseRow, b: CourseRow): number {
  const apart = gravityOf(a) - gravityOf(b) || Number(a.closed) - Number(b.closed);
  if (apart !== 0) return apart;
  const [dueA, dueB] = [a.due?.to ?? LAST, b.due?.to ?? LAST];
  if (dueA !== dueB) return dueA < dueB ? -1 : 1;
  return a.recordNumber < b.recordNumber ? -1 : 1;
}
