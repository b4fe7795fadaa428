export { SessionCharts } from "./session-charts.ts";
