/** What the next nurse needs to know, in the order in which it is told. Pure. */
import type { SessionView } from "@vigil/shared/bay";
import type { BoardRow } from "@vigil/shared/board";
import type { AtMs } from "@vigil/shared/ids";
import { doseAt, type Medication } from "@vigil/shared/session";
import { conditionText } from "../../ui/alarm-text.ts";
import { criterionText } from "../../ui/criterion-text.ts";
import { observationText } from "../../ui/observation-text.ts";
import { PHASE_TEXT } from "../../ui/phase-text.ts";
import type { ZoneText } from "../../ui/zone-text.ts";

/** Longer is not read, and not kept. */
const LONGEST = 1_000;

export function handOverSummary(session: SessionView, row: BoardRow, now: AtMs, zone: ZoneText): string {
  const { patient, phase, plan, medications, recoveryMinimumAt, criteria, escort } = session;
  const lines = [
    `${patient.name ?? patient.initials}${patient.weightKg === undefined ? "" : `, ${patient.weightKg} kg`}. ${PHASE_TEXT[phase]}.`,
    plan === null ? "" : `Plan: ${plan.drug} ${plan.doseMgPerKg} mg/kg over ${plan.plannedMin} min.`,
    infusionText(session, now, zone),
    medications.length === 0 ? "" : `Given: ${medications.map(({ medication }) => givenText(medication)).join(", ")}.`,
    vitalsText(row),
    row.alarms.length === 0
      ? "No alarms."
      : `Alarms: ${row.alarms.map(({ id, value, limit }) => conditionText(id, value, limit)).join(", ")}.`,
    lastObservation(session, zone),
    recoveryMinimumAt === null || recoveryMinimumAt <= now ? "" : `Minimum stay until ${zone.time(recoveryMinimumAt)}.`,
    phase === "recovery" || phase === "ready"
      ? `Still missing for discharge: ${
          criteria
            .filter(({ holds }) => !holds)
            .map(({ id }) => criterionText(id).toLowerCase())
            .join(", ") || "nothing"
        }.`
      : "",
    escort === null ? "" : `Escort: ${escort.escortName}, ${escort.phone}.`,
  ];
  return lines
    .filter((line) => line !== "")
    .join("\n")
    .slice(0, LONGEST);
}

function infusionText({ infusion, dose, now: known }: SessionView, now: AtMs, zone: ZoneText): string {
  if (infusion === null) return "Infusion not started.";
  const given = dose === null ? null : doseAt(dose, Math.max(now, known.at));
  const ran =
    infusion.endedAt === null
      ? `Infusion since ${zone.time(infusion.startedAt)}`
      : `Infusion ${zone.time(infusion.startedAt)}–${zone.time(infusion.endedAt)}`;
  return `${ran}${given === null ? "" : `, ${given.mg.toFixed(1)} mg given`}.`;
}

const givenText = (given: Medication): string =>
  given.kind === "bolus" ? `bolus ${given.mg} mg` : `${given.name} ${given.dose} ${given.unit} ${given.route}`;

function vitalsText({ vitals: { hr, spo2, sbp, dbp } }: BoardRow): string {
  const parts = [
    hr.value === null ? "" : `HR ${Math.round(hr.value)}`,
    spo2.value === null ? "" : `SpO₂ ${Math.round(spo2.value)} %`,
    sbp.value === null ? "" : `BP ${Math.round(sbp.value)}/${dbp.value === null ? "–" : Math.round(dbp.value)}`,
  ].filter((part) => part !== "");
  return parts.length === 0 ? "" : `${parts.join(", ")}.`;
}

function lastObservation({ observations }: SessionView, zone: ZoneText): string {
  const last = observations.at(-1);
  if (last === undefined) return "Nothing observed yet.";
  const { at, name: _name, by: _by, act: _act, ...observation } = last;
  return `Observed at ${zone.time(at)}: ${observationText(observation)}.`;
}
