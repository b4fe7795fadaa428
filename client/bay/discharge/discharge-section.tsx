import { useState } from "react";
import { NoteLine, useActing } from "../../act/index.ts";
import { criterionText } from "../../ui/criterion-text.ts";
import { useValue } from "../../ui/use-value.ts";
import type { SessionSectionProps } from "../bay-session.ts";
import { placeOf } from "../session/places.ts";
import { Criteria } from "./criteria.tsx";
import { EscortForm } from "./escort-form.tsx";
import { MinimumLeft } from "./minimum-left.tsx";
import { ReasonDialog } from "./reason-dialog.tsx";
import "./discharge.css";

/** From the end of the infusion to the ride home: the countdown, what is still missing, and the way out. */
export function DischargeSection({ bay, session, visit: { zone } }: SessionSectionProps) {
  const { criteria, recoveryMinimumAt, phase, protocol, escort } = session;
  const missing = criteria.filter(({ holds }) => !holds);
  return (
    <section className="bay-section discharge" aria-labelledby="discharge-title">
      <header className="discharge-head">
        <h2 id="discharge-title">Discharge</h2>
        {recoveryMinimumAt !== null && <MinimumLeft bay={bay} minimumAt={recoveryMinimumAt} zone={zone} />}
      </header>
      <NoteLine place={placeOf(bay, "finish")} />
      <p className="discharge-missing" role="status">
        {missing.length === 0 ? (
          <b>All criteria hold.</b>
        ) : (
          <>
            <b>
              {missing.length} of {criteria.length} missing:
            </b>{" "}
            {missing.map(({ id }) => criterionText(id)).join(", ")}.
          </>
        )}
      </p>
      <Criteria bay={bay} session={session} />
      <EscortForm bay={bay} escort={escort} />
      <p className="discharge-note">
        After discharge: no driving or machinery for {protocol.noDrivingHours} hours. The report states until when.
      </p>
      <Ways bay={bay} isReady={phase === "ready"} missing={missing.map(({ id }) => criterionText(id))} />
    </section>
  );
}

interface WaysProps {
  readonly bay: SessionSectionProps["bay"];
  readonly isReady: boolean;
  readonly missing: readonly string[];
}

function Ways({ bay, isReady, missing }: WaysProps) {
  const { desk } = useActing();
  const [asking, setAsking] = useState<"back" | "override" | null>(null);
  const place = `discharge ${bay.id}`;
  const isWaiting = useValue(desk.waiting).has(place);
  const press = (type: "declare-ready" | "discharge") => () => void desk.act(place, bay.id, { type });
  const close = () => setAsking(null);
  return (
    <div className="discharge-ways">
      {!isReady && (
        <button type="button" className="act act-main" aria-disabled={isWaiting} onClick={press("declare-ready")}>
          Declare ready
        </button>
      )}
      <button
        type="button"
        className={isReady ? "act act-main" : "act"}
        aria-disabled={isWaiting}
        onClick={press("discharge")}
      >
        Discharge
      </button>
      {isReady && (
        <button type="button" className="act" onClick={() => setAsking("back")}>
          Back to recovery …
        </button>
      )}
      {missing.length > 0 && (
        <button type="button" className="act act-quiet" onClick={() => setAsking("override")}>
          Discharge against a criterion …
        </button>
      )}
      <NoteLine place={place} />
      {asking === "back" && (
        <ReasonDialog
          bay={bay}
          title={`Back to recovery, bay ${bay.name}`}
          action="Back to recovery"
          command={(reason) => ({ type: "return-to-recovery", reason })}
          onClose={close}
        >
          <p>What was confirmed for going home has to be confirmed again.</p>
        </ReasonDialog>
      )}
      {asking === "override" && (
        <ReasonDialog
          bay={bay}
          title={`Discharge against a criterion, bay ${bay.name}`}
          action="Discharge all the same"
          command={(override) => ({ type: "discharge", override })}
          onClose={close}
        >
          <p>
            Missing: {missing.join(", ")}. Only a supervisor may do this; the reason stands in the patient’s report.
          </p>
        </ReasonDialog>
      )}
    </div>
  );
}
