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
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat("en-GB", { timeZone: zone, hourCycle: "h23", ...options });
  const minute = format({ hour: "2-digit", minute: "2-digit" });
  const second = format({ hour: "2-digit", minute: "2-digit", second: "2-digit" });
  const day = format({ weekday: "short", day: "numeric", month: "short", year: "numeric" });
  const offset = format({ timeZoneName: "longOffset" });

  const offsetMs = (at: AtMs): number => {
    const name = offset.formatToParts(at).find(({ type }) => type === "timeZoneName")?.value ?? "GMT";
    const [, sign, hours = "0", minutes = "0"] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
    return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  };
  const changes = offsetMs(from) !== offsetMs(to);
  const told = (at: AtMs): string => {
    if (!changes) return "";
    const minutes = Math.abs(offsetMs(at)) / 60_000;
    const rest = minutes % 60 === 0 ? "" : `:${String(minutes % 60).padStart(2, "0")}`;
    return ` ${offsetMs(at) < 0 ? "−" : "+"}${Math.floor(minutes / 60)}${rest}`;
  };
  const date = (at: AtMs) => day.format(at).replace(",", "");
  return {
    time: (at) => minute.format(at) + told(at),
    second: (at) => second.format(at) + told(at),
    date,
    dateTime: (at) => `${date(at)}, ${minute.format(at)}${told(at)}`,
    offsetMs,
  };
}
