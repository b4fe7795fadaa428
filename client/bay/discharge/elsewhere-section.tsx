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
