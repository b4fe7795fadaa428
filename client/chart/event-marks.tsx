/** Alarms as bars, observations and what was given as marks, each in its row. */
import type { AlarmEpisode, SessionChart } from "@vigil/shared/chart";
import type { AtMs } from "@vigil/shared/ids";
import { PRIORITY_SYMBOL } from "../ui/priority.ts";
import { keyed } from "./keyed.ts";
import type { PlotScale } from "./plot-scale.ts";
import type { TimeWindow } from "./view.ts";
import { actText } from "./words.ts";

interface EventMarksProps {
  readonly chart: SessionChart;
  readonly window: TimeWindow;
  readonly scale: PlotScale;
  readonly height: number;
}

/** Alarms take what room there is; the last two rows are of people. */
const PEOPLE_ROW_PX = 18;
const ALARM_ROW_PX = 9;
/** The sign of a priority needs so much room before its bar; where another bar stands there, that has the sign. */
const SIGN_PX = 14;

export function EventMarks({ chart, window, scale: { x }, height }: EventMarksProps) {
  const rows = Math.max(1, Math.floor((height - 2 * PEOPLE_ROW_PX - 6) / ALARM_ROW_PX));
  const observedY = height - 1.5 * PEOPLE_ROW_PX;
  const givenY = height - 0.5 * PEOPLE_ROW_PX;
  const shown = <Mark extends { readonly at: AtMs }>(marks: readonly Mark[]) =>
    marks.filter(({ at }) => at >= window.from && at <= window.to);
  const clamped = (at: AtMs) => Math.min(Math.max(at, window.from), window.to);
  return (
    <g>
      {inRows(chart.alarms, rows, chart.at).map(({ alarm, row, before }) => {
        const { id, priority, raisedAt } = alarm;
        const clearedAt = alarm.clearedAt ?? chart.at;
        if (clearedAt < window.from || raisedAt > window.to) return null;
        const left = x(clamped(raisedAt));
        const y = 4 + row * ALARM_ROW_PX;
        const hasRoom = before === null || left - x(clamped(before)) >= SIGN_PX;
        return (
          <g key={`${id} ${raisedAt}`} data-priority={priority}>
            <rect
              className="alarm-bar"
              x={left}
              y={y}
              width={Math.max(4, x(clamped(clearedAt)) - left)}
              height={ALARM_ROW_PX - 3}
              rx={1}
            />
            {hasRoom ? (
              <text className="alarm-sign" x={left - 2} y={y + ALARM_ROW_PX - 3} textAnchor="end">
                {PRIORITY_SYMBOL[priority]}
              </text>
            ) : null}
          </g>
        );
      })}
      {keyed(shown(chart.observations), ({ at }) => at).map(({ key, one: { at } }) => (
        <circle key={key} className="mark-observation" cx={x(at)} cy={observedY} r={4.5} />
      ))}
      {keyed(shown(chart.medication), ({ at, what }) => `${at} ${what}`).map(({ key, one: { at } }) => (
        <path key={key} className="mark-medication" d={`M${x(at)},${givenY} m-5,4 l5,-9 l5,9 z`} />
      ))}
      {keyed(shown(pumpActs(chart)), ({ at, what }) => `${at} ${what}`).map(({ key, one: { at, what } }) => (
        <path key={key} className="mark-pump" transform={`translate(${x(at)} ${givenY})`} d={PUMP_SHAPE[what]} />
      ))}
    </g>
  );
}

/** Each alarm in the highest row that is free when it is raised; the last row takes what has no room. */
function inRows(alarms: readonly AlarmEpisode[], rows: number, until: AtMs) {
  const freeAt: (AtMs | null)[] = Array.from({ length: rows }, () => null);
  return alarms.map((alarm) => {
    const found = freeAt.findIndex((free) => free === null || free <= alarm.raisedAt);
    const row = found === -1 ? rows - 1 : found;
    const before = freeAt[row] ?? null;
    freeAt[row] = Math.max(before ?? alarm.raisedAt, alarm.clearedAt ?? until);
    return { alarm, row, before };
  });
}

export type PumpMark = "start" | "pause" | "stop" | "change";
/** Around 0, 0. */
export const PUMP_SHAPE: { readonly [M in PumpMark]: string } = {
  start: "M-3,-5 l7,5 l-7,5 z",
  pause: "M-4,-5 h3 v10 h-3 z m5,0 h3 v10 h-3 z",
  stop: "M-4.5,-4.5 h9 v9 h-9 z",
  change: "M0,-5.5 l5.5,5.5 l-5.5,5.5 l-5.5,-5.5 z",
};
const PUMP_ACTS: Readonly<Record<string, PumpMark>> = {
  "start-infusion": "start",
  "pause-infusion": "pause",
  "resume-infusion": "start",
  "change-rate": "change",
  "extend-infusion": "change",
  "end-infusion": "stop",
};

interface PumpAct {
  readonly at: AtMs;
  readonly what: PumpMark;
  readonly text: string;
}

/** What was done to the pump, and stands. */
export const pumpActs = ({ acts }: SessionChart): PumpAct[] =>
  acts.flatMap((act): PumpAct[] => {
    const what = PUMP_ACTS[act.command.type];
    return what === undefined || act.undone !== null ? [] : [{ at: act.at, what, text: actText(act) }];
  });
