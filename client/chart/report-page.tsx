import { Link, useParams } from "@tanstack/react-router";
import { Notice } from "../ui/notice.tsx";
import { usePrinted } from "../ui/use-printed.ts";
import { Report } from "./report.tsx";
import { useSessionReadings } from "./use-session-readings.ts";

/** As fine as paper shows. */
const POINTS = 400;

export function SessionReportPage() {
  const { session } = useParams({ from: "/person/sessions/$session/report" });
  const loaded = useSessionReadings(session, POINTS);
  const notNoted = usePrinted(loaded.kind === "here" ? { report: "session", session } : null);
  switch (loaded.kind) {
    case "loading":
      return <Notice title="Reading the session" />;
    case "refused":
      return (
        <Notice title="This session cannot be shown">
          <p>{loaded.reason}</p>
        </Notice>
      );
    case "here":
      return (
        <main className="report-desk">
          <nav className="report-bar">
            <Link to="/sessions/$session" params={{ session }}>
              Back to the chart
            </Link>
            <button type="button" onClick={() => window.print()}>
              Print or save as PDF
            </button>
          </nav>
          {notNoted !== null && <p role="alert">{notNoted}</p>}
          <Report readings={loaded.readings} />
        </main>
      );
  }
}
