/** Why a limit alarm changed: the rule in force, the limit and for how long, in words. */
import type { AlarmEvent, LimitWatch } from "../alarms/index.ts";
import { VITAL_FACTS, type Vital } from "../vitals/index.ts";
import { type Bay, validForMs } from "./bay.ts";

type WatchedTier = LimitWatch["tiers"][number];

const isActive = ({ state }: WatchedTier): boolean => state === "active" || state === "recovering";
export const seconds = (ms: number): string => `${Math.round(ms / 100) / 10} s`;

/** `before` and `after` the very step that decided. */
export function limitReason(event: AlarmEvent, before: Bay, after: Bay): string {
  const was = before.watches.find(({ id }) => id === event.alarm);
  const is = after.watches.find(({ id }) => id === event.alarm);
  const watch = is ?? was;
  if (watch === undefined) return "Its limits are no longer there.";
  const { vital } = watch;
  const { label } = VITAL_FACTS[vital];
  switch (event.change) {
    case "raised":
    case "escalated": {
      const tier = watch.tiers.find((each) => isActive(each) && each.tier === event.tier && each.limit === event.limit);
      const limit = tier === undefined ? "its limit" : limitText(watch, tier, after);
      const rest = `: ${event.priority} priority.`;
      if (isOfRules(event)) {
        return `The last ${label}, ${event.value}, is ${sideOf(watch)} ${limit} as the rules are now${rest}`;
      }
      if (before.vitals[vital].stale && tier?.delayMs === 0) {
        return `The first ${label} after a gap is ${sideOf(watch)} ${limit}, which waits for nothing${rest}`;
      }
      const held =
        tier === undefined || tier.delayMs === 0 ? "at once" : `for ${seconds(tier.delayMs)} without a break`;
      return `${label} was ${sideOf(watch)} ${limit} ${held}${rest}`;
    }
    case "deescalated": {
      if (isOfRules(event)) return `The last ${label}, ${event.value}, weighs less by the rules as they are now.`;
      return `${endedText(was, is, before)} What is left of it has ${event.priority} priority.`;
    }
    case "cleared":
      if (event.reason === "limits-changed" || event.reason === "alarm-on") {
        return `By the rules as they are now the last ${label}, ${event.value}, is no alarm.`;
      }
      return endedText(was, is, before);
    case "unknown": {
      const waited = seconds(validForMs(before, vital));
      return `No valid ${label} came for ${waited}. Losing data ends no alarm: it stands until a value says otherwise.`;
    }
    case "present":
      return `A valid ${label} came again, and it has not ended the alarm.`;
    case "acknowledged":
    case "reminded":
      return "";
  }
}

const isOfRules = ({ reason }: AlarmEvent): boolean => reason === "limits-changed" || reason === "alarm-on";

const sideOf = ({ direction }: LimitWatch): string => (direction === "low" ? "below" : "above");

/** "the warning limit of 94 %"; of a rise, from which baseline it was computed. */
function limitText({ vital }: LimitWatch, tier: WatchedTier, bay: Bay): string {
  const { unit } = VITAL_FACTS[vital];
  if (tier.source === "absolute") return `the ${tier.tier} limit of ${tier.limit} ${unit}`;
  const rule = bay.relative.filter((each) => each.vital === vital)[Number(tier.source.split(".")[1])];
  const rise = rule === undefined ? "a rise" : `a rise of ${Math.round(rule.riseOverBaseline * 1000) / 10} %`;
  const baseline = baselineOf(bay, vital);
  const from = baseline === null ? "the baseline" : `the baseline of ${baseline} ${unit}`;
  return `the ${tier.tier} limit of ${tier.limit} ${unit}, ${rise} over ${from},`;
}

function baselineOf({ session }: Bay, vital: Vital): number | null {
  const baseline = session?.baseline ?? null;
  switch (vital) {
    case "hr":
    case "spo2":
    case "sbp":
    case "dbp":
      return baseline?.[vital] ?? null;
    default:
      return null;
  }
}

/** The gravest tier that ended in this step, and what it took to end it. */
function endedText(was: LimitWatch | undefined, is: LimitWatch | undefined, before: Bay): string {
  const ended = was?.tiers.findLast(
    (tier) =>
      isActive(tier) &&
      !is?.tiers.some((each) => each.source === tier.source && each.tier === tier.tier && isActive(each)),
  );
  if (was === undefined || ended === undefined) return "None of its limits is passed any more.";
  const { label, unit } = VITAL_FACTS[was.vital];
  const recovered = `${Math.round(ended.recoveredAt * 10) / 10} ${unit}`;
  const within = was.direction === "low" ? `${recovered} or more` : `${recovered} or less`;
  const held =
    ended.offDelayMs === 0 ? ", and one value is enough" : ` for ${seconds(ended.offDelayMs)} without a break`;
  const deadband = Math.round(Math.abs(ended.recoveredAt - ended.limit) * 10) / 10;
  const rule = limitText(was, ended, before).replace(/,$/, "");
  return `${label} was ${within} (${rule}${deadband === 0 ? "" : `; its deadband is ${deadband}`})${held}.`;
}
