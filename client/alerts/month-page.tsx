import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { BENCHMARKS, DEFINITIONS } from "@vigil/shared/measures";
import type { AlertMeasures } from "@vigil/shared/wire";
import { useEffect, useState } from "react";
import { type ClinicTime, ClinicTimed } from "../ui/clinic-time.tsx";
import { zoneText } from "../ui/zone-text.ts";
import { sourceText, spanText } from "./alert-words.ts";
import { askMeasures } from "./alerts-api.ts";
import { AcknowledgeChart, DaysChart, ParetoChart, WeekMap } from "./measures-charts.tsx";
import { figuresOf } from "./measures-figures.ts";
import { Groups } from "./measures-tables.tsx";
import { percent } from "./measures-words.ts";
import { FiguresOnPaper, PaperDesk } from "./paper.tsx";
import { daysOfMonth, lastMonth, monthOfSearch, monthText, nextMonth } from "./report-periods.ts";

/** A month's alarms against the month before, on paper. */
export function MonthPage() {
  return <ClinicTimed>{(time) => <Month time={time} />}</ClinicTimed>;
}

function Month({ time }: { readonly time: ClinicTime }) {
  const month = monthOfSearch(useSearch({ strict: false })) ?? lastMonth(time.now(), time.zone);
  const navigate = useNavigate();
  const [measures, setMeasures] = useState<AlertMeasures | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  useEffect(() => {
    let left = false;
    setMeasures(null);
    setRefused(null);
    askMeasures(new URLSearchParams({ ...daysOfMonth(month) }).toString()).then(
      (found) => left || setMeasures(found),
      (error: Error) => left || setRefused(error.message),
    );
    return () => {
      left = true;
    };
  }, [month]);
  const go = (months: number) =>
    void navigate({ to: "/alerts/month", search: { month: nextMonth(month, months) }, replace: true });
  return (
    <PaperDesk
      bar={
        <>
          <Link to="/alerts/measures" search={{}}>
            Measures
          </Link>
          <button type="button" onClick={() => go(-1)}>
            Month before
          </button>
          <button type="button" onClick={() => go(1)}>
            Month after
          </button>
        </>
      }
      refused={refused}
      isHere={measures !== null}
      of={{ report: "month", month }}
    >
      {measures !== null && <MonthOnPaper month={month} measures={measures} />}
    </PaperDesk>
  );
}

function MonthOnPaper({ month, measures }: { readonly month: string; readonly measures: AlertMeasures }) {
  const { now, before, zone } = measures;
  const times = zoneText(zone, now.from, now.to);
  const figures = figuresOf(now, before);
  return (
    <article className="report report-month">
      <title>{`Alarms of ${monthText(month)}`}</title>
      <header>
        <h1>Alarms of {monthText(month)}</h1>
        <p>
          {now.count.toLocaleString("en-GB")} alarms in {Math.round(now.sessionHours).toLocaleString("en-GB")}{" "}
          session-hours on {now.bayDays.toLocaleString("en-GB")} bay-days · the month before:{" "}
          {before.count.toLocaleString("en-GB")} alarms in {Math.round(before.sessionHours).toLocaleString("en-GB")}{" "}
          session-hours · {zone}
        </p>
      </header>
      {now.count === 0 && now.sessionHours === 0 ? (
        <p>No session and no alarm in this month.</p>
      ) : (
        <>
          <FiguresOnPaper figures={figures} />
          <div className="paper-charts">
            <DaysChart measures={now} zone={zone} isPaper />
            <ParetoChart measures={now} isPaper />
            <AcknowledgeChart measures={now} isPaper />
            <WeekMap measures={now} />
          </div>
          <h2>Top ten sources</h2>
          <table>
            <thead>
              <tr>
                <th>Alarm</th>
                <th>Raised</th>
                <th>Share</th>
                <th>Together</th>
              </tr>
            </thead>
            <tbody>
              {now.top.map(({ alarm, count, share, upTo }) => (
                <tr key={alarm}>
                  <td>{sourceText(alarm)}</td>
                  <td>{count.toLocaleString("en-GB")}</td>
                  <td>{percent(share)}</td>
                  <td>{percent(upTo)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <div className="paper-groups">
            <Groups of="Bay" groups={now.bays} />
            <Groups of="Nurse" groups={now.nurses} />
            <Groups of="Protocol" groups={now.protocols} />
            <Groups of="Hour of day" groups={now.hours} />
          </div>
          <h2>Floods</h2>
          {now.floods.length === 0 && <p>None.</p>}
          {now.floods.length > 0 && (
            <p>
              {now.floods.length} in the month. The longest:{" "}
              {[...now.floods]
                .sort((a, b) => b.to - b.from - (a.to - a.from))
                .slice(0, LONGEST_FLOODS)
                .map(
                  ({ nurse, from, to, raises }) =>
                    `${times.dateTime(from)}, ${spanText(to - from)}, ${raises} alarms, ${nurse}`,
                )
                .join("; ")}
              .
            </p>
          )}
          <h2>What the figures mean</h2>
          <dl className="paper-definitions">
            {figures.map(({ of, benchmark }) => (
              <div key={of}>
                <dt>{DEFINITIONS[of].term}</dt>
                <dd>
                  {DEFINITIONS[of].text}
                  {benchmark !== undefined &&
                    ` Elsewhere: ${BENCHMARKS[benchmark].text} (${BENCHMARKS[benchmark].source}).`}
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </article>
  );
}

const LONGEST_FLOODS = 6;
