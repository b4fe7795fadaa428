/** One lane as Recharts draws it for a window of time: what is behind the values, the values, what is marked on them. */
import type { AlarmEpisode, SessionChart } from "@vigil/shared/chart";
import type { AtMs } from "@vigil/shared/ids";
import type { Vital } from "@vigil/shared/vitals";
import { memo } from "react";
import { ComposedChart, Curve, useXAxisScale, useYAxisScale, XAxis, YAxis } from "recharts";
import { alarmSubject } from "../ui/alarm-text.ts";
import { EventMarks } from "./event-marks.tsx";
import { type Lane, type LineRow, limitsOf, lineRows, modelRows } from "./lanes.ts";
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

/** What is drawn knows its own values: Recharts has the axes. */
const NO_ROWS: readonly LineRow[] = [];
const MARGIN = { top: 0, right: 0, bottom: 0, left: 0 };
/** A lane without a scale still needs one to be drawn on. */
const NO_SCALE = { bottom: 0, top: 1 };

export const LaneDrawing = memo(function LaneDrawing(props: LaneDrawingProps) {
  const { lane, chart, window, width, height } = props;
  const { bottom, top } = lane.scale ?? NO_SCALE;
  if (spanOf(window) <= 0 || width <= 0) return null;
  return (
    <ComposedChart
      width={width}
      height={height}
      data={NO_ROWS}
      margin={MARGIN}
      accessibilityLayer={false}
      className={`lane-drawing lane-${lane.id}`}
    >
      <XAxis dataKey="at" type="number" domain={[window.from, window.to]} allowDataOverflow hide />
      <YAxis type="number" domain={[bottom, top]} allowDataOverflow hide width={0} />
      <Bands lane={lane} chart={chart} window={window} height={height} />
      {lane.id === "events" ? <EventMarks chart={chart} window={window} height={height} /> : null}
      {lane.id === "bp" ? <CuffBars chart={chart} window={window} /> : null}
      {lane.id === "drug" ? <Boluses chart={chart} height={height} /> : null}
      {lane.scale === null || lane.id === "bp" ? null : <Values lane={lane} rows={rowsOf(props)} />}
      <HandSigns lane={lane} chart={chart} window={window} />
      <LaneAlarms alarms={alarmsOf(lane, chart)} window={window} until={chart.at} />
    </ComposedChart>
  );
});

/**
 * A lane's values, or the modelled concentration, with nothing drawn across a gap. Recharts' Line takes the same rows and
 * makes several objects of each for labels, dots and tooltips that no lane has: most of the time of drawing one.
 */
function Values({ lane, rows }: { readonly lane: Lane; readonly rows: readonly LineRow[] }) {
  const x = useXAxisScale();
  const y = useYAxisScale();
  if (x === undefined || y === undefined) return null;
  const points = rows.map(({ at, value }) => ({
    x: x(at) ?? 0,
    y: value === null ? null : (y(value) ?? null),
  }));
  return <Curve type="linear" className={`values values-${lane.id}`} points={points} connectNulls={false} />;
}

function rowsOf({ lane, chart, vitals, window, width }: LaneDrawingProps) {
  if (lane.id === "drug") return modelRows(chart, window, width);
  if (lane.id === "bp" || lane.id === "events") return [];
  return lineRows(vitals[lane.id], window, width);
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

/**
 * Behind the values: the phases, and what lies beyond each limit as long as it was in force. Of pressure, the upper limit
 * of SBP and the lower of DBP: more would hide the bars. Plain rectangles: as Recharts' own reference areas they took
 * four fifths of the time of drawing a lane.
 */
function Bands({ lane, chart, window, height }: Pick<LaneDrawingProps, "lane" | "chart" | "window" | "height">) {
  const x = useXAxisScale();
  const y = useYAxisScale();
  if (x === undefined || y === undefined) return null;
  const sides = (from: AtMs, to: AtMs | null) => {
    const here = clamped(from, to ?? chart.at, window);
    if (here === null) return null;
    const left = x(here.x1) ?? 0;
    return { x: left, width: (x(here.x2) ?? 0) - left };
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
          if (here === null || (vital === "sbp" && direction === "low") || (vital === "dbp" && direction === "high")) {
            return null;
          }
          const [high, low] = direction === "high" ? [top, Math.max(limit, bottom)] : [Math.min(limit, top), bottom];
          if (high <= low) return null;
          const above = y(high) ?? 0;
          return (
            <rect
              key={`${vital} ${direction} ${tier} ${limit} ${from}`}
              {...here}
              y={above}
              height={(y(low) ?? 0) - above}
              className="limit-band"
            />
          );
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
  until,
}: {
  readonly alarms: readonly AlarmEpisode[];
  readonly window: TimeWindow;
  readonly until: AtMs;
}) {
  const x = useXAxisScale();
  if (x === undefined) return null;
  return (
    <g>
      {alarms.map(({ id, priority, raisedAt, clearedAt }) => {
        const here = clamped(raisedAt, clearedAt ?? until, window);
        if (here === null) return null;
        const left = x(here.x1) ?? 0;
        const width = Math.max(3, (x(here.x2) ?? 0) - left);
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

/** Each cuff measurement as a bar from systolic to diastolic with the mean on it; entered by hand it is hollow. */
function CuffBars({ chart, window }: { readonly chart: SessionChart; readonly window: TimeWindow }) {
  const x = useXAxisScale();
  const y = useYAxisScale();
  if (x === undefined || y === undefined) return null;
  const cuffs = chart.cuffs.filter(({ at }) => at >= window.from && at <= window.to);
  const apart = ((x(window.to) ?? 0) - (x(window.from) ?? 0)) / Math.max(1, cuffs.length);
  const wide = Math.min(CUFF_PX.most, Math.max(CUFF_PX.least, CUFF_PX.share * apart));
  return (
    <g>
      {cuffs.map(({ at, sbp, dbp, map, manual }) => {
        const middle = x(at) ?? 0;
        const top = y(sbp ?? dbp) ?? 0;
        const bottom = y(dbp ?? sbp) ?? 0;
        return (
          <g key={at} className={manual ? "cuff cuff-manual" : "cuff"}>
            <rect
              className="cuff-bar"
              x={middle - wide / 2}
              y={top}
              width={wide}
              height={Math.max(2, bottom - top)}
              rx={1.5}
            />
            {map === null ? null : (
              <rect className="cuff-mean" x={middle - wide} y={(y(map) ?? 0) - 1} width={2 * wide} height={2} />
            )}
          </g>
        );
      })}
    </g>
  );
}

/** What a person read off, as a hollow dot where the monitor has its line. */
function HandSigns({
  lane,
  chart,
  window,
}: {
  readonly lane: Lane;
  readonly chart: SessionChart;
  readonly window: TimeWindow;
}) {
  const x = useXAxisScale();
  const y = useYAxisScale();
  const { id } = lane;
  if (x === undefined || y === undefined || (id !== "hr" && id !== "spo2" && id !== "rr")) return null;
  return (
    <g>
      {chart.signs.map(({ at, [id]: value }) =>
        value === null || at < window.from || at > window.to ? null : (
          <circle key={at} className="sign-manual" cx={x(at)} cy={y(value)} r={3.5} />
        ),
      )}
    </g>
  );
}

function Boluses({ chart, height }: { readonly chart: SessionChart; readonly height: number }) {
  const x = useXAxisScale();
  if (x === undefined) return null;
  return (
    <g>
      {chart.given.boluses.map(({ at }) => (
        <path key={at} className="bolus" d={`M${x(at) ?? 0},${height} v-12 m-4,5 l4,-5 l4,5`} />
      ))}
    </g>
  );
}
