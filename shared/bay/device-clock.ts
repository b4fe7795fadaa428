/**
 * What a device's clock is worth, from what its messages say of the time. A message is late by however long it was under
 * way, never early: lateness only ever makes a clock look as if it were behind. So, as NTP's clock filter does, the
 * messages that were least late are believed; of those the very first is left out, for a device may once talk nonsense.
 */
import type { AtMs, DurationMs } from "../ids/index.ts";
import type { ClockOffset, MonitorState } from "./bay.ts";

/** alarms.md: "device clock off by > 5 s". */
export const CLOCK_SKEW_MS = 5_000;
/** So many messages must have told their time before a clock is judged, and so many are looked at. */
const MESSAGES = 5;
/** What comes within this was held up together and is one piece of evidence. */
const TOGETHER_MS = 500;

/** What is known of the clock after one more message; `measuredAt` is what it said, `null` nothing. */
export function clockAfter(clock: MonitorState["clock"], measuredAt: AtMs | null, at: AtMs): MonitorState["clock"] {
  if (measuredAt === null) return clock;
  const offsetMs = measuredAt - at;
  const last = clock.at(-1);
  if (last === undefined || at - last.at >= TOGETHER_MS) return [...clock.slice(1 - MESSAGES), { at, offsetMs }];
  return offsetMs <= last.offsetMs ? clock : [...clock.slice(0, -1), { at: last.at, offsetMs }];
}

/** By how much the device's clock is ahead of ours; `null` while too few messages have told. */
export function clockSkewMs(clock: readonly ClockOffset[]): DurationMs | null {
  if (clock.length < MESSAGES) return null;
  let first = Number.NEGATIVE_INFINITY;
  let second = Number.NEGATIVE_INFINITY;
  for (const { offsetMs } of clock) {
    if (offsetMs > first) {
      second = first;
      first = offsetMs;
    } else if (offsetMs > second) second = offsetMs;
  }
  return second;
}

export const isClockOff = (monitor: MonitorState): boolean => Math.abs(clockSkewMs(monitor.clock) ?? 0) > CLOCK_SKEW_MS;
