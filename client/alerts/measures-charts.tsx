/** The measures as a person reads them at once. Each chart says in words what it shows. */
import { ACKNOWLEDGE_BUCKETS_S, type Measures } from "@vigil/shared/measures";
import type { ReactNode } from "react";
import {
  Bar,
  BarChart,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
  type YAxisTickContentProps,
} from "recharts";
import { dateText, weekdayText } from "../courses/day-text.ts";
import { zoneText } from "../ui/zone-text.ts";
import { sourceText, spanText } from "./alert-words.ts";
import { AXIS } from "./chart-look.ts";
import { everyDay } from "./every-day.ts";
import { countText } from "./measures-words.ts";

interface ChartProps {
  readonly measures: Measures;
  readonly isPaper?: boolean;
}

function Chart({
  title,
  says,
  children,
}: {
  readonly title: string;
  readonly says: string;
  readonly children: ReactNode;
}) {
  return (
    <figure className="measures-chart">
      <figcaption>
        <h2>{title}</h2>
        <p>{says}</p>
      </figcaption>
      <div role="img" aria-label={`${title}: ${says}`}>
        {children}
      </div>
    </figure>
  );
}

/** On paper nothing may wait for being measured: the printer does not. */
const boxOf = (isPaper: boolean) =>
  isPaper
    ? ({ width: 340, height: 190 } as const)
    : ({ width: "100%", height: "100%", initialDimension: { width: 520, height: 240 } } as const);
const margin = { top: 10, right: 12, bottom: 0, left: -6 };
const tooltip = {
  isAnimationActive: false,
  cursor: { fill: "#1b232a" },
  contentStyle: { background: "var(--tile)", border: "1px solid #46525d", borderRadius: 6 },
  itemStyle: { color: "var(--ink)" },
} as const;
const FILL = { high: "var(--high)", medium: "var(--medium)", low: "var(--low)" } as const;

const bars = (["high", "medium", "low"] as const).map((priority) => (
  <Bar key={priority} dataKey={priority} stackId="all" fill={FILL[priority]} isAnimationActive={false} />
));

export function DaysChart({ measures, zone, isPaper = false }: ChartProps & { readonly zone: string }) {
  const days = everyDay(measures, zone);
  const today = days.at(-1)?.date ?? "";
  const busiest = [...days].sort((a, b) => b.high + b.medium + b.low - (a.high + a.medium + a.low))[0];
  const says =
    measures.count === 0 || busiest === undefined
      ? "no alarms"
      : `high at the foot, then medium, low on top; most on ${weekdayText(busiest.date)}`;
  return (
    <Chart title="Burden by day" says={says}>
      <ResponsiveContainer {...boxOf(isPaper)}>
        <BarChart data={[...days]} margin={margin} accessibilityLayer={false}>
          <CartesianGrid stroke="var(--line)" vertical={false} />
          <XAxis {...AXIS} dataKey="date" tickFormatter={(date: string) => dateText(date, today)} minTickGap={18} />
          <YAxis {...AXIS} allowDecimals={false} tickFormatter={countText} />
          <Tooltip {...tooltip} labelFormatter={(date) => weekdayText(String(date))} />
          {bars}
        </BarChart>
      </ResponsiveContainer>
    </Chart>
  );
}

/** In one line: Recharts would break it by the size of the screen's letters, on paper too. */
const sourceTick = ({ x, y, payload }: YAxisTickContentProps) => (
  <text className="recharts-text" x={x} y={y} dy="0.35em" textAnchor="end" fill={AXIS.tick.fill} fontSize={13}>
    {payload.value}
  </text>
);

/** Names are read from left to right, so the bars lie: none is cut or leans. */
export function ParetoChart({ measures: { top }, isPaper = false }: ChartProps) {
  const rows = top.map(({ alarm, count, upTo }) => ({ name: sourceText(alarm), count, upTo: Math.round(upTo * 100) }));
  const last = rows.at(-1);
  const says = last === undefined ? "no alarms" : `the ${rows.length} most frequent make ${last.upTo} % of all alarms`;
  return (
    <Chart title="Top ten sources" says={says}>
      <ResponsiveContainer {...boxOf(isPaper)}>
        <ComposedChart
          layout="vertical"
          data={rows}
          margin={{ top: 0, right: 22, bottom: 0, left: 0 }}
          accessibilityLayer={false}
        >
          <YAxis {...AXIS} type="category" dataKey="name" interval={0} width={isPaper ? 122 : 182} tick={sourceTick} />
          <XAxis {...AXIS} xAxisId="count" type="number" allowDecimals={false} tickFormatter={countText} />
          <XAxis {...AXIS} xAxisId="share" type="number" orientation="top" domain={[0, 100]} unit="%" />
          <Tooltip {...tooltip} />
          <Bar xAxisId="count" dataKey="count" name="alarms" fill="var(--ring-recovery)" isAnimationActive={false} />
          <Line
            xAxisId="share"
            dataKey="upTo"
            name="together, %"
            stroke="var(--ink)"
            dot={{ r: 3 }}
            isAnimationActive={false}
          />
        </ComposedChart>
      </ResponsiveContainer>
    </Chart>
  );
}

export function AcknowledgeChart({ measures: { acknowledgeSteps, acknowledged }, isPaper = false }: ChartProps) {
  const names = [
    ...ACKNOWLEDGE_BUCKETS_S.map((seconds) => (seconds < 120 ? `${seconds} s` : `${seconds / 60} min`)),
    "later",
  ];
  const rows = acknowledgeSteps.map((step, i) => ({ name: names[i] ?? "", ...step }));
  const says = `within … from the call; median ${spanText(acknowledged.medianMs)}, 90 % within ${spanText(acknowledged.p90Ms)}. The line is the target of 60 s for high alarms`;
  return (
    <Chart title="Time to acknowledge" says={says}>
      <ResponsiveContainer {...boxOf(isPaper)}>
        <BarChart data={rows} margin={margin} accessibilityLayer={false}>
          <CartesianGrid stroke="var(--line)" vertical={false} />
          <XAxis {...AXIS} dataKey="name" interval={isPaper ? 1 : 0} tick={{ ...AXIS.tick, fontSize: 12 }} />
          <YAxis {...AXIS} allowDecimals={false} tickFormatter={countText} />
          <Tooltip {...tooltip} />
          <ReferenceLine x="60 s" stroke="var(--ink)" strokeDasharray="5 4" />
          {bars}
        </BarChart>
      </ResponsiveContainer>
    </Chart>
  );
}

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

export function WeekMap({ measures: { week } }: ChartProps) {
  const most = Math.max(1, ...week);
  const at = week.indexOf(Math.max(...week));
  const says = `most on ${WEEKDAYS[Math.floor(at / 24)] ?? ""} at ${String(at % 24).padStart(2, "0")}:00: ${countText(week[at] ?? 0)}`;
  return (
    <figure className="measures-chart">
      <figcaption>
        <h2>Hour and weekday</h2>
        <p>{says}</p>
      </figcaption>
      <table className="week-map">
        <thead>
          <tr>
            <td />
            {HOURS.map((hour) => (
              <th key={hour} scope="col">
                {hour % 3 === 0 ? hour : <span className="unseen">{hour}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {WEEKDAYS.map((day, weekday) => (
            <tr key={day}>
              <th scope="row">{day}</th>
              {HOURS.map((hour) => {
                const count = week[weekday * 24 + hour] ?? 0;
                return (
                  <td key={hour} title={`${day} ${hour}:00: ${count}`}>
                    <i style={{ opacity: count === 0 ? 0 : 0.14 + (0.86 * count) / most }} />
                    <span className="unseen">{count}</span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

const FLOOD_SLOTS = 180;

/** How many floods lasted in each part of the period: a year's do not fit side by side. */
function floodSlots(floods: Measures["floods"], from: number, to: number): number[] {
  const slots = new Array<number>(FLOOD_SLOTS).fill(0);
  const slotOf = (at: number) =>
    Math.min(FLOOD_SLOTS - 1, Math.max(0, Math.floor((FLOOD_SLOTS * (at - from)) / (to - from))));
  for (const flood of floods) {
    for (let slot = slotOf(flood.from); slot <= slotOf(flood.to); slot += 1) slots[slot] = (slots[slot] ?? 0) + 1;
  }
  return slots;
}

export function FloodsLine({ measures: { floods, from, to }, zone }: ChartProps & { readonly zone: string }) {
  const times = zoneText(zone, from, to);
  const slots = floodSlots(floods, from, to);
  const most = Math.max(1, ...slots);
  return (
    <figure className="measures-chart">
      <figcaption>
        <h2>Floods</h2>
        <p>
          {floods.length === 0
            ? "none in this period"
            : `${countText(floods.length)}, each more than 10 alarms in 10 min of one nurse${most > 1 ? `; the highest bar is ${most} at once` : ""}`}
        </p>
      </figcaption>
      <div className="floods-line" aria-hidden="true">
        {slots.map((count, slot) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a slot is its place on the line
          <i key={slot} style={{ height: count === 0 ? 0 : `${20 + (80 * count) / most}%` }} />
        ))}
      </div>
      <p className="floods-ends">
        <span>{times.date(from)}</span>
        <span>{times.date(to - 1)}</span>
      </p>
      <ol className="floods-list">
        {floods
          .slice(-6)
          .reverse()
          .map(({ nurse, from: began, to: ended, raises }) => (
            <li key={`${nurse} ${began}`}>
              {times.dateTime(began)}: {raises} alarms, {spanText(ended - began)}, {nurse}
            </li>
          ))}
      </ol>
    </figure>
  );
}
