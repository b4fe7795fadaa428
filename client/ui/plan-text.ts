import type { Plan } from "@vigil/shared/session";

/** "ketamine 0.5 mg/kg over 40 min, 1 mg/mL, bag 50 mL, 52.5 mL/h": as it was written. */
export function planText({
  drug,
  doseMgPerKg,
  plannedMin,
  concentrationMgPerMl,
  bagVolumeMl,
  rateMlPerH,
}: Plan): string {
  return [
    `${drug} ${doseMgPerKg} mg/kg over ${plannedMin} min`,
    ...(concentrationMgPerMl === undefined ? [] : [`${concentrationMgPerMl} mg/mL`]),
    ...(bagVolumeMl === undefined ? [] : [`bag ${bagVolumeMl} mL`]),
    ...(rateMlPerH === undefined ? [] : [`${rateMlPerH} mL/h`]),
  ].join(", ");
}
