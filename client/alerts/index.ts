export { AlertsPage } from "./alerts-page.tsx";
export { MeasuresPage } from "./measures-page.tsx";
