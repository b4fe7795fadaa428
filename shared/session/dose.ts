/**
 * The dose given, from facts: what the pump was set to, pauses, boluses. It never exceeds the plan's dose and what the
 * infusion was explicitly extended by: when that is reached, the pump is taken to have stopped delivering, although the
 * clock of the infusion runs on until a person ends it. Where no weight is known the bag is the bound.
 */
import type { AtMs, DurationMs } from "../ids/index.ts";
import { planFigures } from "./plan.ts";
import type { SessionFacts } from "./session.ts";

/** A stretch in which the pump delivers at one rate. */
export interface Delivery {
  readonly from: AtMs;
  /** When it ends or is going to end by itself; `null`: it runs on with no bound known. */
  readonly to: AtMs | null;
  readonly mgPerMin: number;
}

/** Everything needed to say the dose at any instant: {@link doseAt}. */
export interface DoseCourse {
  /** The plan's dose; `null` when no weight is known. */
  readonly plannedMg: number | null;
  /** What may be given by now, extensions included; `null` when neither weight nor bag is known. */
  readonly boundMg: number | null;
  /** Of the drug in the bag; `null` when the plan does not say. */
  readonly concentrationMgPerMl: number | null;
  readonly deliveries: readonly Delivery[];
  readonly boluses: readonly { readonly at: AtMs; readonly mg: number }[];
  /** From when on the rate, and so the dose, is not known; `null`: it always is. */
  readonly unknownFrom: AtMs | null;
}

export interface Dose {
  readonly mg: number;
  /** `null` without a concentration. */
  readonly mL: number | null;
  /** Share of the planned dose, 0–1, above 1 after an extension; `null` without a planned dose. */
  readonly ofPlan: number | null;
}

const NEVER = Number.POSITIVE_INFINITY;
const MIN = 60_000;

/** `null` before a plan is set. */
export function doseCourse({ plan, patient, infusion }: SessionFacts): DoseCourse | null {
  if (plan === null) return null;
  const { doseMg, bagMg } = planFigures(plan, patient.weightKg);
  const boluses = infusion?.boluses ?? [];
  const extensions = infusion?.extensions ?? [];
  const deliveries: Delivery[] = [];
  let bound = doseMg ?? bagMg ?? NEVER;
  let total = 0;
  let unknownFrom: AtMs | null = null;
  // What changes at an instant besides the rate: a bolus uses up the bound, an extension lifts it.
  const steps = [
    ...boluses.map(({ at, mg }) => ({ at, given: mg, more: 0 })),
    ...extensions.map(({ at, mg }) => ({ at, given: 0, more: mg })),
  ].sort((a, b) => a.at - b.at);
  let next = 0;
  const takeStepsUntil = (at: AtMs) => {
    for (let step = steps[next]; step !== undefined && step.at <= at; step = steps[++next]) {
      total += step.given;
      bound += step.more;
    }
  };
  for (const { from, to, rateMgPerMin } of infusion?.segments ?? []) {
    let start = from;
    takeStepsUntil(start);
    for (;;) {
      const end = Math.min(to ?? NEVER, steps[next]?.at ?? NEVER);
      if (rateMgPerMin === null) unknownFrom ??= start;
      else {
        const room = bound - total;
        const stop = Math.min(end, room <= 0 ? start : start + (room / rateMgPerMin) * MIN);
        if (stop > start) {
          deliveries.push({ from: start, to: stop === NEVER ? null : stop, mgPerMin: rateMgPerMin });
          if (stop !== NEVER) total += (rateMgPerMin * (stop - start)) / MIN;
        }
      }
      if (end >= (to ?? NEVER)) break;
      takeStepsUntil(end);
      start = end;
    }
  }
  takeStepsUntil(NEVER);
  return {
    plannedMg: doseMg,
    boundMg: bound === NEVER ? null : bound,
    concentrationMgPerMl: plan.concentrationMgPerMl ?? null,
    deliveries,
    boluses,
    unknownFrom,
  };
}

/** How long the pump needs for what is left, at what it is set to; `null` before, after, or when it cannot be told. */
export function drugLeftMs(session: SessionFacts, at: AtMs): DurationMs | null {
  const { infusion } = session;
  const course = doseCourse(session);
  const rate = infusion?.rate.rateMgPerMin ?? null;
  if (infusion === null || infusion.endedAt !== null || course === null || course.boundMg === null || rate === null) {
    return null;
  }
  const given = doseAt(course, at);
  return given === null ? null : Math.round((Math.max(0, course.boundMg - given.mg) / rate) * MIN);
}

/** What was given by `at`; `null` when it cannot be told. */
export function doseAt(course: DoseCourse, at: AtMs): Dose | null {
  if (course.unknownFrom !== null && at > course.unknownFrom) return null;
  let mg = 0;
  for (const { from, to, mgPerMin } of course.deliveries) {
    if (at > from) mg += (mgPerMin * (Math.min(at, to ?? NEVER) - from)) / MIN;
  }
  for (const bolus of course.boluses) if (bolus.at <= at) mg += bolus.mg;
  const given = Math.min(mg, course.boundMg ?? NEVER);
  return {
    mg: given,
    mL: course.concentrationMgPerMl === null ? null : given / course.concentrationMgPerMl,
    ofPlan: course.plannedMg === null ? null : given / course.plannedMg,
  };
}
