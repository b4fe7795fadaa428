/**
 * A lane with its label and its figures at the cursor. What is drawn is wider than what is seen: moving it is a transform
 * and costs no drawing; it is drawn anew when it no longer covers what is looked at, or when that has come to rest.
 */
import type { SessionChart } from "@vigil/shared/chart";
import type { AtMs } from "@vigil/shared/ids";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { ZoneText } from "../ui/zone-text.ts";
import { LaneDrawing } from "./lane-drawing.tsx";
import { type Lane, limitsAmongBars, type Scale } from "./lanes.ts";
import { LaneReadOut, useCursorAt } from "./read-out.tsx";
import { aroundWindow, covers, spanOf, type TimeWindow } from "./view.ts";
import type { ViewStore } from "./view-store.ts";

interface LaneRowProps {
  readonly lane: Lane;
  readonly chart: SessionChart;
  /** A part of the session in more detail, where it was asked for. */
  readonly detail: SessionChart | null;
  readonly store: ViewStore;
  readonly zone: ZoneText;
  /** Of what is seen, in pixels. */
  readonly width: number;
  readonly height: number;
}

interface Drawn {
  readonly lane: Lane;
  readonly chart: SessionChart;
  readonly vitals: SessionChart["vitals"];
  readonly window: TimeWindow;
  readonly pxPerMs: number;
  readonly height: number;
}

const REST_MS = 140;
/** Half the height of a figure: at the lane's edges it stays inside. */
const EDGE_PX = 7;
/** Two figures nearer than this run into each other. */
const FIGURE_PX = 11;

export function LaneRow(props: LaneRowProps) {
  const { lane, chart, detail, store, zone, width, height } = props;
  const [drawn, setDrawn] = useState(() => drawingOf(props));
  const strip = useRef<HTMLDivElement>(null);
  const latest = useRef({ props, drawn });
  latest.current = { props, drawn };

  const place = useCallback(() => {
    const { props, drawn } = latest.current;
    const pxPerMs = props.width / spanOf(props.store.view);
    const shift = (drawn.window.from - props.store.view.from) * pxPerMs;
    if (strip.current !== null) {
      strip.current.style.transform = `translateX(${shift}px) scaleX(${pxPerMs / drawn.pxPerMs})`;
    }
  }, []);

  const redraw = useCallback(() => {
    flushSync(() => setDrawn(drawingOf(latest.current.props)));
  }, []);

  useLayoutEffect(place);

  useEffect(() => {
    let resting: ReturnType<typeof setTimeout> | undefined;
    const follow = () => {
      place();
      const { drawn, props } = latest.current;
      clearTimeout(resting);
      if (!covers(drawn.window, store.view)) store.soon(redraw);
      else if (!isFresh(drawn, props)) resting = setTimeout(() => store.soon(redraw), REST_MS);
    };
    const stop = store.subscribe(follow);
    return () => {
      stop();
      clearTimeout(resting);
      store.forget(redraw);
    };
  }, [store, place, redraw]);

  // What it draws from has changed: it takes its turn, so that not all lanes are drawn in one frame.
  const first = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: these are what a drawing is made from
  useEffect(() => {
    if (first.current) first.current = false;
    else store.soon(redraw);
  }, [store, redraw, lane, chart, detail, width, height]);

  return (
    <div className="lane" data-lane={lane.id}>
      <div className="lane-head">
        <LaneReadOut lane={lane} chart={chart} detail={detail} store={store} zone={zone} />
        <ScaleFigures lane={lane} height={height} />
      </div>
      <div className="plot" style={{ height }}>
        <ScaleLines lane={lane} height={height} />
        {lane.id === "bp" ? <CursorLimitNames lane={lane} chart={chart} store={store} height={height} /> : null}
        {lane.id === "drug" && lane.scale !== null ? <span className="model-note">model, not for dosing</span> : null}
        <div className="strip" ref={strip}>
          <LaneDrawing
            lane={drawn.lane}
            chart={drawn.chart}
            vitals={drawn.vitals}
            window={drawn.window}
            width={Math.round(spanOf(drawn.window) * drawn.pxPerMs)}
            height={drawn.height}
          />
        </div>
      </div>
    </div>
  );
}

function drawingOf({ lane, chart, detail, store, width, height }: LaneRowProps): Drawn {
  const window = aroundWindow(store.view, store.bounds);
  const vitals = detail !== null && covers(detail, window) ? detail.vitals : chart.vitals;
  return { lane, chart, vitals, window, pxPerMs: width / spanOf(store.view), height };
}

/** At the scale that is looked at, and not far from its middle. */
function isFresh(drawn: Drawn, { store, width }: LaneRowProps): boolean {
  const wanted = aroundWindow(store.view, store.bounds);
  const pxPerMs = width / spanOf(store.view);
  if (Math.abs(drawn.pxPerMs / pxPerMs - 1) > 0.001) return false;
  return Math.abs(wanted.from - drawn.window.from) < spanOf(store.view) / 4;
}

const yOf = (tick: number, { bottom, top }: Scale, height: number): number =>
  (1 - (tick - bottom) / (top - bottom)) * height;

function CursorLimitNames({ lane, chart, store, height }: Pick<LaneRowProps, "lane" | "chart" | "store" | "height">) {
  const at = useCursorAt(store);
  return <LimitNames lane={lane} chart={chart} at={at} height={height} />;
}

/** What the edges among the bars of pressure are, as they stand at an instant. */
export function LimitNames({
  lane: { scale },
  chart,
  at,
  height,
}: {
  readonly lane: Lane;
  readonly chart: SessionChart;
  readonly at: AtMs;
  readonly height: number;
}) {
  if (scale === null) return null;
  return limitsAmongBars(chart, at).map(({ vital, name, limit }) =>
    limit <= scale.bottom || limit >= scale.top ? null : (
      <span key={name} className="limit-name" data-vital={vital} style={{ top: yOf(limit, scale, height) }}>
        {name}
      </span>
    ),
  );
}

/** A line for each round figure of the scale; they stay where they are while time moves. */
export function ScaleLines({ lane: { scale }, height }: { readonly lane: Lane; readonly height: number }) {
  if (scale === null) return null;
  return scale.ticks.map((tick) => <div key={tick} className="scale-line" style={{ top: yOf(tick, scale, height) }} />);
}

/** The figures themselves, beside the plot, so that they never stand on a value. */
export function ScaleFigures({ lane: { scale }, height }: { readonly lane: Lane; readonly height: number }) {
  if (scale === null) return null;
  // In a low lane not every figure has room; the lowest stays.
  const least = ((scale.top - scale.bottom) / height) * FIGURE_PX;
  const told: number[] = [];
  for (const tick of scale.ticks) if (tick - (told.at(-1) ?? Number.NEGATIVE_INFINITY) >= least) told.push(tick);
  return told.map((tick) => (
    <span
      key={tick}
      className="scale-figure"
      style={{ top: Math.min(Math.max(yOf(tick, scale, height), EDGE_PX), height - EDGE_PX) }}
    >
      {tick}
    </span>
  ));
}
