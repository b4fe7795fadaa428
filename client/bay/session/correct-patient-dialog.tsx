import { useState } from "react";
import { useActing } from "../../act/index.ts";
import type { SessionSectionProps } from "../bay-session.ts";
import { useToday } from "../form/use-today.ts";
import { IdentityFields } from "../prepare/patient-fields.tsx";
import { patientTexts, readPatient } from "../prepare/patient-form.ts";
import { ActDialog } from "./act-dialog.tsx";
import { placeOf } from "./places.ts";
import { ReasonField } from "./reason-field.tsx";

/** Who the patient is, put right while the session goes on; what was said before stays in the record. */
export function CorrectPatientDialog({
  bay,
  session,
  visit: { zone },
  onClose,
}: SessionSectionProps & { readonly onClose: () => void }) {
  const { desk } = useActing();
  const [texts, setTexts] = useState(() => patientTexts(session.patient));
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const place = placeOf(bay, "ask");
  const read = readPatient(texts, session.protocol.plan, useToday(zone));
  const submit = () => {
    setTried(true);
    if (read.patient === null || reason.trim() === "") return false;
    const { weightKg: _weightKg, ...patient } = read.patient;
    return desk.act(place, bay.id, { type: "correct-patient", patient, reason: reason.trim() });
  };
  return (
    <ActDialog
      title={`Correct the patient at bay ${bay.name}`}
      submit="Correct the patient"
      place={place}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>Wall, lists, course and report name the patient so from now on. What was said before stays in the record.</p>
      <fieldset className="form-part">
        <legend>Patient</legend>
        <IdentityFields texts={texts} errors={{ ...(tried ? read.missing : {}), ...read.wrong }} onTexts={setTexts} />
      </fieldset>
      <ReasonField
        text={reason}
        onText={setReason}
        isTried={tried}
        choices={["misspelt", "wrong record number", "mixed up with another patient"]}
      />
    </ActDialog>
  );
}
