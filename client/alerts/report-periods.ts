/** Shifts and months as times on the clinic's wall, as they stand in the address: "2026-03-29T19:00", "2026-03". */
import { wallTime } from "../ui/clinic-time.tsx";

export interface Shift {
  readonly from: string;
  readonly to: string;
}

const SHIFT_MS = 12 * 3_600_000;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/;

export function shiftOfSearch({ from, to }: Record<string, unknown>): Shift | null {
  const [begins, ends] = [String(from ?? ""), String(to ?? "")];
  return TIME.test(begins) && TIME.test(ends) && begins < ends ? { from: begins, to: ends } : null;
}

/** Wall times are reckoned with as if they were UTC: a shift is as long on the wall when the clocks change in it. */
const moved = (wall: string, ms: number): string => new Date(Date.parse(`${wall}Z`) + ms).toISOString().slice(0, 16);

/** The shift from 7 or from 19 o'clock that ended last. */
export function lastShift(now: number, zone: string): Shift {
  const here = wallTime(now, zone);
  const today = here.slice(0, 10);
  const hour = Number(here.slice(11, 13));
  const to = hour >= 19 ? `${today}T19:00` : hour >= 7 ? `${today}T07:00` : moved(`${today}T19:00`, -2 * SHIFT_MS);
  return { from: moved(to, -SHIFT_MS), to };
}

/** So many shifts later, or earlier. */
export function shifted({ from, to }: Shift, shifts: number): Shift {
  const length = Date.parse(`${to}Z`) - Date.parse(`${from}Z`);
  return { from: moved(from, shifts * length), to: moved(to, shifts * length) };
}

export function monthOfSearch({ month }: Record<string, unknown>): string | null {
  const text = String(month ?? "");
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(text) ? text : null;
}

export const nextMonth = (month: string, months: number): string => {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number - 1 + months)).toISOString().slice(0, 7);
};

/** The last whole month. */
export const lastMonth = (now: number, zone: string): string => nextMonth(wallTime(now, zone).slice(0, 7), -1);

/** Its first and its last day. */
export const daysOfMonth = (month: string): Shift => ({
  from: `${month}-01`,
  to: new Date(Date.parse(`${nextMonth(month, 1)}-01T00:00Z`) - 1).toISOString().slice(0, 10),
});

export const monthText = (month: string): string =>
  new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" }).format(
    Date.parse(`${month}-01T00:00Z`),
  );
