/** When the next session is due: from the first day on which it may be to the last on which it is in time. */
import { addDays, daysBetween, type LocalDate, laterDate } from "./calendar.ts";
import { type CourseProtocol, sessionsPerWeek } from "./course-protocol.ts";

export interface DueWindow {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/**
 * In induction, given the days of its sessions so far in order (at least one, fewer than the protocol's number). Not before
 * the protocol's gap after the last one, and not more a week than its shortest window means. In time is an even pace that
 * brings the last one onto the last day of its longest window: of 6 in 28 days, by day 1, 6, 11, 17, 22, 28.
 */
export function inductionDue(days: readonly LocalDate[], protocol: CourseProtocol): DueWindow {
  const { sessions, windowDays, gapDays } = protocol.induction;
  const first = days[0];
  const last = days.at(-1);
  if (first === undefined || last === undefined) throw new Error("no session yet: nothing is due");
  let from = addDays(last, gapDays);
  const weekAgo = days.at(-sessionsPerWeek(protocol));
  if (weekAgo !== undefined) from = laterDate(from, addDays(weekAgo, 7));
  const pace = Math.floor((days.length * (windowDays.max - 1)) / Math.max(1, sessions - 1));
  return { from, to: laterDate(from, addDays(first, pace)) };
}

/** In maintenance, after a session on `last`. */
export function maintenanceDue(last: LocalDate, { maintenance }: CourseProtocol): DueWindow {
  return { from: addDays(last, maintenance.intervalDays.min), to: addDays(last, maintenance.intervalDays.max) };
}

/** The day of the induction's window that `today` is: 1 on the day of the first session. */
export const dayOfInduction = (first: LocalDate, today: LocalDate): number => daysBetween(first, today) + 1;
