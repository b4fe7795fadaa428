/** Alarms as bars, observations and what was given as marks, each in its row. */
import type { AlarmEpisode, SessionChart } from "@vigil/shared/chart";
import type { AtMs } from "@vigil/shared/ids";
import { useXAxisScale } from "recharts";
import { PRIORITY_SYMBOL } from "../ui/priority.ts";
import type { TimeWindow } from "./view.ts";

interface EventMarksProps {
  readonly chart: SessionChart;
  readonly window: TimeWindow;
  readonly height: number;
}

/** Alarms take what room there is; the last two rows are of people. */
export const PEOPLE_ROW_PX = 18;
const ALARM_ROW_PX = 9;

export function EventMarks({ chart, window, height }: EventMarksProps) {
  const x = useXAxisScale();
  if (x === undefined) return null;
  const rows = Math.max(1, Math.floor((height - 2 * PEOPLE_ROW_PX - 6) / ALARM_ROW_PX));
  const observedY = height - 1.5 * PEOPLE_ROW_PX;
  const givenY = height - 0.5 * PEOPLE_ROW_PX;
  const shows = (at: AtMs) => at >= window.from && at <= window.to;
  return (
    <g>
      {alarmRows(chart.alarms, rows, chart.at).map(({ alarm, row }) => {
        const { id, priority, raisedAt, clearedAt } = alarm;
        if ((clearedAt ?? chart.at) < window.from || raisedAt > window.to) return null;
        const left = Math.max(0, x(Math.max(raisedAt, window.from)) ?? 0);
        const right = x(Math.min(clearedAt ?? chart.at, window.to)) ?? 0;
        const y = 4 + row * ALARM_ROW_PX;
        return (
          <g key={`${id} ${raisedAt}`} data-priority={priority}>
            <rect
              className="alarm-bar"
              x={left}
              y={y}
              width={Math.max(4, right - left)}
              height={ALARM_ROW_PX - 3}
              rx={1}
            />
            <text className="alarm-sign" x={left - 2} y={y + ALARM_ROW_PX - 3} textAnchor="end">
              {PRIORITY_SYMBOL[priority]}
            </text>
          </g>
        );
      })}
      {chart.observations
        .filter(({ at }) => shows(at))
        .map(({ at }) => (
          <circle key={at} className="mark mark-observation" cx={x(at) ?? 0} cy={observedY} r={4.5} />
        ))}
      {chart.medication
        .filter(({ at }) => shows(at))
        .map(({ at, what }) => (
          <path
            key={`${at} ${what}`}
            className="mark mark-medication"
            d={`M${x(at) ?? 0},${givenY} m-5,4 l5,-9 l5,9 z`}
          />
        ))}
      {pumpActs(chart)
        .filter(({ at }) => shows(at))
        .map(({ at, what }) => (
          <path
            key={`${at} ${what}`}
            className="mark mark-pump"
            d={
              what === "start"
                ? `M${x(at) ?? 0},${givenY} m-3,-5 l7,5 l-7,5 z`
                : what === "pause"
                  ? `M${x(at) ?? 0},${givenY} m-4,-5 h3 v10 h-3 z m5,0 h3 v10 h-3 z`
                  : `M${x(at) ?? 0},${givenY} m-4.5,-4.5 h9 v9 h-9 z`
            }
          />
        ))}
    </g>
  );
}

/** Each alarm in the highest row that is free when it is raised; the last takes what has no room. */
function alarmRows(alarms: readonly AlarmEpisode[], rows: number, until: AtMs) {
  const freeAt: AtMs[] = Array.from({ length: rows }, () => Number.NEGATIVE_INFINITY);
  return alarms.map((alarm) => {
    const found = freeAt.findIndex((free) => free <= alarm.raisedAt);
    const row = found === -1 ? rows - 1 : found;
    freeAt[row] = Math.max(freeAt[row] ?? 0, alarm.clearedAt ?? until);
    return { alarm, row };
  });
}

type Pump = "start" | "pause" | "stop";
const PUMP_ACTS: Readonly<Record<string, Pump>> = {
  "start-infusion": "start",
  "pause-infusion": "pause",
  "resume-infusion": "start",
  "end-infusion": "stop",
};

const pumpActs = ({ acts }: SessionChart): { readonly at: AtMs; readonly what: Pump }[] =>
  acts.flatMap(({ at, command }) => {
    const what = PUMP_ACTS[command.type];
    return what === undefined ? [] : [{ at, what }];
  });
