/** Courses over HTTP: what is asked and answered under /api/courses. Dates are days in the clinic's zone. */
import * as z from "zod";
import type { Band, Course, CourseRefusalCode, Instrument, LocalDate, Score, Standing, Zone } from "../course/index.ts";
import { courseActSchema } from "../course/index.ts";
import type { AtMs, BayId } from "../ids/index.ts";
import { commandIdSchema } from "../ids/index.ts";

/** POST /api/courses/:recordNumber/acts */
export const courseActRequestSchema = z.object({
  /** Idempotency id: the same id sent again gets the first answer and changes nothing. It names the score or booking made. */
  id: commandIdSchema,
  act: courseActSchema,
});
export type CourseActRequest = z.infer<typeof courseActRequestSchema>;
export type CourseActRequestInput = z.input<typeof courseActRequestSchema>;

export type CourseActReply =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly refused: CourseRefusalCode | "unknown-bay" | "bay-taken" | "id-taken" | "journal-failed";
      readonly reason: string;
    };

export interface CoursePatient {
  readonly recordNumber: string;
  /** As the last session knew them; `null`: no session yet, or none that named them. */
  readonly initials: string | null;
  readonly name: string | null;
}

/** The last score of the baseline's instrument. */
export interface LastScore {
  readonly instrument: Instrument;
  readonly total: number;
  readonly band: Band["label"];
  readonly date: LocalDate;
  /** Against the one before it; `null`: it is the first. Below 0 is better. */
  readonly change: number | null;
  readonly inRelief: boolean | null;
}

export interface CourseRow extends CoursePatient, Pick<Standing, "stage" | "induction" | "due" | "booked" | "flags"> {
  readonly sessions: number;
  readonly lastSession: LocalDate | null;
  /** A session is going on at this bay. */
  readonly openAt: BayId | null;
  readonly lastScore: LastScore | null;
  readonly closed: boolean;
}

/** GET /api/courses */
export interface CourseList {
  readonly today: LocalDate;
  readonly courses: readonly CourseRow[];
}

/** GET /api/courses/:recordNumber */
export interface CourseDetail {
  readonly at: AtMs;
  readonly zone: Zone;
  /** The time of the day now, "14:05", where the clinic is. */
  readonly timeNow: string;
  readonly patient: CoursePatient;
  readonly standing: Standing;
  readonly scores: readonly Score[];
  readonly bookings: Course["bookings"];
  readonly closed: Course["closed"];
  readonly bays: readonly { readonly id: BayId; readonly name: string }[];
}
