import { Link, useParams } from "@tanstack/react-router";
import type { SessionId } from "@vigil/shared/ids";
import { isAllowed } from "@vigil/shared/people";
import type { SessionReadings } from "@vigil/shared/wire";
import { useCallback, useMemo } from "react";
import { useHere } from "../people/use-here.ts";
import { Notice } from "../ui/notice.tsx";
import { PHASE_TEXT } from "../ui/phase-text.ts";
import { zoneText } from "../ui/zone-text.ts";
import { AfterPaint } from "./after-paint.tsx";
import { loadReadings } from "./load-readings.ts";
import { ReadingsTable } from "./readings-table.tsx";
import { stayText } from "./report-facts.ts";
import { SessionChart } from "./session-chart.tsx";
import { Timeline } from "./timeline.tsx";
import { useSessionReadings } from "./use-session-readings.ts";
import type { TimeWindow } from "./view.ts";
import "./session-page.css";

const POINTS = 700;
const DETAIL_POINTS = 1_500;

export function SessionPage() {
  const { session } = useParams({ from: "/person/sessions/$session" });
  const loaded = useSessionReadings(session, POINTS);
  switch (loaded.kind) {
    case "loading":
      return <Notice title="Reading the session" />;
    case "refused":
      return (
        <Notice title="This session cannot be shown">
          <p>{loaded.reason}</p>
          <p>
            <Link to="/wall">Go to the wall</Link>
          </p>
        </Notice>
      );
    case "here":
      return <SessionView key={session} readings={loaded.readings} behind={loaded.behind} />;
  }
}

function SessionView({ readings, behind }: { readonly readings: SessionReadings; readonly behind: boolean }) {
  const { chart, bay, thinnedAt } = readings;
  const { openedAt, endedAt, at, id, patient } = chart;
  const until = endedAt ?? at;
  const zone = useMemo(() => zoneText(readings.zone, openedAt, until), [readings.zone, openedAt, until]);
  const detail = useCallback(
    async (window: TimeWindow) => (await loadReadings(id, DETAIL_POINTS, null, window)).chart,
    [id],
  );
  const name = patient.name ?? patient.initials;
  return (
    <main className="session-page">
      <title>{`${patient.initials}, ${zone.date(openedAt)} · Vigil`}</title>
      <header className="session-head">
        <h1>{name}</h1>
        <p>
          {stayText(readings, zone)} · {zone.date(openedAt)} · {PHASE_TEXT[chart.phase]}
          {endedAt === null ? ` · as of ${zone.second(at)}` : ""}
        </p>
        {thinnedAt === null ? null : (
          <p>
            Readings were thinned to one-minute values on {zone.date(thinnedAt)}; extremes, alarms and acts are as they
            were.
          </p>
        )}
        {behind ? <p className="behind">The server does not answer: this is as of {zone.second(at)}.</p> : null}
        <nav>
          <Link to="/sessions">All sessions</Link>
          {endedAt === null && (
            <Link to="/bays/$bay" params={{ bay: bay.id }}>
              Bay {bay.name}
            </Link>
          )}
          <Link to="/sessions/$session/report" params={{ session: id }}>
            Report
          </Link>
          {thinnedAt === null && (
            <Link to="/replay" search={{ session: id }}>
              Replay
            </Link>
          )}
          {thinnedAt === null && <RecordingLink session={id} />}
        </nav>
      </header>
      <SessionChart chart={chart} zone={zone} detail={detail} />
      <div className="session-lists">
        <AfterPaint>
          {() => (
            <>
              <ReadingsTable chart={chart} zone={zone} />
              <Timeline chart={chart} zone={zone} />
            </>
          )}
        </AfterPaint>
      </div>
    </main>
  );
}

/** For who may take it out. */
function RecordingLink({ session }: { readonly session: SessionId }) {
  const person = useHere().me?.person ?? null;
  if (person === null || !isAllowed("GET /api/sessions/:id/inputs", person.role)) return null;
  return (
    <a href={`/api/sessions/${encodeURIComponent(session)}/inputs`} download={`session-${session}.ndjson`}>
      Download recording
    </a>
  );
}
