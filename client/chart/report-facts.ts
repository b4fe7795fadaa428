/** What a report says in words, from the chart's facts. Pure. */
import type { AlarmEpisode, SessionChart } from "@vigil/shared/chart";
import type { AtMs } from "@vigil/shared/ids";
import type { Priority } from "@vigil/shared/protocol";
import { type Plan, planFigures } from "@vigil/shared/session";
import type { SessionReadings } from "@vigil/shared/wire";
import { PRIORITIES_IN_ORDER } from "../ui/priority.ts";
import type { ZoneText } from "../ui/zone-text.ts";
import { rateText } from "./report-events.ts";
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
  const doseMg = plan === null ? null : planFigures(plan, patient.weightKg).doseMg;
  const dose =
    plan === null
      ? NOT_RECORDED
      : `${plan.drug} ${plan.doseMgPerKg} mg/kg${doseMg === null ? "" : ` (${doseMg.toFixed(1)} mg)`} over ${plan.plannedMin} min`;
  const vitals =
    baseline === null
      ? NOT_RECORDED
      : `HR ${Math.round(baseline.hr)}, SpO₂ ${Math.round(baseline.spo2)} %, BP ${Math.round(baseline.sbp)}/${Math.round(baseline.dbp)} at ${zone.time(baseline.at)}`;
  return [
    ["Protocol", protocol.name],
    ["Plan", dose],
    ["Pump", plan === null ? NOT_RECORDED : pumpText(plan, patient.weightKg)],
    ["Baseline", vitals],
  ];
}

/** "1 mg/mL, bag 50 mL (50 mg), 52.5 mL/h (0.88 mg/min)", as far as it was planned. */
function pumpText(plan: Plan, weightKg: number | undefined): string {
  const { rateMlPerH, rateMgPerMin, bagMg } = planFigures(plan, weightKg);
  const { concentrationMgPerMl, bagVolumeMl } = plan;
  const perMin = rateMgPerMin === null ? "" : `${rateMgPerMin.toFixed(2)} mg/min`;
  const parts = [
    concentrationMgPerMl === undefined ? "concentration not recorded" : `${concentrationMgPerMl} mg/mL`,
    bagVolumeMl === undefined ? "" : `bag ${bagVolumeMl} mL${bagMg === null ? "" : ` (${bagMg} mg)`}`,
    rateMlPerH === null ? perMin : `${rateText(rateMlPerH)}${perMin === "" ? "" : ` (${perMin})`}`,
  ];
  return parts.filter((part) => part !== "").join(", ");
}

/** Lengths to the minute, as a nurse would write them. */
const minutes = (ms: number): string => `${Math.round(ms / 60_000)} min`;

/** With its day where that is another than that of what it is told after. */
const timeAfter = (at: AtMs, before: AtMs, zone: ZoneText): string =>
  zone.date(at) === zone.date(before) ? zone.time(at) : zone.dateTime(at);

export function infusionFacts({ infusion, plan, patient, endedAt, openedAt }: SessionChart, zone: ZoneText): Fact[] {
  const stay: Fact = [
    "Arrived – left",
    `${zone.time(openedAt)} – ${endedAt === null ? "still here" : timeAfter(endedAt, openedAt, zone)}`,
  ];
  if (infusion === null) return [["Infusion", "not started"], stay];
  const { startedAt, endedAt: stoppedAt, ranMs, pausedMs, given: dose } = infusion;
  const ran = `${timeAfter(startedAt, openedAt, zone)} – ${stoppedAt === null ? "running" : timeAfter(stoppedAt, startedAt, zone)}`;
  const weightKg = plan === null ? null : planFigures(plan, patient.weightKg).weightKg;
  const given =
    dose === null
      ? NOT_RECORDED
      : [
          `${weightKg === null ? "" : `${(dose.mg / weightKg).toFixed(2)} mg/kg = `}${dose.mg.toFixed(1)} mg`,
          dose.mL === null ? "" : `${dose.mL.toFixed(1)} mL`,
          dose.ofPlan === null ? "" : `${Math.round(dose.ofPlan * 100)} % of plan`,
        ]
          .filter((part) => part !== "")
          .join(", ");
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

/** "Bay 1", "Bay 1, from 14:03 bay 2". */
export function stayText({ chart, bays }: SessionReadings, zone: ZoneText): string {
  const [first, ...later] = chart.stays.map(({ from }, i) => ({ from, name: bays[i]?.name ?? "" }));
  return [`Bay ${first?.name ?? ""}`, ...later.map(({ from, name }) => `from ${zone.time(from)} bay ${name}`)].join(
    ", ",
  );
}

/** What may not be done after going home; `null` when no drug was given. */
export function noDrivingText(
  { noDrivingUntil, noDrivingHours, infusion }: SessionChart,
  zone: ZoneText,
): string | null {
  if (noDrivingUntil !== null) return `No driving or machinery until ${zone.dateTime(noDrivingUntil)}.`;
  return infusion === null ? null : `No driving or machinery for ${noDrivingHours} hours after discharge.`;
}

/** Everybody who acted, with their roles. */
export function people({ acts }: SessionChart): string {
  const names = new Set(acts.map(({ by }) => `${by.name} (${by.role})`));
  return [...names].join(", ");
}
