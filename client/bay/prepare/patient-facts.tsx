import type { Patient } from "@vigil/shared/session";

/** Who it is, by more than the initials. */
export function PatientFacts({ patient }: { readonly patient: Patient }) {
  const about = [
    patient.recordNumber,
    patient.birthDate === undefined ? undefined : `born ${patient.birthDate}`,
    patient.weightKg === undefined ? "weight unknown" : `${patient.weightKg} kg`,
  ].filter(Boolean);
  return (
    <p>
      <b>{patient.name ?? patient.initials}</b>
      <br />
      {about.join(" · ")}
    </p>
  );
}
