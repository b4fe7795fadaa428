/**
 * What happens when nobody comes: a high alarm that is not acknowledged is taken further, rung by rung; one that was
 * acknowledged and still holds is brought to mind again (alarms.md, "Lifecycle").
 */
import type { AtMs } from "../ids/index.ts";
import type { EscalationRung } from "../protocol/index.ts";
import type { Alarm, AlarmId, Delivery, DeliveryState } from "./alarm.ts";
import { alarmEvent, deliveryEvent } from "./alarm-event.ts";
import { lastValid, REMIND_AFTER_MS, replaceAlarm, type Standing } from "./standing.ts";

const NEVER = Number.POSITIVE_INFINITY;

/** The rung an alarm waits for; `undefined` when it waits for none. */
function nextRung(alarm: Alarm, ladder: readonly EscalationRung[]): EscalationRung | undefined {
  if (alarm.priority !== "high" || alarm.condition === "gone" || alarm.acknowledgement !== null) return undefined;
  return ladder[alarm.deliveries.length];
}

/** The next instant at which this alarm calls for more than it does; `Infinity` when it does not. */
export function attentionDeadline(alarm: Alarm, ladder: readonly EscalationRung[]): AtMs {
  const rung = nextRung(alarm, ladder);
  const rungAt = rung === undefined ? NEVER : alarm.callsSince + Math.round(rung.afterS * 1000);
  return Math.min(rungAt, alarm.remindAt ?? NEVER);
}

/** Carries out what is due at `at`: reminders and rungs. Alarms that changed in this very step are left in peace. */
export function callAttention(standing: Standing, at: AtMs, ladder: readonly EscalationRung[]): Standing {
  const changed = new Set(standing.events.map((event) => event.alarm));
  let next = standing;
  for (const alarm of standing.alarms) {
    if (alarm.remindAt !== null && alarm.remindAt <= at && changed.has(alarm.id)) {
      // A step gives one event for each alarm: this change is reminder enough for now.
      next = replaceAlarm(next, { ...alarm, remindAt: at + REMIND_AFTER_MS });
    } else if (alarm.remindAt !== null && alarm.remindAt <= at) {
      next.events.push(alarmEvent(alarm, "reminded", at, lastValid(standing, alarm)));
      // Once: time alone must never bring events without end.
      next = replaceAlarm(next, { ...alarm, remindAt: null, remindedAt: at });
    }
    next = climb(next, at, alarm.id, ladder);
  }
  return next;
}

function climb(standing: Standing, at: AtMs, id: AlarmId, ladder: readonly EscalationRung[]): Standing {
  let next = standing;
  for (;;) {
    const alarm = next.alarms.find((each) => each.id === id);
    const rung = alarm === undefined ? undefined : nextRung(alarm, ladder);
    if (alarm === undefined || rung === undefined || alarm.callsSince + Math.round(rung.afterS * 1000) > at)
      return next;
    const delivery: Delivery = { rung: alarm.deliveries.length, target: rung.target, state: "queued", at };
    next.events.push(deliveryEvent(alarm, delivery, null));
    next = replaceAlarm(next, { ...alarm, deliveries: [...alarm.deliveries, delivery] });
  }
}

const isFinal = (state: DeliveryState): boolean => state === "confirmed" || state === "cancelled";

/** What a target answered. Word of an alarm or rung that is no longer there changes nothing. */
export function deliver(
  standing: Standing,
  at: AtMs,
  id: AlarmId,
  rung: number,
  state: DeliveryState,
  reason: string | null,
): Standing {
  const alarm = standing.alarms.find((each) => each.id === id);
  const known = alarm?.deliveries[rung];
  if (alarm === undefined || known === undefined || known.state === state || isFinal(known.state)) return standing;
  const delivery: Delivery = { ...known, state, at };
  standing.events.push(deliveryEvent(alarm, delivery, reason));
  const deliveries = alarm.deliveries.map((each) => (each.rung === rung ? delivery : each));
  return replaceAlarm(standing, { ...alarm, deliveries });
}
