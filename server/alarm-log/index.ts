export type { ExportFormat } from "./answers.ts";
export { AlarmLogDesk, AlarmLogFailed } from "./desk.ts";
export { timeIn } from "./zone.ts";
