/** What a bay's pump is set to and gave so far, for each kilogram of the patient: told by the session itself. */
import type { AtMs } from "@vigil/shared/ids";
import type { Given } from "@vigil/shared/pharmacokinetics";
import {
  type DoseCourse,
  doseCourse,
  type Infusion,
  type Plan,
  type PlanFigures,
  planFigures,
  type Session,
} from "@vigil/shared/session";

export interface DrugFacts {
  /** What the pump is set to, running or held. */
  readonly rateMgPerKgPerMin: number;
  /** What may be given by now, extensions included. */
  readonly boundMgPerKg: number;
  /** What was given until now. */
  readonly given: Given;
}

/** What is needed of a session: of the engine's, or of the view of it that the server gives. */
export interface DrugSource {
  readonly plan: Pick<Plan, "doseMgPerKg" | "plannedMin">;
  readonly figures: Pick<PlanFigures, "weightKg">;
  readonly infusion: Pick<Infusion, "boluses"> & { readonly rate: Pick<Infusion["rate"], "rateMgPerMin"> };
  readonly dose: Pick<DoseCourse, "boundMg" | "deliveries">;
}

/** Without a weight nothing but the plan's dose for each kilogram is known, and boluses are left out. */
export function drugOf({ plan, figures, infusion, dose }: DrugSource, at: AtMs): DrugFacts {
  const { weightKg } = figures;
  const usual = plan.doseMgPerKg / plan.plannedMin;
  if (weightKg === null) {
    return { rateMgPerKgPerMin: usual, boundMgPerKg: plan.doseMgPerKg, given: { runs: [], boluses: [] } };
  }
  const perKg = (mg: number) => mg / weightKg;
  return {
    rateMgPerKgPerMin: infusion.rate.rateMgPerMin === null ? usual : perKg(infusion.rate.rateMgPerMin),
    boundMgPerKg: dose.boundMg === null ? plan.doseMgPerKg : perKg(dose.boundMg),
    given: {
      runs: dose.deliveries
        .filter(({ from }) => from < at)
        .map(({ from, to, mgPerMin }) => ({
          from,
          // What is going to end by itself runs on now.
          to: to === null || to > at ? null : to,
          rateMgPerKgPerMin: perKg(mgPerMin),
        })),
      boluses: infusion.boluses.map((bolus) => ({ at: bolus.at, mgPerKg: perKg(bolus.mg) })),
    },
  };
}

/** `null` before the drug is started. */
export function drugOfSession(session: Session | null, at: AtMs): DrugFacts | null {
  if (session === null || session.plan === null || session.infusion === null) return null;
  const dose = doseCourse(session);
  if (dose === null) return null;
  const figures = planFigures(session.plan, session.patient.weightKg);
  return drugOf({ plan: session.plan, figures, infusion: session.infusion, dose }, at);
}
