/** Where a course stands, in the words of the list and of the patient's page. */
import {
  type CourseFlag,
  type CourseSession,
  INSTRUMENT_FACTS,
  type LocalDate,
  type Score,
  type Standing,
} from "@vigil/shared/course";
import type { CoursePatient, LastScore } from "@vigil/shared/wire";
import { dateText, daysText, weekdayText } from "./day-text.ts";

export const patientText = ({ name, initials, recordNumber }: CoursePatient): string =>
  name ?? initials ?? recordNumber;

type Place = Pick<Standing, "stage" | "induction"> & { readonly sessions: number };

/** "Induction: session 3 of 6, day 12 of 28" */
export function placeText({ stage, induction, sessions }: Place, closed: boolean): string {
  if (closed) return `Closed after ${sessions === 1 ? "1 session" : `${sessions} sessions`}`;
  if (sessions === 0) return "No session yet";
  if (stage === "maintenance") return "Maintenance";
  if (induction === null) return "Induction";
  const { done, of, day, days } = induction;
  const window = day > days ? `${daysText(day - days)} past the window of ${days}` : `day ${day} of ${days}`;
  return `Induction ${done} of ${of}, ${window}`;
}

/** What is wrong, in a few words for the list. */
export function flagText({ code, days, date }: CourseFlag, today: LocalDate): string {
  switch (code) {
    case "thoughts-of-death":
      return "Thoughts of death";
    case "missing":
      return `Missed ${weekdayText(date)}`;
    case "window-over":
      return `Window over by ${daysText(days)}`;
    case "late":
      return `Late by ${daysText(days)}`;
    case "booked-late":
      return `Booked ${daysText(days)} too late, ${dateText(date, today)}`;
  }
}

/** What is wrong and what to do, for the patient's page. */
export function flagSentence({ code, days, date }: CourseFlag, score: Score | undefined, today: LocalDate): string {
  switch (code) {
    case "thoughts-of-death": {
      const words = INSTRUMENT_FACTS["phq-9"].items?.words[score?.flag?.answer ?? 0] ?? "";
      return `PHQ-9 of ${dateText(date, today)}, item 9: “${words.toLowerCase()}”. Speak with the patient now, tell the responsible clinician, then write down what was done.`;
    }
    case "missing":
      return `The session booked for ${weekdayText(date)} did not take place. Call the patient, and move or cancel the booking.`;
    case "window-over":
      return `The induction was to be over on ${weekdayText(date)}, and sessions of it are still to come. Ask the responsible clinician, then set a longer window or the maintenance in the settings.`;
    case "late":
      return `The next session was due by ${weekdayText(date)}, ${daysText(days)} ago. Book one, or close the course.`;
    case "booked-late":
      return `The next session is booked for ${weekdayText(date)}, ${daysText(days)} after the last day in time.`;
  }
}

/** "down 11, better" */
export function changeText({ change }: Pick<LastScore, "change">): string {
  if (change === null) return "first score";
  if (change === 0) return "unchanged";
  return change < 0 ? `down ${-change}, better` : `up ${change}, worse`;
}

/** "Induction 3", "Maintenance 1" */
export const sessionText = ({ stage, number }: Pick<CourseSession, "stage" | "number">): string =>
  `${stage === "induction" ? "Induction" : "Maintenance"} ${number}`;
