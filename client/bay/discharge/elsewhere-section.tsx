import type { SessionView } from "@vigil/shared/bay";
import { useState } from "react";
import type { SessionSectionProps } from "../bay-session.ts";
import { HandOverDialog } from "./hand-over-dialog.tsx";
import { MoveDialog } from "./move-dialog.tsx";
import "./discharge.css";

/** Who looks after the patient, and where. */
export function ElsewhereSection(props: SessionSectionProps) {
  const { bay, session, visit } = props;
  const [asking, setAsking] = useState<"hand-over" | "move" | null>(null);
  const close = () => setAsking(null);
  const { responsible } = session;
  const handOver = lastHandOver(session);
  return (
    <section className="bay-section elsewhere" aria-labelledby="elsewhere-title">
      <h2 id="elsewhere-title">Who and where</h2>
      <p>
        {responsible === null ? (
          "Nobody is named who looks after this patient."
        ) : (
          <>
            <b>{responsible.name}</b> looks after this patient since {visit.zone.time(responsible.at)}.
          </>
        )}
      </p>
      {handOver !== undefined && (
        <div className="handed-over">
          <p>
            Handed over by {handOver.by.name}, {visit.zone.time(handOver.at)}:
          </p>
          <p className="handed-over-summary">{handOver.summary}</p>
        </div>
      )}
      <div className="elsewhere-ways">
        <button type="button" className="act" onClick={() => setAsking("hand-over")}>
          Hand over …
        </button>
        <button type="button" className="act" onClick={() => setAsking("move")}>
          Move to another bay …
        </button>
      </div>
      {asking === "hand-over" && <HandOverDialog {...props} onClose={close} />}
      {asking === "move" && <MoveDialog bay={bay} onClose={close} />}
    </section>
  );
}

/** What the one before thought that the next should know. */
function lastHandOver({ timeline }: SessionView) {
  for (const { command, by, at, undone } of timeline.toReversed()) {
    if (command.type === "hand-over" && undone === null) return { by, at, summary: command.summary };
  }
  return undefined;
}
