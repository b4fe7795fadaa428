/** What happened, in words a nurse would use. */
import { type AlarmEpisode, medicationText, type RecordedAct } from "@vigil/shared/chart";
import { DIRECTIONS, TIERS } from "@vigil/shared/protocol";
import type { Command } from "@vigil/shared/session";
import { VITAL_FACTS } from "@vigil/shared/vitals";
import { conditionText } from "../ui/alarm-text.ts";
import { LEFT_TEXT } from "../ui/left-text.ts";
import { observationText } from "../ui/observation-text.ts";
import { planText } from "../ui/plan-text.ts";

/** "HR 134 > 120". */
export const episodeText = ({ id, extreme, limit }: AlarmEpisode): string => conditionText(id, extreme, limit);

/** What a person did. A command that has no words here is named by its type. */
export function actText({ command }: Pick<RecordedAct, "command">): string {
  const told = toldAct(command);
  if (told !== null) return told;
  const plain = command.type.replaceAll("-", " ");
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

/** "low 90, high 175/185, 20 % over baseline": warning, then critical. */
function limitsText({ limits, relative }: Extract<Command, { type: "set-limits" }>): string {
  const parts = DIRECTIONS.flatMap((direction) => {
    const tiers = TIERS.flatMap((tier) => limits[direction]?.[tier]?.limit ?? []);
    return tiers.length === 0 ? [] : [`${direction} ${tiers.join("/")}`];
  });
  for (const { riseOverBaseline } of relative) parts.push(`${Math.round(riseOverBaseline * 100)} % over baseline`);
  return parts.join(", ");
}

const because = (what: string, reason: string | undefined): string =>
  reason === undefined ? what : `${what}: ${reason}`;

function toldAct(command: Command): string | null {
  switch (command.type) {
    case "open-session":
      return "Session opened";
    case "set-patient":
      return "Patient’s record set";
    case "correct-patient":
      return because("Patient’s record corrected", command.reason);
    case "correct-time":
      return because("Time of an act corrected", command.reason);
    case "change-rate":
      return `Rate changed to ${command.rateMlPerH} mL/h`;
    case "give-medication":
      return `Given: ${medicationText(command.medication, "drug")}`;
    case "extend-infusion": {
      const { minutes, mg, newBag } = command;
      const by = [minutes === undefined ? "" : `${minutes} min`, mg === undefined ? "" : `${mg} mg`];
      return `Extended by ${by.filter((part) => part !== "").join(" and ")}${newBag === true ? ", new bag" : ""}`;
    }
    case "name-escort":
      return `Escort named: ${command.name}, ${command.phone}`;
    case "hand-over":
      return `Handed over to ${command.to.name}: ${command.summary}`;
    case "transfer-session":
      return `Moved to bay ${command.to}`;
    case "set-plan":
      return because(`Plan set: ${planText(command.plan)}`, command.reason);
    case "confirm-check":
      return `Confirmed: ${command.check}`;
    case "record-baseline":
      return command.values === undefined ? "Baseline taken from the monitor" : "Baseline entered by hand";
    case "start-infusion":
      return "Infusion started";
    case "pause-infusion":
      return because("Infusion paused", command.reason);
    case "resume-infusion":
      return "Infusion resumed";
    case "end-infusion":
      return because("Infusion ended", command.reason);
    case "record-observation":
      return `Observed: ${observationText(command.observation)}`;
    case "declare-ready":
      return "Declared ready for discharge";
    case "return-to-recovery":
      return because("Back to recovery", command.reason);
    case "discharge":
      return command.override === undefined ? "Discharged" : `Discharged against a criterion: ${command.override}`;
    case "abandon-session":
      return because(
        command.left === undefined ? "Session abandoned" : `Session abandoned, ${LEFT_TEXT[command.left]}`,
        command.reason,
      );
    case "acknowledge-alarm":
      return `Acknowledged: ${conditionText(command.alarm, null, null)}`;
    case "pause-audio":
      return because(`Alarm sound paused for ${command.seconds} s`, command.reason);
    case "resume-audio":
      return "Alarm sound on again";
    case "set-limits":
      return `Limits of ${VITAL_FACTS[command.vital].label} changed: ${limitsText(command)}`;
    case "alarm-off":
      return because(`Alarms of ${VITAL_FACTS[command.vital].label} off`, command.reason);
    case "alarm-on":
      return `Alarms of ${VITAL_FACTS[command.vital].label} on`;
    default:
      return null;
  }
}
