/** The whole session in little, with a brush over what is looked at. */
import { nearestValue, type SessionChart } from "@vigil/shared/chart";
import { useEffect, useMemo, useState } from "react";
import { Brush, ComposedChart, Line, XAxis, YAxis } from "recharts";
import type { ZoneText } from "../ui/zone-text.ts";
import { lanesOf } from "./lanes.ts";
import { spanOf, type TimeWindow } from "./view.ts";
import type { ViewStore } from "./view-store.ts";

interface OverviewProps {
  readonly chart: SessionChart;
  readonly store: ViewStore;
  readonly width: number;
  readonly left: number;
  readonly zone: ZoneText;
}

const HEIGHT = 46;
/** The brush counts rows: so many, all as long, so that it goes by time. */
const ROWS = 300;
/** As fresh as a value once a second is. */
const FRESH_MS = 2_500;

export function Overview({ chart, store, width, left, zone }: OverviewProps) {
  const view = useSlowView(store);
  const { from, to } = store.bounds;
  const rows = useMemo(() => rowsOf(chart, { from, to }), [chart, from, to]);
  const scale = lanesOf(chart)[0]?.scale;
  if (width <= 0 || scale === undefined || scale === null) return null;
  const row = (at: number) => Math.min(ROWS, Math.max(0, Math.round(((at - from) / (to - from)) * ROWS)));
  const instant = (index: number) => from + (index / ROWS) * (to - from);
  const shown = { start: row(view.from), end: Math.max(row(view.from) + 1, row(view.to)) };
  return (
    <div className="overview" style={{ marginLeft: left }}>
      <ComposedChart
        width={width}
        height={HEIGHT}
        data={rows}
        margin={{ top: 0, right: 0, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        <XAxis dataKey="at" hide />
        <YAxis domain={[scale.bottom, scale.top]} hide width={0} />
        <Brush
          dataKey="at"
          x={0}
          y={0}
          width={width}
          height={HEIGHT}
          travellerWidth={16}
          ariaLabel="Part of the session that is shown"
          startIndex={shown.start}
          endIndex={shown.end}
          tickFormatter={(at: number) => zone.time(at)}
          onChange={({ startIndex, endIndex }) => {
            if (startIndex === undefined || endIndex === undefined) return;
            if (startIndex === shown.start && endIndex === shown.end) return;
            const next = { from: instant(startIndex), to: instant(endIndex) };
            // Moved as a whole it keeps its length, whatever the rows round to.
            const kept = endIndex - startIndex === shown.end - shown.start;
            store.look(kept ? { from: next.from, to: next.from + spanOf(view) } : next);
          }}
        >
          <ComposedChart>
            <YAxis domain={[scale.bottom, scale.top]} hide width={0} />
            <Line dataKey="value" dot={false} isAnimationActive={false} />
          </ComposedChart>
        </Brush>
      </ComposedChart>
    </div>
  );
}

/** To draw the brush takes longer than a frame has while the lanes are moved: it follows a few times a second. */
const FOLLOW_MS = 150;

function useSlowView(store: ViewStore): TimeWindow {
  const [view, setView] = useState(store.view);
  useEffect(() => {
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const stop = store.subscribe(() => {
      waiting ??= setTimeout(() => {
        waiting = undefined;
        setView(store.view);
      }, FOLLOW_MS);
    });
    return () => {
      stop();
      clearTimeout(waiting);
    };
  }, [store]);
  return view;
}

function rowsOf(chart: SessionChart, { from, to }: TimeWindow) {
  const { hr } = chart.vitals;
  const step = (to - from) / ROWS;
  return Array.from({ length: ROWS + 1 }, (_, i) => {
    const at = from + i * step;
    return { at, value: hr === null ? null : (nearestValue(hr, at, Math.max(step, FRESH_MS))?.value ?? null) };
  });
}
