export type { ExportFormat } from "./answers.ts";
export { csvCell } from "./csv.ts";
export { AlarmLogDesk, AlarmLogFailed } from "./desk.ts";
export { timeIn } from "./zone.ts";
