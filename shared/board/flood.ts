/**
 * Alarm floods of a board: more than 10 alarms raised within 10 min, until fewer than 5 are (alarms.md, "Measures for
 * supervisors"). Only the raising of an alarm counts: an escalation is the same alarm. Time is handed in; how often one looks
 * changes nothing.
 */
import type { AtMs, DurationMs } from "../ids/index.ts";

export const FLOOD_WINDOW_MS: DurationMs = 10 * 60_000;
const BEGINS_ABOVE = 10;
const ENDS_BELOW = 5;

export interface FloodWatch {
  /** When the alarms of the last ten minutes were raised, oldest first. */
  readonly raises: readonly AtMs[];
  /** When the flood that lasts began; `null` when there is none. */
  readonly since: AtMs | null;
}

export const NO_FLOOD: FloodWatch = { raises: [], since: null };

/** What has become of it at `at` if nothing more was raised. */
export function floodAt(watch: FloodWatch, at: AtMs): FloodWatch {
  const oldest = watch.raises[0];
  if (oldest === undefined || oldest > at - FLOOD_WINDOW_MS) return watch;
  const raises = watch.raises.filter((raisedAt) => raisedAt > at - FLOOD_WINDOW_MS);
  return { raises, since: raises.length < ENDS_BELOW ? null : watch.since };
}

/** One more alarm. An instant before the last one's counts as that: bays settle their deadlines apart from each other. */
export function floodOnRaise(watch: FloodWatch, at: AtMs): FloodWatch {
  const now = Math.max(at, watch.raises.at(-1) ?? at);
  const { raises: before, since } = floodAt(watch, now);
  const raises = [...before, now];
  return { raises, since: since ?? (raises.length > BEGINS_ABOVE ? now : null) };
}

/** When the flood ends if nothing more is raised; `null` when there is none. */
export function floodEndsAt({ raises, since }: FloodWatch): AtMs | null {
  const lastOfEnough = raises.at(-ENDS_BELOW);
  return since === null || lastOfEnough === undefined ? null : lastOfEnough + FLOOD_WINDOW_MS;
}
