/** The lanes of a chart: what each shows, its scale, and the rows that are drawn. Pure. */
import { decimate, type LimitSpan, type Series, type SessionChart, valueAt } from "@vigil/shared/chart";
import type { AtMs } from "@vigil/shared/ids";
import { DOMINO, plasmaNgPerMl } from "@vigil/shared/pharmacokinetics";
import { VITAL_FACTS, type Vital } from "@vigil/shared/vitals";
import type { TimeWindow } from "./view.ts";

export type LaneId = "hr" | "spo2" | "rr" | "bp" | "drug" | "events";

export interface Lane {
  readonly id: LaneId;
  readonly label: string;
  readonly unit: string;
  /** Its share of the height, in parts. */
  readonly parts: number;
  /** `null`: it has no scale. */
  readonly scale: Scale | null;
}

export interface Scale {
  readonly bottom: number;
  readonly top: number;
  readonly ticks: readonly number[];
}

/** One point of a line. */
export interface LineRow {
  readonly at: AtMs;
  readonly value: number | null;
}

const USUAL = {
  hr: { bottom: 50, top: 110, step: 20, margin: 4 },
  spo2: { bottom: 90, top: 100, step: 5, margin: 1 },
  rr: { bottom: 8, top: 24, step: 8, margin: 2 },
  bp: { bottom: 60, top: 160, step: 40, margin: 6 },
} as const;

/** Limits that lie further from what was measured than this, in steps, do not stretch the lane. */
const LIMIT_REACH = 0.5;

/** Those of `chart` that have something to say. Pressure, drug and events always: their absence is news too. */
export function lanesOf(chart: SessionChart): Lane[] {
  const vital = (id: "hr" | "spo2" | "rr", parts: number): Lane[] => {
    const byHand = chart.signs.map(({ [id]: value }) => value);
    const values = [...(chart.vitals[id]?.value ?? []), ...byHand];
    if (id === "rr" && values.every((value) => value === null)) return [];
    const { label, unit } = VITAL_FACTS[id];
    return [{ id, label, unit, parts, scale: scaleOf(USUAL[id], values, limitsOf(chart, id)) }];
  };
  const pressures = chart.cuffs.flatMap(({ sbp, dbp }) => [sbp, dbp]);
  return [
    ...vital("hr", 5),
    ...vital("spo2", 4),
    ...vital("rr", 3),
    {
      id: "bp",
      label: "BP",
      unit: "mmHg",
      parts: 5,
      scale: scaleOf(USUAL.bp, pressures, [...limitsOf(chart, "sbp"), ...limitsOf(chart, "dbp")]),
    },
    { id: "drug", label: drugName(chart), unit: isModelled(chart) ? "ng/mL" : "", parts: 3, scale: drugScale(chart) },
    { id: "events", label: "Events", unit: "", parts: 3, scale: null },
  ];
}

export const limitsOf = (chart: SessionChart, vital: Vital): LimitSpan[] =>
  chart.limits.filter((limit) => limit.vital === vital);

/**
 * The lower limit of SBP and the upper of DBP lie among the bars of pressure: shaded to the end of the lane, they would shade
 * bars that are right. They are drawn as an edge, and named.
 */
export const isAmongBars = ({ vital, direction }: Pick<LimitSpan, "vital" | "direction">): boolean =>
  (vital === "sbp" && direction === "low") || (vital === "dbp" && direction === "high");

export interface NamedLimit {
  readonly vital: Vital;
  readonly name: string;
  readonly limit: number;
}

/** The limits among the bars that hold at an instant: of each vital the warning that comes first. */
export function limitsAmongBars(chart: SessionChart, instant: AtMs): NamedLimit[] {
  // At its very end a session has none any more.
  const at = chart.endedAt === null ? instant : Math.min(instant, chart.endedAt - 1);
  const first = (vital: Vital, direction: LimitSpan["direction"], sign: string): NamedLimit[] => {
    const limits = limitsOf(chart, vital)
      .filter(
        (limit) => limit.direction === direction && limit.from <= at && at < (limit.to ?? Number.POSITIVE_INFINITY),
      )
      .map(({ limit }) => limit);
    if (limits.length === 0) return [];
    const limit = direction === "low" ? Math.max(...limits) : Math.min(...limits);
    return [{ vital, name: `${VITAL_FACTS[vital].label} ${sign} ${limit}`, limit }];
  };
  return [...first("sbp", "low", "<"), ...first("dbp", "high", ">")];
}

function scaleOf(
  usual: (typeof USUAL)[keyof typeof USUAL],
  values: readonly (number | null)[],
  limits: readonly LimitSpan[],
): Scale {
  let { bottom, top } = usual as { bottom: number; top: number };
  for (const value of values) {
    if (value === null) continue;
    if (value - usual.margin < bottom) bottom = value - usual.margin;
    if (value + usual.margin > top) top = value + usual.margin;
  }
  const reach = usual.step * LIMIT_REACH;
  for (const { tier, direction, limit } of limits) {
    if (tier !== "warning") continue;
    if (direction === "low" && limit < bottom && bottom - limit <= reach) bottom = limit - usual.margin;
    if (direction === "high" && limit > top && limit - top <= reach) top = limit + usual.margin;
  }
  return { bottom, top, ticks: ticksIn(bottom, top, usual.step) };
}

/** Round numbers a step apart, fewer when the range is wide. */
function ticksIn(bottom: number, top: number, least: number): number[] {
  const step = least * Math.max(1, Math.ceil((top - bottom) / (least * 5)));
  const ticks: number[] = [];
  for (let tick = Math.ceil(bottom / step) * step; tick <= top; tick += step) ticks.push(tick);
  return ticks;
}

/** Only ketamine has a model here. */
const isModelled = ({ plan, given }: SessionChart): boolean =>
  plan !== null && /ketamin/i.test(plan.drug) && (given.runs.length > 0 || given.boluses.length > 0);

const drugName = ({ plan }: SessionChart): string =>
  plan === null ? "Drug" : plan.drug.charAt(0).toUpperCase() + plan.drug.slice(1);

export const modelledNgPerMl = (chart: SessionChart, at: AtMs): number | null =>
  isModelled(chart) ? plasmaNgPerMl(DOMINO, chart.given, at) : null;

function drugScale(chart: SessionChart): Scale | null {
  if (!isModelled(chart)) return null;
  const ends = [...chart.given.runs.map(({ to }) => to ?? chart.at), ...chart.given.boluses.map(({ at }) => at)];
  const peak = Math.max(0, ...ends.map((at) => plasmaNgPerMl(DOMINO, chart.given, Math.min(at, chart.at))));
  const top = Math.max(100, peak * 1.12);
  return { bottom: 0, top, ticks: ticksIn(0, top, 100) };
}

/** What a line shows of a window: at most one bucket in four pixels, extremes and gaps kept. */
export function lineRows(series: Series | null, { from, to }: TimeWindow, widthPx: number): LineRow[] {
  if (series === null || to <= from) return [];
  const { at, value } = decimate(series, { from, to, buckets: Math.max(20, Math.round(widthPx / 4)) });
  return at.map((when, i) => ({ at: when, value: value[i] ?? null }));
}

/** The modelled concentration: every four pixels, and on both sides of each change of rate. */
export function modelRows(chart: SessionChart, { from, to }: TimeWindow, widthPx: number): LineRow[] {
  if (!isModelled(chart) || to <= from) return [];
  const count = Math.max(20, Math.round(widthPx / 4));
  const instants = new Set(Array.from({ length: count + 1 }, (_, i) => from + ((to - from) * i) / count));
  for (const run of chart.given.runs) for (const at of [run.from, run.to ?? to]) instants.add(at);
  for (const { at } of chart.given.boluses) instants.add(at - 1).add(at);
  return [...instants]
    .filter((at) => at >= from && at <= to && at <= chart.at)
    .sort((a, b) => a - b)
    .map((at) => ({ at, value: plasmaNgPerMl(DOMINO, chart.given, at) }));
}

/** The value of a vital that held at an instant, for the read-out; `null` where data was missing. */
export function figureAt(chart: SessionChart, vital: "hr" | "spo2" | "rr", at: AtMs): number | null {
  const series = chart.vitals[vital];
  return series === null ? null : (valueAt(series, at)?.value ?? null);
}
