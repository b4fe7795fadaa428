import type { SessionView } from "@vigil/shared/bay";
import type { AtMs } from "@vigil/shared/ids";
import { doseAt, isEarlyStop } from "@vigil/shared/session";
import type { ZoneText } from "../../ui/zone-text.ts";
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
        unknown ? " The plan tells no concentration: with another rate the dose can no longer be told." : ""
      }`;
    }
    case "bolus":
      if (given === null || dose?.boundMg == null) return "What is left of the plan cannot be told.";
      return `${figure(Math.max(0, dose.boundMg - given.mg))} mg are left of the plan. More needs an extension first.`;
    case "extend": {
      const most = figures?.weightKg == null ? null : protocol.plan.doseMgPerKg.max * figures.weightKg;
      return `More time, more drug, or both.${most === null ? "" : ` The protocol allows ${figure(most)} mg in all.`}`;
    }
    case "end":
      if (!isEarlyStop(session, now)) return "";
      return `The plan runs ${session.plannedEndAt === null ? "on" : `until ${zone.time(session.plannedEndAt)}`}${
        given?.ofPlan == null ? "" : `, ${Math.round(given.ofPlan * 100)} % of the dose is given`
      }.`;
    case "abandon":
      return "The session ends here, without discharge. It cannot be taken back.";
    case "start":
    case "pause":
    case "resume":
    case "medication":
      return "";
  }
}
