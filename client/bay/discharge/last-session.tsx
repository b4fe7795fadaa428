import { Link } from "@tanstack/react-router";
import type { SessionView } from "@vigil/shared/bay";
import { LEFT_TEXT } from "../../ui/left-text.ts";
import { useValue } from "../../ui/use-value.ts";
import type { ZoneText } from "../../ui/zone-text.ts";
import { useLive } from "../../wall/live-context.ts";
import "./discharge.css";

interface LastSessionProps {
  readonly session: SessionView;
  readonly zone: ZoneText;
}

/** Whoever sits down at the bay afterwards is not to read who was there before. */
const SHOWN_FOR_MS = 2 * 3_600_000;

/** What the patient who just left is told, and where their report is. */
export function LastSession({ session: { id, patient, phase, ending }, zone }: LastSessionProps) {
  const { now } = useValue(useLive().shown);
  if (ending === null || now > ending.at + SHOWN_FOR_MS) return null;
  const { at, name, reason, left = null, noDrivingUntil } = ending;
  return (
    <section className="bay-section last-session" aria-labelledby="last-session-title">
      <h2 id="last-session-title">
        {patient.name ?? patient.initials}: {phase === "discharged" ? "discharged" : "session abandoned"} at{" "}
        {zone.dateTime(at)}
      </h2>
      {noDrivingUntil !== null && (
        <p className="no-driving">
          No driving or machinery until <b>{zone.dateTime(noDrivingUntil)}</b>.
        </p>
      )}
      <p>
        By {name}
        {left !== null && ` · ${LEFT_TEXT[left]}`}
        {reason !== null && `: ${reason}`}.
      </p>
      <p className="elsewhere-ways">
        <Link className="act" to="/sessions/$session/report" params={{ session: id }}>
          Report
        </Link>
        <Link className="act" to="/sessions/$session" params={{ session: id }}>
          Chart
        </Link>
      </p>
    </section>
  );
}
