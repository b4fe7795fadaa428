export { csvCell } from "./csv.ts";
export { alertRoutes } from "./routes.ts";
export { timeIn } from "./zone.ts";
