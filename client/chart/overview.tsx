/** The whole session in little, with a brush over what is looked at. */
import { nearestValue, type SessionChart } from "@vigil/shared/chart";
import type { AtMs } from "@vigil/shared/ids";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
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
  const view = useRestingView(store);
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
      <Shown store={store} />
    </div>
  );
}

/**
 * What is shown of the session, as its two edges: moved with every frame, which the brush itself, to be drawn anew in a
 * quarter of a frame, cannot be.
 */
function Shown({ store }: { readonly store: ViewStore }) {
  const edges = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const place = () => {
      const { bounds, view } = store;
      const share = (at: number) => `${((at - bounds.from) / spanOf(bounds)) * 100}%`;
      edges.current?.style.setProperty("left", share(view.from));
      edges.current?.style.setProperty("right", `calc(100% - ${share(view.to)})`);
    };
    place();
    return store.subscribe(place);
  }, [store]);
  return <div className="overview-shown" ref={edges} aria-hidden="true" />;
}

/** The brush itself takes its place when what is moved has come to rest. */
const REST_MS = 200;

function useRestingView(store: ViewStore): TimeWindow {
  const [view, setView] = useState(store.view);
  useEffect(() => {
    let resting: ReturnType<typeof setTimeout> | undefined;
    const stop = store.subscribe(() => {
      clearTimeout(resting);
      resting = setTimeout(() => setView(store.view), REST_MS);
    });
    return () => {
      stop();
      clearTimeout(resting);
    };
  }, [store]);
  return view;
}

/** Of each row's time the value that lies furthest from the session's mean: in little, too, an extreme stays. */
export function rowsOf({ vitals: { hr } }: Pick<SessionChart, "vitals">, { from, to }: TimeWindow) {
  const step = (to - from) / ROWS;
  const rows: { readonly at: AtMs; value: number | null }[] = Array.from({ length: ROWS + 1 }, (_, i) => ({
    at: from + i * step,
    value: null,
  }));
  if (hr === null) return rows;
  const values = hr.value.filter((value) => value !== null);
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  for (const [i, at] of hr.at.entries()) {
    const value = hr.value[i] ?? null;
    const row = rows[Math.round((at - from) / step)];
    if (value === null || row === undefined) continue;
    if (row.value === null || Math.abs(value - mean) > Math.abs(row.value - mean)) row.value = value;
  }
  for (const row of rows) row.value ??= nearestValue(hr, row.at, Math.max(step, FRESH_MS))?.value ?? null;
  return rows;
}
