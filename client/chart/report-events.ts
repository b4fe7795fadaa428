/** What a report tells of people's acts: the infusion's events, who confirmed what, hand-overs, how the session ended. Pure. */
import { medicationText, type RecordedAct, type SessionChart } from "@vigil/shared/chart";
import { dissociationCourse, planFigures } from "@vigil/shared/session";
import { LEFT_TEXT } from "../ui/left-text.ts";
import { missedText } from "../ui/missed-text.ts";
import type { ZoneText } from "../ui/zone-text.ts";
import { actEntries, actEntry, hasOwnPlace, type TimelineEntry } from "./timeline-entries.ts";

type CommandType = RecordedAct["command"]["type"];

const OF_THE_INFUSION: ReadonlySet<CommandType> = new Set<CommandType>([
  "start-infusion",
  "pause-infusion",
  "resume-infusion",
  "change-rate",
  "extend-infusion",
  "end-infusion",
]);

const isOfInfusion = ({ command }: RecordedAct): boolean =>
  OF_THE_INFUSION.has(command.type) || (command.type === "give-medication" && command.medication.kind === "bolus");

/** What was done with the pump and the drug, those entered late or undone among them. */
export function infusionEvents(chart: SessionChart): TimelineEntry[] {
  const { plan, patient } = chart;
  const rate = plan === null ? null : planFigures(plan, patient.weightKg).rateMlPerH;
  return chart.acts.filter(isOfInfusion).map((act) => {
    const entry = actEntry(act);
    const { command } = act;
    if (command.type === "start-infusion" && rate !== null) {
      return { ...entry, what: `${entry.what} at ${rateText(rate)}` };
    }
    return command.type === "give-medication" && plan !== null
      ? { ...entry, what: medicationText(command.medication, plan.drug) }
      : entry;
  });
}

/** What else was given; a bolus of the plan's drug is one of the infusion's events. */
export const otherMedication = ({ acts }: SessionChart): TimelineEntry[] =>
  acts.flatMap((act) =>
    act.command.type === "give-medication" && act.command.medication.kind === "other"
      ? [{ ...actEntry(act), what: medicationText(act.command.medication, "") }]
      : [],
  );

export const rateText = (mlPerH: number): string => `${Math.round(mlPerH * 10) / 10} mL/h`;

const ON_ALARMS: ReadonlySet<CommandType> = new Set<CommandType>(["set-limits", "alarm-off", "alarm-on"]);
/** What was done to the alarms themselves. */
export const alarmChanges = ({ acts }: SessionChart): TimelineEntry[] =>
  acts.filter(({ command }) => ON_ALARMS.has(command.type)).map(actEntry);

export const handOvers = ({ acts }: SessionChart): TimelineEntry[] =>
  acts.filter(({ command }) => command.type === "hand-over").map(actEntry);

/** Everything entered late, undone or put right that no other list marks so. */
export function corrections(chart: SessionChart): TimelineEntry[] {
  const isMarkedElsewhere = (act: RecordedAct) =>
    isOfInfusion(act) ||
    act.command.type === "give-medication" ||
    act.command.type === "hand-over" ||
    (act.command.type === "record-observation" && act.undone === null && act.corrections.length === 0);
  const isChanged = (act: RecordedAct) =>
    act.late || act.undone !== null || act.corrections.length > 0 || isPutRight(act, chart.acts);
  return actEntries(chart.acts, (act) => hasOwnPlace(act) && !isMarkedElsewhere(act) && isChanged(act));
}

/** The patient's record was set again, or the plan after there was one. */
function isPutRight({ command, at }: RecordedAct, acts: readonly RecordedAct[]): boolean {
  if (command.type === "set-patient" || command.type === "correct-patient") return true;
  if (command.type !== "set-plan") return false;
  return acts.some(
    (before) =>
      before.at < at &&
      before.undone === null &&
      (before.command.type === "set-plan" ||
        (before.command.type === "open-session" && before.command.plan !== undefined)),
  );
}

export interface ChecksText {
  /** "identity: A. Okafor 14:03; dose: A. Okafor 14:04 and M. Lind 14:05"; empty when nothing is confirmed. */
  readonly confirmed: string;
  /** "fasting, dose (second person)"; empty when nothing is. */
  readonly missing: string;
}

/** `null` where nothing was asked for, or not yet: before the drug has stopped nobody goes home. */
export function checksText(chart: SessionChart, part: "start" | "discharge", zone: ZoneText): ChecksText | null {
  if (part === "discharge" && (chart.infusion?.endedAt ?? null) === null) return null;
  const checks = chart.checks.filter((check) => check.part === part);
  if (checks.length === 0) return null;
  const confirmed = checks.flatMap(({ check, first, second }) => {
    const names = [first, second].flatMap((by) => (by === null ? [] : `${by.name} ${zone.time(by.at)}`));
    return names.length === 0 ? [] : [`${check}: ${names.join(" and ")}`];
  });
  const missing = checks.flatMap(({ check, first, holds }) =>
    holds ? [] : [first === null ? check : `${check} (second person)`],
  );
  return { confirmed: confirmed.join("; "), missing: missing.join(", ") };
}

export interface EndText {
  readonly title: string;
  /** Who ended it, when and why; `null` while it goes on. */
  readonly how: string | null;
}

export function endText({ acts, phase }: SessionChart, zone: ZoneText): EndText {
  const end = acts.findLast(({ command }) => command.type === "discharge" || command.type === "abandon-session");
  if (end === undefined || (phase !== "discharged" && phase !== "abandoned")) return { title: "Discharge", how: null };
  const { by, at, command } = end;
  const whoAndWhen = `by ${by.name} (${by.role}) at ${zone.time(at)}`;
  if (command.type === "abandon-session") {
    return {
      title: "Session abandoned",
      how: `Abandoned ${whoAndWhen}${command.left === undefined ? "" : `, ${LEFT_TEXT[command.left]}`}: ${command.reason}`,
    };
  }
  const override = command.type === "discharge" ? command.override : undefined;
  return {
    title: "Discharge",
    how:
      override === undefined
        ? `Discharged ${whoAndWhen}.`
        : `Discharged against a criterion ${whoAndWhen}: ${override}`,
  };
}

/** When dissociation was first seen, strongest and over; `null` when none was seen. */
export function dissociationText({ observations }: SessionChart, zone: ZoneText): string | null {
  const seen = observations.map(({ at, observation }) => ({ ...observation, at }));
  const { beganAt, peak, endedAt } = dissociationCourse(seen);
  if (beganAt === null) return null;
  const strongest = peak === null ? "" : `, strongest ${zone.time(peak.at)} (${peak.dissociation} of 10)`;
  const over = endedAt === null ? "not seen to be over" : `seen to be over ${zone.time(endedAt)}`;
  return `Dissociation first seen ${zone.time(beganAt)}${strongest}, ${over}.`;
}

/** Which observations the schedule asked for in vain; `null` where none was asked for, or nobody looked. */
export function scheduleText({ missedObservations, infusion }: SessionChart, zone: ZoneText): string | null {
  if (missedObservations === null || infusion === null) return null;
  const missed = missedObservations.map((one) => missedText(one, zone));
  return missed.length === 0 ? "No scheduled observation was missed." : `Missed of the schedule: ${missed.join(", ")}.`;
}
