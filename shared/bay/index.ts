export { advance } from "./advance.ts";
export {
  type AlarmOff,
  type AudioPause,
  type Bay,
  type Departure,
  type MonitorState,
  type VitalState,
  validForMs,
} from "./bay.ts";
export type { Carried } from "./carried.ts";
export { departure } from "./command.ts";
export { cuffDueAt, dischargeFacts, isSilent } from "./conditions.ts";
export { clockSkewMs } from "./device-clock.ts";
export type { ActEvent, AudioEvent, BayEvent, RefusedEvent } from "./event.ts";
export type {
  ArrivalInput,
  BayInput,
  CommandInput,
  DeliveryInput,
  ReadingInput,
  TickInput,
  TransferTarget,
} from "./input.ts";
export { bayInPhase, newBay, type OpenPhase } from "./new-bay.ts";
export { advanceQuietly } from "./quiet-run.ts";
export { reasonOf } from "./reasons.ts";
export { type CheckView, type SessionView, sessionView, type TimelineEntry } from "./session-view.ts";
export { nextDeadline, type Outcome, quietUntil, settle } from "./settle.ts";
