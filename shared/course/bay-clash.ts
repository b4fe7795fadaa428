/** Two patients at one bay at one time: what no course can know by itself. */
import type { BayId } from "../ids/index.ts";
import type { LocalDate, LocalTime } from "./calendar.ts";
import type { Course } from "./course.ts";

export interface WantedPlace {
  readonly date: LocalDate;
  readonly time: LocalTime;
  readonly bay?: BayId | undefined;
}

/** Nobody leaves sooner: the shortest supervised stay alone is an hour (product.md, "Recovery"). */
const LEAST_STAY_MIN = 60;

const minuteOf = (time: LocalTime): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** The booking of another patient that leaves no room for this one at its bay; `null` when there is room, or any bay will do. */
export function bayClash(
  { date, time, bay }: WantedPlace,
  others: Iterable<Course>,
): { readonly recordNumber: string; readonly time: LocalTime } | null {
  if (bay === undefined) return null;
  for (const { recordNumber, bookings, closed } of others) {
    if (closed !== null) continue;
    const taken = bookings.find(
      (each) =>
        each.bay === bay && each.date === date && Math.abs(minuteOf(each.time) - minuteOf(time)) < LEAST_STAY_MIN,
    );
    if (taken !== undefined) return { recordNumber, time: taken.time };
  }
  return null;
}
