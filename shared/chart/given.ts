/** What the pump gave, for the body's weight: as the models of the body take it. */
import type { Given } from "../pharmacokinetics/index.ts";
import type { DoseCourse } from "../session/index.ts";

/** Nothing where dose or weight is not known. @param weightKg of the plan or the patient's */
export function givenBy(
  dose: DoseCourse | null,
  weightKg: number | null,
): { runs: Given["runs"][number][]; boluses: Given["boluses"][number][] } {
  if (dose === null || weightKg === null || dose.unknownFrom !== null) return { runs: [], boluses: [] };
  return {
    runs: dose.deliveries.map(({ from, to, mgPerMin }) => ({ from, to, rateMgPerKgPerMin: mgPerMin / weightKg })),
    boluses: dose.boluses.map(({ at, mg }) => ({ at, mgPerKg: mg / weightKg })),
  };
}
