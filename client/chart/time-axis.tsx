/** What all lanes share: the phases above, the times of day below, the cursor across. */
import type { SessionChart } from "@vigil/shared/chart";
import { useLayoutEffect, useRef, useSyncExternalStore } from "react";
import { minutesText } from "../ui/clock-text.ts";
import { PHASE_TEXT } from "../ui/phase-text.ts";
import type { ZoneText } from "../ui/zone-text.ts";
import { spanOf, timeTicks } from "./view.ts";
import type { ViewStore } from "./view-store.ts";

interface AxisProps {
  readonly store: ViewStore;
  readonly width: number;
}

const useView = (store: ViewStore) => useSyncExternalStore(store.subscribe, () => store.view);

const TICK_PX = 76;

export function TimeAxis({ store, width, zone }: AxisProps & { readonly zone: ZoneText }) {
  const view = useView(store);
  const ticks = timeTicks(view, Math.max(2, Math.floor(width / TICK_PX)), zone.offsetMs(view.from));
  return (
    <div className="time-axis" aria-hidden="true">
      {ticks.map((at) => {
        const x = ((at - view.from) / spanOf(view)) * width;
        return x < 18 || x > width - 18 ? null : (
          <span key={at} style={{ transform: `translateX(${x}px)` }}>
            <i>{zone.time(at)}</i>
          </span>
        );
      })}
    </div>
  );
}

/** The name of a phase needs so much room. */
const NAME_PX = 78;

export function PhaseStrip({ chart, store, width }: AxisProps & { readonly chart: SessionChart }) {
  const view = useView(store);
  return (
    <div className="phase-strip" aria-hidden="true">
      {chart.phases.map(({ phase, from, to }) => {
        const left = Math.max(0, ((from - view.from) / spanOf(view)) * width);
        const right = Math.min(width, (((to ?? chart.at) - view.from) / spanOf(view)) * width);
        if (right <= left) return null;
        const lasted = minutesText((to ?? chart.at) - from);
        return (
          <span key={from} className={`phase-name phase-${phase}`} style={{ left, width: right - left }}>
            {right - left < NAME_PX ? "" : PHASE_TEXT[phase]}
            {right - left < 2 * NAME_PX ? null : <small>{lasted}</small>}
          </span>
        );
      })}
    </div>
  );
}

/** Moves at once and without a render, however often the cursor does. */
export function CursorLine({ store, width, left }: AxisProps & { readonly left: number }) {
  const line = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const place = () => {
      const { cursor, cursorAt: at, view } = store;
      if (line.current === null) return;
      line.current.hidden = cursor === null || at < view.from || at > view.to;
      line.current.style.transform = `translateX(${left + ((at - view.from) / spanOf(view)) * width}px)`;
    };
    place();
    return store.subscribe(place);
  }, [store, width, left]);
  return <div className="cursor-line" ref={line} aria-hidden="true" />;
}
