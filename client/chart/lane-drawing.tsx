/** One lane as Recharts draws it for a window of time: what is behind the values, the values, what is marked on them. */
import type { AlarmEpisode, SessionChart } from "@vigil/shared/chart";
import type { AtMs } from "@vigil/shared/ids";
import { VITAL_FACTS, type Vital } from "@vigil/shared/vitals";
import { memo } from "react";
import { ComposedChart, Line, ReferenceArea, useXAxisScale, useYAxisScale, XAxis, YAxis } from "recharts";
import { alarmSubject } from "../ui/alarm-text.ts";
import { EventMarks } from "./event-marks.tsx";
import { type Lane, limitsOf, lineRows, modelRows } from "./lanes.ts";
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
      data={rowsOf(props)}
      margin={MARGIN}
      accessibilityLayer={false}
      className={`lane-drawing lane-${lane.id}`}
    >
      <XAxis dataKey="at" type="number" domain={[window.from, window.to]} allowDataOverflow hide />
      <YAxis type="number" domain={[bottom, top]} allowDataOverflow hide width={0} />
      {phaseBands(chart, window)}
      {limitBands(lane, chart, window, bottom, top)}
      {lane.id === "events" ? <EventMarks chart={chart} window={window} height={height} /> : null}
      {lane.id === "bp" ? <CuffBars chart={chart} window={window} /> : null}
      {lane.id === "drug" ? <Boluses chart={chart} height={height} /> : null}
      {lane.scale === null || lane.id === "bp" ? null : (
        <Line
          dataKey="value"
          type="linear"
          className={`line-${lane.id}`}
          dot={false}
          activeDot={false}
          isAnimationActive={false}
          connectNulls={false}
        />
      )}
      <LaneAlarms alarms={alarmsOf(lane, chart)} window={window} until={chart.at} />
    </ComposedChart>
  );
});

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

function phaseBands(chart: SessionChart, window: TimeWindow) {
  return chart.phases.flatMap(({ phase, from, to }) => {
    const here = clamped(from, to ?? chart.at, window);
    if (here === null || phase === "preparation") return [];
    return [<ReferenceArea key={`${phase} ${from}`} {...here} className={`phase-band phase-${phase}`} />];
  });
}

const VITALS_OF: { readonly [L in Lane["id"]]: readonly Vital[] } = {
  hr: ["hr"],
  spo2: ["spo2"],
  rr: ["rr"],
  bp: ["sbp", "dbp"],
  drug: [],
  events: [],
};

/** Beyond each limit, as long as it was in force. Of pressure, the upper limit of SBP and the lower of DBP: more would hide the bars. */
function limitBands(lane: Lane, chart: SessionChart, window: TimeWindow, bottom: number, top: number) {
  return VITALS_OF[lane.id].flatMap((vital) =>
    limitsOf(chart, vital).flatMap(({ from, to, direction, tier, limit }) => {
      const here = clamped(from, to ?? chart.at, window);
      if (here === null || (vital === "sbp" && direction === "low") || (vital === "dbp" && direction === "high"))
        return [];
      const [y1, y2] = direction === "high" ? [Math.max(limit, bottom), top] : [bottom, Math.min(limit, top)];
      if (y2 <= y1) return [];
      return [
        <ReferenceArea
          key={`${vital} ${direction} ${tier} ${limit} ${from}`}
          {...here}
          y1={y1}
          y2={y2}
          className={`limit-band limit-${direction}`}
        />,
      ];
    }),
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

/** "HR, /min" for whoever reads it aloud. */
export const laneName = ({ id, label, unit }: Lane): string =>
  id === "hr" || id === "spo2" || id === "rr" ? `${VITAL_FACTS[id].label} ${unit}` : `${label} ${unit}`.trim();
