export { problem, problemHandler } from "./problem.ts";
export { apiRoutes, type Health } from "./routes.ts";
export { isSameOrigin, requireSameOrigin } from "./same-origin.ts";
