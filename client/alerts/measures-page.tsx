import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { BENCHMARKS, DEFINITIONS } from "@vigil/shared/measures";
import type { AlertMeasures } from "@vigil/shared/wire";
import { useEffect, useMemo, useState } from "react";
import { type ClinicTime, ClinicTimed } from "../ui/clinic-time.tsx";
import { zoneText } from "../ui/zone-text.ts";
import { askMeasures } from "./alerts-api.ts";
import { Pick, Typed } from "./alerts-filters.tsx";
import { addressOf } from "./filters.ts";
import { AcknowledgeChart, DaysChart, FloodsLine, ParetoChart, WeekMap } from "./measures-charts.tsx";
import { figuresOf, type MeasureFigure } from "./measures-figures.ts";
import { Breakdown, Groups } from "./measures-tables.tsx";
import { HOURS, type MeasuresSearch, measuresQueryOf, measuresSearchOf, PERIODS } from "./measures-words.ts";
import "./alerts.css";

/** What the alarms of a period cost and were worth, against the period before. */
export function MeasuresPage() {
  return <ClinicTimed>{(time) => <PeriodMeasures time={time} />}</ClinicTimed>;
}

function PeriodMeasures({ time }: { readonly time: ClinicTime }) {
  const search = measuresSearchOf(useSearch({ strict: false }));
  const navigate = useNavigate();
  const [measures, setMeasures] = useState<AlertMeasures | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [isAsking, setAsking] = useState(true);
  const asked = JSON.stringify(search);
  // "Now" is when it was asked for: a page that is read must not begin anew with every minute.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the question is its text
  const query = useMemo(() => measuresQueryOf(search, time.now()), [asked]);
  useEffect(() => {
    let left = false;
    setAsking(true);
    askMeasures(query)
      .then(
        (found) => {
          if (left) return;
          setMeasures(found);
          setRefused(null);
        },
        (error: Error) => left || setRefused(error.message),
      )
      .finally(() => left || setAsking(false));
    return () => {
      left = true;
    };
  }, [query]);
  const change = (more: MeasuresSearch) =>
    void navigate({
      to: "/alerts/measures",
      search: addressOf({ ...measuresSearchOf({ ...search, ...more }) }),
      replace: true,
    });
  return (
    <main className="page measures" aria-busy={isAsking}>
      <title>Alarm measures · Vigil</title>
      <header className="alerts-head">
        <h1>Alarm measures</h1>
        <p aria-live="polite">{isAsking ? "Counting" : measures === null ? "" : periodText(measures)}</p>
        <Link className="act act-quiet" to="/alerts" search={{}}>
          Alarm log
        </Link>
        <Link className="act act-quiet" to="/alerts/shift" search={{}}>
          Shift report
        </Link>
        <Link className="act act-quiet" to="/alerts/month" search={{}}>
          Monthly report
        </Link>
      </header>
      <MeasuresControls search={search} measures={measures} onChange={change} />
      {refused !== null && (
        <p className="alerts-refused" role="alert">
          {refused}
        </p>
      )}
      {measures !== null && <MeasuresOf measures={measures} />}
    </main>
  );
}

function periodText({ now, before, zone }: AlertMeasures): string {
  const times = zoneText(zone, now.from, now.from);
  return `${times.dateTime(now.from)} to ${times.dateTime(now.to)}, against the period from ${times.date(before.from)}`;
}

interface ControlsProps {
  readonly search: MeasuresSearch;
  readonly measures: AlertMeasures | null;
  readonly onChange: (more: MeasuresSearch) => void;
}

/** Which period, and whose alarms. */
function MeasuresControls({ search, measures, onChange }: ControlsProps) {
  const [own, setOwn] = useState({ from: search.from ?? "", to: search.to ?? "" });
  const isOwn = search.from !== undefined;
  const takeDay = (day: { readonly from?: string; readonly to?: string }): void => {
    const next = { ...own, ...day };
    setOwn(next);
    // Half a period is none yet.
    if (next.from !== "" && next.to !== "") onChange({ days: "", ...next });
  };
  const all = ["", "All"] as const;
  return (
    <search className="alerts-filters" aria-label="Filters">
      <fieldset className="measures-period">
        <legend className="unseen">Period</legend>
        {PERIODS.map(({ days, text }) => (
          <label className="choice" key={days}>
            <input
              type="radio"
              name="period"
              checked={!isOwn && String(days) === (search.days ?? "30")}
              onChange={() => onChange({ days: String(days), from: "", to: "" })}
            />
            {text}
          </label>
        ))}
      </fieldset>
      <Typed label="From the day" type="date" value={search.from ?? own.from} onTyped={(from) => takeDay({ from })} />
      <Typed label="To the day" type="date" value={search.to ?? own.to} onTyped={(to) => takeDay({ to })} />
      <Pick
        label="Bay"
        value={search.bay ?? ""}
        options={[all, ...(measures?.bays ?? []).map(({ id, name }) => [id, name] as const)]}
        onPick={(bay) => onChange({ bay })}
      />
      <Pick
        label="Nurse"
        value={search.nurse ?? ""}
        options={[all, ...(measures?.nurses ?? []).map((nurse) => [nurse, nurse] as const)]}
        onPick={(nurse) => onChange({ nurse })}
      />
      <Pick
        label="Protocol"
        value={search.protocol ?? ""}
        options={[all, ...(measures?.protocols ?? []).map((protocol) => [protocol, protocol] as const)]}
        onPick={(protocol) => onChange({ protocol })}
      />
      <Pick
        label="Hours of the day"
        value={search.hours ?? ""}
        options={HOURS}
        onPick={(hours) => onChange({ hours })}
      />
    </search>
  );
}

function MeasuresOf({ measures: { now, before, zone } }: { readonly measures: AlertMeasures }) {
  if (now.count === 0 && now.sessionHours === 0) {
    return (
      <p className="alerts-empty">
        No session in this period, and no alarm. Choose a longer one, or take filters away.
      </p>
    );
  }
  return (
    <>
      <dl className="measures-figures">
        {figuresOf(now, before).map((each) => (
          <Figure key={each.of} {...each} />
        ))}
      </dl>
      <div className="measures-charts">
        <DaysChart measures={now} zone={zone} />
        <ParetoChart measures={now} />
        <AcknowledgeChart measures={now} />
        <WeekMap measures={now} />
        <FloodsLine measures={now} zone={zone} />
      </div>
      <div className="measures-groups">
        <Groups of="Bay" groups={now.bays} />
        <Groups of="Nurse" groups={now.nurses} />
        <Groups of="Protocol" groups={now.protocols} />
        <Groups of="Hour of day" groups={now.hours} />
      </div>
      <Breakdown measures={now} />
    </>
  );
}

/** A figure, the one before it, and one touch away what it means. */
function Figure({ of, now, before, more, benchmark }: MeasureFigure) {
  const { term, text: definition } = DEFINITIONS[of];
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
        <b>{now}</b> <span>before {before}</span>
        {more !== undefined && <small>{more}</small>}
        {benchmark !== undefined && <small>elsewhere {BENCHMARKS[benchmark].text}</small>}
      </dd>
    </div>
  );
}
