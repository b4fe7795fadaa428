export { Recordings } from "./recordings.ts";
export { recordingRoutes } from "./routes.ts";
