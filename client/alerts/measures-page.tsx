import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { BENCHMARKS, DEFINITIONS, type GroupMeasures, type Measures } from "@vigil/shared/measures";
import type { AlertMeasures } from "@vigil/shared/wire";
import { useEffect, useState } from "react";
import { sourceText, spanText } from "./alert-words.ts";
import { askMeasures } from "./alerts-api.ts";
import { AcknowledgeChart, DaysChart, FloodsLine, ParetoChart, WeekMap } from "./measures-charts.tsx";
import { figure, PERIODS, percent, periodOf } from "./measures-words.ts";
import "./alerts.css";

/** What the alarms of a period cost and were worth, against the period before. */
export function MeasuresPage() {
  const period = periodOf(useSearch({ strict: false }));
  const navigate = useNavigate();
  const [measures, setMeasures] = useState<AlertMeasures | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  useEffect(() => {
    let left = false;
    const to = Math.ceil(Date.now() / 60_000) * 60_000;
    askMeasures(`from=${to - period.days * 86_400_000}&to=${to}`).then(
      (found) => {
        if (left) return;
        setMeasures(found);
        setRefused(null);
      },
      (error: Error) => left || setRefused(error.message),
    );
    return () => {
      left = true;
    };
  }, [period.days]);
  return (
    <main className="page measures">
      <title>Alarm measures · Vigil</title>
      <header className="alerts-head">
        <h1>Alarm measures</h1>
        <Link className="act act-quiet" to="/alerts" search={{}}>
          Alarm log
        </Link>
        <fieldset className="measures-period">
          <legend className="unseen">Period</legend>
          {PERIODS.map(({ days, text }) => (
            <label className="choice" key={days}>
              <input
                type="radio"
                name="period"
                checked={days === period.days}
                onChange={() => void navigate({ to: "/alerts/measures", search: { days }, replace: true })}
              />
              {text}
            </label>
          ))}
        </fieldset>
      </header>
      {refused !== null && (
        <p className="alerts-refused" role="alert">
          {refused}
        </p>
      )}
      {measures !== null && <MeasuresOf measures={measures} />}
    </main>
  );
}

function MeasuresOf({ measures: { now, before, zone } }: { readonly measures: AlertMeasures }) {
  if (now.count === 0 && now.sessionHours === 0) {
    return <p className="alerts-empty">No session in this period, and no alarm. Choose a longer one.</p>;
  }
  const { yes, no } = now.marks;
  const marked = (m: Measures) => (m.marks.yes + m.marks.no === 0 ? null : m.marks.no / (m.marks.yes + m.marks.no));
  const share = (part: number, m: Measures) => (m.count === 0 ? null : part / m.count);
  return (
    <>
      <dl className="measures-figures">
        <Figure of="perBayDay" now={now.perBayDay} before={before.perBayDay} text={figure} benchmark="perBayDay" />
        <Figure of="perSessionHour" now={now.perSessionHour} before={before.perSessionHour} text={figure} />
        <Figure
          of="acknowledged"
          now={now.acknowledgedHigh.medianMs}
          before={before.acknowledgedHigh.medianMs}
          text={spanText}
          more={`high alarms, median; 90 % within ${spanText(now.acknowledgedHigh.p90Ms)}`}
        />
        <Figure of="overTarget" now={now.overTarget} before={before.overTarget} text={percent} />
        <Figure
          of="selfCleared"
          now={share(now.selfCleared, now)}
          before={share(before.selfCleared, before)}
          text={percent}
        />
        <Figure
          of="actionable"
          now={marked(now)}
          before={marked(before)}
          text={percent}
          more={`${yes + no} of ${now.count} marked`}
          benchmark="notActionable"
        />
        <Figure of="floods" now={now.floods.length} before={before.floods.length} text={String} />
        <Figure of="chattering" now={now.chattering} before={before.chattering} text={String} />
        <Figure of="standing" now={now.standing} before={before.standing} text={String} />
        <Figure
          of="duration"
          now={now.duration.medianMs}
          before={before.duration.medianMs}
          text={spanText}
          more={`median; 90 % within ${spanText(now.duration.p90Ms)}`}
        />
        <Figure of="paused" now={now.pausedMs} before={before.pausedMs} text={spanText} />
        <Figure
          of="edits"
          now={now.limitEdits + now.alarmsOff}
          before={before.limitEdits + before.alarmsOff}
          text={String}
          more={`${now.limitEdits} limits, ${now.alarmsOff} switched off`}
        />
        <Figure of="downtime" now={now.monitorSilentMs} before={before.monitorSilentMs} text={spanText} />
      </dl>
      <div className="measures-charts">
        <DaysChart measures={now} />
        <ParetoChart measures={now} />
        <AcknowledgeChart measures={now} />
        <WeekMap measures={now} />
        <FloodsLine measures={now} zone={zone} />
      </div>
      <div className="measures-groups">
        <Groups title="By bay" groups={now.bays} />
        <Groups title="By nurse" groups={now.nurses} />
        <Groups title="By protocol" groups={now.protocols} />
        <Groups title="By hour of day" groups={now.hours} />
      </div>
      <section className="measures-breakdown">
        <h2>By alarm, kind and priority</h2>
        <table>
          <thead>
            <tr>
              <th>Alarm</th>
              <th>Kind</th>
              <th>Priority</th>
              <th>Raised</th>
            </tr>
          </thead>
          <tbody>
            {now.breakdown.map(({ alarm, kind, priority, count }) => (
              <tr key={`${alarm} ${priority}`}>
                <td>{sourceText(alarm)}</td>
                <td>{kind}</td>
                <td>{priority}</td>
                <td>{count}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

interface FigureProps<N extends number | null> {
  readonly of: keyof typeof DEFINITIONS;
  readonly now: N;
  readonly before: N;
  readonly text: (value: NonNullable<N>) => string;
  readonly more?: string;
  readonly benchmark?: keyof typeof BENCHMARKS;
}

/** A figure, the one before it, and one touch away what it means. */
function Figure<N extends number | null>({ of, now, before, text, more, benchmark }: FigureProps<N>) {
  const { term, text: definition } = DEFINITIONS[of];
  const told = (value: N) => (value === null ? "–" : text(value));
  return (
    <div>
      <dt>
        <details>
          <summary>{term}</summary>
          <p>{definition}</p>
          {benchmark !== undefined && (
            <p>
              Elsewhere: {BENCHMARKS[benchmark].text} ({BENCHMARKS[benchmark].source}).
            </p>
          )}
        </details>
      </dt>
      <dd>
        <b>{told(now)}</b> <span>before {told(before)}</span>
        {more !== undefined && <small>{more}</small>}
        {benchmark !== undefined && <small>elsewhere {BENCHMARKS[benchmark].text}</small>}
      </dd>
    </div>
  );
}

function Groups({ title, groups }: { readonly title: string; readonly groups: readonly GroupMeasures[] }) {
  return (
    <section>
      <h2>{title}</h2>
      <table>
        <thead>
          <tr>
            <th>{title.slice(3)}</th>
            <th>Alarms</th>
            <th>High</th>
            <th>per session-hour</th>
            <th>Answered, median</th>
          </tr>
        </thead>
        <tbody>
          {groups.map(({ key, count, high, sessionHours, acknowledged }) => (
            <tr key={key}>
              <th scope="row">{key}</th>
              <td>{count}</td>
              <td>{high}</td>
              <td>{sessionHours === 0 ? "–" : figure(count / sessionHours)}</td>
              <td>{spanText(acknowledged.medianMs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
