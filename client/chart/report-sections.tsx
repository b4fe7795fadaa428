/** The parts of a report that are lists of what people did. */
import type { SessionChart } from "@vigil/shared/chart";
import { criterionText } from "../ui/criterion-text.ts";
import { observationText } from "../ui/observation-text.ts";
import { PRIORITY_SYMBOL } from "../ui/priority.ts";
import type { ZoneText } from "../ui/zone-text.ts";
import { keyed } from "./keyed.ts";
import {
  alarmChanges,
  checksText,
  corrections,
  dissociationText,
  endText,
  handOvers,
  infusionEvents,
  otherMedication,
  scheduleText,
} from "./report-events.ts";
import { alarmSummaries, noDrivingText, people } from "./report-facts.ts";
import type { TimelineEntry } from "./timeline-entries.ts";

interface SectionProps {
  readonly chart: SessionChart;
  readonly zone: ZoneText;
}

export function InfusionEvents({ chart, zone }: SectionProps) {
  return (
    <section>
      <h2>Infusion events</h2>
      <EventList entries={infusionEvents(chart)} zone={zone} none="Not started." />
    </section>
  );
}

export function HandOvers({ chart, zone }: SectionProps) {
  const entries = handOvers(chart);
  if (entries.length === 0) return null;
  return (
    <section>
      <h2>Hand-overs</h2>
      <EventList entries={entries} zone={zone} none="" />
    </section>
  );
}

export function Corrections({ chart, zone }: SectionProps) {
  const entries = corrections(chart);
  if (entries.length === 0) return null;
  return (
    <section>
      <h2>Also entered late, corrected or undone</h2>
      <EventList entries={entries} zone={zone} none="" />
    </section>
  );
}

/** What was entered late or undone says so at its place. */
function EventList({
  entries,
  zone,
  none,
}: {
  readonly entries: readonly TimelineEntry[];
  readonly zone: ZoneText;
  readonly none: string;
}) {
  if (entries.length === 0) return <p>{none}</p>;
  return (
    <ul>
      {keyed(entries, ({ at, what }) => `${at} ${what}`).map(
        ({ key, one: { at, what, who, enteredAt, undone, corrections } }) => (
          <li key={key}>
            <b>{zone.time(at)}</b> {undone === null ? what : <s>{what}</s>} <i>{who}</i>
            {corrections.map(
              ({ was, name, at: corrected, reason }) =>
                ` (was ${zone.time(was)}, put right by ${name}, ${zone.time(corrected)}: ${reason})`,
            )}
            {enteredAt !== null && ` (entered late, ${zone.time(enteredAt)})`}
            {undone !== null && ` (undone by ${undone.name}, ${zone.time(undone.at)})`}
          </li>
        ),
      )}
    </ul>
  );
}

export function Checks({ chart, zone }: SectionProps) {
  const parts = [
    ["Before the infusion", checksText(chart, "start", zone)],
    ["Before going home", checksText(chart, "discharge", zone)],
  ] as const;
  if (parts.every(([, text]) => text === null)) return null;
  return (
    <section className="report-checks">
      <h2>Checks</h2>
      {parts.map(([name, text]) =>
        text === null ? null : (
          <p key={name}>
            {name}: {text.confirmed}
            {text.missing !== "" && (
              <>
                {text.confirmed === "" ? "" : "; "}
                <b>not confirmed: {text.missing}</b>
              </>
            )}
            .
          </p>
        ),
      )}
    </section>
  );
}

export function Medication({ chart, zone }: SectionProps) {
  return (
    <section>
      <h2>Medication beside the infusion</h2>
      <EventList entries={otherMedication(chart)} zone={zone} none="None recorded." />
    </section>
  );
}

export function Observations({ chart, zone }: SectionProps) {
  const dissociation = dissociationText(chart, zone);
  const missed = scheduleText(chart, zone);
  return (
    <section>
      <h2>Observations</h2>
      {chart.observations.length === 0 ? (
        <p>None recorded.</p>
      ) : (
        <ul>
          {keyed(chart.observations, ({ at }) => at).map(({ key, one: { at, name, observation, late } }) => (
            <li key={key}>
              <b>{zone.time(at)}</b> {observationText(observation)} <i>{name}</i>
              {late && " (entered late)"}
            </li>
          ))}
        </ul>
      )}
      {dissociation !== null && <p>{dissociation}</p>}
      {missed !== null && <p>{missed}</p>}
    </section>
  );
}

export function Alarms({ chart, zone }: SectionProps) {
  const alarms = alarmSummaries(chart);
  const changes = alarmChanges(chart);
  return (
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
      {changes.length > 0 && <EventList entries={changes} zone={zone} none="" />}
    </section>
  );
}

/** How it ended, by which criteria, and what was said on the way out. */
export function Ending({ chart, zone }: SectionProps) {
  const { title, how } = endText(chart, zone);
  const noDriving = noDrivingText(chart, zone);
  return (
    <section className="report-discharge">
      <h2>{title}</h2>
      {how !== null && (
        <p>
          <b>{how}</b>
        </p>
      )}
      {chart.criteria.length > 0 && (
        <>
          <p>{how === null ? "Criteria so far:" : "Criteria as they stood then:"}</p>
          <ul className="criteria">
            {chart.criteria.map(({ id, holds, reason, value }) => (
              <li key={id}>
                <b>{holds ? "Yes" : "No"}</b> {criterionText(id)}
                {value === null || criterionText(id).endsWith(value) ? "" : ` (${value})`}
                {holds ? "" : `: ${reason}`}
              </li>
            ))}
          </ul>
        </>
      )}
      {noDriving !== null && <p className="no-driving">{noDriving}</p>}
      {chart.escort !== null && (
        <p>
          Escort: {chart.escort.name}, {chart.escort.phone}.
        </p>
      )}
      <p>
        {chart.responsible !== null && `Looked after by ${chart.responsible}${how === null ? "" : " at the end"}. `}
        Recorded by {people(chart)}.
      </p>
      <p className="signature">Signature</p>
    </section>
  );
}
