import type { AtMs } from "../ids/index.ts";
import type { Alarm, AlarmChange, AlarmEvent, ChangeReason, Delivery, DeliveryEvent } from "./alarm.ts";

export const alarmEvent = (
  alarm: Alarm,
  change: AlarmChange,
  at: AtMs,
  value: number | null,
  reason?: ChangeReason,
): AlarmEvent => ({
  type: "alarm",
  at,
  change,
  alarm: alarm.id,
  kind: alarm.kind,
  tier: change === "cleared" ? null : alarm.tier,
  priority: alarm.priority,
  value,
  limit: alarm.limit,
  ...(reason === undefined ? {} : { reason }),
});

export const deliveryEvent = (
  alarm: Alarm,
  { rung, target, state, at }: Delivery,
  reason: string | null,
): DeliveryEvent => ({ type: "delivery", at, alarm: alarm.id, priority: alarm.priority, rung, target, state, reason });
