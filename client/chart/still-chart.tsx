/** The chart for paper: all lanes as they are, nothing to touch. */
import type { SessionChart } from "@vigil/shared/chart";
import { PHASE_TEXT } from "../ui/phase-text.ts";
import type { ZoneText } from "../ui/zone-text.ts";
import { PUMP_SHAPE, type PumpMark } from "./event-marks.tsx";
import { LaneDrawing } from "./lane-drawing.tsx";
import { LimitNames, ScaleFigures, ScaleLines } from "./lane-row.tsx";
import { type LaneId, lanesOf } from "./lanes.ts";
import { timeTicks } from "./view.ts";

const LABEL_PX = 74;
const PX_PER_PART = 13;
const LEAST_PX: { readonly [L in LaneId]?: number } = { events: 58 };
const TICK_PX = 62;
const NAME_PX = 58;

export function StillChart({
  chart,
  zone,
  width,
}: {
  readonly chart: SessionChart;
  readonly zone: ZoneText;
  readonly width: number;
}) {
  const window = { from: chart.openedAt, to: Math.max(chart.endedAt ?? chart.at, chart.openedAt + 60_000) };
  const plot = width - LABEL_PX;
  const x = (at: number) => ((at - window.from) / (window.to - window.from)) * plot;
  return (
    <figure className="still-chart" aria-label="Chart of the session" style={{ width }}>
      <div className="still-phases" style={{ marginLeft: LABEL_PX }}>
        {chart.phases.map(({ phase, from, to }) => {
          const wide = x(to ?? window.to) - x(from);
          return (
            <span key={from} className={`phase-${phase}`} style={{ left: x(from), width: wide }}>
              {wide < NAME_PX ? "" : PHASE_TEXT[phase]}
            </span>
          );
        })}
      </div>
      {lanesOf(chart).map((lane) => {
        const height = Math.max(LEAST_PX[lane.id] ?? 0, lane.parts * PX_PER_PART);
        return (
          <div className="still-lane" key={lane.id}>
            <span className="still-label" style={{ width: LABEL_PX }}>
              {lane.label}
              <small>{lane.id === "drug" && lane.scale !== null ? "model, not for dosing" : lane.unit}</small>
              <ScaleFigures lane={lane} height={height} />
            </span>
            <div className="plot" style={{ width: plot, height }}>
              <ScaleLines lane={lane} height={height} />
              {lane.id === "bp" && <LimitNames lane={lane} chart={chart} at={window.to} height={height} />}
              <LaneDrawing
                lane={lane}
                chart={chart}
                vitals={chart.vitals}
                window={window}
                width={plot}
                height={height}
              />
            </div>
          </div>
        );
      })}
      <div className="time-axis" style={{ marginLeft: LABEL_PX }}>
        {timeTicks(window, Math.floor(plot / TICK_PX), zone.offsetMs(window.from)).map((at) =>
          x(at) < 14 || x(at) > plot - 14 ? null : (
            <span key={at} style={{ transform: `translateX(${x(at)}px)` }}>
              <i>{zone.time(at)}</i>
            </span>
          ),
        )}
      </div>
      <figcaption>
        Bars: pressure from systolic to diastolic with its mean (broken: estimated). Shaded: beyond the limits. Below:{" "}
        <Mark of="observation" /> observation, <Mark of="start" /> infusion running, <Mark of="pause" /> paused,{" "}
        <Mark of="stop" /> ended, <Mark of="change" /> rate or plan changed, <Mark of="medication" /> medication.
        Hollow: by hand. The concentration is modelled for an average patient (Domino), not measured, and not for
        dosing.
      </figcaption>
    </figure>
  );
}

/** A mark as it stands in the chart; drawn, because not every typeface has it. */
function Mark({ of }: { readonly of: "observation" | "medication" | PumpMark }) {
  return (
    <svg className="mark-sample" viewBox="-6 -6 12 12" aria-hidden="true">
      {of === "observation" && <circle className="mark-observation" r={4.5} />}
      {of === "medication" && <path className="mark-medication" d="M-5,4 l5,-9 l5,9 z" />}
      {of !== "observation" && of !== "medication" && <path className="mark-pump" d={PUMP_SHAPE[of]} />}
    </svg>
  );
}
