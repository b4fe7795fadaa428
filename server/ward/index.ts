export type { WardChange } from "./change.ts";
export { LastSessions } from "./last-sessions.ts";
export { sessionRecord } from "./session-record.ts";
export { type CommandAnswer, Ward } from "./ward.ts";
