export { BoardGate } from "./board-gate.tsx";
export { StationPage } from "./station-page.tsx";
export { Workplace } from "./workplace.tsx";
