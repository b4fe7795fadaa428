export type { WardChange } from "./change.ts";
export { sessionRecord } from "./session-record.ts";
export { type CommandAnswer, Ward } from "./ward.ts";
