/**
 * Days as the clinic counts them: an instant belongs to the local day of the clinic's own zone, wherever the server stands and
 * whatever the clocks did that night. All arithmetic is on days, never on 24 hours.
 */
import type { AtMs } from "../ids/index.ts";

/** A day in the clinic's zone, "2026-03-29". Text order is time order. */
export type LocalDate = string;
/** A time of that day by the clock on the wall, "09:30". */
export type LocalTime = string;
/** An IANA zone, "Europe/Berlin". */
export type Zone = string;

const zoned = (at: AtMs, zone: Zone) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);

export const localDateOf = (at: AtMs, zone: Zone): LocalDate => zoned(at, zone).toPlainDate().toString();

export const localTimeOf = (at: AtMs, zone: Zone): LocalTime =>
  zoned(at, zone).toPlainTime().toString({ smallestUnit: "minute" });

export const addDays = (date: LocalDate, days: number): LocalDate =>
  Temporal.PlainDate.from(date).add({ days }).toString();

/** Whole days from one date to another; negative when `to` is earlier. */
export const daysBetween = (from: LocalDate, to: LocalDate): number =>
  Temporal.PlainDate.from(from).until(to, { largestUnit: "days" }).days;

/**
 * The instant of a local time; of one that comes twice, the first. `null` when the clocks skip it that day: there is no such
 * instant.
 */
export function instantOf(date: LocalDate, time: LocalTime, zone: Zone): AtMs | null {
  const wanted = Temporal.PlainDateTime.from(`${date}T${time}`);
  const found = wanted.toZonedDateTime(zone, { disambiguation: "earlier" });
  return found.toPlainDateTime().equals(wanted) ? found.epochMilliseconds : null;
}

/** The first instant of a day, also where the clocks skip midnight. */
export const startOfDay = (date: LocalDate, zone: Zone): AtMs =>
  Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds;

export function isZone(text: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text);
    return true;
  } catch {
    return false;
  }
}

export const laterDate = (a: LocalDate, b: LocalDate): LocalDate => (a > b ? a : b);
