export { MONITOR_CADENCE_S, type Monitor, newMonitor } from "./monitor.ts";
