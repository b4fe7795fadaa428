/** The session on one or two pages of paper, complete enough for the patient's file. */
import type { GridRow } from "@vigil/shared/chart";
import type { SessionReadings } from "@vigil/shared/wire";
import { useMemo } from "react";
import { PHASE_TEXT } from "../ui/phase-text.ts";
import { zoneText } from "../ui/zone-text.ts";
import { GridTable } from "./readings-table.tsx";
import { type Fact, infusionFacts, patientFacts, planFacts, stayText } from "./report-facts.ts";
import {
  Alarms,
  Checks,
  Corrections,
  Ending,
  HandOvers,
  InfusionEvents,
  Medication,
  Observations,
} from "./report-sections.tsx";
import { StillChart } from "./still-chart.tsx";
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
  const grids = columnsOf(chart.grid);
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
      <Checks chart={chart} zone={zone} />
      <StillChart chart={chart} zone={zone} width={PAPER_WIDTH_PX} />
      <section>
        <h2>Vital signs</h2>
        <div className="report-grids" data-columns={grids.length}>
          {grids.map((rows) => (
            <GridTable key={rows[0]?.at ?? 0} rows={rows} withRr={chart.vitals.rr !== null} zone={zone} />
          ))}
        </div>
        <p className="small-print">
          Nearest valid value to each time. † entered by hand. ≈ mean estimated, (SBP + 2 × DBP) / 3.
        </p>
      </section>
      <div className="report-two">
        <div>
          <InfusionEvents chart={chart} zone={zone} />
          <Medication chart={chart} zone={zone} />
          <Alarms chart={chart} zone={zone} />
        </div>
        <div>
          <Observations chart={chart} zone={zone} />
          <HandOvers chart={chart} zone={zone} />
        </div>
      </div>
      <Corrections chart={chart} zone={zone} />
      <Ending chart={chart} zone={zone} />
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

/** Side by side, each as long as the others. */
function columnsOf(rows: readonly GridRow[]): GridRow[][] {
  const count = Math.min(MOST_COLUMNS, Math.max(1, Math.ceil(rows.length / ROWS_IN_A_COLUMN)));
  const length = Math.ceil(rows.length / count);
  return Array.from({ length: count }, (_, i) => rows.slice(i * length, (i + 1) * length)).filter(
    (some) => some.length > 0,
  );
}
