/** What a figure says at an instant: a value is shown as live only while it is. */
import type { BoardRow, BoardVital } from "@vigil/shared/board";
import type { AtMs } from "@vigil/shared/ids";
import { ageText, dueText, minutesText } from "../ui/clock-text.ts";

/**
 * Whether there are figures to show. A free bay is quiet, but what its monitor sends is seen: before a session is opened, or
 * when a recording is played to it.
 */
export function showsValues({ sessionId, phase, monitor, vitals }: BoardRow): boolean {
  if (sessionId !== null && phase !== null) return monitor !== "never";
  return monitor === "talking" && [vitals.hr, vitals.spo2, vitals.sbp].some(({ value }) => value !== null);
}

type Freshness = "live" | "stale" | "none";

export interface VitalView {
  readonly freshness: Freshness;
  readonly text: string;
  /** How old a value is that is no longer live; "" while it is. */
  readonly age: string;
}

/** A cuff value is no longer shown after an hour (as central stations do; clinical.md). */
const CUFF_SHOWN_MS = 60 * 60_000;

const isStale = ({ at, staleAfterMs }: BoardVital, now: AtMs): boolean => at === null || now >= at + staleAfterMs;

/** HR or SpO₂. */
export function continuousView(vital: BoardVital, now: AtMs): VitalView {
  if (vital.value === null || vital.at === null) return { freshness: "none", text: "no signal", age: "" };
  const text = String(Math.round(vital.value));
  return isStale(vital, now)
    ? { freshness: "stale", text, age: ageText(now - vital.at) }
    : { freshness: "live", text, age: "" };
}

export interface CuffView {
  readonly freshness: Freshness;
  readonly sbp: string;
  readonly dbp: string;
  /** How long ago it was measured; "" when it never was. */
  readonly ago: string;
  /** Time to the next measurement, "due" when it is; "" when none is planned. */
  readonly next: string;
}

export function cuffView({ vitals, cuffDueAt }: BoardRow, now: AtMs): CuffView {
  const { sbp, dbp } = vitals;
  const next = cuffDueAt === null ? "" : dueText(cuffDueAt - now);
  if (sbp.value === null || sbp.at === null) return { freshness: "none", sbp: "–", dbp: "–", ago: "", next };
  const ago = minutesText(now - sbp.at);
  if (now - sbp.at >= CUFF_SHOWN_MS) return { freshness: "none", sbp: "–", dbp: "–", ago, next };
  return {
    freshness: isStale(sbp, now) ? "stale" : "live",
    sbp: String(Math.round(sbp.value)),
    dbp: dbp.value === null ? "–" : String(Math.round(dbp.value)),
    ago,
    next,
  };
}
