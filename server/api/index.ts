export { problem, problemHandler } from "./problem.ts";
export { apiRoutes, type BoardRefusal, type ReadingsWindow } from "./routes.ts";
export { isSameOrigin, requireSameOrigin } from "./same-origin.ts";
