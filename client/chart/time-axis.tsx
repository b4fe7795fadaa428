/** What all lanes share: the phases above, the times of day below, the cursor across. */
import type { SessionChart } from "@vigil/shared/chart";
import { useSyncExternalStore } from "react";
import { minutesText } from "../ui/clock-text.ts";
import { PHASE_TEXT } from "../ui/phase-text.ts";
import type { ZoneText } from "../ui/zone-text.ts";
import { useCursorAt } from "./read-out.tsx";
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

export function CursorLine({
  store,
  width,
  left,
  zone,
}: AxisProps & { readonly left: number; readonly zone: ZoneText }) {
  const at = useCursorAt(store);
  const view = useView(store);
  if (store.cursor === null || at < view.from || at > view.to) return null;
  const x = left + ((at - view.from) / spanOf(view)) * width;
  return (
    <div
      className="cursor-line"
      style={{ transform: `translateX(${x}px)` }}
      aria-hidden="true"
      title={zone.second(at)}
    />
  );
}
