/** What a report says in words, from the chart's facts. Pure. */
import type { AlarmEpisode, SessionChart } from "@vigil/shared/chart";
import type { Priority } from "@vigil/shared/protocol";
import { PRIORITIES_IN_ORDER } from "../ui/priority.ts";
import type { ZoneText } from "../ui/zone-text.ts";
import { lastedText } from "./timeline-entries.ts";
import { episodeText } from "./words.ts";

export type Fact = readonly [name: string, text: string];

const NOT_RECORDED = "not recorded";

export function patientFacts({ patient }: SessionChart): Fact[] {
  return [
    ["Name", patient.name ?? patient.initials],
    ["Record number", patient.recordNumber ?? NOT_RECORDED],
    ["Born", patient.birthDate ?? NOT_RECORDED],
    ["Weight", patient.weightKg === undefined ? NOT_RECORDED : `${patient.weightKg} kg`],
  ];
}

export function planFacts({ protocol, plan, baseline, patient }: SessionChart, zone: ZoneText): Fact[] {
  const dose =
    plan === null
      ? NOT_RECORDED
      : `${plan.drug} ${plan.doseMgPerKg} mg/kg${patient.weightKg === undefined ? "" : ` (${(plan.doseMgPerKg * patient.weightKg).toFixed(1)} mg)`} over ${plan.plannedMin} min`;
  const vitals =
    baseline === null
      ? NOT_RECORDED
      : `HR ${Math.round(baseline.hr)}, SpO₂ ${Math.round(baseline.spo2)} %, BP ${Math.round(baseline.sbp)}/${Math.round(baseline.dbp)} at ${zone.time(baseline.at)}`;
  return [
    ["Protocol", protocol.name],
    ["Plan", dose],
    ["Baseline", vitals],
  ];
}

/** Lengths to the minute, as a nurse would write them. */
const minutes = (ms: number): string => `${Math.round(ms / 60_000)} min`;

export function infusionFacts({ infusion, patient, endedAt, openedAt }: SessionChart, zone: ZoneText): Fact[] {
  const stay: Fact = [
    "Arrived – left",
    `${zone.time(openedAt)} – ${endedAt === null ? "still here" : zone.time(endedAt)}`,
  ];
  if (infusion === null) return [["Infusion", "not started"], stay];
  const { startedAt, endedAt: stoppedAt, ranMs, pausedMs, givenMgPerKg } = infusion;
  const ran = `${zone.time(startedAt)} – ${stoppedAt === null ? "running" : zone.time(stoppedAt)}`;
  const given =
    givenMgPerKg === null
      ? NOT_RECORDED
      : `${givenMgPerKg.toFixed(2)} mg/kg${patient.weightKg === undefined ? "" : ` = ${(givenMgPerKg * patient.weightKg).toFixed(1)} mg`}`;
  return [
    ["Infusion", `${ran} (ran ${minutes(ranMs)}${pausedMs >= 30_000 ? `, paused ${minutes(pausedMs)}` : ""})`],
    ["Given", given],
    stay,
  ];
}

export interface AlarmSummary {
  readonly what: string;
  readonly priority: Priority;
  readonly times: number;
  readonly longest: string;
  readonly acknowledgedBy: string;
}

/** One line for each alarm, gravest first, with its worst episode. Procedural ones are in the timeline. */
export function alarmSummaries({ alarms, at }: SessionChart): AlarmSummary[] {
  const groups = Map.groupBy(
    alarms.filter(({ kind }) => kind !== "procedural"),
    ({ id }) => id,
  );
  const rank = (priority: Priority) => PRIORITIES_IN_ORDER.indexOf(priority);
  return [...groups.values()]
    .map((episodes) => {
      const worst = episodes.reduce((a, b) => (isWorse(b, a) ? b : a));
      const lasted = Math.max(...episodes.map(({ raisedAt, clearedAt }) => (clearedAt ?? at) - raisedAt));
      const names = new Set(episodes.flatMap(({ acknowledged }) => (acknowledged === null ? [] : [acknowledged.name])));
      return {
        what: episodeText(worst),
        priority: worst.priority,
        times: episodes.length,
        longest: lastedText(lasted),
        acknowledgedBy: [...names].join(", "),
      };
    })
    .sort((a, b) => rank(a.priority) - rank(b.priority));
}

function isWorse(a: AlarmEpisode, b: AlarmEpisode): boolean {
  const rank = ({ priority }: AlarmEpisode) => PRIORITIES_IN_ORDER.indexOf(priority);
  if (rank(a) !== rank(b)) return rank(a) < rank(b);
  if (a.extreme === null || b.extreme === null) return false;
  return a.id.endsWith(".low") ? a.extreme < b.extreme : a.extreme > b.extreme;
}

/** Everybody who acted, with their roles. */
export function people({ acts }: SessionChart): string {
  const names = new Set(acts.map(({ by }) => `${by.name} (${by.role})`));
  return [...names].join(", ");
}
