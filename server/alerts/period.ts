/** Periods as people name them, by the clock on the clinic's wall. */
import type { AtMs } from "@vigil/shared/ids";

/** An instant, or a time on the wall: "2026-03-29", "2026-03-29T18:30". */
type When = number | string;

interface Period {
  readonly from?: When | undefined;
  readonly to?: When | undefined;
}

/** The same question with instants; a day as its end is that whole day. `null`: there is no such day or time. */
export function scopeIn<P extends Period>(zone: string, period: P): (Omit<P, "from" | "to"> & InstantsOf<P>) | null {
  const { from, to, ...others } = period;
  try {
    const instants = {
      ...(from === undefined ? {} : { from: instantOf(zone, from, 0) }),
      ...(to === undefined ? {} : { to: instantOf(zone, to, 1) }),
    };
    // What was given is there, as an instant.
    return { ...others, ...instants } as Omit<P, "from" | "to"> & InstantsOf<P>;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** What is always given stays always given. */
type InstantsOf<P> = { readonly [K in keyof P & ("from" | "to")]: Exclude<P[K], When> | AtMs };

export const noSuchTime = ({ from, to }: Period): string =>
  `from ${from ?? ""} to ${to ?? ""}: there is no such time in the clinic.`;

/** The period of the same length that ended when this one began; of a whole month, the month before. */
export function periodBefore(
  zone: string,
  { from, to }: Period,
  scope: { readonly from: AtMs; readonly to: AtMs },
): { readonly from: AtMs; readonly to: AtMs } {
  if (isDay(from) && isDay(to)) {
    const first = Temporal.PlainDate.from(from);
    const last = Temporal.PlainDate.from(to);
    const isMonth =
      first.day === 1 && last.day === last.daysInMonth && first.toPlainYearMonth().equals(last.toPlainYearMonth());
    const begins = isMonth ? first.subtract({ months: 1 }) : first.subtract(first.until(last.add({ days: 1 })));
    return { from: begins.toZonedDateTime(zone).epochMilliseconds, to: scope.from };
  }
  return { from: Math.max(0, scope.from - (scope.to - scope.from)), to: scope.from };
}

const isDay = (when: When | undefined): when is string => typeof when === "string" && !when.includes("T");

/** @throws RangeError when there is no such day */
function instantOf(zone: string, when: When, daysMore: 0 | 1): AtMs {
  if (typeof when === "number") return when;
  if (isDay(when)) {
    return Temporal.PlainDate.from(when).add({ days: daysMore }).toZonedDateTime(zone).epochMilliseconds;
  }
  return Temporal.PlainDateTime.from(when).toZonedDateTime(zone).epochMilliseconds;
}
