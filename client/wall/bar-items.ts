/** What the bar on top has to tell: each alarm; in a flood each high alarm, and how many others each bay has. */
import type { BoardAlarm } from "@vigil/shared/board";
import type { Priority } from "@vigil/shared/protocol";
import type { BayAlarm, LiveBay } from "../live/index.ts";
import { PRIORITIES_IN_ORDER } from "../ui/priority.ts";

export interface BayCount {
  readonly bay: LiveBay;
  /** The gravest of those counted. */
  readonly priority: Priority;
  /** Nobody has acknowledged one of that priority. */
  readonly waits: boolean;
  readonly counts: { readonly [P in Priority]: number };
  /** Of those counted the one to look at first. */
  readonly lead: BoardAlarm;
}

export type BarItem =
  | ({ readonly kind: "alarm" } & BayAlarm)
  /** Medium and low alarms of one bay: a high one is never only counted. */
  | ({ readonly kind: "count" } & BayCount);

/** @param alarms gravest first, which is also the order of what is given back */
export function barItems(alarms: readonly BayAlarm[], isFlood: boolean): readonly BarItem[] {
  const own = isFlood ? alarms.filter(({ alarm }) => alarm.priority === "high") : alarms;
  const items: BarItem[] = own.map((one) => ({ kind: "alarm", ...one }));
  if (!isFlood) return items;
  const milder = alarms.filter(({ alarm }) => alarm.priority !== "high");
  for (const [bay, its] of Map.groupBy(milder, (one) => one.bay)) {
    const [lead, ...others] = its.map(({ alarm }) => alarm);
    if (lead !== undefined) items.push(countOf(bay, [lead, ...others]));
  }
  return items;
}

function countOf(bay: LiveBay, its: readonly [BoardAlarm, ...BoardAlarm[]]): BarItem {
  const counts = { high: 0, medium: 0, low: 0 };
  for (const { priority } of its) counts[priority]++;
  const priority = PRIORITIES_IN_ORDER.find((each) => counts[each] > 0) ?? "low";
  const waits = its.some((alarm) => alarm.priority === priority && !alarm.acknowledged);
  return { kind: "count", bay, priority, waits, counts, lead: its.find(({ acknowledged }) => !acknowledged) ?? its[0] };
}
