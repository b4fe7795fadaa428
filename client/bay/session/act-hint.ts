import type { SessionView } from "@vigil/shared/bay";
import type { AtMs } from "@vigil/shared/ids";
import { doseAt, isEarlyStop } from "@vigil/shared/session";
import type { ZoneText } from "../../ui/zone-text.ts";
import { drugEndAt } from "../infuse/drug-end.ts";
import type { ActKind } from "./act-form.ts";

const figure = (value: number): string => String(Math.round(value * 100) / 100);

/** What one should know before doing it: a sentence, or nothing. */
export function actHint(kind: ActKind, session: SessionView, now: AtMs, zone: ZoneText): string {
  const { dose, infusion, plan, figures, protocol } = session;
  const given = dose === null ? null : doseAt(dose, now);
  switch (kind) {
    case "rate": {
      const rate = infusion?.rate.rateMlPerH ?? null;
      const unknown = plan?.concentrationMgPerMl === undefined;
      return `${rate === null ? "The rate is not known." : `Now ${figure(rate)} mL/h.`}${
        unknown
          ? " The plan tells no concentration, so the dose at another rate cannot be told: correct the plan first."
          : ""
      }`;
    }
    case "bolus":
      if (given === null || dose?.boundMg == null) return "What is left of the plan cannot be told.";
      return `${figure(Math.max(0, dose.boundMg - given.mg))} mg are left of the plan. More needs an extension first.`;
    case "extend": {
      const most = figures?.weightKg == null ? null : protocol.plan.doseMgPerKg.max * figures.weightKg;
      const rate = infusion?.rate.rateMgPerMin ?? null;
      return [
        rate === null ? "" : `The pump gives ${figure(rate)} mg a minute: more time at this rate is more drug.`,
        most === null ? "" : `The protocol allows ${figure(most)} mg in all.`,
        figures?.bagMg == null ? "" : `A bag holds ${figure(figures.bagMg)} mg.`,
      ]
        .filter(Boolean)
        .join(" ");
    }
    case "end": {
      if (!isEarlyStop(session, now)) return "";
      const endsAt = drugEndAt(session, now);
      return [
        given?.ofPlan == null ? "" : `${Math.floor(given.ofPlan * 100)} % of the dose is given.`,
        endsAt === null ? "" : `At this rate all of it is given at ${zone.time(endsAt)}.`,
      ]
        .filter(Boolean)
        .join(" ");
    }
    case "start":
    case "check":
    case "baseline":
    case "pause":
    case "resume":
    case "medication":
      return "";
  }
}
