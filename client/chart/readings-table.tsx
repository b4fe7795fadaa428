import { type GridCell, type GridRow, meanPressure, type SessionChart } from "@vigil/shared/chart";
import type { AtMs } from "@vigil/shared/ids";
import { PHASE_TEXT } from "../ui/phase-text.ts";
import type { ZoneText } from "../ui/zone-text.ts";

interface TableProps {
  readonly chart: SessionChart;
  readonly zone: ZoneText;
}

/** Readings on the protocol's grid: what a person would have charted. */
export function ReadingsTable({ chart, zone }: TableProps) {
  return (
    <section className="readings" aria-labelledby="readings-title">
      <h2 id="readings-title">Readings</h2>
      <GridTable rows={chart.grid} withRr={chart.vitals.rr !== null} zone={zone} />
      {chart.grid.length === 0 ? <p className="nothing">None yet.</p> : null}
      <p className="small-print">
        Nearest valid value to each time; empty where there was none. † entered by hand. ≈ mean estimated from SBP and
        DBP.
      </p>
    </section>
  );
}

export function GridTable({
  rows,
  withRr,
  zone,
}: {
  readonly rows: readonly GridRow[];
  readonly withRr: boolean;
  readonly zone: ZoneText;
}) {
  return (
    <table className="grid-table">
      <thead>
        <tr>
          <th scope="col">Time</th>
          <th scope="col">Phase</th>
          <th scope="col">HR</th>
          <th scope="col">SpO₂</th>
          {withRr ? <th scope="col">RR</th> : null}
          <th scope="col">BP</th>
          <th scope="col">MAP</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, i) => (
          <tr key={row.at}>
            <th scope="row">{zone.time(row.at)}</th>
            <td className="phase">{rows[i - 1]?.phase === row.phase ? "" : PHASE_TEXT[row.phase]}</td>
            <Cell cell={row.cells.hr} row={row.at} zone={zone} />
            <Cell cell={row.cells.spo2} row={row.at} zone={zone} />
            {withRr ? <Cell cell={row.cells.rr} row={row.at} zone={zone} /> : null}
            <Pressure row={row} zone={zone} />
            <Mean row={row} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A value measured further from its row's time than this tells its own. */
const OWN_TIME_MS = 60_000;

function ownTime(cell: GridCell, row: AtMs, zone: ZoneText) {
  if (cell === null || Math.abs(cell.at - row) < OWN_TIME_MS) return null;
  return <small>{zone.time(cell.at)}</small>;
}

function Cell({ cell, row, zone }: { readonly cell: GridCell; readonly row: AtMs; readonly zone: ZoneText }) {
  if (cell === null) return <td />;
  return (
    <td>
      {Math.round(cell.value)}
      {cell.manual ? "†" : ""}
      {ownTime(cell, row, zone)}
    </td>
  );
}

/** Of the measurement beside it; estimated where that brought none. */
function Mean({ row: { cells } }: { readonly row: GridRow }) {
  const { sbp, dbp, map } = cells;
  const mean = meanPressure({ sbp: sbp?.value ?? null, dbp: dbp?.value ?? null, map: map?.value ?? null });
  if (mean === null) return <td />;
  const value = Math.round(mean.value);
  return mean.isEstimated ? <td title="estimated: (SBP + 2 × DBP) / 3">≈{value}</td> : <td>{value}</td>;
}

function Pressure({ row, zone }: { readonly row: GridRow; readonly zone: ZoneText }) {
  const { sbp, dbp } = row.cells;
  if (sbp === null && dbp === null) return <td />;
  const text = (cell: GridCell) => (cell === null ? "–" : String(Math.round(cell.value)));
  return (
    <td>
      {text(sbp)}/{text(dbp)}
      {(sbp ?? dbp)?.manual ? "†" : ""}
      {ownTime(sbp ?? dbp, row.at, zone)}
    </td>
  );
}
