/** Days as the clinic counts them, "2026-03-29", in words and as numbers for an axis. No zone enters: the server chose the day. */
import type { LocalDate, LocalTime } from "@vigil/shared/course";

const DAY_MS = 86_400_000;

/** Whole days since 1970. */
export const dayNumber = (date: LocalDate): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS;

/** The same with the time of the day as its fraction. */
export function dayPoint(date: LocalDate, time: LocalTime): number {
  const [hours, minutes] = time.split(":").map(Number);
  return dayNumber(date) + ((hours ?? 0) * 60 + (minutes ?? 0)) / 1440;
}

export const dateOfDay = (day: number): LocalDate => new Date(Math.floor(day) * DAY_MS).toISOString().slice(0, 10);

const utc = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" });
const SHORT = utc({ day: "numeric", month: "short" });
const WITH_WEEKDAY = utc({ weekday: "short", day: "numeric", month: "short" });
const WITH_YEAR = utc({ day: "numeric", month: "short", year: "numeric" });

const asUtc = (date: LocalDate): Date => new Date(`${date}T00:00:00Z`);

/** "29 Mar", and the year when it is not `today`'s. */
export const dateText = (date: LocalDate, today: LocalDate): string =>
  (date.slice(0, 4) === today.slice(0, 4) ? SHORT : WITH_YEAR).format(asUtc(date));

/** "Sun, 29 Mar" */
export const weekdayText = (date: LocalDate): string => WITH_WEEKDAY.format(asUtc(date));

/** "29 Mar – 4 Apr" */
export const spanText = (from: LocalDate, to: LocalDate, today: LocalDate): string =>
  from === to ? dateText(from, today) : `${dateText(from, today)} – ${dateText(to, today)}`;

/** "today", "in 3 days", "3 days ago" */
export function awayText(date: LocalDate, today: LocalDate): string {
  const days = dayNumber(date) - dayNumber(today);
  if (days === 0) return "today";
  const count = daysText(Math.abs(days));
  return days > 0 ? `in ${count}` : `${count} ago`;
}

export const daysText = (days: number): string => (days === 1 ? "1 day" : `${days} days`);
