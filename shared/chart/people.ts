/** What people saw, measured and gave, as the session has it: undone acts are gone, late entries stand at their time. */
import type { CommandId } from "../ids/index.ts";
import { effectiveActs, isConfirmed, type Medication, type Session, type Signature } from "../session/index.ts";
import type { Cuff, HandSigns, RecordedCheck, RecordedMedication, RecordedObservation } from "./session-chart.ts";

export function recordedObservations({ observations, acts }: Session): RecordedObservation[] {
  const entered = new Map(acts.map(({ id, enteredAt }) => [id, enteredAt]));
  return observations.map(({ at, name, by: _by, act, ...observation }) => ({
    at,
    late: at < (entered.get(act) ?? at),
    name,
    observation,
  }));
}

export const recordedMedication = ({ medications, plan }: Session): RecordedMedication[] =>
  medications.map(({ medication, at, name }) => ({ at, name, what: medicationText(medication, plan?.drug ?? "drug") }));

/** Every check the protocol asks for, those that nobody confirmed among them. */
export function recordedChecks(session: Session): RecordedCheck[] {
  const { startChecks, dischargeChecks } = session.protocol;
  const signed = (by: Signature | null | undefined) => (by == null ? null : { at: by.at, name: by.name });
  const told = (part: RecordedCheck["part"], check: string): RecordedCheck => {
    const found = session.confirmed.find((each) => each.part === part && each.check === check);
    const [first, second] = [signed(found?.first), signed(found?.second)];
    return { part, check, first, second, holds: isConfirmed(session, part, check) };
  };
  return [
    ...startChecks.map((check) => told("start", check)),
    ...dischargeChecks.map((check) => told("discharge", check)),
  ];
}

/** "ketamine bolus 5 mg", "ondansetron 4 mg IV". */
export const medicationText = (given: Medication, drug: string): string =>
  given.kind === "bolus" ? `${drug} bolus ${given.mg} mg` : `${given.name} ${given.dose} ${given.unit} ${given.route}`;

/** Heart rate, SpO₂ and breathing that a person read off, the baseline among them unless the monitor gave it. */
export function handSigns(session: Session, measured: ReadonlySet<CommandId>): HandSigns[] {
  const signs = session.observations.flatMap(({ at, values }): HandSigns[] => {
    const { hr = null, spo2 = null, rr = null } = values ?? {};
    return hr === null && spo2 === null && rr === null ? [] : [{ at, hr, spo2, rr }];
  });
  const baseline = handBaseline(session, measured);
  if (baseline !== null) signs.push({ at: baseline.at, hr: baseline.hr, spo2: baseline.spo2, rr: null });
  return signs.sort((a, b) => a.at - b.at);
}

/** Cuff pressures that a person measured, likewise. */
export function handCuffs(session: Session, measured: ReadonlySet<CommandId>): Cuff[] {
  const cuffs = session.observations.flatMap(({ at, values }): Cuff[] => {
    const { sbp = null, dbp = null } = values ?? {};
    return sbp === null && dbp === null ? [] : [{ at, sbp, dbp, map: null, manual: true }];
  });
  const baseline = handBaseline(session, measured);
  if (baseline !== null) cuffs.push({ at: baseline.at, sbp: baseline.sbp, dbp: baseline.dbp, map: null, manual: true });
  return cuffs.sort((a, b) => a.at - b.at);
}

function handBaseline({ baseline, acts }: Session, measured: ReadonlySet<CommandId>) {
  if (baseline === null) return null;
  const act = effectiveActs(acts).findLast(
    ({ command, effectiveAt }) => command.type === "record-baseline" && effectiveAt === baseline.at,
  );
  return act === undefined || measured.has(act.id) ? null : baseline;
}
