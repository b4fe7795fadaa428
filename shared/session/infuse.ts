/**
 * What the acts at the pump make of the session: the start, rate, boluses, extension. Since the third edition the dose is
 * always known, and figures that only a slip of the pen explains are refused.
 */
import type { AtMs } from "../ids/index.ts";
import { type Act, isLate } from "./act.ts";
import type { Medication } from "./command.ts";
import { doseAt, doseCourse } from "./dose.ts";
import { into, moved } from "./moved.ts";
import { planFigures } from "./plan.ts";
import { type Move, refuse } from "./refusal.ts";
import {
  type Infusion,
  infusionElapsedMs,
  isConfirmed,
  isInfusionPhase,
  type Session,
  type Signature,
} from "./session.ts";

const shown = (value: number): string => String(Math.round(value * 100) / 100);

export function start(session: Session, act: Act): Move {
  const { plan, patient, protocol } = session;
  const at = act.effectiveAt;
  // Judged by what stood at that time: what was done by then, and entered for later or not at all, must be told first.
  const remedy =
    session.edition >= 3 && isLate(act)
      ? " At that time it was not: if it had been done by then, enter it late, or correct its time; then enter the start."
      : "";
  if (plan === null) return refuse("no-plan", `Set the plan (drug, dose, duration) first.${remedy}`);
  if (session.baseline === null) return refuse("no-baseline", `Record baseline vital signs first.${remedy}`);
  const missing = protocol.startChecks.filter((check) => !isConfirmed(session, "start", check));
  if (missing.length > 0) return refuse("checks-missing", `Confirm first: ${missing.join(", ")}.${remedy}`);
  const { doseMg, rateMlPerH, rateMgPerMin } = planFigures(plan, patient.weightKg);
  if (session.edition >= 3 && doseMg === null) {
    return refuse("dose-unknown", "Without the patient's weight the dose in mg is not known. Enter the weight first.");
  }
  const infusion: Infusion = {
    startedAt: at,
    ranMs: 0,
    runningSince: null,
    endedAt: null,
    segments: [],
    rate: { rateMlPerH, rateMgPerMin },
    boluses: [],
    extensions: [],
  };
  return moved(into(session, "infusing", at), { infusion: runPump(infusion, at) });
}

/** A rate of more than so many times the plan's is a slip of the pen: a digit too many, a point left out. */
const MOST_TIMES_PLANNED = 4;

export function changeRate(session: Session, rateMlPerH: number, at: AtMs): Move {
  const infusion = infusionOf(session);
  if (infusion.rate.rateMlPerH === rateMlPerH) {
    return refuse("already-done", `The rate is ${rateMlPerH} mL/h already.`);
  }
  const concentration = session.plan?.concentrationMgPerMl;
  const rateMgPerMin = concentration === undefined ? null : (rateMlPerH * concentration) / 60;
  const wrong = session.edition < 3 ? undefined : implausibleRate(session, rateMlPerH);
  if (wrong !== undefined) return wrong;
  const changed: Infusion = { ...infusion, rate: { rateMlPerH, rateMgPerMin } };
  if (session.phase === "paused") return moved(session, { infusion: changed });
  return moved(session, { infusion: runPump(stopPump(changed, at, null), at) });
}

function implausibleRate({ plan, patient }: Session, rateMlPerH: number): Move | undefined {
  const planned = plan === null ? null : planFigures(plan, patient.weightKg).rateMlPerH;
  if (planned === null) {
    return refuse(
      "dose-unknown",
      "The plan tells no concentration: at another rate the dose would not be known. Enter the plan late with the mg/mL in the bag, for a time before the start; then the rate.",
    );
  }
  const most = planned * MOST_TIMES_PLANNED;
  if (rateMlPerH <= most) return undefined;
  return refuse(
    "implausible-rate",
    `${shown(rateMlPerH)} mL/h is more than ${MOST_TIMES_PLANNED} times the planned ${shown(planned)} mL/h (${shown(most)} mL/h). Check the figure.`,
  );
}

/** Sums of binary fractions are not held against anybody. */
const EPSILON_MG = 1e-6;

export function medicate(session: Session, medication: Medication, { id }: Act, signed: Signature): Move {
  const medications = [...session.medications, { medication, ...signed, act: id }];
  if (medication.kind === "other") return moved(session, { medications });
  const { infusion } = session;
  if (infusion === null || !isInfusionPhase(session.phase)) {
    return refuse("wrong-phase", "A bolus of the plan's drug is possible only while the infusion runs or is paused.");
  }
  const course = doseCourse(session);
  const given = course === null ? null : doseAt(course, signed.at);
  if (course !== null && course.boundMg !== null && given !== null) {
    const roomMg = course.boundMg - given.mg;
    if (medication.mg > roomMg + EPSILON_MG) {
      return refuse(
        "dose-exceeded",
        `${medication.mg} mg is more than the ${shown(Math.max(0, roomMg))} mg left of the plan. Extend the infusion first.`,
      );
    }
  }
  const boluses = [...infusion.boluses, { at: signed.at, mg: medication.mg }];
  return moved(session, { medications, infusion: { ...infusion, boluses } });
}

type Extension = Infusion["extensions"][number];

export function extend(session: Session, extension: Extension): Move {
  if (extension.minutes === 0 && extension.mg === 0) {
    return refuse("implausible-plan", "Say by how many minutes or milligrams to extend.");
  }
  const infusion = infusionOf(session);
  const extensions = [...infusion.extensions, extension];
  const { plan, patient, protocol } = session;
  const figures = plan === null ? null : planFigures(plan, patient.weightKg);
  const wholeMg = figures?.doseMg == null ? null : extensions.reduce((sum, each) => sum + each.mg, figures.doseMg);
  if (figures?.weightKg != null && wholeMg !== null) {
    const perKg = wholeMg / figures.weightKg;
    if (perKg > protocol.plan.doseMgPerKg.max + EPSILON_MG) {
      return refuse(
        "implausible-plan",
        `With that the dose would be ${shown(perKg)} mg/kg; the protocol allows ${protocol.plan.doseMgPerKg.max} mg/kg.`,
      );
    }
  }
  if (session.edition >= 3) {
    const wrong =
      tooLong(session, extensions, extension) ?? emptyBag(figures?.bagMg ?? null, wholeMg, extensions, extension);
    if (wrong !== undefined) return wrong;
  }
  return moved(session, { infusion: { ...infusion, extensions } });
}

function tooLong({ plan, protocol }: Session, extensions: readonly Extension[], { minutes }: Extension) {
  if (plan === null || minutes === 0) return undefined;
  const whole = extensions.reduce((sum, each) => sum + each.minutes, plan.plannedMin);
  const { max } = protocol.plan.plannedMin;
  if (whole <= max) return undefined;
  return refuse(
    "implausible-plan",
    `With that the infusion would be planned for ${shown(whole)} min; the protocol allows ${shown(max)} min. Check the figure.`,
  );
}

/** A bag cannot give more than it holds; every new one is taken to hold as much. */
function emptyBag(bagMg: number | null, wholeMg: number | null, extensions: readonly Extension[], { mg }: Extension) {
  if (bagMg === null || wholeMg === null || mg === 0) return undefined;
  const bags = 1 + extensions.filter(({ newBag }) => newBag === true).length;
  if (wholeMg <= bagMg * bags + EPSILON_MG) return undefined;
  const holds = bags === 1 ? `the bag holds ${shown(bagMg)} mg` : `${bags} bags hold ${shown(bagMg * bags)} mg`;
  return refuse(
    "bag-empty",
    `With that the dose would be ${shown(wholeMg)} mg; ${holds}. Check the figure, or say that a new bag is hung.`,
  );
}

export function infusionOf(session: Session): Infusion {
  if (session.infusion === null) throw new Error(`session ${session.id} is ${session.phase} without an infusion`);
  return session.infusion;
}

export const runPump = (infusion: Infusion, at: AtMs): Infusion => ({
  ...infusion,
  runningSince: at,
  segments: [...infusion.segments, { from: at, to: null, ...infusion.rate }],
});

export const stopPump = (infusion: Infusion, at: AtMs, endedAt: AtMs | null): Infusion => ({
  ...infusion,
  ranMs: infusionElapsedMs(infusion, at),
  runningSince: null,
  endedAt,
  segments: infusion.segments.map((segment) => (segment.to === null ? { ...segment, to: at } : segment)),
});
