export { AlertsPage } from "./alerts-page.tsx";
export { MeasuresPage } from "./measures-page.tsx";
export { MonthPage } from "./month-page.tsx";
export { ShiftPage } from "./shift-page.tsx";
