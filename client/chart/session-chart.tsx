/**
 * A session on one time axis: lanes of vitals with their limits, what was given with the modelled concentration, alarms,
 * observations. Fed by plain data, so that a running session, one that is over and a replay look the same.
 */
import type { SessionChart as ChartData } from "@vigil/shared/chart";
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import type { ZoneText } from "../ui/zone-text.ts";
import { AfterPaint } from "./after-paint.tsx";
import { LaneRow } from "./lane-row.tsx";
import { lanesOf } from "./lanes.ts";
import { Overview } from "./overview.tsx";
import { cursorText, useCursorAt } from "./read-out.tsx";
import { CursorLine, PhaseStrip, TimeAxis } from "./time-axis.tsx";
import { useGestures } from "./use-gestures.ts";
import { covers, spanOf, type TimeWindow, zoomed } from "./view.ts";
import { type Playhead, ViewStore } from "./view-store.ts";
import "./chart.css";

interface SessionChartProps {
  readonly chart: ChartData;
  readonly zone: ZoneText;
  /** Brings a part of the session in more detail; without it, what `chart` has is all there is. */
  readonly detail?: (window: TimeWindow) => Promise<ChartData>;
  /** Moves the cursor instead of whoever looks: a press on the chart and the cursor's keys ask it to go there. */
  readonly playhead?: Playhead;
}

const boundsOf = ({ openedAt, endedAt, at }: ChartData): TimeWindow => ({
  from: openedAt,
  to: Math.max(endedAt ?? at, openedAt + 60_000),
});

const ZOOM_STEP = 0.6;

export function SessionChart({ chart, zone, detail: askDetail, playhead }: SessionChartProps) {
  const bounds = boundsOf(chart);
  const [store] = useState(() => new ViewStore(bounds));
  const { from, to } = bounds;
  useEffect(() => store.extend({ from, to }), [store, from, to]);
  useEffect(() => (playhead === undefined ? undefined : store.follow(playhead)), [store, playhead]);
  const lanes = useMemo(() => lanesOf(chart), [chart]);
  const detail = useDetail(store, chart, askDetail);

  const frame = useRef<HTMLDivElement>(null);
  const plots = useRef<HTMLDivElement>(null);
  const { width, labelWidth, height } = useSizes(frame);
  useGestures(plots, store, labelWidth, width);
  const parts = lanes.reduce((sum, lane) => sum + lane.parts, 0);

  return (
    <section className="session-chart" aria-label="Chart of the session" ref={frame}>
      <Toolbar store={store} chart={chart} zone={zone} />
      <div className="lanes" ref={plots}>
        <PhaseStrip chart={chart} store={store} width={width} />
        <Cursor store={store} text={(at) => cursorText(lanes, chart, detail, at, zone)} />
        {width > 0
          ? lanes.map((lane) => (
              <LaneRow
                key={lane.id}
                lane={lane}
                chart={chart}
                detail={detail}
                store={store}
                zone={zone}
                width={width}
                height={Math.round((height * lane.parts) / parts)}
              />
            ))
          : null}
        <TimeAxis store={store} width={width} zone={zone} />
        <CursorLine store={store} width={width} left={labelWidth} />
      </div>
      <p className="chart-hint">
        Drag to move along. Ctrl or Cmd with the wheel, two fingers, or + and − come closer. Arrow keys move the cursor.
      </p>
      <div className="overview-place">
        <AfterPaint>
          {() => <Overview chart={chart} store={store} width={width} left={labelWidth} zone={zone} />}
        </AfterPaint>
      </div>
    </section>
  );
}

/** The cursor for keyboard and screen reader: a slider whose value is everything that stands at that instant. */
function Cursor({ store, text }: { readonly store: ViewStore; readonly text: (at: number) => string }) {
  const at = useCursorAt(store);
  const { from, to } = store.bounds;
  const onKeyDown = (event: React.KeyboardEvent) => {
    const { view, cursorAt: at } = store;
    const step = spanOf(view) / (event.shiftKey ? 12 : 120);
    const go = (cursor: number) => {
      store.point(cursor);
      store.reveal(store.cursorAt);
    };
    const keys: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => go(at - step),
      ArrowRight: () => go(at + step),
      ArrowDown: () => go(at - step),
      ArrowUp: () => go(at + step),
      PageDown: () => go(at - 10 * step),
      PageUp: () => go(at + 10 * step),
      Home: () => go(from),
      End: () => go(to),
      "+": () => store.look(zoomed(view, ZOOM_STEP, at, store.bounds)),
      "=": () => store.look(zoomed(view, ZOOM_STEP, at, store.bounds)),
      "-": () => store.look(zoomed(view, 1 / ZOOM_STEP, at, store.bounds)),
      Escape: () => store.point(null),
    };
    const act = keys[event.key];
    if (act === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    // The keys of the page around it mean something else.
    event.stopPropagation();
    act();
  };
  return (
    <div
      className="cursor-slider"
      role="slider"
      tabIndex={0}
      aria-label="Time cursor. Arrow keys move it, plus and minus zoom."
      aria-valuemin={0}
      aria-valuemax={Math.round((to - from) / 1000)}
      aria-valuenow={Math.round((at - from) / 1000)}
      aria-valuetext={text(at)}
      onKeyDown={onKeyDown}
    />
  );
}

function Toolbar({
  store,
  chart,
  zone,
}: {
  readonly store: ViewStore;
  readonly chart: ChartData;
  readonly zone: ZoneText;
}) {
  const at = useCursorAt(store);
  const view = useSyncExternalStore(store.subscribe, () => store.view);
  const whole = covers(view, store.bounds);
  const { infusion } = chart;
  const middle = store.cursor !== null && at >= view.from && at <= view.to ? at : (view.from + view.to) / 2;
  return (
    <div className="chart-toolbar">
      <output className="cursor-time">
        {zone.second(at)}
        <small>{store.cursor === null ? (chart.endedAt === null ? " latest" : " end") : ""}</small>
      </output>
      <div className="chart-buttons">
        <button
          type="button"
          onClick={() => store.look(zoomed(view, ZOOM_STEP, middle, store.bounds))}
          aria-label="Zoom in"
        >
          +
        </button>
        <button
          type="button"
          onClick={() => store.look(zoomed(view, 1 / ZOOM_STEP, middle, store.bounds))}
          aria-label="Zoom out"
          disabled={whole}
        >
          −
        </button>
        {infusion === null ? null : (
          <button
            type="button"
            onClick={() =>
              store.look({ from: infusion.startedAt - 120_000, to: (infusion.endedAt ?? store.bounds.to) + 120_000 })
            }
          >
            Infusion
          </button>
        )}
        <button type="button" onClick={() => store.look(store.bounds)} disabled={whole}>
          Whole session
        </button>
      </div>
    </div>
  );
}

const DETAIL_REST_MS = 250;
/** Nearer than this share of the session, more detail is worth asking for. */
const DETAIL_BELOW = 0.6;

function useDetail(store: ViewStore, chart: ChartData, ask: SessionChartProps["detail"]): ChartData | null {
  const [detail, setDetail] = useState<ChartData | null>(null);
  const latest = useRef({ detail, chart });
  latest.current = { detail, chart };
  useEffect(() => {
    if (ask === undefined) return;
    let resting: ReturnType<typeof setTimeout> | undefined;
    let wanted = 0;
    const consider = () => {
      clearTimeout(resting);
      resting = setTimeout(() => {
        const { view, bounds } = store;
        if (spanOf(view) > DETAIL_BELOW * spanOf(bounds)) return;
        const around = { from: view.from - spanOf(view), to: view.to + spanOf(view) };
        const has = latest.current.detail;
        const needs = { from: Math.max(bounds.from, view.from), to: Math.min(bounds.to, view.to) };
        if (has !== null && covers(has, needs) && spanOf(has) < 5 * spanOf(view)) return;
        wanted += 1;
        const mine = wanted;
        // Without it the coarser picture stays, which has every extreme too.
        ask({ from: Math.max(bounds.from, around.from), to: Math.min(bounds.to, around.to) }).then(
          (found) => {
            if (mine === wanted) setDetail(found);
          },
          () => undefined,
        );
      }, DETAIL_REST_MS);
    };
    const stop = store.subscribe(consider);
    return () => {
      stop();
      clearTimeout(resting);
      wanted = -1;
    };
  }, [store, ask]);
  return detail;
}

/** Widths by the style sheet, measured once the frame is there and whenever it changes. */
function useSizes(frame: React.RefObject<HTMLDivElement | null>) {
  const [sizes, setSizes] = useState({ width: 0, labelWidth: 0, height: 0 });
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const measure = () => {
      const style = getComputedStyle(element);
      const labelWidth = Number.parseFloat(style.getPropertyValue("--label-width")) || 0;
      const height = Number.parseFloat(style.getPropertyValue("--lanes-height")) || 0;
      const share = Math.max(440, Math.min(760, (window.innerHeight * height) / 100));
      setSizes((before) => {
        const width = Math.max(0, Math.floor(element.clientWidth - labelWidth));
        return before.width === width && before.labelWidth === labelWidth && before.height === share
          ? before
          : { width, labelWidth, height: share };
      });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    window.addEventListener("resize", measure);
    return () => {
      observer.disconnect();
      window.removeEventListener("resize", measure);
    };
  }, [frame]);
  return sizes;
}
