export type {
  Acknowledgement,
  Alarm,
  AlarmChange,
  AlarmEvent,
  AlarmId,
  AlarmKind,
  ClearReason,
  Condition,
  LimitAlarmId,
  ProceduralAlarmId,
  SignalLostId,
  TechnicalAlarmId,
} from "./alarm.ts";
export {
  type BaselineOf,
  carryOver,
  type LimitWatch,
  limitWatches,
  watchOnDeadline,
  watchOnReading,
} from "./limit-watch.ts";
export {
  acknowledge,
  clear,
  type DerivedCondition,
  followDerived,
  followLimit,
  priorityRank,
  type Standing,
} from "./standing.ts";
