import type { Protocol } from "@vigil/shared/protocol";
import { type FormEvent, useState } from "react";
import { NoteLine, useActing } from "../../act/index.ts";
import type { LiveBay } from "../../live/index.ts";
import { useValue } from "../../ui/use-value.ts";
import type { BayVisit } from "../bay-session.ts";
import { useDraft } from "../form/use-draft.ts";
import { useToday } from "../form/use-today.ts";
import { placeOf } from "../session/places.ts";
import { PatientFields } from "./patient-fields.tsx";
import { NO_PATIENT, readPatient } from "./patient-form.ts";
import { PlanFields } from "./plan-fields.tsx";
import { NO_PLAN, readPlan } from "./plan-form.ts";
import "./prepare.css";

const nameOf = ({ name, version }: Protocol): string => (version === undefined ? name : `${name}, version ${version}`);

interface OpenSectionProps {
  readonly bay: LiveBay;
  readonly visit: BayVisit;
}

/** At a free bay: the session of whoever comes. */
export function OpenSection({ bay, visit }: OpenSectionProps) {
  const { desk, newId } = useActing();
  const { protocols, session: last, zone } = visit;
  const [chosen, setChosen] = useState(0);
  const inUse = protocols[chosen];
  const protocol = inUse?.protocol ?? visit.protocol;
  // What was typed belongs to the visit that follows the last one, and to no other.
  const draft = `${bay.id} after ${last?.id ?? "none"}`;
  const [patientTexts, setPatientTexts, forgetPatient] = useDraft(`patient ${draft}`, NO_PATIENT);
  const [planTexts, setPlanTexts, forgetPlan] = useDraft(`plan ${draft}`, NO_PLAN);
  const [tried, setTried] = useState(false);
  const place = placeOf(bay, "open");
  const waiting = useValue(desk.waiting).has(place);
  const rules = protocol.plan;
  const patientRead = readPatient(patientTexts, rules, useToday(zone));
  const planRead = readPlan(planTexts, patientRead.weightKg, rules);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const { patient } = patientRead;
    const { plan, isEmpty } = planRead;
    if (patient === null || (plan === null && !isEmpty)) return;
    const opening = {
      ...({ type: "open-session", sessionId: newId(), patient } as const),
      ...(plan === null ? {} : { plan }),
    };
    const { version } = protocol;
    const beside =
      // Left out, the server takes the one that is in use when it is opened.
      chosen === 0 || inUse === undefined
        ? {}
        : { protocol: { id: inUse.id, ...(version === undefined ? {} : { version }) } };
    if (await desk.act(place, bay.id, opening, beside)) {
      forgetPatient();
      forgetPlan();
    }
  };

  return (
    <section className="bay-section open-session" aria-labelledby="open-title">
      <h2 id="open-title">Open a session</h2>
      <form onSubmit={submit} noValidate>
        <div className="form-parts">
          <PatientFields
            texts={patientTexts}
            errors={{ ...(tried ? patientRead.missing : {}), ...patientRead.wrong }}
            onTexts={setPatientTexts}
          />
          <PlanFields
            texts={planTexts}
            read={planRead}
            errors={{ ...(tried && !planRead.isEmpty ? planRead.missing : {}), ...planRead.wrong }}
            rules={rules}
            onTexts={setPlanTexts}
          />
        </div>
        <div className="form-end">
          <p>
            {protocols.length === 1 ? (
              <>
                Protocol <b>{nameOf(protocol)}</b>
              </>
            ) : (
              <label className="open-protocol">
                Protocol{" "}
                <select value={chosen} onChange={(event) => setChosen(Number(event.currentTarget.value))}>
                  {protocols.map(({ protocol: each }, i) => (
                    <option key={nameOf(each)} value={i}>
                      {nameOf(each)}
                    </option>
                  ))}
                </select>
              </label>
            )}
            {planRead.isEmpty && ". The plan can also be set later."}
          </p>
          <button type="submit" className="act act-main" aria-disabled={waiting}>
            Open the session
          </button>
        </div>
        <NoteLine place={place} />
      </form>
    </section>
  );
}
