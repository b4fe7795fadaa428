import { initialsOf } from "@vigil/shared/session";
import { TextField } from "../form/text-field.tsx";
import type { PatientErrors, PatientTexts } from "./patient-form.ts";

interface PatientFieldsProps {
  readonly texts: PatientTexts;
  readonly errors: PatientErrors;
  readonly onTexts: (texts: PatientTexts) => void;
}

export function PatientFields(props: PatientFieldsProps) {
  const { texts, errors, onTexts } = props;
  return (
    <fieldset className="form-part">
      <legend>Patient</legend>
      <IdentityFields {...props} />
      <TextField
        label="Weight, kg"
        kind="figure"
        maxLength={8}
        text={texts.weightKg}
        onText={(weightKg) => onTexts({ ...texts, weightKg })}
        wrong={errors.weightKg}
      />
    </fieldset>
  );
}

/** Who the patient is: all but the weight. */
export function IdentityFields({ texts, errors, onTexts }: PatientFieldsProps) {
  const set = (name: keyof PatientTexts) => (text: string) => onTexts({ ...texts, [name]: text });
  const proposed = initialsOf(texts.name);
  return (
    <>
      <TextField label="Name" text={texts.name} onText={set("name")} wrong={errors.name} />
      <div className="form-pair">
        <TextField
          label="Record number"
          maxLength={41}
          text={texts.recordNumber}
          onText={set("recordNumber")}
          wrong={errors.recordNumber}
        />
        <TextField
          label="Initials"
          maxLength={9}
          text={texts.initials}
          onText={set("initials")}
          wrong={errors.initials}
          hint={proposed === "" || texts.initials !== "" ? "On the wall" : `Left empty: ${proposed}`}
        />
      </div>
      <TextField
        label="Birth date"
        kind="date"
        text={texts.birthDate}
        onText={set("birthDate")}
        wrong={errors.birthDate}
      />
    </>
  );
}
