import { TREND_BUCKET_MS, TREND_SPAN_MS } from "@vigil/shared/board";
import { memo, useLayoutEffect, useMemo, useRef } from "react";
import { audit, map, merge, skip, tap } from "rxjs";
import type { LiveBay } from "../live/index.ts";
import type { WallLayout } from "./layout.ts";
import { useLive } from "./live-context.ts";
import { NO_TREND, TREND_LINES, type TrendBox, type TrendLine, type TrendLines, trendLines } from "./trend-paths.ts";
import "./trend.css";

/** So often that the picture moves by about two pixels, and not oftener than its buckets fill. */
export const redrawPeriodS = (pixels: number): number =>
  Math.ceil(Math.max(TREND_BUCKET_MS, (2 * TREND_SPAN_MS) / pixels) / 1000);

/** Space between a trend and the sides of its tile, and below it, in units of the tile. */
const SIDE_UNITS = 5;
const BELOW_UNITS = 2.5;

/** How each line is drawn. */
const STYLE: { readonly [L in TrendLine]: { readonly className: string; readonly vital?: "hr" | "spo2" } } = {
  grid: { className: "trend-grid" },
  cuff: { className: "trend-cuff" },
  "cuff-limits": { className: "trend-beyond" },
  "hr-limits": { className: "trend-limits", vital: "hr" },
  "hr-line": { className: "trend-line", vital: "hr" },
  "hr-beyond": { className: "trend-beyond" },
  "spo2-limits": { className: "trend-limits", vital: "spo2" },
  "spo2-line": { className: "trend-line", vital: "spo2" },
  "spo2-beyond": { className: "trend-beyond" },
};
/** Of a row of tiles, those whose monitors talk and those whose monitors are silent, which are dim. */
const PATHS = (["talking", "silent"] as const).flatMap((monitor) => TREND_LINES.map((line) => ({ monitor, line })));

interface TrendSheetProps {
  readonly bays: readonly LiveBay[];
  readonly layout: WallLayout;
}

/**
 * The trends of all tiles on one sheet above them. Of a canvas or an <svg> in each tile the browser makes 64 pieces and puts
 * them together anew with every number that changes; that costs as much as all the numbers do.
 */
export function TrendSheet({ bays, layout }: TrendSheetProps) {
  const { columns } = layout;
  const rows = useMemo(
    () =>
      Array.from({ length: Math.ceil(bays.length / columns) }, (_, row) =>
        bays.slice(row * columns, (row + 1) * columns),
      ),
    [bays, columns],
  );
  return (
    <svg className="trends" role="presentation">
      {rows.map((some, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place, whichever bays stand in it
        <TrendRow key={row} bays={some} row={row} layout={layout} />
      ))}
    </svg>
  );
}

interface TrendRowProps {
  readonly bays: readonly LiveBay[];
  /** From 0, the topmost. */
  readonly row: number;
  readonly layout: WallLayout;
}

interface Trend {
  readonly bay: LiveBay;
  readonly box: TrendBox;
  /** As they were drawn last. */
  lines: TrendLines;
}

/**
 * The trends of a row of tiles: each kind of line is one path for all of them. The browser goes through the list of all that is
 * drawn with every number that changes, and half a thousand lines of trends were in it.
 */
const TrendRow = memo(function TrendRow({ bays, row, layout }: TrendRowProps) {
  const group = useRef<SVGGElement>(null);
  const live = useLive();
  useLayoutEffect(() => {
    const trends: Trend[] = bays.map((bay, column) => ({
      bay,
      box: boxOf(row, column, layout),
      lines: NO_TREND,
    }));
    const paths = [...(group.current?.children ?? [])];
    const drawn = paths.map((path) => path.getAttribute("d"));
    const draw = (some: Iterable<Trend>) => {
      for (const one of some) one.lines = trendLines(one.bay.trend, one.bay.row.value, live.shown.value.now, one.box);
      for (const [index, { monitor, line }] of PATHS.entries()) {
        const d = trends
          .filter(({ bay }) => (bay.facts.value.monitor === "silent") === (monitor === "silent"))
          .map(({ lines }) => lines[line])
          .join("");
        // Limits stand still mostly, and a path that is set anew is drawn anew.
        if (d === drawn[index]) continue;
        drawn[index] = d;
        paths[index]?.setAttribute("d", d);
      }
    };
    draw(trends);
    const periodS = redrawPeriodS(boxOf(row, 0, layout).width);
    // A row with each second, so that none has all of them, and the whole of it in one picture: what a picture with a changed
    // trend costs is the sheet, not the trend.
    const told = live.shown.pipe(skip(1)).subscribe(({ now }) => {
      if ((Math.floor(now / 1000) + row) % periodS === 0) draw(trends);
    });
    // New facts: before the picture that shows them, once for all that a frame brings.
    const changed = new Set<Trend>();
    const facts = trends.map((one) =>
      one.bay.facts.pipe(
        skip(1),
        map(() => one),
      ),
    );
    told.add(
      merge(...facts)
        .pipe(
          tap((one) => changed.add(one)),
          audit(() => Promise.resolve()),
        )
        .subscribe(() => {
          draw(changed);
          changed.clear();
        }),
    );
    return () => told.unsubscribe();
  }, [live, bays, row, layout]);
  return (
    <g ref={group}>
      {PATHS.map(({ monitor, line }) => (
        <path
          key={`${monitor} ${line}`}
          className={STYLE[line].className}
          data-vital={STYLE[line].vital}
          data-monitor={monitor}
        />
      ))}
    </g>
  );
});

/** Where a bay's trend stands, from the corner of the first tile. */
function boxOf(row: number, column: number, { tile, gap, unit, trend }: WallLayout): TrendBox {
  return {
    left: Math.round(column * (tile.width + gap) + SIDE_UNITS * unit),
    top: Math.round(row * (tile.height + gap) + tile.height - trend - BELOW_UNITS * unit),
    width: Math.round(tile.width - 2 * SIDE_UNITS * unit),
    height: trend,
  };
}
