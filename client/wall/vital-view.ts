/** What a figure says at an instant: a value is shown as live only while it is. */
import type { BoardRow, BoardVital } from "@vigil/shared/board";
import type { AtMs } from "@vigil/shared/ids";
import type { Vital } from "@vigil/shared/vitals";
import { ageText, dueText, dueUntil, minutesText, minutesUntil } from "../ui/clock-text.ts";

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
  /** Until when it is so with this value; left out, it may be otherwise at any second or with the next value. */
  readonly until?: AtMs;
}

const NEVER = Number.POSITIVE_INFINITY;

/** A cuff value is no longer shown after an hour (as central stations do; clinical.md). */
const CUFF_SHOWN_MS = 60 * 60_000;

const isStale = ({ at, staleAfterMs }: BoardVital, now: AtMs): boolean => at === null || now >= at + staleAfterMs;

/** Whole, but where that would belie a limit: 89.6 beside "SpO₂ 89.6 < 90" is no 90. */
function figureText({ vitals, alarms }: BoardRow, vital: Vital, value: number): string {
  const whole = Math.round(value);
  if (whole === value) return String(whole);
  const { low, high } = vitals[vital];
  const crossed = alarms.map(({ id, limit }) => (id === `${vital}.low` || id === `${vital}.high` ? limit : null));
  const belies = (limit: number | null) => limit !== null && Math.sign(value - limit) !== Math.sign(whole - limit);
  return [low, high, ...crossed].some(belies) ? value.toFixed(1) : String(whole);
}

/** A vital that is measured all the time. */
export function continuousView(row: BoardRow, vital: Vital, now: AtMs): VitalView {
  const measured = row.vitals[vital];
  if (measured.value === null || measured.at === null) return { freshness: "none", text: "no signal", age: "" };
  const text = figureText(row, vital, measured.value);
  return isStale(measured, now)
    ? { freshness: "stale", text, age: ageText(now - measured.at) }
    : { freshness: "live", text, age: "", until: measured.at + measured.staleAfterMs };
}

interface PressureView {
  readonly freshness: Freshness;
  readonly text: string;
}

export interface CuffView {
  /** Of the fresher one. */
  readonly freshness: Freshness;
  readonly sbp: PressureView;
  readonly dbp: PressureView;
  /** How long ago the older of the two shown was measured; "" when none is. */
  readonly ago: string;
  /** Time to the next measurement, "due" when it is; "" when none is planned. */
  readonly next: string;
  /** Until when it is so with these values. */
  readonly until: AtMs;
}

/** Each pressure by its own age: of two that were measured apart, the older one's is told. */
export function cuffView(row: BoardRow, now: AtMs): CuffView {
  const { vitals, cuffDueAt } = row;
  const measured = [vitals.sbp, vitals.dbp].flatMap(({ value, at }) => (value === null || at === null ? [] : [at]));
  const shown = measured.filter((at) => now - at < CUFF_SHOWN_MS);
  const since = shown.length > 0 ? Math.min(...shown) : measured.length > 0 ? Math.max(...measured) : null;
  const sbp = pressureView(row, "sbp", now);
  const dbp = pressureView(row, "dbp", now);
  const both = [sbp.freshness, dbp.freshness];
  return {
    freshness: both.includes("live") ? "live" : both.includes("stale") ? "stale" : "none",
    sbp,
    dbp,
    ago: since === null ? "" : minutesText(now - since),
    next: cuffDueAt === null ? "" : dueText(cuffDueAt - now),
    until: Math.min(
      since === null ? NEVER : since + minutesUntil(now - since),
      cuffDueAt === null ? NEVER : cuffDueAt - dueUntil(cuffDueAt - now),
      ...measured.map((at) => at + CUFF_SHOWN_MS).filter((at) => at > now),
      ...[vitals.sbp, vitals.dbp]
        .flatMap(({ at, staleAfterMs }) => (at === null ? [] : [at + staleAfterMs]))
        .filter((at) => at > now),
    ),
  };
}

function pressureView(row: BoardRow, vital: "sbp" | "dbp", now: AtMs): PressureView {
  const { value, at } = row.vitals[vital];
  if (value === null || at === null || now - at >= CUFF_SHOWN_MS) return { freshness: "none", text: "–" };
  return { freshness: isStale(row.vitals[vital], now) ? "stale" : "live", text: figureText(row, vital, value) };
}
