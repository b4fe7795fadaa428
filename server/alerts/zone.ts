/** Instants in the clinic's zone: where they stand in its week, and as text with the offset. */
import type { AtMs } from "@vigil/shared/ids";
import type { Place, PlaceOf } from "@vigil/shared/measures";
import type { TimeText } from "./csv.ts";

const QUARTER_MS = 15 * 60_000;

const zonedOf = (at: AtMs, zone: string) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);

/** Zones differ from UTC by whole quarters of an hour, so one answer does for each quarter. */
export function placeIn(zone: string): PlaceOf {
  const known = new Map<number, Place>();
  return (at) => {
    const quarter = Math.floor(at / QUARTER_MS);
    let place = known.get(quarter);
    if (place === undefined) {
      const zoned = zonedOf(quarter * QUARTER_MS, zone);
      place = { date: zoned.toPlainDate().toString(), hour: zoned.hour, weekday: zoned.dayOfWeek - 1 };
      known.set(quarter, place);
    }
    return place;
  };
}

export const timeIn =
  (zone: string): TimeText =>
  (at) =>
    at === null ? "" : zonedOf(at, zone).toString({ timeZoneName: "never", smallestUnit: "millisecond" });
