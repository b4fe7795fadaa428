export { Gate, type GateCounts } from "./gate.ts";
export { readingRoutes } from "./http.ts";
export { serveIngest } from "./socket.ts";
