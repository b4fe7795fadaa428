export type {
  Acknowledgement,
  Alarm,
  AlarmChange,
  AlarmEvent,
  AlarmId,
  AlarmKind,
  ChangeReason,
  Condition,
  Delivery,
  DeliveryEvent,
  DeliveryState,
  LimitAlarmId,
  ProceduralAlarmId,
  SignalLostId,
  TechnicalAlarmId,
} from "./alarm.ts";
export { vitalOfAlarm, worseForAlarm, worstOfAlarm } from "./alarm-values.ts";
export { type Annunciation, annunciation, pauseAfter, type SoundPause } from "./annunciation.ts";
export { attentionDeadline, callAttention, deliver } from "./ladder.ts";
export {
  type BaselineOf,
  carryOver,
  type LimitWatch,
  limitWatches,
  relativeLimit,
  type WatchedTiers,
  watchOnDeadline,
  watchOnReading,
} from "./limit-watch.ts";
export { DERIVED_ALARMS, eventsInOrder } from "./order.ts";
export {
  acknowledge,
  clear,
  type DerivedCondition,
  followDerived,
  followLimit,
  lastValid,
  priorityRank,
  type Standing,
} from "./standing.ts";
