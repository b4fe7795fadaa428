/**
 * Times of day in the clinic's own zone, whatever the zone of the screen. Lengths of time never come from here: they are
 * differences of instants, which no change of summer time touches.
 */
import type { AtMs } from "@vigil/shared/ids";

export interface ZoneText {
  /** "14:03"; with the offset ("02:30 +1") when the clocks change within the time that is shown. */
  time(at: AtMs): string;
  /** "14:03:07", with the offset likewise. */
  second(at: AtMs): string;
  /** "Mon 2 Mar 2026". */
  date(at: AtMs): string;
  /** "Mon 2 Mar 2026, 14:03". */
  dateTime(at: AtMs): string;
  /** Of the zone's clock ahead of UTC at that instant. */
  offsetMs(at: AtMs): number;
}

/**
 * @param zone IANA name
 * @param from, to what is shown: when the clocks change in between, an hour may come twice, so every time tells its offset
 */
export function zoneText(zone: string, from: AtMs, to: AtMs): ZoneText {
  const parts = partsIn(zone);
  const offsetMs = (at: AtMs): number => {
    const [, sign, hours = "0", minutes = "0"] = /GMT([+-])(\d\d):(\d\d)/.exec(parts(at).timeZoneName) ?? [];
    return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  };
  const changes = offsetMs(from) !== offsetMs(to);
  const told = (at: AtMs): string => {
    if (!changes) return "";
    const minutes = Math.abs(offsetMs(at)) / 60_000;
    const rest = minutes % 60 === 0 ? "" : `:${String(minutes % 60).padStart(2, "0")}`;
    return ` ${offsetMs(at) < 0 ? "−" : "+"}${Math.floor(minutes / 60)}${rest}`;
  };
  const minute = ({ hour, minute: past }: Parts) => `${hour}:${past}`;
  const day = ({ weekday, day: number, month, year }: Parts) => `${weekday} ${number} ${month} ${year}`;
  return {
    time: (at) => minute(parts(at)) + told(at),
    second: (at) => `${minute(parts(at))}:${parts(at).second}${told(at)}`,
    date: (at) => day(parts(at)),
    dateTime: (at) => `${day(parts(at))}, ${minute(parts(at))}${told(at)}`,
    offsetMs,
  };
}

const NAMES = ["weekday", "day", "month", "year", "hour", "minute", "second", "timeZoneName"] as const;
type Parts = Readonly<Record<(typeof NAMES)[number], string>>;

/** One format for all of them: to set one up takes a browser longer than to use it a thousand times. */
const FORMATS = new Map<string, Intl.DateTimeFormat>();

function partsIn(zone: string): (at: AtMs) => Parts {
  const format =
    FORMATS.get(zone) ??
    new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      hourCycle: "h23",
      weekday: "short",
      day: "numeric",
      month: "short",
      year: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      timeZoneName: "longOffset",
    });
  FORMATS.set(zone, format);
  let last: { readonly at: AtMs; readonly parts: Parts } | null = null;
  return (at) => {
    if (last?.at === at) return last.parts;
    const found = format.formatToParts(at);
    const of = (name: (typeof NAMES)[number]) => found.find(({ type }) => type === name)?.value ?? "";
    const parts: Parts = {
      weekday: of("weekday"),
      day: of("day"),
      month: of("month"),
      year: of("year"),
      hour: of("hour"),
      minute: of("minute"),
      second: of("second"),
      timeZoneName: of("timeZoneName"),
    };
    last = { at, parts };
    return parts;
  };
}
