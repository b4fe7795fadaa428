export { advance } from "./advance.ts";
export type { AlarmOff, AudioPause, Bay, MonitorState, VitalState } from "./bay.ts";
export { cuffDueAt, dischargeFacts, isSilent } from "./conditions.ts";
export type { ActEvent, AudioEvent, BayEvent, RefusedEvent } from "./event.ts";
export type { BayInput, CommandInput, DeliveryInput, ReadingInput, TickInput } from "./input.ts";
export { bayInPhase, newBay, type OpenPhase } from "./new-bay.ts";
export { nextDeadline, type Outcome, settle } from "./settle.ts";
