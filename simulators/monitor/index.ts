export { FAULTS, type Fault, type MonitorTrouble, NO_MONITOR_TROUBLE } from "./fault.ts";
export type { Message } from "./message.ts";
export { MONITOR_STEP_MS, type Monitor, type MonitorSettings, newMonitor, USUAL_MONITOR } from "./monitor.ts";
