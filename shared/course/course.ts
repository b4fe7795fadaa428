/** A course as it follows from what people entered; sessions are told by the journal and come in where it stands is asked. */
import type { AtMs, BayId, CommandId } from "../ids/index.ts";
import type { Actor } from "../session/index.ts";
import { type CourseSettings, courseSettingsSchema, type RecordNumber } from "./act.ts";
import type { LocalDate, LocalTime } from "./calendar.ts";
import { type Answers, INSTRUMENTS, type Instrument } from "./instrument.ts";

/** Who did something, when and why. */
export interface Remark {
  readonly at: AtMs;
  readonly by: Actor;
  readonly words: string;
}

export interface Score {
  /** Of the act that recorded it. */
  readonly id: CommandId;
  readonly instrument: Instrument;
  readonly answers: Answers;
  readonly total: number;
  /** When the patient answered. */
  readonly takenAt: AtMs;
  readonly date: LocalDate;
  readonly time: LocalTime;
  readonly by: Actor;
  /** The last correction. */
  readonly corrected: Remark | null;
  /** PHQ-9 item 9, 1–3, when it was answered above "not at all"; what was done about it, once somebody wrote it down. */
  readonly flag: { readonly answer: number; readonly done: Remark | null } | null;
}

export interface Booking {
  readonly id: CommandId;
  readonly date: LocalDate;
  readonly time: LocalTime;
  readonly bay: BayId | null;
  readonly by: Actor;
  readonly moved: Remark | null;
}

export interface Course {
  readonly recordNumber: RecordNumber;
  /** `null`: nobody has set anything, the defaults hold. */
  readonly settings: CourseSettings | null;
  readonly closed: Remark | null;
  /** In the order in which they were taken; without those withdrawn. */
  readonly scores: readonly Score[];
  /** By date and time; without those cancelled. */
  readonly bookings: readonly Booking[];
}

export const newCourse = (recordNumber: RecordNumber): Course => ({
  recordNumber,
  settings: null,
  closed: null,
  scores: [],
  bookings: [],
});

/** The settings in force: what was set, or the defaults with the first instrument of the catalogue that was used. */
export function settingsOf({ settings, scores }: Course): CourseSettings {
  const used = INSTRUMENTS.find((each) => scores.some(({ instrument }) => instrument === each));
  return settings ?? courseSettingsSchema.parse({ baseline: { instrument: used ?? INSTRUMENTS[0], total: null } });
}
