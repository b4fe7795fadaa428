/** Which alarms the top of the wall names, and which it can only count, when not all fit. */
import type { Priority } from "@vigil/shared/protocol";
import { PRIORITIES_IN_ORDER } from "../ui/priority.ts";

/** An alarm, or in a flood the milder alarms of a bay, with the widths of its chip, and as one more name in a list of bays. */
export interface ChipWidths {
  readonly priority: Priority;
  readonly bay: string;
  /** It calls for somebody now. */
  readonly calls: boolean;
  /** How many alarms it stands for, where it is more than one of its priority. */
  readonly counts?: { readonly [P in Priority]: number };
  readonly whole: number;
  /** With the alarm's short text. */
  readonly brief: number;
  readonly name: number;
}

export interface ChipRoom {
  readonly width: number;
  readonly gap: number;
  /** A count chip ("!! +3"). */
  readonly count: number;
  /** What a chip that lists bays needs around the names. */
  readonly list: number;
}

export interface ChipPlan {
  /** So many from the front are shown each in a chip of its own. */
  readonly whole: number;
  /** Their texts are the short ones. */
  readonly brief: boolean;
  /** So many after those are high ones, shown as names of their bays (`namedBays`). */
  readonly named: number;
  /** The names need two lines of smaller print. */
  readonly tight: boolean;
  /** How many more there are of each priority. */
  readonly more: { readonly [P in Priority]: number };
}

/**
 * Gravest first, as many as fit, with short texts if that names more; the rest are counted. A high one is never only
 * counted: where they do not fit, the bays of the remaining ones are named.
 */
export function fitChips(alarms: readonly ChipWidths[], room: ChipRoom): ChipPlan {
  const full = bestOf(alarms, room, false);
  if (full.whole === alarms.length) return full;
  const brief = bestOf(alarms, room, true);
  return brief.whole > full.whole ? brief : full;
}

function bestOf(alarms: readonly ChipWidths[], room: ChipRoom, brief: boolean): ChipPlan {
  const highs = alarms.filter((alarm) => alarm.priority === "high").length;
  for (let whole = alarms.length; whole >= 0; whole--) {
    const plan = planOf(alarms, { whole, named: Math.max(0, highs - whole), brief, tight: false });
    if (widthOf(alarms, plan, room) <= room.width) return plan;
  }
  return planOf(alarms, { whole: 0, named: highs, brief, tight: true });
}

function planOf(alarms: readonly ChipWidths[], shown: Omit<ChipPlan, "more">): ChipPlan {
  const more = { high: 0, medium: 0, low: 0 };
  for (const { priority, counts } of alarms.slice(shown.whole + shown.named)) {
    if (counts === undefined) more[priority]++;
    else for (const each of PRIORITIES_IN_ORDER) more[each] += counts[each];
  }
  return { ...shown, more };
}

function widthOf(alarms: readonly ChipWidths[], plan: ChipPlan, room: ChipRoom): number {
  const widths = alarms.slice(0, plan.whole).map((alarm) => (plan.brief ? alarm.brief : alarm.whole));
  if (plan.named > 0) {
    const { calling, seen } = namedBays(alarms.slice(plan.whole, plan.whole + plan.named));
    for (const list of [calling, seen]) {
      if (list.length > 0) widths.push(list.reduce((sum, alarm) => sum + alarm.name, room.list));
    }
  }
  for (const priority of PRIORITIES_IN_ORDER) if (plan.more[priority] > 0) widths.push(room.count);
  return widths.reduce((sum, width) => sum + width, 0) + room.gap * Math.max(0, widths.length - 1);
}

/**
 * One alarm for each bay, in two lists: the bays at which one of these alarms calls for somebody now, and those whose alarms
 * were acknowledged or are over.
 */
export function namedBays<A extends Pick<ChipWidths, "bay" | "calls">>(
  alarms: readonly A[],
): { readonly calling: readonly A[]; readonly seen: readonly A[] } {
  const calling = new Map<string, A>();
  const seen = new Map<string, A>();
  for (const alarm of alarms) {
    const list = alarm.calls ? calling : seen;
    if (!list.has(alarm.bay)) list.set(alarm.bay, alarm);
  }
  for (const bay of calling.keys()) seen.delete(bay);
  return { calling: [...calling.values()], seen: [...seen.values()] };
}
