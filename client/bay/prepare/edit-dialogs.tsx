import type { SessionView } from "@vigil/shared/bay";
import { useState } from "react";
import { useActing } from "../../act/index.ts";
import type { SessionSectionProps } from "../bay-session.ts";
import { useToday } from "../form/use-today.ts";
import { ActDialog } from "../session/act-dialog.tsx";
import { placeOf } from "../session/places.ts";
import { PatientFields } from "./patient-fields.tsx";
import { patientTexts, readPatient } from "./patient-form.ts";
import { PlanFields } from "./plan-fields.tsx";
import { NO_PLAN, planTexts, readPlan } from "./plan-form.ts";

type EditProps = SessionSectionProps & { readonly onClose: () => void };

/** The patient as they should stand in the record: a slip put right, the weight measured on arrival. */
export function PatientDialog({ bay, session, visit: { zone }, onClose }: EditProps) {
  const { desk } = useActing();
  const [texts, setTexts] = useState(() => patientTexts(session.patient));
  const [tried, setTried] = useState(false);
  const place = placeOf(bay, "patient");
  const read = readPatient(texts, session.protocol.plan, useToday(zone));
  const submit = () => {
    setTried(true);
    return read.patient !== null && desk.act(place, bay.id, { type: "set-patient", patient: read.patient });
  };
  return (
    <ActDialog title="Correct the patient" submit="Keep" place={place} onSubmit={submit} onClose={onClose}>
      <PatientFields texts={texts} errors={{ ...(tried ? read.missing : {}), ...read.wrong }} onTexts={setTexts} />
    </ActDialog>
  );
}

const textsOf = ({ plan }: SessionView) => (plan === null ? NO_PLAN : planTexts(plan));

export function PlanDialog({ bay, session, onClose }: EditProps) {
  const { desk } = useActing();
  const [texts, setTexts] = useState(() => textsOf(session));
  const [tried, setTried] = useState(false);
  const place = placeOf(bay, "plan");
  const rules = session.protocol.plan;
  const read = readPlan(texts, session.patient.weightKg, rules);
  const submit = () => {
    setTried(true);
    return read.plan !== null && desk.act(place, bay.id, { type: "set-plan", plan: read.plan });
  };
  return (
    <ActDialog
      title={`Plan for ${session.patient.initials}, ${session.patient.weightKg ?? "–"} kg`}
      submit="Set the plan"
      place={place}
      onSubmit={submit}
      onClose={onClose}
    >
      <PlanFields
        texts={texts}
        read={read}
        errors={{ ...(tried ? read.missing : {}), ...read.wrong }}
        rules={rules}
        onTexts={setTexts}
      />
    </ActDialog>
  );
}
