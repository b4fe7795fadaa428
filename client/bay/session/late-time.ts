/** A time of the clinic's clock, as typed for something that was done earlier. */
import type { AtMs } from "@vigil/shared/ids";
import { minutesText } from "../../ui/clock-text.ts";
import type { ZoneText } from "../../ui/zone-text.ts";

interface Around {
  readonly now: AtMs;
  readonly openedAt: AtMs;
  readonly zone: Pick<ZoneText, "offsetMs">;
}

const DAY_MS = 86_400_000;

/**
 * "14:03", "14.03", "1403" or "14:03:20" as an instant: of the clinic's day, or of the day before when only that lies in
 * the session. A time still to come is given as it is: that it is refused is the server's word. `null`: no time.
 */
export function lateTimeOf(text: string, { now, openedAt, zone }: Around): AtMs | null {
  const found = /^(\d{1,2})[:.,]?(\d{2})(?:[:.,](\d{2}))?$/.exec(text.trim());
  const [, hours, minutes, seconds = "0"] = found ?? [];
  if (hours === undefined || minutes === undefined) return null;
  const [h, m, s] = [Number(hours), Number(minutes), Number(seconds)];
  if (h > 23 || m > 59 || s > 59) return null;
  const midnight = Math.floor((now + zone.offsetMs(now)) / DAY_MS) * DAY_MS;
  const today = instantOf(midnight + ((h * 60 + m) * 60 + s) * 1000, now, zone);
  if (today <= now) return today;
  const yesterday = instantOf(midnight - DAY_MS + ((h * 60 + m) * 60 + s) * 1000, now, zone);
  return yesterday >= openedAt ? yesterday : today;
}

/** Of a time on the wall, told in UTC's numbers; of an hour that comes twice, the later that is not still to come. */
function instantOf(wallMs: number, now: AtMs, zone: Around["zone"]): AtMs {
  const offsets = new Set([zone.offsetMs(wallMs - DAY_MS), zone.offsetMs(wallMs + DAY_MS)]);
  const instants = [...offsets].map((offset) => wallMs - offset);
  const real = instants.filter((at) => at + zone.offsetMs(at) === wallMs);
  const past = real.filter((at) => at <= now);
  return Math.max(...(past.length > 0 ? past : real.length > 0 ? real : instants));
}

/** What is said where no time can be read. */
export const NO_TIME = "When was it done? A time such as 14:03, or 14:03:20.";

/** Which instant a typed time is taken for, and how long ago that was. */
export function timeHint(at: AtMs | null, now: AtMs, zone: Pick<ZoneText, "dateTime">): string {
  if (at === null) return "Such as 14:03";
  if (at > now) return `${zone.dateTime(at)}: still to come`;
  const ago = now - at < 60_000 ? "less than a minute" : minutesText(now - at);
  return `${zone.dateTime(at)}, ${ago} ago`;
}
