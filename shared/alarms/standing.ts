/**
 * The list of alarms that stand at a bay, and how one step changes it. Pure: each function gives the next list and
 * appends its event. The order of the list is the order in which they were raised.
 */
import type { AtMs } from "../ids/index.ts";
import type { Priority } from "../protocol/index.ts";
import type { Vital } from "../vitals/index.ts";
import type { Alarm, AlarmEvent, AlarmId, AlarmKind, ChangeReason, Delivery, DeliveryEvent } from "./alarm.ts";
import { alarmEvent, deliveryEvent } from "./alarm-event.ts";
import { vitalOfAlarm } from "./alarm-values.ts";
import type { LimitWatch } from "./limit-watch.ts";
import { activeTier } from "./limit-watch.ts";

/** High 3, medium 2, low 1: for comparing. */
export const priorityRank = (priority: Priority): number => (priority === "high" ? 3 : priority === "medium" ? 2 : 1);

/** alarms.md: "a reminder after 3 min if a high alarm is still present". */
export const REMIND_AFTER_MS = 3 * 60_000;

export interface Standing {
  readonly alarms: readonly Alarm[];
  readonly events: (AlarmEvent | DeliveryEvent)[];
  /** Priorities that latch, by the session's protocol. */
  readonly latching: readonly Priority[];
  /** What is told of a limit alarm bears the last valid value of its vital. */
  readonly values: { readonly [V in Vital]: { readonly value: number | null } };
}

/** `null` for alarms that no value raises. */
export function lastValid({ values }: Standing, { id, kind }: Pick<Alarm, "id" | "kind">): number | null {
  const vital = kind === "physiological" ? vitalOfAlarm(id) : null;
  return vital === null ? null : values[vital].value;
}

const find = (alarms: readonly Alarm[], id: AlarmId): Alarm | undefined => alarms.find((alarm) => alarm.id === id);

/** The same list with one alarm as it is now. */
export const replaceAlarm = (standing: Standing, next: Alarm): Standing => ({
  ...standing,
  alarms: standing.alarms.map((alarm) => (alarm.id === next.id ? next : alarm)),
});

const without = (alarms: readonly Alarm[], id: AlarmId): readonly Alarm[] => alarms.filter((alarm) => alarm.id !== id);

/** The graver of what is unseen already and a newly reached priority, if that latches. */
function unseenAfter(before: Priority | null, reached: Priority, latching: readonly Priority[]): Priority | null {
  if (!latching.includes(reached)) return before;
  return before === null || priorityRank(reached) > priorityRank(before) ? reached : before;
}

/** A new episode: sounds, needs an acknowledgement. A latched alarm nobody saw is not forgotten by it. */
function raise(
  standing: Standing,
  at: AtMs,
  fresh: Pick<Alarm, "id" | "kind" | "tier" | "priority" | "value" | "limit">,
  reason?: ChangeReason,
): Standing {
  const latched = find(standing.alarms, fresh.id);
  const alarm: Alarm = {
    ...fresh,
    condition: "present",
    raisedAt: at,
    extreme: fresh.value,
    acknowledgement: null,
    callsSince: at,
    remindAt: null,
    remindedAt: null,
    deliveries: [],
    unseen: unseenAfter(latched?.unseen ?? null, fresh.priority, standing.latching),
  };
  standing.events.push(alarmEvent(alarm, "raised", at, alarm.value, reason));
  return { ...standing, alarms: [...without(standing.alarms, alarm.id), alarm] };
}

/** The condition is over: the alarm leaves, or latches when a person has to have seen it. */
export function clear(
  standing: Standing,
  at: AtMs,
  alarm: Alarm,
  value: number | null,
  reason?: ChangeReason,
): Standing {
  // An ended session and switched-off alarms leave nothing behind that somebody could still act on.
  const latches =
    alarm.unseen !== null && reason !== "session-ended" && reason !== "transferred" && reason !== "alarm-off";
  const ending = withoutUnderWay(standing, at, alarm);
  standing.events.push({
    ...alarmEvent(alarm, "cleared", at, value, reason),
    ...(latches ? { latched: true } : {}),
  });
  if (!latches) return { ...standing, alarms: without(standing.alarms, alarm.id) };
  const gone: Alarm = {
    ...ending,
    condition: "gone",
    tier: null,
    remindAt: null,
    remindedAt: null,
    priority: alarm.unseen ?? alarm.priority,
  };
  return replaceAlarm(standing, gone);
}

const isUnderWay = ({ state }: Delivery): boolean => state === "queued" || state === "sent";

/** What was due or on its way is not needed any more: no rung is left without an end. */
function withoutUnderWay(standing: Standing, at: AtMs, alarm: Alarm): Alarm {
  if (!alarm.deliveries.some(isUnderWay)) return alarm;
  const deliveries = alarm.deliveries.map((delivery): Delivery => {
    if (!isUnderWay(delivery)) return delivery;
    const cancelled: Delivery = { ...delivery, at, state: "cancelled" };
    standing.events.push(deliveryEvent(alarm, cancelled, null));
    return cancelled;
  });
  return { ...alarm, deliveries };
}

/** A higher or lower priority of the same alarm: higher needs a new acknowledgement. */
function shift(
  standing: Standing,
  at: AtMs,
  alarm: Alarm,
  to: Pick<Alarm, "tier" | "priority" | "value" | "limit">,
  up: boolean,
  reason?: ChangeReason,
): Standing {
  const next: Alarm = {
    ...withoutUnderWay(standing, at, alarm),
    ...to,
    ...(up ? { acknowledgement: null, callsSince: at, deliveries: [] } : {}),
    // Who has seen the high alarm need not be reminded of what is left of it.
    remindAt: null,
    remindedAt: null,
    unseen: up ? unseenAfter(alarm.unseen, to.priority, standing.latching) : alarm.unseen,
  };
  standing.events.push(alarmEvent(next, up ? "escalated" : "deescalated", at, to.value, reason));
  return replaceAlarm(standing, next);
}

const tierRank = (tier: Alarm["tier"]): number => (tier === "critical" ? 2 : tier === "warning" ? 1 : 0);

/** The tier decides; within one tier (an absolute and a relative limit, or edited rules) the priority does. */
const rankOf = ({ tier, priority }: Pick<Alarm, "tier" | "priority">): number =>
  10 * tierRank(tier) + priorityRank(priority);

/**
 * Brings the alarm of one limit watch in line with its tiers after a step: the net change, at most one event. `reason`:
 * why, when the rules were changed rather than the patient.
 */
export function followLimit(
  standing: Standing,
  at: AtMs,
  watch: LimitWatch,
  value: number | null,
  stale: boolean,
  reason?: ChangeReason,
): Standing {
  const alarm = find(standing.alarms, watch.id);
  const standingNow = alarm !== undefined && alarm.condition !== "gone" ? alarm : undefined;
  const active = activeTier(watch);
  if (active === null) return standingNow === undefined ? standing : clear(standing, at, standingNow, value, reason);
  const to = { tier: active.tier, priority: active.priority, value, limit: active.limit };
  const condition = stale ? "unknown" : "present";
  let next = standing;
  if (standingNow === undefined) {
    next = raise(next, at, { id: watch.id, kind: "physiological", ...to }, reason);
  } else if (rankOf(active) !== rankOf(standingNow)) {
    next = shift(next, at, standingNow, to, rankOf(active) > rankOf(standingNow), reason);
  } else if (standingNow.condition !== condition) {
    next.events.push(alarmEvent({ ...standingNow, limit: active.limit }, stale ? "unknown" : "present", at, value));
  }
  return {
    ...next,
    alarms: next.alarms.map((each) =>
      each.id === watch.id ? observed(each, watch, { condition, value, limit: active.limit }) : each,
    ),
  };
}

function observed(
  alarm: Alarm,
  watch: LimitWatch,
  { condition, value, limit }: Pick<Alarm, "condition" | "value" | "limit">,
): Alarm {
  const worse = watch.direction === "high" ? Math.max : Math.min;
  const extreme = value === null || alarm.extreme === null ? (alarm.extreme ?? value) : worse(alarm.extreme, value);
  if (alarm.condition === condition && alarm.extreme === extreme && alarm.limit === limit) return alarm;
  return { ...alarm, condition, extreme, limit };
}

/** A condition that is computed from the bay's facts rather than timed by a machine of its own. */
export interface DerivedCondition {
  readonly id: AlarmId;
  readonly kind: AlarmKind;
  readonly priority: Priority;
}

/** Brings technical and procedural alarms in line with the conditions that hold now. `all` gives ids and their order. */
export function followDerived(
  standing: Standing,
  at: AtMs,
  all: readonly AlarmId[],
  holding: readonly DerivedCondition[],
  inhibited: readonly AlarmId[],
): Standing {
  let next = standing;
  for (const id of all) {
    const alarm = find(next.alarms, id);
    const now = alarm !== undefined && alarm.condition !== "gone" ? alarm : undefined;
    const condition = holding.find((each) => each.id === id);
    if (condition === undefined) {
      if (now !== undefined) next = clear(next, at, now, null, inhibited.includes(id) ? "inhibited" : undefined);
    } else if (now === undefined) {
      next = raise(next, at, { ...condition, tier: null, value: null, limit: null });
    } else if (condition.priority !== now.priority) {
      const up = priorityRank(condition.priority) > priorityRank(now.priority);
      next = shift(next, at, now, { tier: null, priority: condition.priority, value: null, limit: null }, up);
    }
  }
  return next;
}

/** A person has seen it: its sound stops until it ends or escalates; a latched one leaves. */
export function acknowledge(standing: Standing, at: AtMs, alarm: Alarm, by: Alarm["acknowledgement"] & {}): Standing {
  const seen = withoutUnderWay(standing, at, alarm);
  standing.events.push({ ...alarmEvent(alarm, "acknowledged", at, lastValid(standing, alarm)), by: by.by });
  if (alarm.condition === "gone") return { ...standing, alarms: without(standing.alarms, alarm.id) };
  return replaceAlarm(standing, {
    ...seen,
    acknowledgement: by,
    remindAt: alarm.priority === "high" ? at + REMIND_AFTER_MS : null,
    remindedAt: null,
    unseen: null,
  });
}
