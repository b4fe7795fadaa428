import { useState } from "react";
import type { SessionSectionProps } from "../bay-session.ts";
import { HandOverDialog } from "./hand-over-dialog.tsx";
import { MoveDialog } from "./move-dialog.tsx";
import { ReasonDialog } from "./reason-dialog.tsx";
import "./discharge.css";

/** Who looks after the patient and where; and the end of a session that is not to go on. */
export function ElsewhereSection(props: SessionSectionProps) {
  const { bay, session, visit } = props;
  const [asking, setAsking] = useState<"hand-over" | "move" | "abandon" | null>(null);
  const close = () => setAsking(null);
  const { responsible, infusion } = session;
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
        <button type="button" className="act act-quiet" onClick={() => setAsking("abandon")}>
          Abandon session …
        </button>
      </div>
      {asking === "hand-over" && <HandOverDialog {...props} onClose={close} />}
      {asking === "move" && <MoveDialog bay={bay} onClose={close} />}
      {asking === "abandon" && (
        <ReasonDialog
          bay={bay}
          title={`Abandon the session of ${session.patient.initials}, bay ${bay.name}`}
          action="Abandon session"
          command={(reason) => ({ type: "abandon-session", reason })}
          onClose={close}
        >
          <p>
            The session ends here and is not a discharge: nothing is checked. This cannot be undone.
            {infusion !== null && " The patient has had the drug."}
          </p>
        </ReasonDialog>
      )}
    </section>
  );
}
