import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { VITAL_FACTS } from "@vigil/shared/vitals";
import type { ShiftChange, ShiftReport } from "@vigil/shared/wire";
import { useEffect, useState } from "react";
import { type ClinicTime, ClinicTimed } from "../ui/clinic-time.tsx";
import { PHASE_TEXT } from "../ui/phase-text.ts";
import { PRIORITY_SYMBOL } from "../ui/priority.ts";
import { type ZoneText, zoneText } from "../ui/zone-text.ts";
import { alertText, answeredText, markText, patientText, spanText, stateText } from "./alert-words.ts";
import { askShift } from "./alerts-api.ts";
import { Typed } from "./alerts-filters.tsx";
import { figuresOf } from "./measures-figures.ts";
import { FiguresOnPaper, PaperDesk } from "./paper.tsx";
import { lastShift, shifted, shiftOfSearch } from "./report-periods.ts";

/** What a shift hands on, on paper. */
export function ShiftPage() {
  return <ClinicTimed>{(time) => <Shift time={time} />}</ClinicTimed>;
}

function Shift({ time }: { readonly time: ClinicTime }) {
  const search = shiftOfSearch(useSearch({ strict: false })) ?? lastShift(time.now(), time.zone);
  const navigate = useNavigate();
  const [report, setReport] = useState<ShiftReport | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const { from, to } = search;
  useEffect(() => {
    let left = false;
    setReport(null);
    setRefused(null);
    askShift(new URLSearchParams({ from, to }).toString()).then(
      (found) => left || setReport(found),
      (error: Error) => left || setRefused(error.message),
    );
    return () => {
      left = true;
    };
  }, [from, to]);
  const go = (next: { readonly from: string; readonly to: string }) =>
    void navigate({ to: "/alerts/shift", search: next, replace: true });
  return (
    <PaperDesk
      bar={
        <>
          <Link to="/alerts/measures" search={{}}>
            Measures
          </Link>
          <button type="button" onClick={() => go(shifted(search, -1))}>
            Shift before
          </button>
          <Typed label="From" type="datetime-local" value={from} onTyped={(text) => go({ from: text, to })} />
          <Typed label="To" type="datetime-local" value={to} onTyped={(text) => go({ from, to: text })} />
          <button type="button" onClick={() => go(shifted(search, 1))}>
            Shift after
          </button>
        </>
      }
      refused={refused}
      isHere={report !== null}
      of={{ report: "shift", from, to }}
    >
      {report !== null && <ShiftOnPaper report={report} />}
    </PaperDesk>
  );
}

function ShiftOnPaper({ report }: { readonly report: ShiftReport }) {
  const { measures, sessions, alarms, leftOut, changes, zone, from, to, at } = report;
  const times = zoneText(zone, from, to);
  const count = { high: 0, medium: 0, low: 0 };
  for (const { priority, count: n } of measures.breakdown) count[priority] += n;
  const out = leftOut.high + leftOut.medium;
  return (
    <article className="report">
      <title>{`Shift report ${times.dateTime(from)}`}</title>
      <header>
        <h1>Shift report</h1>
        <p>
          {times.dateTime(from)} to {times.dateTime(to)} · {zone}
          {at < to && <strong> · not over: as of {times.time(at)}</strong>}
        </p>
        <p>
          {sessions.length} {sessions.length === 1 ? "session" : "sessions"} · {measures.count} alarms: {count.high}{" "}
          high, {count.medium} medium, {count.low} low
        </p>
      </header>
      <FiguresOnPaper figures={figuresOf(measures, measures).filter(({ of }) => SHIFT_FIGURES.has(of))} isAlone />
      <h2>Sessions</h2>
      {sessions.length === 0 && <p>No session was open.</p>}
      {sessions.length > 0 && (
        <table>
          <thead>
            <tr>
              <th>Bay</th>
              <th>Patient</th>
              <th>Nurse</th>
              <th>Opened</th>
              <th>Ended</th>
              <th>Dose</th>
              <th>Alarms !!! / !! / !</th>
            </tr>
          </thead>
          <tbody>
            {sessions.map((session) => (
              <tr key={`${session.id} ${session.openedAt}`}>
                <td>{session.bay}</td>
                <td>{patientText(session)}</td>
                <td>{session.nurses.join(", ")}</td>
                <td>{momentText(times, session.openedAt, from)}</td>
                <td>
                  {session.endedAt === null
                    ? `open: ${PHASE_TEXT[session.phase]}`
                    : `${momentText(times, session.endedAt, from)}, ${PHASE_TEXT[session.phase]}`}
                </td>
                <td>{session.drug === null ? "–" : `${session.drug} ${session.doseMgPerKg ?? "?"} mg/kg`}</td>
                <td>
                  {session.alarms.high} / {session.alarms.medium} / {session.alarms.low}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <h2>Limits and alarms not as the protocol has them</h2>
      <Changes changes={changes} times={times} from={from} />
      <h2>High and medium alarms</h2>
      {alarms.length === 0 && <p>None.</p>}
      {alarms.length > 0 && (
        <table>
          <thead>
            <tr>
              <th>Raised</th>
              <th>Bay</th>
              <th>Patient</th>
              <th>Alarm</th>
              <th>Answered</th>
              <th>Lasted</th>
              <th>State</th>
              <th>Mark</th>
            </tr>
          </thead>
          <tbody>
            {alarms.map((alert) => (
              <tr key={alert.id}>
                <td>{times.second(alert.raisedAt)}</td>
                <td>{alert.bay}</td>
                <td>{alert.patient.initials}</td>
                <td>
                  <b>{PRIORITY_SYMBOL[alert.priority]}</b> {alertText(alert)}
                </td>
                <td>{answeredText(alert)}</td>
                <td>{spanText(alert.durationMs)}</td>
                <td>{stateText(alert)}</td>
                <td>{markText(alert)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="paper-note">
        {out > 0 && `${leftOut.high} more high and ${leftOut.medium} more medium alarms are in the log. `}
        {leftOut.low} low alarms are in the log. Vigil is a secondary display: the bedside monitor is the primary alarm.
      </p>
      <div className="paper-signatures">
        <p className="signature">Handed over by</p>
        <p className="signature">Taken over by</p>
      </div>
      <footer>Printed as of {times.dateTime(at)}</footer>
    </article>
  );
}

const SHIFT_FIGURES: ReadonlySet<string> = new Set([
  ...["perSessionHour", "acknowledged", "overTarget", "selfCleared", "floods", "standing", "paused", "downtime"],
]);

/** With its day, when that is not the day on which the shift began. */
const momentText = (times: ZoneText, at: number, from: number): string =>
  times.date(at) === times.date(from) ? times.time(at) : times.dateTime(at);

interface ChangesProps {
  readonly changes: readonly ShiftChange[];
  readonly times: ZoneText;
  readonly from: number;
}

function Changes({ changes, times, from }: ChangesProps) {
  if (changes.length === 0) return <p>None.</p>;
  return (
    <table>
      <thead>
        <tr>
          <th>When</th>
          <th>Bay</th>
          <th>Vital</th>
          <th>What</th>
          <th>By</th>
          <th>At the end of the shift</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={`${change.session} ${change.at} ${change.vital}`}>
            <td>{momentText(times, change.at, from)}</td>
            <td>{change.bay}</td>
            <td>{VITAL_FACTS[change.vital].label}</td>
            <td>{changeText(change)}</td>
            <td>{change.by}</td>
            <td>{change.stands ? <b>stands</b> : "over"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function changeText({ what }: ShiftChange): string {
  if (what.type === "alarm-off") return `alarms off: ${what.reason}`;
  const tiers = (["low", "high"] as const).flatMap((direction) =>
    (["warning", "critical"] as const).flatMap((tier) => {
      const limit = what.limits[direction]?.[tier]?.limit;
      return limit === undefined ? [] : [`${direction} ${tier} ${limit}`];
    }),
  );
  return `limits: ${tiers.length === 0 ? "over the baseline only" : tiers.join(", ")}`;
}
