import { TextField } from "../form/text-field.tsx";
import { initialsOf, type PatientErrors, type PatientTexts } from "./patient-form.ts";

interface PatientFieldsProps {
  readonly texts: PatientTexts;
  readonly errors: PatientErrors;
  readonly onTexts: (texts: PatientTexts) => void;
}

export function PatientFields({ texts, errors, onTexts }: PatientFieldsProps) {
  const set = (name: keyof PatientTexts) => (text: string) => onTexts({ ...texts, [name]: text });
  const proposed = initialsOf(texts.name);
  return (
    <fieldset className="form-part">
      <legend>Patient</legend>
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
      <div className="form-pair">
        <TextField
          label="Birth date"
          kind="date"
          text={texts.birthDate}
          onText={set("birthDate")}
          wrong={errors.birthDate}
        />
        <TextField
          label="Weight, kg"
          kind="figure"
          maxLength={8}
          text={texts.weightKg}
          onText={set("weightKg")}
          wrong={errors.weightKg}
        />
      </div>
    </fieldset>
  );
}
