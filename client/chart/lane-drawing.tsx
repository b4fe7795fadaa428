/**
 * One lane for a window of time: what is behind the values, the values, what is marked on them. Plain SVG: a chart of Recharts
 * keeps a store and dozens of derived values for tooltips, legends and animations that no lane has, and to set up six of them
 * took most of the time until a session was drawn.
 */
import { type AlarmEpisode, meanPressure, type SessionChart } from "@vigil/shared/chart";
import type { AtMs } from "@vigil/shared/ids";
import type { Vital } from "@vigil/shared/vitals";
import { memo } from "react";
import { alarmSubject } from "../ui/alarm-text.ts";
import { EventMarks } from "./event-marks.tsx";
import { keyed } from "./keyed.ts";
import { isAmongBars, type Lane, type LineRow, limitsOf, lineRows, modelRows } from "./lanes.ts";
import type { PlotScale } from "./plot-scale.ts";
import { spanOf, type TimeWindow } from "./view.ts";

interface LaneDrawingProps {
  readonly lane: Lane;
  /** Everything but the continuous vitals. */
  readonly chart: SessionChart;
  /** The continuous vitals, which may be of a part of the session, in more detail. */
  readonly vitals: SessionChart["vitals"];
  readonly window: TimeWindow;
  readonly width: number;
  readonly height: number;
}

/** A lane without a scale still needs one to be drawn on. */
const NO_SCALE = { bottom: 0, top: 1 };

export const LaneDrawing = memo(function LaneDrawing(props: LaneDrawingProps) {
  const { lane, chart, window, width, height } = props;
  const { bottom, top } = lane.scale ?? NO_SCALE;
  const span = spanOf(window);
  if (span <= 0 || width <= 0) return null;
  const scale: PlotScale = {
    x: (at) => ((at - window.from) / span) * width,
    y: (value) => (1 - (value - bottom) / (top - bottom)) * height,
  };
  return (
    <svg className={`lane-drawing lane-${lane.id}`} width={width} height={height} aria-hidden="true">
      <Bands lane={lane} chart={chart} window={window} scale={scale} height={height} />
      {lane.id === "events" ? <EventMarks chart={chart} window={window} scale={scale} height={height} /> : null}
      {lane.id === "bp" ? <CuffBars chart={chart} window={window} scale={scale} /> : null}
      {lane.id === "drug" ? <Boluses chart={chart} scale={scale} height={height} /> : null}
      {lane.scale === null || lane.id === "bp" ? null : (
        <path className={`values values-${lane.id}`} fill="none" d={linePath(rowsOf(props), scale)} />
      )}
      <HandSigns lane={lane} chart={chart} window={window} scale={scale} />
      <LaneAlarms alarms={alarmsOf(lane, chart)} window={window} scale={scale} until={chart.at} />
    </svg>
  );
});

/** Nobody sees less, and a shorter path is read faster. */
const tenth = (px: number): number => Math.round(px * 10) / 10;

/** A lane's values, or the modelled concentration, with nothing drawn across a gap; a value alone is a dot. */
export function linePath(rows: readonly LineRow[], { x, y }: PlotScale): string {
  let path = "";
  let drawing = false;
  for (const { at, value } of rows) {
    if (value === null) {
      drawing = false;
      continue;
    }
    const point = `${tenth(x(at))},${tenth(y(value))}`;
    // A line of no length has round ends: a value alone between two gaps is seen.
    path += drawing ? `L${point}` : `M${point}h0`;
    drawing = true;
  }
  return path;
}

function rowsOf({ lane, chart, vitals, window, width }: LaneDrawingProps) {
  if (lane.id === "drug") return modelRows(chart, window, width);
  if (lane.id === "bp" || lane.id === "events") return [];
  return lineRows(vitals[lane.id], window, width);
}

interface Scaled {
  readonly scale: PlotScale;
}

const clamped = (from: AtMs, to: AtMs, window: TimeWindow): { x1: AtMs; x2: AtMs } | null => {
  const x1 = Math.max(from, window.from);
  const x2 = Math.min(to, window.to);
  return x2 > x1 ? { x1, x2 } : null;
};

const VITALS_OF: { readonly [L in Lane["id"]]: readonly Vital[] } = {
  hr: ["hr"],
  spo2: ["spo2"],
  rr: ["rr"],
  bp: ["sbp", "dbp"],
  drug: [],
  events: [],
};

/** How far the edge of a limit reaches that lies among the bars of pressure. */
const EDGE_PX = 3;

/** Behind the values: the phases, and what lies beyond each limit as long as it was in force. */
function Bands({
  lane,
  chart,
  window,
  scale: { x, y },
  height,
}: Pick<LaneDrawingProps, "lane" | "chart" | "window" | "height"> & Scaled) {
  const sides = (from: AtMs, to: AtMs | null) => {
    const here = clamped(from, to ?? chart.at, window);
    if (here === null) return null;
    const left = x(here.x1);
    return { x: left, width: x(here.x2) - left };
  };
  const { bottom, top } = lane.scale ?? NO_SCALE;
  return (
    <g>
      {chart.phases.map(({ phase, from, to }) => {
        const here = sides(from, to);
        if (here === null || phase === "preparation") return null;
        return <rect key={from} {...here} y={0} height={height} className={`phase-band phase-${phase}`} />;
      })}
      {VITALS_OF[lane.id].flatMap((vital) =>
        limitsOf(chart, vital).map(({ from, to, direction, tier, limit }) => {
          const here = sides(from, to);
          if (here === null) return null;
          const key = `${vital} ${direction} ${tier} ${limit} ${from}`;
          if (isAmongBars({ vital, direction })) {
            if (tier !== "warning" || limit <= bottom || limit >= top) return null;
            const edge = direction === "high" ? y(limit) - EDGE_PX : y(limit);
            return <rect key={key} {...here} y={edge} height={EDGE_PX} className="limit-edge" data-vital={vital} />;
          }
          const [high, low] = direction === "high" ? [top, Math.max(limit, bottom)] : [Math.min(limit, top), bottom];
          if (high <= low) return null;
          const above = y(high);
          return <rect key={key} {...here} y={above} height={y(low) - above} className="limit-band" />;
        }),
      )}
    </g>
  );
}

const alarmsOf = (lane: Lane, { alarms }: SessionChart): AlarmEpisode[] =>
  alarms.filter(({ id }) => {
    const vital = alarmSubject(id)?.vital;
    return vital !== undefined && VITALS_OF[lane.id].includes(vital);
  });

/** The alarms of a lane's own vital, as a thin bar along its top. */
function LaneAlarms({
  alarms,
  window,
  scale: { x },
  until,
}: Scaled & {
  readonly alarms: readonly AlarmEpisode[];
  readonly window: TimeWindow;
  readonly until: AtMs;
}) {
  return (
    <g>
      {alarms.map(({ id, priority, raisedAt, clearedAt }) => {
        const here = clamped(raisedAt, clearedAt ?? until, window);
        if (here === null) return null;
        const left = x(here.x1);
        const width = Math.max(3, x(here.x2) - left);
        return (
          <rect
            key={`${id} ${raisedAt}`}
            className="alarm-bar"
            data-priority={priority}
            x={left}
            y={0}
            width={width}
            height={4}
          />
        );
      })}
    </g>
  );
}

/** As wide as can be seen apart. */
const CUFF_PX = { least: 2, most: 5, share: 0.35 };

/** Each cuff measurement as a bar from systolic to diastolic with the mean on it, an estimated one broken; by hand it is hollow. */
function CuffBars({
  chart,
  window,
  scale: { x, y },
}: Scaled & { readonly chart: SessionChart; readonly window: TimeWindow }) {
  const cuffs = chart.cuffs.filter(({ at }) => at >= window.from && at <= window.to);
  const apart = (x(window.to) - x(window.from)) / Math.max(1, cuffs.length);
  const wide = Math.min(CUFF_PX.most, Math.max(CUFF_PX.least, CUFF_PX.share * apart));
  return (
    <g>
      {keyed(cuffs, ({ at }) => at).map(({ key, one: { at, sbp, dbp, map, manual } }) => {
        const mean = meanPressure({ sbp, dbp, map });
        const [high, low] = [sbp ?? dbp, dbp ?? sbp];
        if (high === null || low === null) return null;
        const middle = x(at);
        const top = y(high);
        const bottom = y(low);
        return (
          <g key={key} className={manual ? "cuff cuff-manual" : "cuff"}>
            <rect
              className="cuff-bar"
              x={middle - wide / 2}
              y={top}
              width={wide}
              height={Math.max(2, bottom - top)}
              rx={1.5}
            />
            {mean === null ? null : (
              <path
                className="cuff-mean"
                data-estimated={mean.isEstimated}
                d={meanMark(middle, tenth(y(mean.value)), wide, mean.isEstimated)}
              />
            )}
          </g>
        );
      })}
    </g>
  );
}

/** A short line across the bar, 2 px strong; of an estimated mean only its ends, beside the bar. */
function meanMark(middle: number, y: number, wide: number, isEstimated: boolean): string {
  if (!isEstimated) return `M${tenth(middle - wide)},${y}h${2 * wide}`;
  return `M${tenth(middle - 1.4 * wide)},${y}h${0.8 * wide}m${1.2 * wide},0h${0.8 * wide}`;
}

/** What a person read off, as a hollow dot where the monitor has its line. */
function HandSigns({
  lane,
  chart,
  window,
  scale: { x, y },
}: Scaled & {
  readonly lane: Lane;
  readonly chart: SessionChart;
  readonly window: TimeWindow;
}) {
  const { id } = lane;
  if (id !== "hr" && id !== "spo2" && id !== "rr") return null;
  return (
    <g>
      {keyed(chart.signs, ({ at }) => at).map(({ key, one: { at, [id]: value } }) =>
        value === null || at < window.from || at > window.to ? null : (
          <circle key={key} className="sign-manual" cx={x(at)} cy={y(value)} r={3.5} />
        ),
      )}
    </g>
  );
}

function Boluses({ chart, scale: { x }, height }: Scaled & { readonly chart: SessionChart; readonly height: number }) {
  return (
    <g>
      {keyed(chart.given.boluses, ({ at }) => at).map(({ key, one: { at } }) => (
        <path key={key} className="bolus" d={`M${x(at)},${height} v-12 m-4,5 l4,-5 l4,5`} />
      ))}
    </g>
  );
}
