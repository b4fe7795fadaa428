import { type BoardRow, TREND_BUCKET_MS, TREND_SPAN_MS } from "@vigil/shared/board";
import { memo, useEffectEvent, useLayoutEffect, useRef } from "react";
import type { LiveBay } from "../live/index.ts";
import type { WallLayout } from "./layout.ts";
import { useLive } from "./live-context.ts";
import { cuffPath, vitalPaths } from "./trend-paths.ts";
import "./trend.css";

/** So often that the picture moves by about a pixel, and not oftener than its buckets fill. */
export const redrawPeriodS = (pixels: number): number =>
  Math.ceil(Math.max(TREND_BUCKET_MS, TREND_SPAN_MS / pixels) / 1000);

interface TrendGraphProps {
  readonly bay: LiveBay;
  /** Bays draw in turn, so that no second has all of them. */
  readonly index: number;
  readonly facts: BoardRow;
  readonly layout: WallLayout;
}

/**
 * The last 15 minutes, as paths and not as a canvas: 64 canvases are 64 layers that the browser puts together anew with every
 * number that changes, which costs as much as all the numbers (measured: 2.4 % of a core; as paths 0.3 %).
 */
export const TrendGraph = memo(function TrendGraph({ bay, index, facts, layout }: TrendGraphProps) {
  const svg = useRef<SVGSVGElement>(null);
  const { shown } = useLive();
  const width = Math.round(layout.tile.width - 10 * layout.unit);
  const height = layout.trend;
  const periodS = redrawPeriodS(width);

  const draw = useEffectEvent(() => {
    const { now } = shown.value;
    const box = { width, height };
    const paths = svg.current === null ? [] : [...svg.current.querySelectorAll("path")];
    const set = (name: string, d: string) => paths.find((path) => path.dataset.path === name)?.setAttribute("d", d);
    for (const vital of ["hr", "spo2"] as const) {
      const { line, beyond, limits } = vitalPaths(bay.trend, vital, bay.row.value.vitals[vital], now, box);
      set(`${vital}-limits`, limits);
      set(`${vital}-line`, line);
      set(`${vital}-beyond`, beyond);
    }
    set("cuff", cuffPath(bay.trend, now, box));
  });
  // New facts, a filled gap, another size: at once.
  // biome-ignore lint/correctness/useExhaustiveDependencies: facts and size are the reason to draw, not its input
  useLayoutEffect(() => draw(), [facts, width, height]);
  useLayoutEffect(() => {
    const subscription = shown.subscribe(({ now }) => {
      if ((Math.floor(now / 1000) + index) % periodS === 0) draw();
    });
    return () => subscription.unsubscribe();
  }, [shown, index, periodS]);
  const third = Math.round(width / 3);
  return (
    <svg className="trend" ref={svg} viewBox={`0 0 ${width} ${height}`} role="presentation">
      <path className="trend-grid" d={`M${third + 0.5} 0V${height}M${2 * third + 0.5} 0V${height}`} />
      <path className="trend-cuff" data-path="cuff" />
      {(["hr", "spo2"] as const).map((vital) => (
        <g key={vital} data-vital={vital}>
          <path className="trend-limits" data-path={`${vital}-limits`} />
          <path className="trend-line" data-path={`${vital}-line`} />
          <path className="trend-beyond" data-path={`${vital}-beyond`} />
        </g>
      ))}
    </svg>
  );
});
