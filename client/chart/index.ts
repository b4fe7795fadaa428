export { SessionReportPage } from "./report-page.tsx";
export { SessionChart } from "./session-chart.tsx";
export { SessionPage } from "./session-page.tsx";
export type { Playhead } from "./view-store.ts";
