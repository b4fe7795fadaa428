import type { SessionView } from "@vigil/shared/bay";
import { missedText } from "../../ui/missed-text.ts";
import { observationText } from "../../ui/observation-text.ts";
import type { ZoneText } from "../../ui/zone-text.ts";

interface ObservationsProps {
  readonly session: SessionView;
  readonly zone: ZoneText;
}

/** What was observed, newest first, and the course of dissociation in one line. */
export function Observations({ session, zone }: ObservationsProps) {
  const { observations, timeline } = session;
  const late = new Map(timeline.filter(({ late: isLate }) => isLate).map(({ id, enteredAt }) => [id, enteredAt]));
  if (observations.length === 0) {
    return (
      <>
        <p className="observe-none">Nothing has been observed yet.</p>
        <Missed session={session} zone={zone} />
      </>
    );
  }
  return (
    <>
      <Missed session={session} zone={zone} />
      <Course session={session} zone={zone} />
      <ol className="observations" aria-label="Observations">
        {observations.toReversed().map(({ act, at, name, by: _by, ...observation }) => (
          <li key={act}>
            <time dateTime={new Date(at).toISOString()}>{zone.time(at)}</time>
            <span>{observationText(observation)}</span>
            <small>
              {name}
              {late.has(act) && <b> · entered late, {zone.time(late.get(act) ?? at)}</b>}
            </small>
          </li>
        ))}
      </ol>
    </>
  );
}

/** What the schedule asked for and nobody did in time. */
function Missed({ session: { missedObservations }, zone }: ObservationsProps) {
  if (missedObservations.length === 0) return null;
  return (
    <div className="observe-missed">
      <h3 id="missed-title">Missed of the schedule</h3>
      <ul aria-labelledby="missed-title">
        {missedObservations.map((missed) => (
          <li key={missed.dueAt}>{missedText(missed, zone)}</li>
        ))}
      </ul>
    </div>
  );
}

function Course({ session: { dissociation }, zone }: ObservationsProps) {
  const { beganAt, peak, endedAt } = dissociation;
  if (beganAt === null) return null;
  return (
    <p className="dissociation-course">
      Dissociation: seen from <b>{zone.time(beganAt)}</b>
      {peak !== null && (
        <>
          , strongest <b>{peak.dissociation}</b> at <b>{zone.time(peak.at)}</b>
        </>
      )}
      {endedAt === null ? (
        ", not over yet"
      ) : (
        <>
          , over at <b>{zone.time(endedAt)}</b>
        </>
      )}
      .
    </p>
  );
}
