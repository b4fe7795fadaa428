import { useState } from "react";
import { NoteLine, useActing } from "../../act/index.ts";
import { useValue } from "../../ui/use-value.ts";
import type { SessionSectionProps } from "../bay-session.ts";
import { placeOf } from "../session/places.ts";
import { Arithmetic } from "./arithmetic.tsx";
import { Baseline } from "./baseline.tsx";
import { Checklist } from "./checklist.tsx";
import { PatientDialog, PlanDialog } from "./edit-dialogs.tsx";
import { missingForStart } from "./missing.ts";
import { PatientFacts } from "./patient-facts.tsx";
import "./prepare.css";

/** From arrival to the start of the drug: all that must be known and confirmed, and the start. */
export function PrepareSection(props: SessionSectionProps) {
  const { bay, session, visit } = props;
  const { who } = useActing();
  const [editing, setEditing] = useState<"patient" | "plan" | null>(null);
  const edit = async (what: "patient" | "plan") => {
    if ((await who.ask()) !== null) setEditing(what);
  };
  const { patient, plan, figures, arithmetic, protocol } = session;
  return (
    <section className="bay-section prepare" aria-labelledby="prepare-title">
      <h2>
        <span id="prepare-title">Preparation</span> <small className="bay-section-about">{protocol.name}</small>
      </h2>
      <NoteLine place={placeOf(bay, "open")} />
      <div className="prepare-parts">
        <section className="prepare-part" aria-labelledby="patient-title">
          <h3 id="patient-title">Patient</h3>
          <PatientFacts patient={patient} />
          <div className="prepare-acts">
            <button type="button" className="act act-quiet" onClick={() => edit("patient")}>
              Correct …<span className="unseen"> the patient</span>
            </button>
          </div>
        </section>
        <section className="prepare-part" aria-labelledby="plan-title">
          <h3 id="plan-title">Plan</h3>
          {plan === null ? (
            <p className="prepare-note">No plan is set.</p>
          ) : (
            <p>
              <b>
                {plan.drug} {plan.doseMgPerKg} mg/kg over {plan.plannedMin} min
              </b>
              {figures?.rateMlPerH != null && ` · pump ${Math.round(figures.rateMlPerH * 100) / 100} mL/h`}
            </p>
          )}
          <Arithmetic steps={arithmetic} />
          <div className="prepare-acts">
            <button
              type="button"
              className={plan === null ? "act act-main" : "act act-quiet"}
              onClick={() => edit("plan")}
            >
              {plan === null ? "Set the plan …" : "Change …"}
              {plan !== null && <span className="unseen"> the plan</span>}
            </button>
          </div>
        </section>
        <Checklist {...props} />
        <Baseline {...props} />
      </div>
      <Start {...props} />
      {editing === "patient" && <PatientDialog {...props} visit={visit} onClose={() => setEditing(null)} />}
      {editing === "plan" && <PlanDialog {...props} visit={visit} onClose={() => setEditing(null)} />}
    </section>
  );
}

function Start({ bay, session }: SessionSectionProps) {
  const { desk } = useActing();
  const place = placeOf(bay, "start");
  const waiting = useValue(desk.waiting).has(place);
  const missing = missingForStart(session);
  return (
    <div className="start">
      {/* Not disabled while something is missing: whoever presses is told what, by the server's own word. */}
      <button
        type="button"
        className={missing.length === 0 ? "act act-main start-button" : "act start-button"}
        aria-disabled={waiting}
        aria-describedby="start-missing"
        onClick={() => void desk.act(place, bay.id, { type: "start-infusion" })}
      >
        Start the infusion
      </button>
      <p id="start-missing" className="start-missing">
        {missing.length === 0 ? (
          "Everything is there."
        ) : (
          <>
            <b>Still missing:</b> {missing.join(", ")}
          </>
        )}
      </p>
      <NoteLine place={place} />
    </div>
  );
}
