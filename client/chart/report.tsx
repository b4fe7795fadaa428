/** The session on one or two pages of paper, complete enough for the patient's file. */
import type { GridRow, SessionChart } from "@vigil/shared/chart";
import type { SessionReadings } from "@vigil/shared/wire";
import { useMemo } from "react";
import { criterionText } from "../ui/criterion-text.ts";
import { observationText } from "../ui/observation-text.ts";
import { PHASE_TEXT } from "../ui/phase-text.ts";
import { PRIORITY_SYMBOL } from "../ui/priority.ts";
import { zoneText } from "../ui/zone-text.ts";
import { GridTable } from "./readings-table.tsx";
import {
  alarmSummaries,
  type Fact,
  infusionFacts,
  noDrivingText,
  patientFacts,
  people,
  planFacts,
  stayText,
} from "./report-facts.ts";
import { StillChart } from "./still-chart.tsx";
import { timelineEntries } from "./timeline-entries.ts";
import "./chart.css";
import "./report.css";

/** A4 less its margins, at 96 px to the inch. */
const PAPER_WIDTH_PX = 700;
/** Longer tables stand in columns, so that six hours fit. */
const ROWS_IN_A_COLUMN = 9;
const MOST_COLUMNS = 3;

export function Report({ readings }: { readonly readings: SessionReadings }) {
  const { chart } = readings;
  const until = chart.endedAt ?? chart.at;
  const zone = useMemo(() => zoneText(readings.zone, chart.openedAt, until), [readings.zone, chart.openedAt, until]);
  const alarms = alarmSummaries(chart);
  const noDriving = noDrivingText(chart, zone);
  const changes = latersAndUndone(chart);
  const grids = columnsOf(chart.grid);
  const discharge = chart.acts.findLast(({ command }) => command.type === "discharge");
  const override = discharge?.command.type === "discharge" ? discharge.command.override : undefined;
  return (
    <article className="report">
      <title>{`Report ${chart.patient.recordNumber ?? chart.patient.initials} ${zone.date(chart.openedAt)}`}</title>
      <header>
        <h1>Infusion session report</h1>
        <p>
          {zone.date(chart.openedAt)} · {stayText(readings, zone)} · Session {chart.id}
          {chart.endedAt === null ? (
            <strong> · not over: as of {zone.time(chart.at)}</strong>
          ) : (
            ` · ${PHASE_TEXT[chart.phase]}`
          )}
        </p>
      </header>
      <div className="report-facts">
        <Facts title="Patient" facts={patientFacts(chart)} />
        <Facts title="Plan" facts={planFacts(chart, zone)} />
        <Facts title="Course" facts={infusionFacts(chart, zone)} />
      </div>
      <StillChart chart={chart} zone={zone} width={PAPER_WIDTH_PX} />
      <section>
        <h2>Vital signs</h2>
        <div className="report-grids" data-columns={grids.length}>
          {grids.map((rows) => (
            <GridTable key={rows[0]?.at ?? 0} rows={rows} withRr={chart.vitals.rr !== null} zone={zone} />
          ))}
        </div>
        <p className="note">Nearest valid value to each time. † entered by hand.</p>
      </section>
      <div className="report-two">
        <section>
          <h2>Alarms</h2>
          {alarms.length === 0 ? (
            <p>None.</p>
          ) : (
            <table>
              <thead>
                <tr>
                  <th scope="col">Worst</th>
                  <th scope="col">Times</th>
                  <th scope="col">Longest</th>
                  <th scope="col">Acknowledged by</th>
                </tr>
              </thead>
              <tbody>
                {alarms.map(({ what, priority, times, longest, acknowledgedBy }) => (
                  <tr key={what}>
                    <td>
                      {PRIORITY_SYMBOL[priority]} {what}
                    </td>
                    <td>{times}</td>
                    <td>{longest}</td>
                    <td>{acknowledgedBy === "" ? "nobody" : acknowledgedBy}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          <h2>Medication beside the infusion</h2>
          {chart.medication.length === 0 ? (
            <p>None recorded.</p>
          ) : (
            <ul>
              {chart.medication.map(({ at, what, name }) => (
                <li key={`${at} ${what}`}>
                  {zone.time(at)} {what} <i>{name}</i>
                </li>
              ))}
            </ul>
          )}
        </section>
        <section>
          <h2>Observations</h2>
          {chart.observations.length === 0 ? (
            <p>None recorded.</p>
          ) : (
            <ul>
              {chart.observations.map(({ at, name, observation, late }) => (
                <li key={at}>
                  <b>{zone.time(at)}</b> {observationText(observation)} <i>{name}</i>
                  {late && " (entered late)"}
                </li>
              ))}
            </ul>
          )}
        </section>
      </div>
      {changes.length > 0 && (
        <section>
          <h2>Entered late or undone</h2>
          <ul>
            {changes.map((entry) => (
              <li key={`${entry.at} ${entry.what}`}>
                <b>{zone.time(entry.at)}</b> {entry.what} <i>{entry.who}</i>
                {entry.enteredAt !== null && `, entered at ${zone.time(entry.enteredAt)}`}
                {entry.undone !== null && `, undone by ${entry.undone.name} at ${zone.time(entry.undone.at)}`}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className="report-discharge">
        <h2>Discharge</h2>
        <ul className="criteria">
          {chart.criteria.map(({ id, holds, reason, value }) => (
            <li key={id}>
              <b>{holds ? "Yes" : "No"}</b> {criterionText(id)}
              {value === null ? "" : ` (${value})`}
              {holds ? "" : `: ${reason}`}
            </li>
          ))}
        </ul>
        {override === undefined ? null : (
          <p>
            <b>Discharged against a criterion</b> by {discharge?.by.name}: {override}
          </p>
        )}
        {noDriving !== null && <p className="no-driving">{noDriving}</p>}
        {chart.escort !== null && (
          <p>
            Escort: {chart.escort.name}, {chart.escort.phone}.
          </p>
        )}
        <p>
          Recorded by {people(chart)}.{" "}
          {discharge === undefined ? "" : `Discharged by ${discharge.by.name} at ${zone.time(discharge.at)}.`}
        </p>
        <p className="signature">Signature</p>
      </section>
      <footer>Vigil is a secondary display; the bedside monitor is the primary source. Times: {readings.zone}.</footer>
    </article>
  );
}

function Facts({ title, facts }: { readonly title: string; readonly facts: readonly Fact[] }) {
  return (
    <section>
      <h2>{title}</h2>
      <dl>
        {facts.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

const latersAndUndone = (chart: SessionChart) =>
  timelineEntries(chart).filter(({ enteredAt, undone }) => enteredAt !== null || undone !== null);

/** Side by side, each as long as the others. */
function columnsOf(rows: readonly GridRow[]): GridRow[][] {
  const count = Math.min(MOST_COLUMNS, Math.max(1, Math.ceil(rows.length / ROWS_IN_A_COLUMN)));
  const length = Math.ceil(rows.length / count);
  return Array.from({ length: count }, (_, i) => rows.slice(i * length, (i + 1) * length)).filter(
    (some) => some.length > 0,
  );
}
