import type { AtMs, DurationMs } from "@vigil/shared/ids";

const two = (n: number): string => String(n).padStart(2, "0");

function parts(wholeSeconds: number): string {
  const h = Math.floor(wholeSeconds / 3600);
  const m = Math.floor(wholeSeconds / 60) % 60;
  const s = wholeSeconds % 60;
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${two(m)}:${two(s)}`;
}

/** mm:ss, and h:mm:ss past an hour. A second counts when it is full. */
export const elapsedText = (ms: DurationMs): string => parts(Math.floor(Math.max(0, ms) / 1000));

/** mm:ss to go, then "+mm:ss". It says 00:00 only at the very end. */
export const countdownText = (leftMs: DurationMs): string =>
  leftMs >= 0 ? parts(Math.ceil(leftMs / 1000)) : `+${parts(Math.floor(-leftMs / 1000))}`;

/** How long something has lasted, in little room: "0:42", "12:05", "1 h 05". */
export function ageText(ms: DurationMs): string {
  const s = Math.floor(Math.max(0, ms) / 1000);
  if (s >= 3600) return `${Math.floor(s / 3600)} h ${two(Math.floor(s / 60) % 60)}`;
  return `${Math.floor(s / 60)}:${two(s % 60)}`;
}

/** A coarse length for what changes by the minute: "now" within the first, "4 min", "1 h 05". */
export function minutesText(ms: DurationMs): string {
  const min = Math.floor(Math.max(0, ms) / 60_000);
  if (min < 1) return "now";
  return min >= 60 ? `${Math.floor(min / 60)} h ${two(min % 60)}` : `${min} min`;
}

/** Up to which length the text of this one is the same. */
export const minutesUntil = (ms: DurationMs): DurationMs => (Math.floor(Math.max(0, ms) / 60_000) + 1) * 60_000;

/** Time to something due: whole minutes, rounded up, and seconds within the last; "due" from then on. */
export function dueText(leftMs: DurationMs): string {
  if (leftMs <= 0) return "due";
  return leftMs > 60_000 ? `${Math.ceil(leftMs / 60_000)} min` : `0:${two(Math.min(59, Math.ceil(leftMs / 1000)))}`;
}

/** Down to which time left the text of this one is the same; it never changes once something is due. */
export function dueUntil(leftMs: DurationMs): DurationMs {
  if (leftMs <= 0) return Number.NEGATIVE_INFINITY;
  const unit = leftMs > 60_000 ? 60_000 : 1_000;
  return (Math.ceil(leftMs / unit) - 1) * unit;
}

const CLOCKS = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = CLOCKS.get(zone);
  if (known !== undefined) return known;
  const clock = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
    timeZoneName: "short",
  });
  CLOCKS.set(zone, clock);
  return clock;
}

/** HH:MM:SS on the clinic's wall. @param zone IANA name; `null`: not known yet, and nothing is told */
export const timeOfDayText = (at: AtMs, zone: string | null): string =>
  zone === null ? "" : (clockOf(zone).format(at).split(" ")[0] ?? "");

/** What the clinic's clock goes by at that instant: "CET", "GMT-4". */
export function zoneNameText(at: AtMs, zone: string | null): string {
  if (zone === null) return "";
  const parts = clockOf(zone).formatToParts(at);
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
}
