export type { Asked } from "./asked.ts";
export { watchConnections } from "./connections.ts";
export { type Doors, guardNamespace, newDoors, type Routes, type SocketDoors } from "./doors.ts";
export { identifyRequests } from "./identify.ts";
export { type Lasting, People } from "./people.ts";
export { bringsOwnRules, type Device, type PersonSession, type Principal, rightsOf } from "./principal.ts";
export { Register } from "./register.ts";
export { peopleRoutes } from "./routes.ts";
export { serverSecret } from "./secret.ts";
