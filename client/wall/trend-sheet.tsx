import { type BoardRow, TREND_BUCKET_MS, TREND_SPAN_MS } from "@vigil/shared/board";
import { memo, useEffectEvent, useLayoutEffect, useRef } from "react";
import type { LiveBay } from "../live/index.ts";
import { useValue } from "../ui/use-value.ts";
import type { WallLayout } from "./layout.ts";
import { useLive } from "./live-context.ts";
import { cuffLimitPath, cuffPath, type TrendBox, vitalPaths } from "./trend-paths.ts";
import { showsValues } from "./vital-view.ts";
import "./trend.css";

/** So often that the picture moves by about two pixels, and not oftener than its buckets fill. */
export const redrawPeriodS = (pixels: number): number =>
  Math.ceil(Math.max(TREND_BUCKET_MS, (2 * TREND_SPAN_MS) / pixels) / 1000);

/** Space between a trend and the sides of its tile, and below it, in units of the tile. */
const SIDE_UNITS = 5;
const BELOW_UNITS = 2.5;

interface TrendSheetProps {
  readonly bays: readonly LiveBay[];
  readonly layout: WallLayout;
}

/**
 * The trends of all tiles on one sheet above them. Of a canvas or an <svg> in each tile the browser makes 64 pieces and puts
 * them together anew with every number that changes; that costs as much as all the numbers do.
 */
export function TrendSheet({ bays, layout }: TrendSheetProps) {
  return (
    <svg className="trends" role="presentation">
      {bays.map((bay, index) => (
        <Trend key={bay.id} bay={bay} index={index} layout={layout} />
      ))}
    </svg>
  );
}

interface TrendProps {
  readonly bay: LiveBay;
  readonly index: number;
  readonly layout: WallLayout;
}

const Trend = memo(function Trend({ bay, index, layout }: TrendProps) {
  const facts = useValue(bay.facts);
  return showsValues(facts) ? <TrendLines bay={bay} index={index} facts={facts} layout={layout} /> : null;
});

function TrendLines({ bay, index, facts, layout }: TrendProps & { readonly facts: BoardRow }) {
  const group = useRef<SVGGElement>(null);
  const drawn = useRef(new Map<string, string>());
  const live = useLive();
  const box = boxOf(index, layout);
  const periodS = redrawPeriodS(box.width);

  const draw = useEffectEvent(() => {
    const { now } = live.shown.value;
    // Limits stand still mostly, and a path that is set anew is drawn anew.
    const set = (name: string, d: string) => {
      if (drawn.current.get(name) === d) return;
      drawn.current.set(name, d);
      group.current?.querySelector(`[data-path=${name}]`)?.setAttribute("d", d);
    };
    for (const vital of ["hr", "spo2"] as const) {
      const { line, beyond, limits } = vitalPaths(bay.trend, vital, bay.row.value.vitals[vital], now, box);
      set(`${vital}-limits`, limits);
      set(`${vital}-line`, line);
      set(`${vital}-beyond`, beyond);
    }
    set("cuff", cuffPath(bay.trend, now, box));
    set("cuff-limits", cuffLimitPath(bay.trend, bay.row.value.vitals, now, box));
  });
  // New facts, a filled gap, another size: at once.
  // biome-ignore lint/correctness/useExhaustiveDependencies: facts and layout are the reason to draw, not its input
  useLayoutEffect(() => draw(), [facts, layout]);
  useLayoutEffect(() => {
    // Some bays with each second, so that none has all of them, and these in one picture: what a picture with a changed
    // trend costs is the sheet, not the trend.
    const subscription = live.shown.subscribe(({ now }) => {
      if ((Math.floor(now / 1000) + index) % periodS === 0) draw();
    });
    return () => subscription.unsubscribe();
  }, [live, index, periodS]);
  const { left, top, width, height } = box;
  const thirds = [1, 2].map((n) => `M${left + Math.round((n * width) / 3) + 0.5} ${top}v${height}`).join("");
  return (
    <g ref={group} data-monitor={facts.monitor}>
      <path className="trend-grid" d={thirds} />
      <path className="trend-cuff" data-path="cuff" />
      <path className="trend-beyond" data-path="cuff-limits" />
      {(["hr", "spo2"] as const).map((vital) => (
        <g key={vital} data-vital={vital}>
          <path className="trend-limits" data-path={`${vital}-limits`} />
          <path className="trend-line" data-path={`${vital}-line`} />
          <path className="trend-beyond" data-path={`${vital}-beyond`} />
        </g>
      ))}
    </g>
  );
}

/** Where a bay's trend stands, from the corner of the first tile. */
function boxOf(index: number, { columns, tile, gap, unit, trend }: WallLayout): TrendBox {
  const column = index % columns;
  const row = Math.floor(index / columns);
  return {
    left: Math.round(column * (tile.width + gap) + SIDE_UNITS * unit),
    top: Math.round(row * (tile.height + gap) + tile.height - trend - BELOW_UNITS * unit),
    width: Math.round(tile.width - 2 * SIDE_UNITS * unit),
    height: trend,
  };
}
