/** The whole recording of one bay at a glance: values with their limits, alarms as recorded and as they would be. */
import type { Series } from "@vigil/shared/chart";
import type { AtMs } from "@vigil/shared/ids";
import type { Episode, LimitSpan } from "@vigil/shared/replay";
import { useEffect, useRef, useState } from "react";
import { useValue } from "../ui/use-value.ts";
import type { ZoneText } from "../ui/zone-text.ts";
import type { Lanes, Opened } from "./asking.ts";
import type { ReplayPlayer } from "./player.ts";

interface LaneChartProps {
  readonly player: ReplayPlayer;
  readonly opened: Opened;
  readonly zone: ZoneText;
}

const LANES = [
  { id: "hr", label: "HR", unit: "/min", height: 70, least: 50, most: 110 },
  { id: "spo2", label: "SpO₂", unit: "%", height: 70, least: 88, most: 100 },
  { id: "rr", label: "RR", unit: "/min", height: 50, least: 8, most: 24 },
  { id: "bp", label: "BP", unit: "mmHg", height: 70, least: 60, most: 160 },
] as const;
type Lane = (typeof LANES)[number];
const LABEL_PX = 76;
const ALARMS_PX = 14;
const TICKS = 8;

export function LaneChart({ player, opened, zone }: LaneChartProps) {
  const bay = useValue(player.bay);
  const which = useValue(player.which);
  const whatIf = useValue(player.whatIf);
  const [lanes, setLanes] = useState<Lanes | null>(null);
  const box = useRef<HTMLElement>(null);
  const width = useWidth(box);
  usePressToSeek(box, player, opened);
  const plot = Math.max(0, width - LABEL_PX);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other limits, other alarms
  useEffect(() => {
    if (bay === null || plot === 0) return;
    let wanted = true;
    player.lanes(bay, Math.max(10, Math.floor(plot / 2))).then(
      (found) => wanted && setLanes(found),
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [player, bay, which, whatIf, plot]);

  const { from, to } = opened;
  const x = (at: AtMs) => ((at - from) / Math.max(1, to - from)) * plot;
  const shown = LANES.filter(({ id }) => lanes !== null && (id === "bp" ? lanes.sbp : lanes[id]).at.length > 0);
  return (
    <section className="replay-chart" aria-label={`Values of bay ${bay ?? ""} and their limits`} ref={box}>
      {lanes === null
        ? null
        : shown.map((lane) => <LaneRow key={lane.id} lane={lane} lanes={lanes} x={x} plot={plot} />)}
      {lanes === null ? null : (
        <>
          <AlarmRow label="Alarms" episodes={lanes.recorded} x={x} plot={plot} to={to} />
          {lanes.whatIf === null ? null : (
            <AlarmRow label="What if" episodes={lanes.whatIf} x={x} plot={plot} to={to} />
          )}
        </>
      )}
      <div className="replay-axis" style={{ marginLeft: LABEL_PX }} aria-hidden="true">
        {plot > 0 &&
          Array.from({ length: TICKS + 1 }, (_, i) => from + ((to - from) * i) / TICKS).map((at) => (
            <span key={at} style={{ left: x(at) }}>
              {zone.time(at)}
            </span>
          ))}
      </div>
      <Cursor player={player} x={x} />
    </section>
  );
}

function Cursor({ player, x }: { readonly player: ReplayPlayer; readonly x: (at: AtMs) => number }) {
  const view = useValue(player.view);
  if (view === null) return null;
  return <i className="replay-cursor" style={{ left: LABEL_PX + x(view.position.at) }} />;
}

interface RowProps {
  readonly x: (at: AtMs) => number;
  readonly plot: number;
}

function LaneRow({ lane, lanes, x, plot }: RowProps & { readonly lane: Lane; readonly lanes: Lanes }) {
  const { id, label, unit, height } = lane;
  const values = (id === "bp" ? [lanes.sbp, lanes.dbp] : [lanes[id]]).flatMap(({ value }) =>
    value.filter((each) => each !== null),
  );
  const least = Math.min(lane.least, ...values);
  const most = Math.max(lane.most, ...values);
  const y = (value: number) => height - 3 - ((value - least) / (most - least)) * (height - 6);
  const limits = lanes.limits.filter(
    ({ vital, limit }) =>
      (id === "bp" ? vital === "sbp" || vital === "dbp" : vital === id) && limit >= least && limit <= most,
  );
  return (
    <div className="replay-lane">
      <span style={{ width: LABEL_PX }}>
        {label} <small>{unit}</small>
        <i>{Math.round(most)}</i>
        <i>{Math.round(least)}</i>
      </span>
      <svg width={plot} height={height} role="presentation" data-lane={id}>
        {limits.map((span) => (
          <LimitLine
            key={`${span.vital} ${span.direction} ${span.tier} ${span.limit} ${span.from}`}
            span={span}
            x={x}
            y={y}
            end={plot}
          />
        ))}
        {id === "bp" ? (
          <CuffMarks lanes={lanes} x={x} y={y} />
        ) : (
          <path className="replay-values" d={linePath(lanes[id], x, y)} />
        )}
      </svg>
    </div>
  );
}

function LimitLine({
  span,
  x,
  y,
  end,
}: {
  readonly span: LimitSpan;
  readonly x: (at: AtMs) => number;
  readonly y: (value: number) => number;
  readonly end: number;
}) {
  const right = span.to === null ? end : x(span.to);
  return <path className="replay-limit" data-tier={span.tier} d={`M${x(span.from)},${y(span.limit)}H${right}`} />;
}

function CuffMarks({
  lanes: { sbp, dbp },
  x,
  y,
}: {
  readonly lanes: Lanes;
  readonly x: (at: AtMs) => number;
  readonly y: (value: number) => number;
}) {
  const diastolic = new Map(dbp.at.map((at, i) => [at, dbp.value[i] ?? null]));
  const marks = sbp.at.flatMap((at, i) => {
    const top = sbp.value[i] ?? null;
    const bottom = diastolic.get(at) ?? null;
    return top === null || bottom === null ? [] : [`M${x(at)},${y(top)}V${y(bottom)}`];
  });
  return <path className="replay-values replay-cuffs" d={marks.join("")} />;
}

function linePath({ at, value }: Series, x: (at: AtMs) => number, y: (value: number) => number): string {
  let path = "";
  let isOpen = false;
  at.forEach((when, i) => {
    const here = value[i] ?? null;
    if (here !== null) path += `${isOpen ? "L" : "M"}${x(when).toFixed(1)},${y(here).toFixed(1)}`;
    isOpen = here !== null;
  });
  return path;
}

function AlarmRow({
  label,
  episodes,
  x,
  plot,
  to,
}: RowProps & { readonly label: string; readonly episodes: readonly Episode[]; readonly to: AtMs }) {
  return (
    <div className="replay-lane">
      <span style={{ width: LABEL_PX }}>{label}</span>
      <svg width={plot} height={ALARMS_PX} role="presentation" data-lane={label}>
        {episodes
          .filter(({ kind }) => kind !== "procedural")
          .map(({ alarm, raisedAt, clearedAt, priority }) => (
            <rect
              key={`${alarm} ${raisedAt}`}
              data-priority={priority}
              x={x(raisedAt)}
              y={PRIORITY_Y[priority]}
              width={Math.max(2, x(clearedAt ?? to) - x(raisedAt))}
              height={PRIORITY_HEIGHT[priority]}
            />
          ))}
      </svg>
    </div>
  );
}

/** The graver the higher: told apart without colour. */
const PRIORITY_HEIGHT = { high: 12, medium: 8, low: 4 } as const;
const PRIORITY_Y = { high: 1, medium: 5, low: 9 } as const;

/** A press on a lane goes there; the slider does the same by keyboard. */
function usePressToSeek(box: React.RefObject<HTMLElement | null>, player: ReplayPlayer, { from, to }: Opened): void {
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const press = ({ target, clientX }: PointerEvent) => {
      const lane = target instanceof Element ? target.closest("svg") : null;
      if (lane === null) return;
      const { left, width } = lane.getBoundingClientRect();
      player.pause();
      player.go({ kind: "at", at: Math.round(from + ((clientX - left) / Math.max(1, width)) * (to - from)) });
    };
    element.addEventListener("pointerdown", press);
    return () => element.removeEventListener("pointerdown", press);
  }, [box, player, from, to]);
}

function useWidth(box: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setWidth(Math.floor(element.clientWidth)));
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return width;
}
