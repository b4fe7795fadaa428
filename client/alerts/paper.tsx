/** What reports on paper share. */
import { DEFINITIONS } from "@vigil/shared/measures";
import type { PrintedReport } from "@vigil/shared/wire";
import type { ReactNode } from "react";
import { usePrinted } from "../ui/use-printed.ts";
import type { MeasureFigure } from "./measures-figures.ts";
import "./alerts.css";
import "../chart/report.css";
import "./paper.css";

interface PaperDeskProps {
  /** What does not go onto the paper. */
  readonly bar: ReactNode;
  readonly refused: string | null;
  readonly isHere: boolean;
  /** What it is, for the audit. */
  readonly of: PrintedReport;
  readonly children: ReactNode;
}

export function PaperDesk({ bar, refused, isHere, of, children }: PaperDeskProps) {
  const notNoted = usePrinted(isHere ? of : null);
  return (
    <main className="report-desk" aria-busy={!isHere}>
      <nav className="report-bar paper-bar">
        {bar}
        <button type="button" disabled={!isHere} onClick={() => window.print()}>
          Print or save as PDF
        </button>
      </nav>
      {notNoted !== null && <p role="alert">{notNoted}</p>}
      {refused !== null && (
        <p className="report" role="alert">
          {refused}
        </p>
      )}
      {refused === null && !isHere && <p className="report">Reading the alarm log</p>}
      {children}
    </main>
  );
}

/** `isAlone`: there is nothing to hold them against. */
export function FiguresOnPaper({
  figures,
  isAlone = false,
}: {
  readonly figures: readonly MeasureFigure[];
  readonly isAlone?: boolean;
}) {
  return (
    <dl className="paper-figures">
      {figures.map(({ of, now, before, more }) => (
        <div key={of}>
          <dt>{DEFINITIONS[of].term}</dt>
          <dd>
            <b>{now}</b> {!isAlone && <span>before {before}</span>}
            {more !== undefined && <small>{more}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
