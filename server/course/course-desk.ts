/** Where courses are kept and asked for. What people entered comes from the journal, and so do the sessions. */
import {
  bayClash,
  type Course,
  type CourseFact,
  courseOf,
  localDateOf,
  localTimeOf,
  moveCourse,
  type PastSession,
  type RecordNumber,
  standingOf,
  type Zone,
} from "@vigil/shared/course";
import type { AtMs } from "@vigil/shared/ids";
import type { Actor } from "@vigil/shared/session";
import type { CourseActReply, CourseActRequest, CourseDetail, CourseList, CourseRow } from "@vigil/shared/wire";
import type { Journal } from "../journal/index.ts";
import { byUrgency, courseRow, patientOf } from "./course-row.ts";

export interface CourseDeskOptions {
  readonly journal: Pick<Journal, "sessionsOfPatients" | "courseFacts" | "courseFact" | "keepCourseFacts" | "bays">;
  readonly now: () => AtMs;
  /** The clinic's own. */
  readonly zone: Zone;
  /** Something could not be kept. */
  readonly onProblem: (sentence: string, error: unknown) => void;
}

const NOT_KEPT: CourseActReply = {
  ok: false,
  refused: "journal-failed",
  reason: "The server could not keep it and did not do it. Write it down, and tell who looks after the server.",
};

const ID_TAKEN: CourseActReply = {
  ok: false,
  refused: "id-taken",
  reason: "This act was sent before for another patient. Load the page again and enter it anew.",
};

const bayName = (bays: ReturnType<Journal["bays"]>, id: string | undefined): string =>
  bays.find((bay) => bay.id === id)?.name ?? id ?? "";

const bayTaken = (
  { recordNumber, time }: { readonly recordNumber: string; readonly time: string },
  bay: string,
): CourseActReply => ({
  ok: false,
  refused: "bay-taken",
  reason: `Bay ${bay} is booked for the patient with record number ${recordNumber} at ${time} that day. Choose another time or bay, or any bay.`,
});

export class CourseDesk {
  readonly #options: CourseDeskOptions;

  constructor(options: CourseDeskOptions) {
    this.#options = options;
  }

  /** Every patient of whom a session, a score or a booking is known. */
  list(): CourseList {
    const { journal, now, zone } = this.#options;
    const at = now();
    const courses = new Map<RecordNumber, { sessions: PastSession[]; facts: CourseFact[] }>();
    const of = (recordNumber: RecordNumber) => {
      let course = courses.get(recordNumber);
      if (course === undefined) {
        course = { sessions: [], facts: [] };
        courses.set(recordNumber, course);
      }
      return course;
    };
    for (const { recordNumber, session } of journal.sessionsOfPatients()) of(recordNumber).sessions.push(session);
    for (const fact of journal.courseFacts()) of(fact.recordNumber).facts.push(fact);
    const rows: CourseRow[] = [];
    for (const [recordNumber, { sessions, facts }] of courses) {
      rows.push(courseRow(courseOf(recordNumber, facts, zone), sessions, at, zone));
    }
    return { today: localDateOf(at, zone), courses: rows.toSorted(byUrgency) };
  }

  /** A course nobody has entered anything about begins here: the answer for an unknown patient is an empty one. */
  detail(recordNumber: RecordNumber): CourseDetail {
    const { journal, now, zone } = this.#options;
    const at = now();
    const sessions = this.#sessionsOf(recordNumber);
    const course = this.#courseOf(recordNumber);
    return {
      at,
      zone,
      timeNow: localTimeOf(at, zone),
      patient: patientOf(recordNumber, sessions),
      standing: standingOf(course, sessions, at, zone),
      scores: course.scores,
      bookings: course.bookings,
      closed: course.closed,
      bays: journal.bays(),
    };
  }

  /**
   * Carries an act out once, however often it is sent; answers when it is durable.
   * @param from the address or device it came from, for the audit
   */
  act(
    recordNumber: RecordNumber,
    { id, by, act }: CourseActRequest & { readonly by: Actor },
    from: string,
  ): CourseActReply {
    const { journal, now, zone, onProblem } = this.#options;
    try {
      const known = journal.courseFact(id);
      if (known !== null) return known.recordNumber === recordNumber ? { ok: true } : ID_TAKEN;
      if ("bay" in act && act.bay !== undefined && !journal.bays().some((bay) => bay.id === act.bay)) {
        return { ok: false, refused: "unknown-bay", reason: `There is no bay "${act.bay}".` };
      }
      if (act.type === "book-session" || act.type === "move-booking") {
        const taken = bayClash(act, this.#coursesBut(recordNumber));
        if (taken !== null) return bayTaken(taken, bayName(journal.bays(), act.bay));
      }
      const fact = { id, recordNumber, at: now(), by, act };
      const moved = moveCourse(this.#courseOf(recordNumber), fact, zone);
      if ("refused" in moved) return { ok: false, refused: moved.refused.code, reason: moved.refused.reason };
      journal.keepCourseFacts([fact], from);
      return { ok: true };
    } catch (error) {
      onProblem("an act on a course could not be kept", error);
      return NOT_KEPT;
    }
  }

  #coursesBut(recordNumber: RecordNumber): Course[] {
    const facts = Map.groupBy(this.#options.journal.courseFacts(), (fact) => fact.recordNumber);
    facts.delete(recordNumber);
    return [...facts].map(([other, theirs]) => courseOf(other, theirs, this.#options.zone));
  }

  #courseOf(recordNumber: RecordNumber): Course {
    return courseOf(recordNumber, this.#options.journal.courseFacts(recordNumber), this.#options.zone);
  }

  #sessionsOf(recordNumber: RecordNumber): readonly PastSession[] {
    const all = this.#options.journal.sessionsOfPatients();
    return all.filter((each) => each.recordNumber === recordNumber).map(({ session }) => session);
  }
}
