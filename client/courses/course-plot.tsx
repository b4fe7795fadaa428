/** Scores against sessions: how long the relief after each lasted, where the next one is due. */
import { INSTRUMENT_FACTS, type Instrument } from "@vigil/shared/course";
import type { CourseDetail } from "@vigil/shared/wire";
import { useMemo } from "react";
import {
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { dateOfDay, dateText, weekdayText } from "./day-text.ts";
import { type PlotPoint, plotView } from "./plot-view.ts";

interface CoursePlotProps {
  readonly detail: CourseDetail;
  readonly instrument: Instrument;
}

const AXIS = { stroke: "var(--line)", tick: { fill: "var(--dim)", fontSize: 14 }, tickLine: false } as const;

export function CoursePlot({ detail, instrument }: CoursePlotProps) {
  const view = useMemo(() => plotView(detail, instrument), [detail, instrument]);
  const { label } = INSTRUMENT_FACTS[instrument];
  const today = detail.standing.today;
  // Without a point there would be no axes, and so neither sessions nor due days.
  const data = view.points.length > 0 ? view.points : view.days.map((day) => ({ day, total: null }));
  return (
    <figure className="plot">
      <div
        className="plot-area"
        role="img"
        aria-label={`${label} of each day against the sessions; the same is in the table below`}
      >
        <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 320, height: 320 }}>
          <ComposedChart
            data={[...data]}
            margin={{ top: 26, right: 16, bottom: 0, left: -16 }}
            accessibilityLayer={false}
          >
            <CartesianGrid stroke="var(--line)" vertical={false} />
            <XAxis
              {...AXIS}
              dataKey="day"
              type="number"
              domain={[...view.days]}
              ticks={[...view.ticks]}
              interval="preserveStartEnd"
              tickFormatter={(day: number) => dateText(dateOfDay(day), today)}
            />
            <YAxis {...AXIS} domain={[0, view.max]} tickCount={6} allowDecimals={false} allowDataOverflow />
            {view.due !== null && (
              <ReferenceArea
                x1={view.due.from}
                x2={view.due.to}
                fill="var(--ring-recovery)"
                fillOpacity={0.14}
                stroke="var(--ring-recovery)"
                strokeDasharray="3 4"
                label={{ value: "due", position: "insideBottom", fill: "var(--dim)", fontSize: 14 }}
              />
            )}
            {view.relief.map(({ id, from, to }) => (
              <ReferenceArea
                key={id}
                x1={from}
                x2={to}
                y1={0}
                {...(view.reliefAt === null ? {} : { y2: view.reliefAt })}
                fill="var(--hr)"
                fillOpacity={0.3}
              />
            ))}
            {view.reliefAt !== null && (
              <ReferenceLine y={view.reliefAt} stroke="var(--hr)" strokeDasharray="6 4" ifOverflow="extendDomain" />
            )}
            {view.sessions.map(({ id, day, label: name }) => (
              <ReferenceLine
                key={id}
                x={day}
                stroke="var(--ring-paused)"
                label={{ value: name, position: "top", fill: "var(--soft)", fontSize: 13 }}
              />
            ))}
            <ReferenceLine x={view.today} stroke="var(--dim)" strokeDasharray="2 3" />
            {view.booked !== null && (
              <ReferenceLine
                x={view.booked}
                stroke="var(--ink)"
                strokeDasharray="4 3"
                label={{ value: "booked", position: "top", fill: "var(--ink)", fontSize: 13 }}
              />
            )}
            <Tooltip
              content={<PointText instrument={label} />}
              cursor={{ stroke: "var(--dim)" }}
              isAnimationActive={false}
            />
            <Line
              dataKey="total"
              stroke="var(--ink)"
              strokeWidth={2}
              isAnimationActive={false}
              dot={{ r: 4.5, fill: "var(--ink)", stroke: "var(--tile)", strokeWidth: 2 }}
              activeDot={{ r: 7, fill: "var(--ink)" }}
            />
          </ComposedChart>
        </ResponsiveContainer>
      </div>
      {view.points.length === 0 && <p className="plot-nothing">No {label} score yet.</p>}
      <figcaption>
        <span className="key-line">{label}, higher is worse</span>
        <span className="key-session">session</span>
        <span className="key-today">today</span>
        {view.reliefAt !== null && <span className="key-relief">relief: at or below {view.reliefAt}</span>}
        {view.due !== null && <span className="key-due">next due</span>}
      </figcaption>
    </figure>
  );
}

interface PointTextProps {
  readonly active?: boolean;
  readonly payload?: readonly { readonly payload?: PlotPoint }[];
  readonly instrument: string;
}

function PointText({ active, payload, instrument }: PointTextProps) {
  const point = payload?.[0]?.payload;
  if (active !== true || point === undefined) return null;
  return (
    <p className="plot-point">
      <b>
        {instrument} {point.total}
      </b>{" "}
      {point.band}
      <small>
        {weekdayText(point.date)}, {point.time}
      </small>
    </p>
  );
}
