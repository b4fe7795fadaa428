import type { Measures } from "@vigil/shared/measures";
import { dateOfDay, dayNumber } from "../courses/day-text.ts";
import { wallTime } from "../ui/clinic-time.tsx";

type Day = Measures["days"][number];

/** More days than these do not stand side by side; then those with nothing are left out. */
const MOST_DAYS = 800;

/** Each day of the period, those on which nothing happened too: a week of rest is a gap between bars, not two neighbours. */
export function everyDay({ days, from, to }: Pick<Measures, "days" | "from" | "to">, zone: string): readonly Day[] {
  const dayAt = (at: number): number => dayNumber(wallTime(at, zone).slice(0, 10));
  const first = dayAt(from);
  const count = dayAt(to - 1) - first + 1;
  if (count > MOST_DAYS) return days;
  const known = new Map(days.map((day) => [day.date, day]));
  return Array.from({ length: count }, (_, i) => {
    const date = dateOfDay(first + i);
    return known.get(date) ?? { date, sessionHours: 0, high: 0, medium: 0, low: 0 };
  });
}
