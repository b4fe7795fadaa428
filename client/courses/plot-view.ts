/** What the plot draws, as numbers on its axes: days since 1970 across, totals up. */
import { bandOf, INSTRUMENT_FACTS, type Instrument, type Standing } from "@vigil/shared/course";
import type { CourseDetail } from "@vigil/shared/wire";
import { dayNumber, dayPoint } from "./day-text.ts";

export interface PlotPoint {
  readonly day: number;
  readonly total: number;
  readonly band: string;
  readonly date: string;
  readonly time: string;
}

export interface PlotView {
  readonly points: readonly PlotPoint[];
  /** `label` is empty where it does not fit. */
  readonly sessions: readonly { readonly id: string; readonly day: number; readonly label: string }[];
  /** From the session to the last score in relief; none for an instrument that is not the baseline's. */
  readonly relief: readonly { readonly id: string; readonly from: number; readonly to: number }[];
  readonly reliefAt: number | null;
  readonly due: { readonly from: number; readonly to: number } | null;
  readonly booked: number | null;
  readonly today: number;
  readonly days: readonly [from: number, to: number];
  readonly ticks: readonly number[];
  readonly max: number;
}

/** A relief of one day still shows. */
const THINNEST = 0.5;
/** The share of the width that a session's name takes. */
const NAME_NEEDS = 0.035;
const TICK_STEPS = [1, 2, 7, 14, 28, 56, 112, 364];
const MOST_TICKS = 8;

export function plotView({ standing, scores }: CourseDetail, instrument: Instrument): PlotView {
  const today = dayNumber(standing.today);
  const points = scores
    .filter((score) => score.instrument === instrument)
    .map(({ date, time, total }) => ({
      day: dayPoint(date, time),
      total,
      band: bandOf(instrument, total).label,
      date,
      time,
    }));
  const isBaseline = instrument === standing.settings.baseline.instrument;
  const relief = standing.sessions.flatMap(({ id, relief: span }) => {
    if (!isBaseline || span === null) return [];
    const from = dayNumber(span.first);
    return [{ id, from, to: Math.max(dayNumber(span.last) + 1, from + THINNEST) }];
  });
  const due = standing.due === null ? null : { from: dayNumber(standing.due.from), to: dayNumber(standing.due.to) + 1 };
  const booked = standing.booked === null ? null : dayPoint(standing.booked.date, standing.booked.time);
  const marks = [
    today,
    ...points.map(({ day }) => day),
    ...standing.sessions.map(({ date, time }) => dayPoint(date, time)),
    ...[due?.from, due?.to, booked],
  ].flatMap((day) => day ?? []);
  const from = Math.floor(Math.min(...marks)) - 1;
  const to = Math.ceil(Math.max(...marks)) + 1;
  return {
    points,
    sessions: sessionsOf(standing, to - from),
    relief,
    reliefAt: isBaseline ? (standing.baseline?.reliefAt ?? null) : null,
    due,
    booked,
    today,
    days: [from, to],
    ticks: ticksOf(from, to),
    max: INSTRUMENT_FACTS[instrument].max,
  };
}

/** Names that would run into each other are left out: the line stays, and the table below names it. */
function sessionsOf({ sessions }: Standing, days: number): PlotView["sessions"] {
  let named = Number.NEGATIVE_INFINITY;
  return sessions.map(({ id, date, time, stage, number }) => {
    const day = dayPoint(date, time);
    const fits = day - named >= days * NAME_NEEDS;
    if (fits) named = day;
    return { id, day, label: fits ? `${stage === "induction" ? "I" : "M"}${number}` : "" };
  });
}

/** Whole days, evenly apart by days, weeks or months of weeks, no more than fit. */
function ticksOf(from: number, to: number): readonly number[] {
  const step = TICK_STEPS.find((days) => (to - from) / days <= MOST_TICKS) ?? 728;
  const ticks: number[] = [];
  for (let day = from + 1; day <= to; day += step) ticks.push(day);
  return ticks;
}
