import type { SessionView } from "@vigil/shared/bay";

/** What must still be done before the infusion may start, in words; empty when nothing must. */
export function missingForStart({ plan, figures, edition, baseline, startChecks }: SessionView): readonly string[] {
  return [
    ...(plan === null ? ["plan"] : []),
    ...(figures?.doseMg === null && edition >= 3 ? ["the patient’s weight"] : []),
    ...(baseline === null ? ["baseline vital signs"] : []),
    ...startChecks
      .filter(({ confirmed }) => !confirmed)
      .map(({ check, first }) => (first === null ? check : `${check} (second person)`)),
  ];
}
